import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { keptHeadBytes } from "../../../station/bounds.ts";
import { type Finding, observed } from "../../../station/findings.ts";
import { words } from "../../../station/phrases.ts";
import type { Spoilt } from "../../link.ts";
import type { PartOfMessage, WireProblem } from "./wire.ts";

/** A message over the limit. */
export function overLimit(part: PartOfMessage, whole: boolean, limit: number): Spoilt {
  const { head, announced, came, sha256 = "" } = part;
  const kept = head.length;
  const said = whole
    ? kept === came
      ? words("bytes", { count: came })
      : words("message-cut", { count: came, kept, sha256 })
    : words("message-cut-short", { announced, count: came, kept, sha256 });
  return spoilt(part, observed("over-limit", "frame", said, words("at-most-bytes", { limit })));
}

/** A message that did not become whole in time. */
export function tooSlow(part: PartOfMessage, seconds: number): Spoilt {
  const said = words("message-part", { announced: part.announced, count: part.came });
  return spoilt(part, observed("slow-frame", "frame", said, words("whole-in-time", { seconds })));
}

/** A message given up because all that are not whole hold too much together. */
export function crowdedOut(part: PartOfMessage, limit: number): Spoilt {
  const said = words("message-part", { announced: part.announced, count: part.came });
  return spoilt(part, observed("slow-frame", "frame", said, words("unfinished-in-all", { limit })));
}

/** Bytes that are no WebSocket. */
export function broken(problem: WireProblem, raw: Uint8Array): Spoilt {
  return { data: raw, binary: true, found: observed("protocol-error", "frame", words(`wire-${problem}`)) };
}

/** What the WebSocket library says of a close code that may not be sent (RFC 6455 7.4.1): the other end hung up all the same. */
export const badCloseCode = "WS_ERR_INVALID_CLOSE_CODE";

/** A whole message as what is known of one. */
export function partOf(data: Uint8Array, binary: boolean): PartOfMessage {
  const sha256 = createHash("sha256").update(data).digest("hex");
  const head = Buffer.from(data.subarray(0, keptHeadBytes));
  return { binary, head, came: data.byteLength, announced: data.byteLength, sha256 };
}

/** What the WebSocket library says of a message that grows over the limit while it is unpacked. */
export const unpackedTooLargeCode = "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";

/** A compressed message over the limit: what it would have been nobody has unpacked. */
export function unpackedOverLimit(limit: number): Spoilt {
  const found = observed("over-limit", "frame", words("unpacked-too-large"), words("at-most-bytes", { limit }));
  return { data: new Uint8Array(), binary: true, found };
}

/** What the WebSocket library found wrong.
 * @param code the library's */
export function unusable(part: PartOfMessage | null, code: string, error: string): Spoilt {
  const said =
    code === "WS_ERR_TOO_MANY_BUFFERED_PARTS" ? words("wire-too-many-parts") : words("wire-library", { error });
  const found = observed("protocol-error", "frame", said);
  return part ? spoilt(part, found) : { data: new Uint8Array(), binary: true, found };
}

function spoilt({ head, binary }: PartOfMessage, found: Finding): Spoilt {
  const data = binary ? head : wholeLetters(head);
  return { data, binary, found };
}

/** Without a letter that the cut went through, where there is nothing else that is no UTF-8. */
function wholeLetters(head: Uint8Array): Uint8Array {
  for (let cut = 0; cut < 4; cut++) {
    const rest = head.subarray(0, Math.max(0, head.length - cut));
    if (isUtf8(rest)) return rest;
  }
  return head;
}
