import type { Spoken } from "../../lib/words.ts";
import type { ProfileFault } from "../../modbus/profile/faults.ts";
import type { Profile } from "../../modbus/profile/model.ts";
import { readProfile } from "../../modbus/profile/read-profile.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { ProfileView } from "./contract.ts";

const mostFaults = 20;

/** The profiles that are shipped; read when they are first asked for. */
export async function loadProfiles(): Promise<readonly Profile[]> {
  const { shippedProfiles } = await import("../../modbus/profiles/shipped.ts");
  return shippedProfiles();
}

/** A profile by its name, or out of a file's text.
 * @throws FailureError invalid-input: there is none of that name, or every fault of the text with its line */
export async function findProfile(given: string | { text: string }): Promise<Profile> {
  if (typeof given !== "string") return ownProfile(given.text);
  const found = (await loadProfiles()).find(({ name }) => name === given);
  if (!found) throw failure("invalid-input", words("modbus-no-profile", { name: given }));
  return found;
}

function ownProfile(text: string): Profile {
  const { profile, faults } = readProfile(text);
  if (profile) return profile;
  throw failure("invalid-input", words("modbus-profile-faults", { faults: listOf(faults) }));
}

/** Every fault with its line, as far as somebody reads them. */
function listOf(faults: readonly ProfileFault[], told = 0): Spoken {
  const [first, ...rest] = faults;
  if (!first) return "";
  const { line, path, why } = first;
  const one = words("profile-fault", { line, place: path && `, ${path}`, why });
  if (rest.length === 0) return one;
  if (told + 1 === mostFaults) return words("profile-faults-more", { one, count: rest.length });
  return words("profile-faults", { one, rest: listOf(rest, told + 1) });
}

/** A profile as it is listed. */
export function profileView(profile: Profile): ProfileView {
  const { name, maker, device, kind, source, proven, notes, unit, serial, registers, commands } = profile;
  return {
    name,
    maker,
    device,
    kind,
    source,
    proven,
    ...(notes && { notes }),
    unit,
    ...(serial && {
      serial: { baudRate: serial.baud, frame: `${serial.bits}${serial.parity.charAt(0).toUpperCase()}${serial.stop}` },
    }),
    tellsErrors: registers.some(({ means }) => means === "error"),
    registers: registers.length,
    commands: commands.map(({ name: command, says, least, most, value }) => ({
      name: command,
      says,
      ...(least !== undefined && { least }),
      ...(most !== undefined && { most }),
      ...(value !== undefined && { value }),
    })),
  };
}
