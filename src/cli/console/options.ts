import { parseArgs } from "node:util";
import { dataFolder, UsageError } from "../../api/start-options.ts";
import { asksStation, type ConsoleProfile } from "../../consoles/profile.ts";
import { consoleProfiles } from "../../consoles/shipped.ts";
import { english } from "../../station/phrases.ts";
import type { ConsoleSetup } from "../../station/serial/console.ts";
import { readPortText } from "../../transports/serial/settings.ts";
import { readNumber } from "../options.ts";

import { type Shown, shown } from "./commands.ts";

/** What Enter, or the end of a line of standard input, is sent as. */
const lineEnds = { cr: "\r", lf: "\n", crlf: "\r\n", none: "" } as const;

/** What `plugside console PORT` was asked for. */
export type ConsoleOptions = {
  setup: ConsoleSetup;
  folder: string;
  lineEnd: string;
  echo: boolean;
  dtr?: boolean;
  rts?: boolean;
  breakMs?: number;
  sendFile?: string;
  /** Commands of a profile that only show. */
  show?: { name: string; what: Shown };
  /** Standard input is not read. */
  listen: boolean;
  /** Speed and parity are to be found by listening. */
  guess: boolean;
  waitMs: number;
  record: boolean;
  json: boolean;
  past: boolean;
  clear: boolean;
};

/** Reads the arguments; null where no port is named.
 * @throws UsageError */
export function readConsoleOptions(args: string[]): { options: ConsoleOptions | null; folder: string; json: boolean } {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      baud: { type: "string" },
      frame: { type: "string" },
      flow: { type: "string" },
      id: { type: "string" },
      profile: { type: "string" },
      eol: { type: "string", default: "cr" },
      echo: { type: "boolean", default: false },
      dtr: { type: "string" },
      rts: { type: "string" },
      break: { type: "string" },
      send: { type: "string" },
      show: { type: "string" },
      listen: { type: "boolean", default: false },
      guess: { type: "boolean", default: false },
      wait: { type: "string" },
      record: { type: "boolean", default: false },
      past: { type: "boolean", default: false },
      clear: { type: "boolean", default: false },
      data: { type: "string" },
      json: { type: "boolean", default: false },
    },
  });
  const [port, ...more] = positionals;
  if (more.length > 0) throw new UsageError("console takes one PORT.");
  const folder = dataFolder(values.data);
  const { json } = values;
  if (port === undefined) return { options: null, folder, json };
  const settings = [port];
  for (const name of ["baud", "frame", "flow"] as const) if (values[name]) settings.push(`${name}=${values[name]}`);
  const read = readPortText(settings.join(","));
  if ("phrase" in read) throw new UsageError(english(read));
  const [unknown] = read.others.keys();
  if (unknown !== undefined) throw new UsageError(`console knows no setting ${unknown}: baud, frame, flow.`);
  if (!Object.hasOwn(lineEnds, values.eol))
    throw new UsageError(`--eol takes ${Object.keys(lineEnds).join(", ")}; got "${values.eol}".`);
  const wait = readNumber(values.wait, "--wait", 1);
  if (wait < 0 || wait > 86_400) throw new UsageError("--wait takes seconds, 0 to 86400.");
  const breakMs = values.break === undefined ? undefined : readNumber(values.break, "--break", 250);
  if (breakMs !== undefined && !(Number.isInteger(breakMs) && breakMs >= 1 && breakMs <= 5000))
    throw new UsageError("--break takes milliseconds, 1 to 5000.");
  if (values.past && values.clear) throw new UsageError("--past and --clear exclude each other.");
  const profile = readProfile(values.profile);
  // Without a station nobody is asked round after round: its commands can be shown all the same.
  const isForStation = profile !== undefined && (values.id !== undefined || !asksStation(profile));
  return {
    folder,
    json,
    options: {
      setup: {
        port: read.path,
        settings: read.settings,
        ...(values.id !== undefined && { station: values.id }),
        ...(isForStation && { profile: profile.name }),
      },
      folder,
      lineEnd: lineEnds[values.eol as keyof typeof lineEnds],
      echo: values.echo,
      dtr: readSwitch(values.dtr, "--dtr"),
      rts: readSwitch(values.rts, "--rts"),
      breakMs,
      sendFile: values.send,
      show: readShow(values.show, profile?.name),
      listen: values.listen,
      guess: values.guess,
      waitMs: wait * 1000,
      record: values.record,
      json,
      past: values.past,
      clear: values.clear,
    },
  };
}

function readProfile(given: string | undefined): ConsoleProfile | undefined {
  if (given === undefined) return undefined;
  const known = consoleProfiles().find(({ name }) => name === given);
  if (known) return known;
  const names = consoleProfiles().map(({ name }) => name);
  throw new UsageError(`--profile takes ${names.join(", ")}; got "${given}".`);
}

function readShow(given: string | undefined, name: string | undefined): ConsoleOptions["show"] {
  if (given === undefined) return undefined;
  const what = shown.find((one) => one === given);
  if (!what) throw new UsageError(`--show takes ${shown.join(", ")}; got "${given}".`);
  if (name === undefined) throw new UsageError("--show needs the --profile of the make.");
  return { name, what };
}

function readSwitch(given: string | undefined, option: string): boolean | undefined {
  if (given === undefined) return undefined;
  if (given !== "on" && given !== "off") throw new UsageError(`${option} takes on or off; got "${given}".`);
  return given === "on";
}
