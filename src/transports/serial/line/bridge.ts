import type { Logger } from "../../../lib/logger.ts";
import type { Words } from "../../../lib/words.ts";
import { mostWaitingForAbove } from "../../../station/bounds.ts";
import type { UpstreamEnd } from "../../../station/forward.ts";
import type { CloseCause } from "../../../station/model.ts";
import { closingText } from "../../../station/phrases.ts";
import type { Link } from "../../link.ts";
import type { Dial, UpstreamAddress } from "../../websocket/client.ts";

export type BridgeOptions = {
  dial: Dial;
  /** Where a station of this identity goes. */
  address: (identity: string) => UpstreamAddress;
  /** What is worth telling a person. */
  tell: (event: BridgeEvent) => void;
  log: Pick<Logger, "bug">;
};

export type BridgeEvent =
  | { event: "station" | "open"; identity: string }
  | { event: "gone"; identity: string; cause: CloseCause }
  /** The port is away, and looked for; or it is back. */
  | { event: "unplugged"; port: string; why: Words }
  | { event: "plugged"; port: string }
  | { event: "away"; identity: string; end: UpstreamEnd }
  | { event: "damaged"; identity: string; bytes: number };

/** Makes a station on a line a client of a central system: each message goes on as it is, both ways. When the central system is away the
 * station is told so, and tries again as it would over a WebSocket. */
export function bridgeLink(link: Link, { dial, address, tell }: BridgeOptions): void {
  const { identity, via } = link.hello;
  const waiting: Uint8Array[] = [];
  let held = 0;
  let open = false;
  tell({ event: "station", identity });
  const socket = dial(
    {
      ...address(identity),
      subprotocol: via.subprotocol,
      userAgent: via.kind === "serial" ? via.userAgent : undefined,
    },
    {
      open() {
        open = true;
        tell({ event: "open", identity });
        for (const data of waiting.splice(0)) socket.send(data, false);
      },
      message: (data) => void link.send(data),
      closed(end) {
        open = false;
        tell({ event: "away", identity, end });
        link.close(1012, closingText("close-above-away"), "asked");
      },
    },
  );
  link.listen({
    message(data) {
      if (open) return socket.send(data, false);
      held += data.length;
      if (held > mostWaitingForAbove) return link.close(1013, closingText("close-above-away"), "asked");
      waiting.push(data);
    },
    spoilt: ({ data }) => tell({ event: "damaged", identity, bytes: data.length }),
    closed(_code, _reason, cause) {
      tell({ event: "gone", identity, cause });
      socket.close();
    },
  });
}
