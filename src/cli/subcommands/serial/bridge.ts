import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { UsageError } from "../../../api/start-options.ts";
import { systemClock } from "../../../lib/clock.ts";
import { createLogger } from "../../../lib/logger.ts";
import { shownText } from "../../../lib/shown-text.ts";
import { introductionIn } from "../../../ocpp/introduce.ts";
import { english } from "../../../station/phrases.ts";
import type { LineView } from "../../../station/serial/lines.ts";
import { type BridgeEvent, bridgeLink } from "../../../transports/serial/line/bridge.ts";
import { createSerialLines, type SerialLines } from "../../../transports/serial/line/serial-lines.ts";
import { createOpener } from "../../../transports/serial/open-port.ts";
import { loadBinding } from "../../../transports/serial/port.ts";
import { listPorts } from "../../../transports/serial/ports/list-ports.ts";
import { linuxPlaces } from "../../../transports/serial/ports/sysfs.ts";
import { createDial, stationAddress, type UpstreamAddress } from "../../../transports/websocket/client.ts";
import { exitCodes } from "../../exit.ts";
import { complain, printJson } from "../../output.ts";
import { readLine } from "../../serial-options.ts";
import { stopSignal } from "../../stop-signal.ts";
import type { Subcommand } from "../../subcommand.ts";

const longestMessage = 1024 * 1024;

/** `plugside bridge`: a board on a serial line as a client of any central system, until a signal. */
export const bridgeCommand: Subcommand = {
  usage:
    "bridge PORT[,baud=N][,framing=auto][,id=ID][,ocpp=1.6] URL [--password-file FILE] [--ca FILE] [--insecure] [--json]",
  summary:
    "Makes a board on a serial line a WebSocket client of any central system: each message goes on as it is, both ways. URL is ws:// or wss://; the identity is put at its end, or in the place of {identity}. What happens is told on stderr, with --json on stdout, an object a line. No core is needed, and nothing is put on record.",
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        "password-file": { type: "string" },
        ca: { type: "string" },
        insecure: { type: "boolean" },
        json: { type: "boolean" },
      },
    });
    const [port, url, ...more] = positionals;
    if (port === undefined || url === undefined || more.length > 0)
      throw new UsageError("A port and a URL are needed.");
    const setup = readLine(port, "bridge");
    const password = readText(values["password-file"], "--password-file")?.trimEnd();
    const ca = readText(values.ca, "--ca");
    const address = (identity: string): UpstreamAddress => ({
      url: stationAddress(url, identity),
      authorization: password === undefined ? undefined : basic(identity, password),
      ca,
      insecure: values.insecure ?? false,
      messageLimit: longestMessage,
    });
    if (!URL.canParse(url)) throw new UsageError(`"${url}" is no URL: ws://HOST:PORT/ or wss://HOST/.`);
    address(setup.identity ?? "X");
    const log = createLogger();
    const tell = values.json ? (event: BridgeEvent) => printJson(event) : (event: BridgeEvent) => complain(line(event));
    const dial = createDial();
    const stop = stopSignal();
    const listing = { platform: process.platform, load: loadBinding, places: linuxPlaces, usbNetworks: () => [] };
    let last: ReturnType<Parameters<typeof createSerialLines>[0]["remembered"]> = null;
    const lines = createSerialLines({
      open: createOpener(),
      look: () => listPorts(listing),
      introduce: (text) => introductionIn(text, null),
      remembered: () => last,
      // The central system says itself when it has heard nothing for too long.
      quietSeconds: () => 0,
      frameLimit: () => longestMessage,
      onLink(link) {
        const { identity, via } = link.hello;
        if (via.kind === "serial") last = { identity, framing: via.framing };
        bridgeLink(link, { dial, address, tell, log });
      },
      clock: systemClock,
      log,
    });
    const view = await lines.add(setup);
    complain(
      shownText(
        view.trouble
          ? `${english(view.trouble)} It is tried again.`
          : `${view.path} is open: ${url} is called once a station speaks there.`,
      ),
    );
    followPort(lines, view, tell);
    await stop;
    await lines.dispose();
    return exitCodes.ok;
  },
};

/** Tells when the port goes and comes back; what it was at first is told by itself. */
function followPort(lines: SerialLines, first: LineView, tell: (event: BridgeEvent) => void): void {
  let away = first.trouble !== undefined;
  lines.changed.on(() => {
    const [view] = lines.list();
    if (!view || (view.trouble !== undefined) === away) return;
    away = view.trouble !== undefined;
    const { path: port, trouble: why } = view;
    tell(why ? { event: "unplugged", port, why } : { event: "plugged", port });
  });
}

function line(event: BridgeEvent): string {
  if (event.event === "unplugged") return shownText(`${english(event.why)} It is taken up again when it is back.`);
  if (event.event === "plugged") return shownText(`${event.port}: open again`);
  const identity = shownText(event.identity);
  switch (event.event) {
    case "station":
      return `${identity}: on the line`;
    case "open":
      return `${identity}: connected`;
    case "gone":
      return `${identity}: gone from the line`;
    case "damaged":
      return `${identity}: ${event.bytes} bytes were damaged, or are no message`;
    case "away":
      return shownText(`${identity}: the central system is away: ${event.end.problem} ${event.end.detail}`);
  }
}

function basic(identity: string, password: string): string {
  return `Basic ${Buffer.from(`${identity}:${password}`).toString("base64")}`;
}

function readText(path: string | undefined, option: string): string | undefined {
  if (path === undefined) return undefined;
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`${option}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
