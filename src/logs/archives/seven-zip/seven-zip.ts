import { crc32 } from "node:zlib";
import type { Words } from "../../../lib/words.ts";
import { failure } from "../../../station/failure.ts";
import { words } from "../../../station/phrases.ts";
import { ByteReader } from "../../bytes/reader.ts";
import { type Bytes, type Source, streamOf } from "../../bytes/source.ts";
import { unpackBzip2 } from "../bzip2/bzip2.ts";
import { DamagedError } from "../damaged.ts";
import type { Entries } from "../entry.ts";
import type { Budget, Limits } from "../limits.ts";
import { readLzmaHead, unpackLzma } from "../lzma/lzma.ts";
import { unpackLzma2 } from "../lzma/lzma2.ts";
import { lzma2Dictionary } from "../lzma/xz.ts";
import { inflate } from "../zlib-stream.ts";
import { type Coder, type Folder, readHeader, readStreams } from "./header.ts";
import { HeaderReader } from "./numbers.ts";

const headMark = 1;
const packedHeadMark = 23;

type Unpack = (input: Bytes, coder: Coder, limits: Limits) => Bytes;

const methods: Record<string, Unpack> = {
  "00": (input) => input,
  "21": (input, { properties }, limits) =>
    unpackLzma2(new ByteReader(input), lzma2Dictionary(properties[0] ?? 0, limits)),
  "030101": unpackRawLzma,
  "040108": inflate,
  "040202": (input) => unpackBzip2(input),
};

/** What others are called, for whoever is told of them. */
const otherNames: Record<string, string> = { "030401": "PPMd", "03030103": "BCJ", "0303011b": "BCJ2", "03": "Delta" };
const encryption = "06f10701";

/** The files of a 7z.
 * @throws DamagedError
 * @throws FailureError for one that is packed as none is read here */
export async function* readSevenZip(source: Source, budget: Budget): Entries {
  const head = await findHead(source, budget);
  if (!head) return;
  const { folders, files } = head;
  const withBytes = files.filter(({ hasBytes }) => hasBytes);
  let next = 0;
  for (const folder of folders) {
    const problem = folder.coders.map(problemOf).find((one) => one !== undefined);
    if (problem) {
      for (const { size } of folder.streams) {
        const { name = "", changedAt } = withBytes[next++] ?? {};
        yield { name, size, changedAt, problem, open: none };
      }
      continue;
    }
    const from = new ByteReader(unpackFolder(source, folder, budget));
    for (const { size, crc } of folder.streams) {
      const begin = from.at;
      const { name = "", changedAt } = withBytes[next++] ?? {};
      yield { name, size, changedAt, open: () => checked(from.stream(size), size, crc) };
      if (!(await from.skip(begin + size - from.at))) throw new DamagedError("cut");
    }
    await from.close();
  }
}

async function* none(): Bytes {}

/** Why what a coder packed cannot be had. */
function problemOf({ method }: Coder): Words | undefined {
  if (methods[method]) return undefined;
  if (method === encryption) return words("log-encrypted");
  return words("log-packing-unknown", { packing: `7z, ${otherNames[method] ?? method}` });
}

async function* checked(bytes: Bytes, size: number, crc: number | undefined): Bytes {
  let sum = 0;
  let count = 0;
  for await (const piece of bytes) {
    sum = crc32(piece, sum);
    count += piece.length;
    yield piece;
  }
  if (count < size) throw new DamagedError("cut");
  if (crc !== undefined && sum !== crc) throw new DamagedError("damaged");
}

/** The header, unpacked where it is packed itself; undefined for an archive of nothing. */
async function findHead(source: Source, budget: Budget) {
  const signature = await source.read(0, 32);
  if (signature.length < 32) throw new DamagedError("cut");
  const at = 32 + Number(signature.readBigUInt64LE(12));
  const size = Number(signature.readBigUInt64LE(20));
  if (size === 0) return undefined;
  if (size > budget.limits.memory) throw new DamagedError("damaged");
  if (at + size > source.size) throw new DamagedError("cut");
  let bytes = await source.read(at, size);
  for (let depth = 0; depth < 4; depth++) {
    const from = new HeaderReader(bytes, budget.limits.entries);
    const mark = from.byte();
    if (mark === headMark) return readHeader(from);
    const [folder] = mark === packedHeadMark ? readStreams(from) : [];
    if (!folder || (folder.streams[0]?.size ?? 0) > budget.limits.memory) throw new DamagedError("damaged");
    const pieces: Buffer[] = [];
    for await (const piece of unpackFolder(source, folder, budget)) pieces.push(piece);
    bytes = Buffer.concat(pieces);
  }
  throw new DamagedError("damaged");
}

async function* unpackFolder(source: Source, { at, packed, coders }: Folder, budget: Budget): Bytes {
  const unpackers = coders.map((coder) => {
    const unpack = methods[coder.method];
    if (unpack) return (input: Bytes) => unpack(input, coder, budget.limits);
    throw failure("invalid-input", problemOf(coder) as Words);
  });
  const input = streamOf(source.slice(at, packed));
  yield* budget.watch(input, (one) => unpackers.reduce((bytes, unpack) => unpack(bytes), one));
}

function unpackRawLzma(input: Bytes, { properties, size }: Coder, { memory }: Limits): Bytes {
  const head = readLzmaHead(Buffer.concat([properties, Buffer.alloc(8, 0xff)]));
  if (!head) throw new DamagedError("damaged");
  if (head.dictionary > memory) {
    throw failure("invalid-input", words("log-dictionary-too-large", { size: head.dictionary, limit: memory }));
  }
  return unpackLzma(input, { ...head, size });
}
