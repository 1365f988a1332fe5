import { words } from "../../station/phrases.ts";
import type { ModbusMaster } from "../bus/master.ts";
import { ModbusTrouble } from "../bus/trouble.ts";
import type { ReadBlock } from "../profile/decode.ts";
import type { Profile, ProfileRegister } from "../profile/model.ts";
import { type Block, planBlocks, registersIn } from "../profile/plan.ts";

/** What became of one block of a reading. */
export type BlockReading = ReadBlock & { trouble: ModbusTrouble | null };

/** A gateway says so itself: it has no way to the device, or heard nothing of it (Modbus Application Protocol V1.1b3, 7). */
export function isGateways({ code }: ModbusTrouble): boolean {
  return code === 10 || code === 11;
}

/** The device does not have what was asked for: neither now nor later. Others are busy, or not well. */
export function isForGood({ code }: ModbusTrouble): boolean {
  return code !== undefined && code >= 1 && code <= 3;
}

/** Reads registers, block by block. A block that the device refuses is read again register by register: many devices refuse a block for one
 * register that they do not have. What gets no answer at all ends the reading, since nobody is there; so does a gateway that does not reach
 * the device.
 * @throws ModbusTrouble no-answer, gone and the like; a refusal only where nothing was told at all */
export async function readBlocks(
  master: ModbusMaster,
  unit: number,
  profile: Profile,
  registers: readonly ProfileRegister[] = profile.registers,
): Promise<BlockReading[]> {
  const readings: BlockReading[] = [];
  for (const block of planBlocks(profile, registers)) {
    const reading = await readBlock(master, unit, block);
    const inside = registersIn(profile, registers, block);
    const { trouble } = reading;
    if (trouble && isGateways(trouble) && readings.every((one) => one.trouble)) throw trouble;
    if (trouble && !isGateways(trouble) && inside.length > 1) {
      for (const one of planBlocks(profile, inside, true)) readings.push(await readBlock(master, unit, one));
    } else readings.push(reading);
  }
  const [first] = readings;
  if (!first?.trouble || readings.some(({ trouble }) => !trouble)) return readings;
  const why = first.trouble.words;
  if (!isForGood(first.trouble)) throw first.trouble;
  throw new ModbusTrouble("exception", words("modbus-all-refused", { why }), first.trouble.raw, first.trouble.code);
}

/** Reads one block; a refusal is part of the reading.
 * @throws ModbusTrouble any other */
export async function readBlock(
  master: ModbusMaster,
  unit: number,
  block: Block,
  answerMs?: number,
): Promise<BlockReading> {
  try {
    const answer = await master.ask(unit, { kind: "read", ...block }, answerMs);
    return { ...block, registers: answer.kind === "registers" ? answer.registers : null, trouble: null };
  } catch (error) {
    if (error instanceof ModbusTrouble && error.kind === "exception")
      return { ...block, registers: null, trouble: error };
    throw error;
  }
}
