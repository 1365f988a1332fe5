import type { CallInput, FeedInput } from "../../../src/api/contract.ts";
import type { ProfileView } from "../../../src/services/modbus/contract.ts";

export const bauds = ["2400", "4800", "9600", "19200", "38400", "57600", "115200"] as const;
export const frames = ["8N1", "8E1", "8N2", "8O1", "7E1"] as const;
export const tables = ["holding", "input", "coil", "discrete"] as const;

/** Where a device is, as it is typed in. Baud and frame are of a port; a host has none. */
export type PlaceDraft = { place: string; baud: string; frame: string; unit: string };
export type DeviceDraft = PlaceDraft & { profile: string; identity: string; reference: string };
export type RegisterDraft = PlaceDraft & { table: string; from: string; count: string };
export type ListenDraft = Omit<PlaceDraft, "unit"> & { profile: string };

export const emptyPlace: PlaceDraft = { place: "", baud: "9600", frame: "8N1", unit: "" };
export const emptyDevice: DeviceDraft = { ...emptyPlace, profile: "auto", identity: "", reference: "" };
export const emptyRegisters: RegisterDraft = { ...emptyPlace, table: "holding", from: "0", count: "10" };
export const emptyListening: ListenDraft = { place: "", baud: "9600", frame: "8N1", profile: "" };

export type ListenInput = FeedInput<"modbus.listen">;

/** A field that cannot be taken as it is. */
export type Wrong = "place" | "unit" | "identity" | "from" | "count";

/** True for a serial port; everything else is a host. */
export function isPort(place: string): boolean {
  const name = place.trim();
  return name.startsWith("/") || name.includes("://") || /^COM\d+$/i.test(name);
}

/** The place as the core takes it: the settings of a port behind it. */
export function placeOf({ place, baud, frame }: Omit<PlaceDraft, "unit">): string {
  const name = place.trim();
  return isPort(name) ? `${name},baud=${baud},frame=${frame}` : name;
}

/** The name under which a profile from a file is chosen: none that is shipped can have it. */
export const ownProfile = "own profile";

/** How a profile is chosen in a list: by its name, or one of a person's own by the device that is read by it. */
export function choiceOf({ name, ownOf }: Pick<ProfileView, "name" | "ownOf">): string {
  return ownOf === undefined ? name : `${heldBy}${ownOf}`;
}

const heldBy = "own of ";

/** What such a choice is to the core. */
function profileOf(choice: string): string | { of: string } {
  return choice.startsWith(heldBy) ? { of: choice.slice(heldBy.length) } : choice;
}

/** What is asked of the core, or the field that is wrong.
 * @param own the profile from a file, where that is chosen */
export function readDevice(draft: DeviceDraft, own = ""): { wrong: Wrong } | { input: CallInput<"modbus.attach"> } {
  const wrong = wrongPlace(draft);
  if (wrong) return { wrong };
  const identity = draft.identity.trim();
  if (identity === "" || identity.length > 48 || /[\s/\\?#]/.test(identity)) return { wrong: "identity" };
  const reference = draft.reference === "" ? {} : { reference: { station: draft.reference } };
  const profile = draft.profile === ownProfile ? { text: own } : profileOf(draft.profile);
  return { input: { place: placeOf(draft), ...unitOf(draft), profile, identity, ...reference } };
}

/** As above, for registers by their numbers, decimal or 0x hexadecimal. */
export function readRegisters(draft: RegisterDraft): { wrong: Wrong } | { input: CallInput<"modbus.read"> } {
  const wrong = wrongPlace(draft);
  if (wrong) return { wrong };
  const from = whole(draft.from);
  const count = whole(draft.count);
  if (from === null || from > 65_535) return { wrong: "from" };
  if (count === null || count < 1 || count > 500) return { wrong: "count" };
  const table = tables.find((name) => name === draft.table) ?? "holding";
  return { input: { place: placeOf(draft), ...unitOf(draft), registers: { table, from, count } } };
}

/** As above, for a line that is overheard. */
export function readListening(draft: ListenDraft): { wrong: Wrong } | { input: ListenInput } {
  if (!isName(draft.place) || !isPort(draft.place)) return { wrong: "place" };
  return { input: { place: placeOf(draft), ...(draft.profile !== "" && { profile: profileOf(draft.profile) }) } };
}

function isName(place: string): boolean {
  const name = place.trim();
  return name !== "" && name.length <= 250 && !/[\s,]/.test(name);
}

function wrongPlace(draft: PlaceDraft): Wrong | null {
  if (!isName(draft.place)) return "place";
  const unit = whole(draft.unit);
  return draft.unit.trim() !== "" && (unit === null || unit > 255) ? "unit" : null;
}

function unitOf({ unit }: PlaceDraft): { unit?: number } {
  const value = whole(unit);
  return value === null ? {} : { unit: value };
}

function whole(text: string): number | null {
  return /^(0x[0-9a-f]+|\d+)$/i.test(text.trim()) ? Number(text.trim()) : null;
}
