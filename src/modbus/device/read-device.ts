import type { ModbusMaster } from "../bus/master.ts";
import { ModbusTrouble } from "../bus/trouble.ts";
import type { ReadBlock } from "../profile/decode.ts";
import type { Profile, ProfileRegister } from "../profile/model.ts";
import { type Block, planBlocks, registersIn } from "../profile/plan.ts";

/** What became of one block of a reading. */
export type BlockReading = ReadBlock & { trouble: ModbusTrouble | null };

/** Reads registers, block by block. A block that the device refuses is read again register by register: many devices refuse a block for one
 * register that they do not have. What gets no answer at all ends the reading, since nobody is there.
 * @throws ModbusTrouble no-answer, gone and the like; never a device's own refusal */
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
    if (reading.trouble && inside.length > 1) {
      for (const one of planBlocks(profile, inside, true)) readings.push(await readBlock(master, unit, one));
    } else readings.push(reading);
  }
  return readings;
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
