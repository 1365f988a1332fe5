import { parseArgs } from "node:util";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import { FailureError } from "../../../lib/contract.ts";
import { shownText } from "../../../lib/shown-text.ts";
import type { ProfileView } from "../../../services/modbus/contract.ts";
import { hostsOf } from "../../../services/modbus/network-scan.ts";
import { readPlace } from "../../../services/modbus/place.ts";
import { findProfile, profileView } from "../../../services/modbus/profiles.ts";
import { exitCodes } from "../../exit.ts";
import { readNumber } from "../../options.ts";
import { complain, printJson, printRow, printText } from "../../output.ts";
import { snapshotOf, withCore } from "../../reach.ts";
import { stopSignal } from "../../stop-signal.ts";
import type { Subcommand } from "../../subcommand.ts";
import { only, readAsked, readModbusStation, readOptions, readProfileName, whole } from "./asked.ts";
import { openDesk } from "./desk.ts";
import { eavesdrop } from "./listen.ts";
import { printReading, printScan, stationCells } from "./printing.ts";
import { watchDevice } from "./watch.ts";
import { write } from "./write.ts";

/** `plugside modbus`: chargers and meters that speak Modbus, over RTU and TCP. */
export const modbusCommand: Subcommand = {
  usage:
    "modbus profiles [NAME|FILE] | read PLACE | watch PLACE [--every S] | scan PLACE|network|A.B.C.D/24 [--units 1-16] | listen PORT [--profile NAME|FILE] | stations | attach PLACE,unit=1,profile=auto,id=ID | detach ID | write PLACE --profile P|STATION --command C [--value N] [--yes]  [--unit N] [--profile NAME|FILE|auto | --registers 0-9 [--table holding|input|coil|discrete]] [--json]",
  summary:
    "Reads chargers and meters over Modbus. PLACE is PORT[,baud=N][,frame=8N1] for RTU (tcp://HOST:PORT for RTU through a gateway) or HOST[:PORT] for Modbus TCP. read: once, by a profile, or what the device is found to be, or registers by number in every way they can be read. watch: again and again, telling what changes. scan: baud rates, parities and units; of a network who announces Modbus by mDNS, and port 502; reading alone, with a verdict. listen: what another master says, decoded, its answers by a profile as well; at the end each question in a line. write: a command of a profile, to a place or to a station that is read, after saying what it does. attach: reads a device as a station of the running core, over restarts, until detach; stations lists them. profiles: those shipped and, of a running core, your own that devices are read by; or one looked over for faults. A core need not run; one that does shares its ports.",
  async run(args) {
    const [action = "", ...rest] = args;
    const act = Object.hasOwn(actions, action) ? actions[action] : undefined;
    if (!act) throw new UsageError(`modbus takes ${Object.keys(actions).join(", ")}.`);
    try {
      return await act(rest);
    } catch (error) {
      if (!(error instanceof FailureError) || error.code !== "unavailable" || isOfOurPort(error)) throw error;
      complain(shownText(error.message));
      return isRefusal(error) ? exitCodes.refused : exitCodes.noAnswer;
    }
  },
};

/** The port of this laptop could not be had: nobody was asked, so that nobody failed to answer. */
function isOfOurPort({ words }: FailureError): boolean {
  const phrase = words?.phrase ?? "";
  return phrase.startsWith("port-") && phrase !== "port-unreachable" && phrase !== "port-hung-up";
}

/** The device itself has answered that it does not; a gateway that does not reach it has not. */
function isRefusal({ words }: FailureError): boolean {
  const phrase = words?.phrase ?? "";
  if (phrase === "modbus-exception-gateway" || phrase === "modbus-exception-target") return false;
  return phrase === "modbus-all-refused" || phrase.startsWith("modbus-exception-");
}

const actions: Record<string, (args: string[]) => Promise<number>> = {
  profiles,
  read,
  watch,
  scan,
  listen,
  write,
  stations,
  attach,
  detach,
};

async function profiles(args: string[]): Promise<number> {
  const options = { data: { type: "string" }, json: { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const [name] = positionals;
  if (name !== undefined) {
    const view = profileView(await findProfile(readProfileName(name)));
    if (values.json) printJson(view);
    else printText(profileText(view));
    return exitCodes.ok;
  }
  const desk = await openDesk(values.data);
  const all = await desk.profiles().finally(() => desk.close());
  if (values.json) printJson(all);
  else
    for (const one of all)
      printRow([
        one.name,
        one.kind,
        `${one.maker} ${one.device}`,
        `proven: ${one.proven}`,
        one.tellsErrors ? "tells errors" : "",
        one.ownOf === undefined ? "" : shownText(`own, as ${one.ownOf} is read`),
      ]);
  return exitCodes.ok;
}

function profileText({
  name,
  maker,
  device,
  kind,
  source,
  proven,
  notes,
  unit,
  registers,
  commands,
}: ProfileView): string {
  const lines = [
    `${name}: ${maker} ${device} (${kind}), unit ${unit}, ${registers} registers`,
    `source: ${source}`,
    `proven: ${proven}`,
    ...(notes ? [notes] : []),
    ...commands.map((command) => `command ${command.name}: ${command.says}`),
  ];
  return lines.join("\n");
}

async function read(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: readOptions });
  const asked = readAsked(only(positionals), values);
  const desk = await openDesk(values.data);
  try {
    if (!asked.profile && !asked.registers)
      complain("Asking what it is; where nothing answers that takes half a minute.");
    const reading = await desk.read(asked);
    printReading(reading, values.json ?? false);
    return reading.blocks.every(({ registers }) => registers === null) ? exitCodes.refused : exitCodes.ok;
  } finally {
    desk.close();
  }
}

