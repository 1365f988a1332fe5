import { expect, test } from "vitest";
import { gather } from "../../../test/harness/bytes.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { ByteReader } from "../bytes/reader.ts";
import { DamagedError } from "./damaged.ts";
import { formatOf, nameWithin } from "./formats.ts";
import { Budget, usualLimits } from "./limits.ts";
import { unpackLzma2 } from "./lzma/lzma2.ts";
import { troubleOf } from "./trouble.ts";

test.each<[string, unknown, unknown]>([
  ["a refusal of ours", failure("invalid-input", words("no-core")), words("no-core")],
  ["what is cut off", new DamagedError("cut"), words("log-cut", { format: "zip" })],
  ["what is damaged", new DamagedError("damaged"), words("log-damaged", { format: "zip" })],
  ["an end that came too early", { code: "Z_BUF_ERROR" }, words("log-cut", { format: "zip" })],
  ["what zlib cannot read", { code: "Z_DATA_ERROR" }, words("log-damaged", { format: "zip" })],
  ["what zstd cannot read", { code: "ZSTD_error_x" }, words("log-damaged", { format: "zip" })],
])("%s is told in words", (_what, error, told) => {
  expect(troubleOf(error, "zip")).toEqual(told);
});

test.each([
  [1, "ab"],
  [2, "ab"],
  [3, "damaged"],
  [0x7f, "damaged"],
])("a chunk of LZMA2 that is not packed is marked by 1 or 2, and what is marked by %i is %s", async (control, told) => {
  async function* input() {
    yield Buffer.from([control, 0, 1, 0x61, 0x62, 0]);
  }
  const read = gather(unpackLzma2(new ByteReader(input()), 4096)).then((pieces) => Buffer.concat(pieces).toString());
  expect(await read.catch((error: DamagedError) => error.why)).toBe(told);
});

test("what the system says is no damage", () => {
  const error = Object.assign(new Error("EIO: i/o error"), { code: "EIO" });
  expect(troubleOf(error, "zip")).toMatchObject({ phrase: expect.not.stringMatching(/^log-/) });
  expect(new DamagedError("cut")).toMatchObject({ name: "DamagedError", why: "cut" });
});

test("the name of what was packed", () => {
  const names = [
    "a.log.gz",
    "a.TGZ",
    "a.tbz",
    "a.tbz2",
    "a.txz",
    "a.tzst",
    "a.bz2",
    "a.xz",
    "a.zst",
    "a.lzma",
    "a.Z",
    "a.tar",
    ".gz",
    "gz",
  ];
  expect(names.map(nameWithin)).toEqual([
    ...["a.log", "a.tar", "a.tar", "a.tar", "a.tar", "a.tar", "a", "a", "a", "a", "a", "a.tar", ".gz", "gz"],
  ]);
});

test.each<[string, string | undefined]>([
  ["1f8b08", "gz"],
  ["1f8b07", undefined],
  ["425a6831314159265359", "bz2"],
  ["425a6839177245385090", "bz2"],
  ["425a6830314159265359", undefined],
  ["fd377a585a00", "xz"],
  ["28b52ffd", "zst"],
  ["502a4d18", "zst"],
  ["5f2a4d18", "zst"],
  ["504b0304", "zip"],
  ["504b0506", "zip"],
  ["504b0708504b0304", "zip"],
  ["504b0708", undefined],
  ["377abcaf271c", "7z"],
  ["00504b0304", undefined],
])("%s begins %s", (hex, format) => {
  expect(formatOf(Buffer.from(hex, "hex"), "a")).toBe(format);
});

test("a .lzma is told by its name and its head together", () => {
  const head = Buffer.from("5d00008000ffffffffffffffff00", "hex");
  expect([formatOf(head, "a.LZMA"), formatOf(head, "a.log"), formatOf(head.subarray(1), "a.lzma")]).toEqual([
    "lzma",
    undefined,
    undefined,
  ]);
});

test("of a file so much is read, and nothing more once its limit has come", async () => {
  expect(usualLimits).toEqual({
    ...{ depth: 8, entries: 100_000, ratio: 1000, ratioFrom: 33_554_432, bytes: 8_589_934_592 },
    ...{ held: 268_435_456, memory: 134_217_728 },
  });
  const told = { phrase: "log-too-many-entries", values: { limit: 2 } };
  const budget = new Budget({ ...usualLimits, entries: 2 });
  budget.countEntry();
  budget.countEntry();
  expect(budget.isSpent).toBe(false);
  expect(() => budget.countEntry()).toThrow(expect.objectContaining({ words: told }));
  expect(budget.isSpent).toBe(true);

  const twice = async function* (input: AsyncIterable<Buffer>) {
    for await (const piece of input) yield Buffer.concat([piece, piece]);
  };
  const passed = async (limits: object, ...sizes: number[]) => {
    const one = new Budget({ ...usualLimits, ...limits });
    async function* input() {
      for (const size of sizes) yield Buffer.alloc(size);
    }
    let given = 0;
    try {
      for await (const piece of one.watch(input(), twice)) given += piece.length;
    } catch (error) {
      return [given, (error as { words: { phrase: string } }).words.phrase, one.isSpent];
    }
    return [given, null, one.isSpent];
  };
  expect(await passed({ bytes: 20 }, 5, 5)).toEqual([20, null, false]);
  expect(await passed({ bytes: 19 }, 5, 5)).toEqual([10, "log-too-large", true]);
  expect(await passed({ ratio: 2, ratioFrom: 0 }, 5, 5)).toEqual([20, null, false]);
  expect(await passed({ ratio: 1, ratioFrom: 10 }, 5, 5)).toEqual([10, "log-too-dense", false]);
  expect(await passed({ ratio: 1, ratioFrom: 20 }, 5, 5)).toEqual([20, null, false]);
});
