import { UsageError } from "../api/start-options.ts";
import { asksStation } from "../consoles/profile.ts";
import { consoleProfiles } from "../consoles/shipped.ts";
import type { SerialPlace } from "../simulator/communication/serial-link.ts";
import type { LineFraming, OcppVersion } from "../station/model.ts";
import { english } from "../station/phrases.ts";
import type { ConsoleSetup } from "../station/serial/console.ts";
import type { LineSetup } from "../station/serial/lines.ts";
import { framingNames } from "../transports/serial/framing/framing.ts";
import { isIdentity } from "../transports/serial/line/control.ts";
import { createOpener } from "../transports/serial/open-port.ts";
import { readPortText } from "../transports/serial/settings.ts";

const versions: readonly OcppVersion[] = ["1.6", "2.0.1", "2.1"];

/** Reads a serial line to serve: PORT,baud=115200,frame=8N1,framing=auto,id=CP1,ocpp=1.6.
 * @throws UsageError */
export function readLine(given: string, option = "--serial"): LineSetup {
  const { path, settings, others } = readPort(given, ["framing", "id", "ocpp"], option);
  const id = others.get("id");
  const ocpp = versions.find((version) => version === others.get("ocpp"));
  if (others.has("ocpp") && !ocpp) throw new UsageError(`${option}: ocpp takes ${versions.join(", ")}.`);
  if (id !== undefined && !isIdentity(id)) throw new UsageError(`${option}: ${id} can be no identity of a station.`);
  return {
    port: path,
    settings,
    framing: readFraming(others.get("framing") ?? "auto", true, option),
    identity: id,
    ocpp,
  };
}

/** Reads a console to serve: PORT,baud=115200,frame=8N1,profile=openevse-rapi,id=EVSE1.
 * @throws UsageError */
export function readConsole(given: string): ConsoleSetup {
  const { path, settings, others } = readPort(given, ["profile", "id"], "--console");
  const profile = others.get("profile");
  const station = others.get("id");
  const known = consoleProfiles().find(({ name }) => name === profile);
  if (profile !== undefined && !known)
    throw new UsageError(
      `--console: profile takes ${consoleProfiles()
        .map(({ name }) => name)
        .join(", ")}.`,
    );
  if (known && asksStation(known) && station === undefined)
    throw new UsageError("--console: a profile needs the station's id=ID.");
  if (station !== undefined && !isIdentity(station))
    throw new UsageError(`--console: ${station} can be no identity of a station.`);
  return { port: path, settings, ...(station !== undefined && { station }), ...(profile !== undefined && { profile }) };
}

/** Reads the line that a virtual station speaks over.
 * @throws UsageError */
export function readSerialPlace(given: string): SerialPlace {
  const { path, settings, others } = readPort(given, ["framing"]);
  const framing = readFraming(others.get("framing") ?? "lines", false);
  if (framing === "auto") throw new UsageError(`--serial: framing takes ${framingNames.join(", ")}.`);
  return { port: path, settings, framing, open: createOpener() };
}

function readFraming(given: string, auto: boolean, option = "--serial"): LineFraming | "auto" {
  const found = framingNames.find((name) => name === given);
  if (found) return found;
  if (auto && given === "auto") return "auto";
  throw new UsageError(`${option}: framing takes ${[...(auto ? ["auto"] : []), ...framingNames].join(", ")}.`);
}

function readPort(given: string, known: readonly string[], option = "--serial") {
  const read = readPortText(given);
  if ("phrase" in read) throw new UsageError(`${option}: ${english(read)}`);
  const unknown = [...read.others.keys()].find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UsageError(`${option} knows no ${unknown}: ${["baud", "frame", "flow", ...known].join(", ")}.`);
  }
  return read;
}
