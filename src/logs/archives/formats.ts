import { createGunzip } from "node:zlib";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { ByteReader } from "../bytes/reader.ts";
import type { Bytes } from "../bytes/source.ts";
import { unpackBzip2 } from "./bzip2/bzip2.ts";
import { DamagedError } from "./damaged.ts";
import type { Limits } from "./limits.ts";
import { readLzmaHead, unpackLzma } from "./lzma/lzma.ts";
import { unpackXz } from "./lzma/xz.ts";
import { isTarHeader } from "./tar/header.ts";
import { inLargePieces, unpackWith, zstd } from "./zlib-stream.ts";

/** What packs one file alone, and how it is unpacked. */
export const packings = {
  gz: (input: Bytes) => unpackWith(input, createGunzip(inLargePieces)),
  bz2: (input: Bytes) => unpackBzip2(input),
  xz: unpackXz,
  zst: (input: Bytes) => zstd(input),
  lzma: unpackLzmaFile,
};
export type Packing = keyof typeof packings;

/** What holds many files. */
export type Container = "tar" | "zip" | "7z";
export type Format = Packing | Container;

/** So much of the beginning tells the format. */
export const headSize = 4096;

/** The first bytes of each, in hex. */
const marks: [Format, RegExp][] = [
  ["gz", /^1f8b08/],
  ["bz2", /^425a683[1-9](?:314159265359|177245385090)/],
  ["xz", /^fd377a585a00/],
  ["zst", /^(?:28b52ffd|5.2a4d18)/],
  ["zip", /^504b(?:0304|0506|0708504b0304)/],
  ["7z", /^377abcaf271c/],
];

/** The format of an archive by its first bytes; undefined for what is none that is read here. */
export function formatOf(head: Buffer, name: string): Format | undefined {
  const start = head.toString("hex", 0, 16);
  const marked = marks.find(([, mark]) => mark.test(start));
  if (marked) return marked[0];
  if (isTarHeader(head.subarray(0, 512))) return "tar";
  return /\.lzma$/i.test(name) && readLzmaHead(head) ? "lzma" : undefined;
}

export function isContainer(format: Format): format is Container {
  return format === "tar" || format === "zip" || format === "7z";
}

/** The name of what was packed, by the name of what it is packed in. */
export function nameWithin(name: string): string {
  const bare = name.replace(/\.(?:tgz|tbz2?|txz|tzst)$/i, ".tar").replace(/\.(?:gz|bz2|xz|zst|lzma|z)$/i, "");
  return bare === "" ? name : bare;
}

async function* unpackLzmaFile(input: Bytes, { memory }: Limits): Bytes {
  const from = new ByteReader(input);
  const head = readLzmaHead(await from.take(13));
  if (!head) throw new DamagedError("damaged");
  const { dictionary } = head;
  if (dictionary > memory) {
    throw failure("invalid-input", words("log-dictionary-too-large", { size: dictionary, limit: memory }));
  }
  yield* unpackLzma(from.stream(), head);
}
