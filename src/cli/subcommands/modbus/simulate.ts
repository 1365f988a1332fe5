import { UsageError } from "../../../api/start-options.ts";
import { systemClock } from "../../../lib/clock.ts";
import { FailureError } from "../../../lib/contract.ts";
import { shownText } from "../../../lib/shown-text.ts";
import { codeOf, isStatus } from "../../../modbus/profile/words.ts";
import { placeText, readPlace } from "../../../services/modbus/place.ts";
import { findProfile } from "../../../services/modbus/profiles.ts";
import { VirtualDevice } from "../../../simulator/modbus/device.ts";
import { serveOnNetwork, serveOnPort } from "../../../simulator/modbus/serve.ts";
import { english } from "../../../station/phrases.ts";
import { createOpener } from "../../../transports/serial/open-port.ts";
import { exitCodes } from "../../exit.ts";
import { InputLines } from "../../input-lines.ts";
import { readNumber } from "../../options.ts";
import { complain } from "../../output.ts";
import { stopSignal } from "../../stop-signal.ts";
import { readProfileName, whole } from "./asked.ts";

export type SimulateModbus = {
  modbus: string;
  profile?: string;
  unit?: string;
  status?: string;
  amperes?: string;
  error?: string;
};

/** Characters of a line on standard input: no word of a profile comes near it. */
const longestLine = 1000;

/** Runs a virtual charger or meter that speaks Modbus, until a signal. Lines on standard input change it.
 * @throws UsageError, FailureError */
export async function simulateModbus(values: SimulateModbus): Promise<number> {
  if (!values.profile) throw new UsageError("--modbus needs --profile: what the device is.");
  const { place } = readPlace(values.modbus);
  const profile = await findProfile(readProfileName(values.profile));
  const unit = values.unit === undefined ? profile.unit : whole(values.unit, "--unit", 255);
  const tell = (what: string) => complain(shownText(what));
  const device = new VirtualDevice(profile, systemClock, tell);
  if (values.status !== undefined) change(device, `status ${values.status}`);
  if (values.amperes !== undefined) change(device, `amperes ${values.amperes}`);
  if (values.error !== undefined) change(device, `error ${values.error}`);
  const stop = stopSignal();
  const units = new Map([[unit, device]]);
  const serving =
    place.kind === "serial"
      ? await serveOnPort(units, {
          path: place.port,
          settings: place.settings,
          open: createOpener(),
          clock: systemClock,
          turned: (gone) => tell(gone ? english(gone) : `${place.port}: open again`),
        })
      : await serveOnNetwork(units, { host: place.host, port: place.port, clock: systemClock }).catch(
          (error: unknown) => {
            throw new FailureError("unavailable", whyNotServed(placeText(place), error));
          },
        );
  tell(`${profile.maker} ${profile.device} as unit ${unit} at ${placeText(place)}.`);
  const lines = new InputLines(longestLine, () =>
    tell(`A line on standard input is longer than ${longestLine} characters: nothing of it is done.`),
  );
  const obey = (said: readonly string[]) => {
    for (const line of said) {
      try {
        change(device, line.trim());
      } catch (error) {
        tell(error instanceof Error ? error.message : String(error));
      }
    }
  };
  const heard = (piece: Buffer) => obey(lines.take(piece));
  process.stdin.on("data", heard).once("end", () => obey(lines.rest()));
  await stop;
  process.stdin.off("data", heard).pause();
  await serving.dispose();
  return exitCodes.ok;
}

/** A word that the registers of the device have a number for.
 * @throws UsageError */
function known<Word extends string>(said: Word, words: readonly string[], what: string): Word {
  if (words.includes(said)) return said;
  if (words.length === 0) throw new UsageError(`The profile has no words for ${what}.`);
  const plain = words.filter((word) => codeOf(word) === undefined);
  throw new UsageError(`The profile has no ${what} "${said}": ${plain.join("; ")}.`);
}

/** Why nobody can be served there, and what to do. */
function whyNotServed(place: string, error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (text.includes("EADDRINUSE")) return `${place} is in use by another program. Close it, or take another port.`;
  if (text.includes("EACCES"))
    return `${place} cannot be had: ports below 1024 are for the administrator alone. Take another, as 1502.`;
  if (/EADDRNOTAVAIL|ENOTFOUND|EAI_AGAIN/.test(text))
    return `${place} is no address of this laptop (${text}). Take 127.0.0.1, or 0.0.0.0 for all of them.`;
  return `${place} cannot be had: the system says "${text}".`;
}

/** Does what a line says.
 * @throws UsageError */
function change(device: VirtualDevice, line: string): void {
  const [, what = "", said = ""] = /^(\S+)\s*(.*)$/.exec(line) ?? [];
  const { statuses, errors } = device.words;
  if (what === "status" && isStatus(said)) device.set({ status: known(said, statuses, "status") });
  else if (what === "amperes") device.set({ amperes: readNumber(said, "amperes", 0) });
  else if (what === "error")
    device.set({ errors: said === "none" || said === "" ? [] : [known(said, errors, "error")] });
  else if (line !== "")
    throw new UsageError("Lines are: status WORD of OCPP, amperes N, error WORDS of the profile, error none.");
}
