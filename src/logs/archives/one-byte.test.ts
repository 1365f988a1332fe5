import { crc32, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { archive, sourceOf, wholeOf } from "../../../test/harness/bytes.ts";
import { usualLimits } from "./limits.ts";
import { listParts } from "./parts.ts";

const hex = (text: string) => Buffer.from(text, "hex");
const said = "meter: no answer\nmeter: no answer\n";

/** Archives that other programs made of two lines: each check of xz, each packing of zip, and zip with large numbers. */
const small: Record<string, Buffer> = {
  "none.xz": hex(
    "fd377a585a000000ff12d9410200210116000000742fe5a3e0002100185d0036994aeeeb7af90cd5fb5ee890e6ffdada7ca5d4200000000000012c22619fd7cc06729e7a010000000000595a",
  ),
  "crc32.xz": hex(
    "fd377a585a0000016922de360200210116000000742fe5a3e0002100185d0036994aeeeb7af90cd5fb5ee890e6ffdada7ca5d42000000000e4815819000130223cc2a02a9042990d010000000001595a",
  ),
  "sha256.xz": hex(
    "fd377a585a00000ae1fb0ca10200210116000000742fe5a3e0002100185d0036994aeeeb7af90cd5fb5ee890e6ffdada7ca5d420000000005f27afc8000c0e0e3d33de45194270b0342b08602158d8824aef650b28198ff100014c22c6f42aa9189b4b9a01000000000a595a",
  ),
  "delta.xz": hex(
    "fd377a585a000004e6d6b446020103010021010c03d9a613e00021001a5d0036bdfdef17f72fe8a09265cdeeff6ea1309ca4e4a93af40000000000007bd7e2a87c4ddb0900013622ba65fa7c1fb6f37d010000000004595a",
  ),
  "lines.lzma": hex("5d00008000ffffffffffffffff0036994aeeeb7af90cd5fb5ee890e6ffdada7ca5d462ffccbfffdd9d4000"),
  "lines.bz2": hex(
    "425a6839314159265359c045208e000008d98000104000001022039c80200020aa834346840d0342528610a53ae212f3c5d753e2ee48a70a121808a411c0",
  ),
  "runs.bz2": hex("425a6839314159265359b159a0b900000291008020300000082000219a68334d091754e2ee48a70a12162b341720"),
  "stored.zip": hex(
    "504b03041400000000008f52a35ce4815819220000002200000005000000612e6c6f676d657465723a206e6f20616e737765720a6d657465723a206e6f20616e737765720a504b010214031400000000008f52a35ce48158192200000022000000050000000000000000000000800100000000612e6c6f67504b0506000000000100010033000000450000000000",
  ),
  "bzip2.zip": hex(
    "504b03042e0000000c008f52a35ce48158193e0000002200000005000000612e6c6f67425a6839314159265359c045208e000008d98000104000001022039c80200020aa834346840d0342528610a53ae212f3c5d753e2ee48a70a121808a411c0504b01022e032e0000000c008f52a35ce48158193e00000022000000050000000000000000000000800100000000612e6c6f67504b0506000000000100010033000000610000000000",
  ),
  "lzma.zip": hex(
    "504b03043f0002000e008f52a35ce4815819270000002200000005000000612e6c6f67090405005d000080000036994aeeeb7af90cd5fb5ee890e6ffdada7ca5d462ffccbfffdd9d4000504b01023f033f0002000e008f52a35ce48158192700000022000000050000000000000000000000800100000000612e6c6f67504b05060000000001000100330000004a0000000000",
  ),
  "zip64.zip": hex(
    "504b03042d00000008008f52a35ce4815819ffffffffffffffff05001400612e6c6f670100100022000000000000001600000000000000cb4d2d492db252c8cb5748cc2b2e4f2de2ca45170000504b01022d032d00000008008f52a35ce48158191600000022000000050000000000000000000000800100000000612e6c6f67504b05060000000001000100330000004d0000000000",
  ),
};

/** Those in which a byte is also turned over: numbers that are out of all bounds. */
const turnedOver = new Set(["none.xz", "lines.lzma", "runs.bz2", "zip64.zip"]);

const letters: Record<string, string> = {
  "log-damaged": "d",
  "log-cut": "c",
  "log-packing-unknown": "p",
  "log-encrypted": "e",
  "log-dictionary-too-large": "m",
  "log-too-many-entries": "n",
  "log-entry-too-large": "l",
};

/** All that is read of an archive, and the letters of what is told against it. */
async function readingOf(bytes: Buffer, name: string): Promise<{ all: string; problems: string }> {
  const all: unknown[] = [];
  const problems = new Set<string>();
  const source = await sourceOf(bytes);
  for await (const { open, ...part } of listParts(source, name, usualLimits)) {
    const opened = part.problem ? null : await open().catch((error: { words: object }) => ({ problem: error.words }));
    const problem = part.problem ?? opened?.problem;
    if (problem) problems.add(letters[(problem as { phrase: string }).phrase] ?? "?");
    all.push(part, opened && "source" in opened && crc32(await wholeOf(opened.source)), problem);
  }
  return { all: JSON.stringify(all), problems: [...problems].sort().join("") };
}

/** What becomes of an archive in which a byte is another, for each byte: `.` it reads the same, `~` otherwise, `x` it is no archive any
 * more, or the letter of what is told; several together as `*`. */
async function fateOf(bytes: Buffer, name: string, change: number, places: Iterable<number>): Promise<string> {
  const whole = await readingOf(bytes, name);
  let told = "";
  for (const at of places) {
    const other = Buffer.from(bytes);
    other[at] = (other[at] ?? 0) ^ change;
    const { all, problems } = await readingOf(other, name);
    if (all === whole.all) told += ".";
    else if (problems.length > 1) told += "*";
    else told += problems || (all.startsWith('[{"id":"0"') ? "x" : "~");
  }
  return told;
}

const inLines = (told: string) => told.replace(/.{1,64}/g, "  $&\n");

// A few hundred readings: many for one test, on a computer that is busy.
const limit = { timeout: 60_000 };

test("an archive in which one byte is another is read the same, or it is told what is wrong", limit, async () => {
  const told: string[] = [];
  for (const [name, bytes] of Object.entries({ ...small, "lines.gz": gzipSync(said, { level: 0 }) }))
    for (const change of turnedOver.has(name) ? [0x01, 0xff] : [0x01])
      told.push(`${name} ^ ${change}\n${inLines(await fateOf(bytes, name, change, bytes.keys()))}`);
  await expect(told.join("")).toMatchFileSnapshot("told/one-byte.txt");
});

test("so is a 7z whose head or list of files has such a byte", limit, async () => {
  const told: string[] = [];
  for (const name of ["lzma2.7z", "not-solid.7z"]) {
    const bytes = archive(name);
    const places = [...bytes.keys()].filter((at) => at < 32 || at >= bytes.length - 180);
    told.push(`${name}\n${inLines(await fateOf(bytes, name, 0x01, places))}`);
  }
  await expect(told.join("")).toMatchFileSnapshot("told/one-byte-of-7z.txt");
});
