import type { DeviceFound, Verdict } from "../../station/serial/modbus.ts";
import type { SerialSettings } from "../../station/serial/ports.ts";
import type { TroubleKind } from "../bus/trouble.ts";

/** A way to set a port; null over TCP, which has none. */
export type Setting = Pick<SerialSettings, "baudRate" | "parity" | "stopBits"> | null;

/** What was seen in one setting. */
export type Note = {
  /** The units that a question failed at, by how. */
  kinds: Map<TroubleKind, Set<number>>;
  /** What came before anybody was asked: its bytes, and the whole frames among them. */
  unasked: { bytes: number; frames: number };
  /** Answers of ones or zeros alone. */
  flat: number;
  asked: Set<number>;
  /** Units that answered when it was another's turn, after they had been asked. */
  late: Set<number>;
};

/** What was seen, by setting. */
export type Tally = Map<string, Note>;

/** What is noted of a setting. */
export function noteOf(tally: Tally, setting: Setting): Note {
  const key = JSON.stringify(setting);
  const unasked = { bytes: 0, frames: 0 };
  const note = tally.get(key) ?? { kinds: new Map(), unasked, flat: 0, asked: new Set(), late: new Set() };
  tally.set(key, note);
  return note;
}

/** What it looks like in one word, the likeliest cause first. */
export function verdictOf(found: readonly DeviceFound[], tally: Tally): Verdict {
  const notes = [...tally.values()];
  const count = (...kinds: TroubleKind[]) =>
    notes.reduce((sum, note) => sum + kinds.reduce((all, kind) => all + (note.kinds.get(kind)?.size ?? 0), 0), 0);
  const doubled = spoiltUnits(found, tally);
  if (doubled.length > 0) return { kind: "two-with-one-unit", units: doubled };
  if (found.length > 0) return { kind: "found" };
  if (tally.has("null")) {
    if (count("no-modbus", "no-fit", "cut", "bad-check") > 0) return { kind: "no-modbus" };
    return { kind: count("exception") > 0 ? "gateway-silent" : "nothing-at-host" };
  }
  if (notes.some(({ unasked }) => unasked.frames > 0) || count("other-unit", "no-fit") > 0)
    return { kind: "another-master" };
  const asked = notes.reduce((sum, note) => sum + note.asked.size, 0);
  if (asked > 0 && count("echo") >= asked) return { kind: "echo" };
  if (count("exception") > 0) return { kind: "gateway-silent" };
  const spoilt = count("bad-check", "cut");
  if (notes.some(({ flat }) => flat > 0)) return { kind: "swapped" };
  if (notes.some(({ unasked }) => unasked.bytes > 0)) return { kind: "noise" };
  if (spoilt === 0) return { kind: "nothing" };
  return { kind: spoilt > asked / 2 ? "noise" : "wrong-setting" };
}

/** Units whose answers come damaged in a setting in which others are whole. */
function spoiltUnits(found: readonly DeviceFound[], tally: Tally): number[] {
  for (const { setting } of found) {
    const kinds = tally.get(JSON.stringify(setting ?? null))?.kinds;
    const units = [...(kinds?.get("bad-check") ?? []), ...(kinds?.get("cut") ?? [])];
    if (units.length > 0) return [...new Set(units)];
  }
  return [];
}
