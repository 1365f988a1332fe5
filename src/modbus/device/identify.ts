import type { ModbusMaster } from "../bus/master.ts";
import { sizeOf } from "../codec/values.ts";
import { decode, type ReadBlock } from "../profile/decode.ts";
import type { Profile } from "../profile/model.ts";
import { type Block, placeOf, planBlocks, registersIn } from "../profile/plan.ts";
import { fitsSignature } from "../profile/signature.ts";
import { Inquiry } from "./inquiry.ts";
import { readBlock } from "./read-device.ts";

/** What a device says that it is, where it can (Modbus Application Protocol V1.1b3, 6.13 and 6.21). */
export type DeviceWords = { vendor?: string; product?: string; revision?: string; serverId?: string };

/** Which profiles fit a device. `certain`: its identity registers say so; else it is one of those, by what its registers look like. */
export type Identified = { certain: boolean; profiles: Profile[]; words: DeviceWords };

/** Finds out what a device is. Reads alone; nothing is written.
 * @throws ModbusTrouble when nobody is there, or not any more */
export async function identify(master: ModbusMaster, unit: number, profiles: readonly Profile[]): Promise<Identified> {
  const inquiry = new Inquiry();
  const words = await askWords(master, unit, inquiry);
  const known = new Map<string, Promise<ReadBlock | null>>();
  /** Makes that share registers are asked for them once. */
  const read = (block: Block) => {
    const key = `${block.table} ${block.address} ${block.count}`;
    const reading = known.get(key) ?? inquiry.put(() => readBlock(master, unit, block, answerMs));
    known.set(key, reading);
    return reading;
  };
  const signed: Profile[] = [];
  for (const profile of profiles) {
    if (profile.identify.length > 0 && (await hasSignature(read, profile))) signed.push(profile);
  }
  if (signed.length > 0) return { certain: signed.length === 1, profiles: signed, words };
  const alike: Profile[] = [];
  for (const profile of profiles) {
    if (profile.identify.length === 0 && (await looksLike(read, profile))) alike.push(profile);
  }
  if (inquiry.nobody) throw inquiry.nobody;
  return { certain: false, profiles: alike, words };
}

/** Asks for the device's own words. Devices that do not know the question refuse it, or say nothing. */
export async function askWords(master: ModbusMaster, unit: number, inquiry = new Inquiry()): Promise<DeviceWords> {
  const words: DeviceWords = {};
  const told = await inquiry.put(() => master.ask(unit, { kind: "device-id", category: 1, object: 0 }));
  if (told?.kind === "device-id") {
    const [vendor, product, revision] = [0, 1, 2].map((id) => told.objects.get(id)?.trim());
    Object.assign(words, vendor && { vendor }, product && { product }, revision && { revision });
  }
  if (words.vendor) return words;
  const server = await inquiry.put(() => master.ask(unit, { kind: "server-id" }));
  const text = server?.kind === "server-id" ? Buffer.from(server.data).toString("latin1") : "";
  const printable = text.replace(/[^\x20-\x7e]+/g, " ").trim();
  if (printable) words.serverId = printable;
  return words;
}

/** True where all identity registers say what the profile expects. */
async function hasSignature(read: Reader, profile: Profile): Promise<boolean> {
  for (const signature of profile.identify) {
    const block = await read({ ...placeOf(profile, signature), count: sizeOf(signature) });
    if (!block?.registers || !fitsSignature(profile, signature, block.registers)) return false;
  }
  return true;
}

type Reader = (block: Block) => Promise<ReadBlock | null>;

/** A device that is there answers soon; one that keeps silent to registers that it does not have would else take a second for each. */
const answerMs = 400;

const plausible: Record<string, readonly [number, number]> = {
  Voltage: [80, 500],
  Frequency: [45, 65],
  Temperature: [-40, 120],
};

/** True where every register can be read, and none says what cannot be. */
async function looksLike(read: Reader, profile: Profile): Promise<boolean> {
  const blocks: ReadBlock[] = [];
  for (const block of planBlocks(profile, profile.registers)) {
    const whole = await read(block);
    const inside = registersIn(profile, profile.registers, block);
    // A block may be refused for what lies between its registers; a register that is refused by itself is not there.
    const parts = whole?.registers || inside.length < 2 ? [whole] : [];
    if (parts.length === 0)
      for (const one of planBlocks(profile, inside, true)) {
        parts.push(await read(one));
        if (!parts.at(-1)?.registers) break;
      }
    for (const part of parts) {
      if (!part?.registers) return false;
      blocks.push(part);
    }
  }
  let measured = 0;
  for (const { register, value, words } of decode(profile, blocks)) {
    if (register.means === "status" && words.length === 0) return false;
    const [least, most] = plausible[register.means] ?? [];
    if (least === undefined || most === undefined || typeof value !== "number") continue;
    // A phase that is not connected measures nothing.
    if (value !== 0 && !(value >= least && value <= most)) return false;
    if (value !== 0) measured++;
  }
  return measured > 0 || profile.registers.some(({ means }) => means === "status");
}
