import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { logFile, openLogFile } from "../../../api/log-file.ts";
import { dataFolder, readHostPort, readListen, UsageError } from "../../../api/start-options.ts";
import { startCore } from "../../../core.ts";
import { systemClock } from "../../../lib/clock.ts";
import { createLogger, logToAll, silentLogger } from "../../../lib/logger.ts";
import { guardProcess } from "../../../lib/process-edge.ts";
import { shownText } from "../../../lib/shown-text.ts";
import { isoTime } from "../../../lib/units.ts";
import { asItIs } from "../../../redaction/tell.ts";
import { english } from "../../../station/phrases.ts";
import { exitCodes } from "../../exit.ts";
import { complain, outliveTerminal, printJson, printText } from "../../output.ts";
import { readConsole, readLine } from "../../serial-options.ts";
import { stopSignal } from "../../stop-signal.ts";
import type { Subcommand } from "../../subcommand.ts";
import { type CoreUp, isStartedAgain } from "../../supervise.ts";
import { whenUnseen } from "../../when-unseen.ts";
import { readModbusStation } from "../modbus/asked.ts";
import { version } from "./version.ts";
import { checkWires, tellWires } from "./wires.ts";

/** How long a core that is ended for its faults may take to close its record. */
const closeLimitMs = 3000;

/** `plugside serve`: runs the central system until a signal or `plugside stop`. */
export const serveCommand: Subcommand = {
  usage:
    "serve [--listen [ws://|wss://]HOST:PORT ...] [--serial PORT,baud=N,framing=auto,id=ID,ocpp=1.6 ...] [--modbus PORT|HOST[:PORT],unit=1,profile=auto,id=ID[,reference=CP1] ...] [--console PORT,baud=N,id=ID,profile=NAME ...] [--ui HOST:PORT | --no-ui] [--data DIR] [--demo] [--until-closed] [--verbose] [--json]",
  summary:
    "Runs the central system. With --json the first line tells where it listens, and later ones when the record cannot be written, and when it can again. Port 0 picks a free one. A port takes ws and wss alike, unless --listen says which. --serial speaks OCPP over a serial line: framing lines, length, slip, cobs or auto; id and ocpp as the station says where they are left out. --modbus reads a charger or a meter that speaks Modbus as a station: profile is one of plugside modbus profiles, a file, or auto; a meter with reference=CP1 stands on the charts of that station too. --console puts a serial console on record; with id its boots and crashes are in that station's history, with profile (openevse-rapi) the station is asked over it. --until-closed ends it half a minute after the last screen is closed.",
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        listen: { type: "string", multiple: true },
        serial: { type: "string", multiple: true },
        console: { type: "string", multiple: true },
        modbus: { type: "string", multiple: true },
        ui: { type: "string" },
        "no-ui": { type: "boolean" },
        data: { type: "string" },
        demo: { type: "boolean" },
        "until-closed": { type: "boolean" },
        verbose: { type: "boolean" },
        json: { type: "boolean" },
      },
    });
    if (values.ui !== undefined && values["no-ui"]) throw new UsageError("--ui and --no-ui exclude each other.");
    const ui = values["no-ui"] ? (false as const) : readHostPort(values.ui ?? "127.0.0.1:0", "--ui", "127.0.0.1");
    if (ui && !isLoopback(ui.host)) {
      throw new UsageError(
        `--ui takes a loopback address (127.0.0.1, ::1 or localhost): the screens are for this machine alone.`,
      );
    }
    const wires = {
      lines: (values.serial ?? []).map((given) => readLine(given)),
      consoles: (values.console ?? []).map(readConsole),
      buses: (values.modbus ?? []).map(readModbusStation),
    };
    await checkWires(wires);
    const stop = stopSignal();
    const folder = dataFolder(values.data);
    const terminal = createLogger();
    const ownLog = openLogFile(folder, systemClock);
    process.once("exit", ownLog.flush);
    const kept = createLogger(ownLog.write);
    const log = logToAll(kept, values.verbose ? terminal : { ...terminal, info: silentLogger.info });
    outliveTerminal();
    const core = await startCore({
      dataFolder: folder,
      ownFolder: values.data === undefined,
      listen: values.listen?.map(readListen),
      serialLines: wires.lines,
      consoles: wires.consoles,
      modbusStations: wires.buses,
      ui,
      screensFolder: join(dirname(fileURLToPath(import.meta.url)), "..", "screens"),
      demo: values.demo,
      again: isStartedAgain(),
      version,
      log,
      logFile: logFile(folder),
    }).catch((error: unknown) => {
      kept.error("the core did not start", { error });
      throw error;
    });
    const { ready } = core;
    log.info("the core is up", { version, node: process.version, platform: process.platform });
    const up: CoreUp = { type: "up" };
    process.send?.(up);
    if (values.json) printJson({ event: "ready", ...ready }, asItIs);
    else {
      printText(`Stations connect to ${ready.ocpp.map((url) => `${url}<identity>`).join(", ")}`);
      printText(ready.ui ? `Screens: ${ready.ui}` : "No screens (--no-ui).");
      printText(`Record: ${ready.data}`);
    }
    // How a wire stands is a message, not the result: with --json too it goes to stderr.
    const endTelling = tellWires(core, (text) => complain(shownText(text)));
    core.recordProblem.on((problem) => {
      const told = problem && english(problem);
      if (values.json) printJson({ event: "record", problem: told });
      else complain(told ? `No station is answered: ${told}` : "Stations are answered again.");
    });
    core.bugs.met.on(({ at, text }) => {
      if (values.json) printJson({ event: "fault", at: isoTime(at), text });
    });
    const unseen = Promise.withResolvers<void>();
    if (values["until-closed"]) whenUnseen(core.screens, systemClock, unseen.resolve);
    const asked = new Promise<void>((resolve) => core.stopAsked.on(() => resolve()));
    const broken = Promise.withResolvers<"broken">();
    guardProcess({ log: core.bugs.log, clock: systemClock, end: () => broken.resolve("broken") });
    const why = await Promise.race([stop, asked, unseen.promise, broken.promise]);
    endTelling();
    if (why !== "broken") await core.dispose();
    else
      await Promise.race([
        core.dispose().catch(() => undefined),
        new Promise((done) => setTimeout(done, closeLimitMs)),
      ]);
    return why === "broken" ? exitCodes.failed : exitCodes.ok;
  },
};

function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^127\.\d+\.\d+\.\d+$/.test(host);
}
