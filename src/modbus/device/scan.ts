import type { Words } from "../../lib/words.ts";
import { failure, whyOf } from "../../station/failure.ts";
import type { DeviceFound, ScanView } from "../../station/serial/modbus.ts";
import type { ModbusMaster } from "../bus/master.ts";
import { ModbusTrouble } from "../bus/trouble.ts";
import { askWords } from "./identify.ts";
import { isGateways } from "./read-device.ts";
import { type Note, noteOf, type Setting, type Tally, verdictOf } from "./verdict.ts";

export type ScanOptions = {
  settings: readonly Setting[];
  /** Tried with every setting. */
  units: readonly number[];
  /** Tried with the settings that somebody answered in; where nobody did, with none. */
  allUnits: readonly number[];
  /** How long each answer is waited for, milliseconds. */
  answerMs: number;
  /** Opens the bus as it is to be set, and listens whether somebody talks on it unasked. */
  open(
    setting: Setting,
  ): Promise<{ master: ModbusMaster; unasked(): Promise<Note["unasked"]>; close(): Promise<void> }>;
  tell(view: ScanView): void;
  signal: AbortSignal;
};

/** A unit that is slow, or was not heard whole, is asked again, and waited for so many times longer. */
const patience = 6;

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
      const { bytes, frames } = await bus.unasked();
      note.unasked.bytes += bytes;
      note.unasked.frames += frames;
      for (const unit of some) {
        // What speaks no Modbus over TCP is not asked again: nothing after that can be read.
        if (signal.aborted || note.kinds.has("no-modbus")) break;
        const device = await knock(bus.master, unit, setting, options.answerMs, note);
        if (device) found.push(device);
        done++;
        tell(view(false));
      }
      const doubtful = inDoubt(note, found.length > before);
      total += doubtful.length;
      if (doubtful.length > 0) tell(view(false));
      for (const unit of doubtful) {
        if (signal.aborted) break;
        const device = await knock(bus.master, unit, setting, patience * options.answerMs, note);
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

/** Takes off a note the units that are worth a second question: late ones, and where somebody was heard well those that were damaged. */
function inDoubt({ kinds, late }: Note, isSetRight: boolean): number[] {
  const units = new Set(late);
  late.clear();
  for (const kind of ["bad-check", "cut"] as const) {
    if (!isSetRight) continue;
    for (const unit of kinds.get(kind) ?? []) units.add(unit);
    kinds.delete(kind);
  }
  return [...units];
}

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
      if (error.kind === "exception" && !isGateways(error)) return { ...device, words: await askWords(master, unit) };
      const other = error.kind === "other-unit" ? error.raw[0] : undefined;
      if (other !== undefined && note.asked.has(other)) {
        note.late.add(other);
        return null;
      }
      const units = note.kinds.get(error.kind) ?? new Set();
      note.kinds.set(error.kind, units.add(unit));
      if (error.raw.length > 0 && error.raw.every((byte) => byte === 0 || byte === 0xff || byte === 0xfe)) note.flat++;
      if (error.kind === "no-answer") await master.pass(unit);
      // Who said nothing to the first question says nothing to the second.
      if (
        error.kind === "no-answer" ||
        error.kind === "echo" ||
        error.kind === "no-modbus" ||
        error.kind === "exception"
      )
        return null;
    }
  }
  return null;
}
