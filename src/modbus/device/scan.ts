import type { Words } from "../../lib/words.ts";
import { failure, whyOf } from "../../station/failure.ts";
import type { DeviceFound, ScanView, Verdict } from "../../station/serial/modbus.ts";
import type { SerialSettings } from "../../station/serial/ports.ts";
import type { ModbusMaster } from "../bus/master.ts";
import { ModbusTrouble, type TroubleKind } from "../bus/trouble.ts";
import { askWords } from "./identify.ts";

/** A way to set a port; null over TCP, which has none. */
export type Setting = Pick<SerialSettings, "baudRate" | "parity" | "stopBits"> | null;

export type ScanOptions = {
  settings: readonly Setting[];
  /** Tried with every setting. */
  units: readonly number[];
  /** Tried with the settings that somebody answered in; where nobody did, with none. */
  allUnits: readonly number[];
  /** How long each answer is waited for, milliseconds. */
  answerMs: number;
  /** Opens the bus as it is to be set, and listens whether somebody talks on it unasked. */
  open(setting: Setting): Promise<{ master: ModbusMaster; unasked(): Promise<number>; close(): Promise<void> }>;
  tell(view: ScanView): void;
  signal: AbortSignal;
};

type Tally = Map<string, { kinds: Map<TroubleKind, Set<number>>; unasked: number; flat: number; asked: Set<number> }>;

/** Looks for devices: every setting with the usual units, then all units in the settings where one answered. Reads alone. It ends
 * early by its signal, or when the port is gone, with what it has.
 * @throws FailureError unavailable when it cannot begin */
export async function scanBus(options: ScanOptions): Promise<ScanView> {
  const { settings, units, allUnits, signal, tell } = options;
  const found: DeviceFound[] = [];
  const tally: Tally = new Map();
  let done = 0;
  let total = settings.length * units.length;
  const view = (over: boolean): ScanView => ({
    done,
    total,
    found: [...found],
    over,
    ...(over && { verdict: verdictOf(found, tally), cancelled: signal.aborted }),
  });

  async function walk(setting: Setting, some: readonly number[]): Promise<boolean> {
    const bus = await options.open(setting);
    const note = noteOf(tally, setting);
    const before = found.length;
    try {
      note.unasked += await bus.unasked();
      for (const unit of some) {
        if (signal.aborted) break;
        const device = await knock(bus.master, unit, setting, options.answerMs, note);
        if (device) found.push(device);
        done++;
        tell(view(false));
      }
    } finally {
      await bus.close();
    }
    return found.length > before;
  }

  let trouble: Words | null = null;
  try {
    for (const setting of settings) {
      if (signal.aborted) break;
      if (!(await walk(setting, units))) continue;
      const rest = allUnits.filter((unit) => !units.includes(unit));
      total += rest.length;
      await walk(setting, rest);
    }
  } catch (error) {
    // What was found until the adapter was pulled out is no less found.
    trouble = error instanceof ModbusTrouble ? error.words : whyOf(error);
    if (done === 0) throw failure("unavailable", trouble);
  }
  const last: ScanView = trouble ? { ...view(false), over: true, trouble } : view(true);
  tell(last);
  return last;
}

function noteOf(tally: Tally, setting: Setting) {
  const key = JSON.stringify(setting);
  const note = tally.get(key) ?? { kinds: new Map(), unasked: 0, flat: 0, asked: new Set<number>() };
  tally.set(key, note);
  return note;
}

type Note = ReturnType<typeof noteOf>;

/** One unit: an answer of any kind, a refusal as well, is somebody. */
async function knock(
  master: ModbusMaster,
  unit: number,
  setting: Setting,
  answerMs: number,
  note: Note,
): Promise<DeviceFound | null> {
  const device = { unit, ...(setting && { setting }) };
  note.asked.add(unit);
  for (const table of ["holding", "input"] as const) {
    try {
      await master.ask(unit, { kind: "read", table, address: 0, count: 1 }, answerMs);
      return { ...device, words: await askWords(master, unit) };
    } catch (error) {
      if (!(error instanceof ModbusTrouble) || error.kind === "gone") throw error;
      if (error.kind === "exception" && error.code !== 10 && error.code !== 11)
        return { ...device, words: await askWords(master, unit) };
      const units = note.kinds.get(error.kind) ?? new Set();
      note.kinds.set(error.kind, units.add(unit));
      if (error.raw.length > 0 && error.raw.every((byte) => byte === 0 || byte === 0xff || byte === 0xfe)) note.flat++;
      if (error.kind === "no-answer") await master.pass(unit);
      // Who said nothing to the first question says nothing to the second.
      if (error.kind === "no-answer" || error.kind === "echo" || error.kind === "no-modbus") return null;
    }
  }
  return null;
}

/** What it looks like in one word, the likeliest cause first. */
function verdictOf(found: readonly DeviceFound[], tally: Tally): Verdict {
  const notes = [...tally.values()];
  const count = (kind: TroubleKind) => notes.reduce((sum, { kinds }) => sum + (kinds.get(kind)?.size ?? 0), 0);
  const asked = notes.reduce((sum, note) => sum + note.asked.size, 0);
  const spoilt = count("bad-check") + count("cut");
  const doubled = found.find(({ setting }) => {
    const kinds = tally.get(JSON.stringify(setting ?? null))?.kinds;
    return (kinds?.get("bad-check")?.size ?? 0) > 0;
  });
  if (doubled) {
    const units = tally.get(JSON.stringify(doubled.setting ?? null))?.kinds.get("bad-check");
    return { kind: "two-with-one-unit", units: [...(units ?? [])] };
  }
  if (found.length > 0) return { kind: "found" };
  if (count("no-modbus") > 0) return { kind: "no-modbus" };
  if (notes.some(({ unasked }) => unasked > 0)) return { kind: "another-master" };
  if (asked > 0 && count("echo") >= asked) return { kind: "echo" };
  if (spoilt === 0) return { kind: "nothing" };
  if (notes.some(({ flat }) => flat > 0)) return { kind: "swapped" };
  return spoilt > asked / 2 ? { kind: "noise" } : { kind: "wrong-setting" };
}
