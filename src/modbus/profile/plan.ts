import { isBits, mostBits, type Table } from "../codec/pdu.ts";
import { sizeOf } from "../codec/values.ts";
import type { Profile, ProfileRegister } from "./model.ts";

/** One question of a reading: so many registers of one table from an address on, as on the wire. */
export type Block = { table: Table; address: number; count: number };

/** Where a register of a profile is on the wire. */
export function placeOf(
  profile: Profile,
  { at, table }: Pick<ProfileRegister, "at" | "table">,
): { table: Table; address: number } {
  return { table: table ?? profile.table, address: at - profile.first };
}

/** The questions that read these registers: neighbours together, as far as the profile lets them.
 * @param apart read each register by itself: the device refuses them together */
export function planBlocks(profile: Profile, registers: readonly ProfileRegister[], apart = false): Block[] {
  const wanted = registers
    .map((register) => ({ ...placeOf(profile, register), count: sizeOf(register) }))
    .sort((a, b) => a.table.localeCompare(b.table) || a.address - b.address);
  const blocks: Block[] = [];
  for (const one of wanted) {
    const last = blocks.at(-1);
    const most = isBits(one.table) ? mostBits : profile.most;
    const end = one.address + one.count;
    const near = last?.table === one.table && one.address - (last.address + last.count) <= profile.gap;
    if (last && near && !apart && end - last.address <= most) last.count = Math.max(last.count, end - last.address);
    else if (last?.table === one.table && end <= last.address + last.count && one.address >= last.address) continue;
    else blocks.push({ ...one });
  }
  return blocks;
}

/** The registers that a block holds. */
export function registersIn(
  profile: Profile,
  registers: readonly ProfileRegister[],
  { table, address, count }: Block,
): ProfileRegister[] {
  return registers.filter((register) => {
    const place = placeOf(profile, register);
    return place.table === table && place.address >= address && place.address < address + count;
  });
}
