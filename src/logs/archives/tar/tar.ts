import { ByteReader } from "../../bytes/reader.ts";
import type { Bytes, Source } from "../../bytes/source.ts";
import { DamagedError } from "../damaged.ts";
import type { Entries } from "../entry.ts";
import type { Limits } from "../limits.ts";
import { blockSize, readPax, readTarHeader, type TarHeader, text } from "./header.ts";

/** The files of a tar.
 * @throws DamagedError where it is damaged, or ends within an entry */
export async function* readTar(input: Bytes | Source, limits: Limits): Entries {
  const from = new ByteReader(input);
  const source = "read" in input ? input : undefined;
  let named: Partial<TarHeader> = {};
  for (;;) {
    const block = await from.take(blockSize);
    if (block.length === 0 || block.every((byte) => byte === 0)) return;
    if (block.length < blockSize) throw new DamagedError("cut");
    const header = readTarHeader(block);
    if (!header) throw new DamagedError("damaged");
    const special = await readSpecial(from, header, limits);
    if (special) {
      named = { ...named, ...special };
      continue;
    }
    const { name, size, type, changedAt } = { ...header, ...named };
    named = {};
    const begin = from.at;
    if (type === "0" || type === "7") {
      const whole = source && begin + size <= source.size ? source.slice(begin, size) : undefined;
      yield { name, size, changedAt, ...(whole && { atRest: async () => whole }), open: () => sized(from, size) };
    }
    const padded = Math.ceil(size / blockSize) * blockSize;
    if (!(await from.skip(begin + padded - from.at))) throw new DamagedError("cut");
  }
}

async function* sized(from: ByteReader, size: number): Bytes {
  const begin = from.at;
  yield* from.stream(size);
  if (from.at - begin < size) throw new DamagedError("cut");
}

/** What an entry that only tells of the next one says: a long name of GNU, or records of pax. Undefined for any other. */
async function readSpecial(from: ByteReader, header: TarHeader, { memory }: Limits) {
  const { type, size } = header;
  if (!"LKxg".includes(type)) return undefined;
  if (size > Math.min(memory, 1 << 20)) throw new DamagedError("damaged");
  const bytes = await from.take(size);
  if (bytes.length < size) throw new DamagedError("cut");
  await from.skip((blockSize - (size % blockSize)) % blockSize);
  if (type === "L") return { name: text(bytes) };
  if (type !== "x") return {};
  const records = readPax(bytes);
  const name = records.get("path");
  const told = Number(records.get("size") ?? Number.NaN);
  const seconds = Number(records.get("mtime") ?? Number.NaN);
  return {
    ...(name !== undefined && { name }),
    ...(Number.isSafeInteger(told) && told >= 0 && { size: told }),
    ...(Number.isFinite(seconds) && { changedAt: seconds * 1000 }),
  };
}
