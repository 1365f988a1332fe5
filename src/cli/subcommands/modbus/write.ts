import { parseArgs } from "node:util";
import type { CoreClient } from "../../../api/client.ts";
import { dataFolder, UsageError } from "../../../api/start-options.ts";
import type { ProfileView } from "../../../services/modbus/contract.ts";
import { findProfile, profileView } from "../../../services/modbus/profiles.ts";
import { failure } from "../../../station/failure.ts";
import { words } from "../../../station/phrases.ts";
import { exitCodes } from "../../exit.ts";
import { readNumber } from "../../options.ts";
import { askPerson, complain, printJson, printText } from "../../output.ts";
import { snapshotOf, withCore } from "../../reach.ts";
import { only, readProfileName, whole } from "./asked.ts";
import { openDesk } from "./desk.ts";

/** Writes a command of a profile, after saying what it does. */
export async function write(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      unit: { type: "string" },
      profile: { type: "string" },
      command: { type: "string" },
      value: { type: "string" },
      yes: { type: "boolean" },
      data: { type: "string" },
      json: { type: "boolean" },
    },
  });
  const place = only(positionals);
  if (place === undefined || !values.command)
    throw new UsageError(
      "write takes PLACE, --profile and --command; or a station that is read over Modbus, and --command.",
    );
  const value = values.value === undefined ? undefined : readNumber(values.value, "--value", 0);
  const what = { command: values.command, ...(value !== undefined && { value }) };
  if (!values.profile) return withCore(dataFolder(values.data), (core) => writeStation(core, place, what, values));
  const profile = readProfileName(values.profile);
  const { commands } = profileView(await findProfile(profile));
  if (!(await isWanted(commands, what, values.yes))) return exitCodes.badInput;
  const desk = await openDesk(values.data);
  try {
    const unit = values.unit === undefined ? undefined : whole(values.unit, "--unit", 255);
    printWritten(await desk.write({ place, unit, profile, ...what }), values.json);
  } finally {
    desk.close();
  }
  return exitCodes.ok;
}

/** Writes to a device that the running core reads as a station. */
async function writeStation(
  core: CoreClient,
  identity: string,
  what: { command: string; value?: number },
  { yes, json }: { yes?: boolean; json?: boolean },
): Promise<number> {
  const station = (await snapshotOf(core, "modbus.stations", {})).find(({ setup }) => setup.identity === identity);
  if (!station) throw failure("not-found", words("modbus-not-attached", { identity }));
  if (!(await isWanted(station.profile?.commands ?? [], what, yes))) return exitCodes.badInput;
  printWritten(await core.call("modbus.write", { identity, ...what }), json);
  return exitCodes.ok;
}

/** Says what a command does, and asks. */
async function isWanted(
  commands: ProfileView["commands"],
  { command, value }: { command: string; value?: number },
  yes: boolean | undefined,
): Promise<boolean> {
  const known = commands.find(({ name }) => name === command);
  if (!known) throw new UsageError("The profile has no such command; plugside modbus profiles NAME lists them.");
  complain(`${known.says}${value === undefined ? "" : ` Value: ${value}.`}`);
  if (yes || (process.stdin.isTTY && (await askPerson("Do it? (yes) ")).trim() === "yes")) return true;
  complain("Nothing was written. Add --yes to do it.");
  return false;
}

function printWritten(done: { says: string; registers: number[] }, json: boolean | undefined): void {
  if (json) printJson(done);
  else printText("Written.");
}