async function watch(args: string[]): Promise<number> {
  const options = { ...readOptions, every: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const asked = readAsked(only(positionals), values);
  const seconds = readNumber(values.every, "--every", 1);
  if (!(seconds >= 0.1 && seconds <= 3600)) throw new UsageError("--every takes 0.1 to 3600 seconds.");
  const desk = await openDesk(values.data);
  const stop = new AbortController();
  void stopSignal().then(() => stop.abort());
  try {
    await watchDevice(desk, asked, { seconds, json: values.json ?? false, signal: stop.signal });
  } finally {
    desk.close();
  }
  return exitCodes.ok;
}

async function scan(args: string[]): Promise<number> {
  const options = { units: { type: "string" }, data: { type: "string" }, json: { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const place = only(positionals);
  if (place === undefined) throw new UsageError("A place is needed: PORT[,baud=N][,frame=8N1] or HOST[:PORT].");
  if (!hostsOf(place)) readPlace(place);
  const desk = await openDesk(values.data);
  const stop = new AbortController();
  void stopSignal().then(() => stop.abort());
  const tell = progress();
  try {
    const units = values.units === undefined ? undefined : unitsIn(values.units);
    const view = await desk.scan({ place, units }, tell, stop.signal);
    printScan(view, values.json ?? false);
    if (view.trouble) return exitCodes.failed;
    return view.found.length > 0 ? exitCodes.ok : exitCodes.noAnswer;
  } finally {
    desk.close();
  }
}

/** Tells how far it is, every tenth of it. */
function progress(): (view: { done: number; total: number; found: readonly unknown[] }) => void {
  let told = 0;
  return ({ done, total, found }) => {
    const tenth = total > 0 ? Math.floor((10 * done) / total) : 0;
    if (tenth <= told) return;
    told = tenth;
    complain(`${done} of ${total} questions, ${found.length} found. Ctrl+C ends it.`);
  };
}

async function listen(args: string[]): Promise<number> {
  const options = { profile: { type: "string" }, json: { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const { place } = readPlace(only(positionals) ?? "");
  if (place.kind !== "serial") throw new UsageError("listen takes a serial port: on a network nobody else is heard.");
  const profile = values.profile === undefined ? null : await findProfile(readProfileName(values.profile));
  await eavesdrop(place, { profile, json: values.json ?? false }, stopSignal());
  return exitCodes.ok;
}

function unitsIn(text: string): number[] {
  const [first = "", last = first] = text.split("-");
  const [from, to] = [whole(first, "--units", 255), whole(last, "--units", 255)];
  if (to < from) throw new UsageError("--units takes FIRST-LAST.");
  return Array.from({ length: to - from + 1 }, (_, place) => from + place);
}

async function stations(args: string[]): Promise<number> {
  const options = { data: { type: "string" }, json: { type: "boolean" } } as const;
  const { values } = parseArgs({ args, options });
  return withCore(dataFolder(values.data), async (core) => {
    const views = await snapshotOf(core, "modbus.stations", {});
    if (values.json) printJson(views);
    else for (const view of views) printRow(stationCells(view));
  });
}

async function attach(args: string[]): Promise<number> {
  const options = { data: { type: "string" }, json: { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const setup = readModbusStation(only(positionals) ?? "");
  return withCore(dataFolder(values.data), async (core) => {
    const view = await core.call("modbus.attach", setup);
    if (values.json) printJson(view);
    else printText(shownText(`${view.setup.identity} is read at ${view.setup.place} from now on.`));
  });
}

async function detach(args: string[]): Promise<number> {
  const options = { data: { type: "string" }, json: { type: "boolean" } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const identity = only(positionals);
  if (identity === undefined) throw new UsageError("detach takes the station's identity.");
  return withCore(dataFolder(values.data), async (core) => {
    await core.call("modbus.detach", { identity });
    if (values.json) printJson({ identity, detached: true });
    else printText(shownText(`${identity} is read no more; its record stays.`));
  });
}
