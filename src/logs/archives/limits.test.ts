import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { archive, gather, sourceOf, wholeOf } from "../../../test/harness/bytes.ts";
import { tarOf } from "../../../test/harness/tar.ts";
import type { Part } from "../model.ts";
import { type Limits, usualLimits } from "./limits.ts";
import { listParts, openPart } from "./parts.ts";

const megabyte = 1024 * 1024;

async function list(bytes: Buffer, name: string, limits: Partial<Limits>): Promise<Part[]> {
  const parts = await gather(listParts(await sourceOf(bytes), name, { ...usualLimits, ...limits }));
  return parts.map(({ open: _open, ...part }) => part);
}

describe("bombs", () => {
  it.each([
    ["gz", gzipSync],
    ["zst", zstdCompressSync],
  ])("%s of zeros is given up where too much comes of each byte", async (ending, pack) => {
    const bomb = pack(Buffer.alloc(64 * megabyte));
    const limits = { ...usualLimits, ratio: 500, ratioFrom: 2 * megabyte };
    const source = await sourceOf(bomb);
    const { source: held, problem } = await openPart(source, { id: "0.0", name: `a.${ending}`, limits });
    expect(problem).toEqual({ phrase: "log-too-dense", values: { limit: 500 } });
    expect(held.size).toBeLessThan(40 * megabyte);
  });

  it("of many large files is given up in all", async () => {
    const inner = gzipSync(tarOf([["a", Buffer.alloc(megabyte, "text ")]]));
    const whole = tarOf(Array.from({ length: 20 }, (_, index) => [`${index}.tgz`, inner] as const));
    const parts = await list(whole, "a.tar", { bytes: 5 * megabyte });
    expect(parts.filter(({ problem }) => !problem)).toHaveLength(5);
    expect(parts.at(-1)).toMatchObject({
      kind: "archive",
      problem: { phrase: "log-too-large", values: { limit: 5 * megabyte } },
    });
  });

  it("within each other are followed so deep and no deeper", async () => {
    let nested: Buffer = Buffer.from("at the bottom\n");
    for (let depth = 0; depth < 9; depth++) nested = gzipSync(nested);
    expect(await list(nested, "a.gz", {})).toEqual([
      expect.objectContaining({ kind: "archive", problem: { phrase: "log-too-deep", values: { limit: 8 } } }),
    ]);
    expect(await list(nested, "a.gz", { depth: 9 })).toMatchObject([{ kind: "text" }]);
  });

  it("of many entries are listed so far and no further", async () => {
    const whole = tarOf(Array.from({ length: 60 }, (_, index) => [`${index}.log`, Buffer.alloc(0)] as const));
    const parts = await list(gzipSync(tarOf([["in.tar", whole]])), "a.tgz", { entries: 50 });
    // The archives themselves count as well.
    expect(parts).toHaveLength(48 + 1);
    expect(parts.at(-1)?.problem).toEqual({ phrase: "log-too-many-entries", values: { limit: 50 } });
  });

  it("whose list of entries would not fit in memory are given up", async () => {
    const bytes = archive("lzma.7z");
    const packed = Number(bytes.readBigUInt64LE(20));
    expect(await list(bytes, "a.7z", { memory: packed })).toMatchObject([{ problem: { phrase: "log-damaged" } }]);
    expect(await list(bytes, "a.7z", { memory: packed - 1 })).toMatchObject([{ problem: { phrase: "log-damaged" } }]);
  });

  it("that would not fit in memory are shown as far as they do", async () => {
    const packed = gzipSync(Buffer.from(Array.from({ length: 9000 }, (_, at) => `${at} ${Math.sin(at)}\n`).join("")));
    const limits = { ...usualLimits, held: 1000 };
    const opened = openPart(await sourceOf(packed), { id: "0.0", name: "a.gz", limits });
    await expect(opened).rejects.toMatchObject({ words: { phrase: "log-entry-too-large" } });
  });
});

it("reading ends when it is told to", async () => {
  const source = await sourceOf(gzipSync(Buffer.alloc(megabyte, "text ")));
  const ended = AbortSignal.abort(new Error("enough"));
  const opened = openPart(source, { id: "0.0", name: "a.gz", limits: usualLimits, signal: ended });
  await expect(opened).rejects.toThrow("enough");
  await expect(gather(listParts(source, "a.gz", usualLimits, ended))).rejects.toThrow("enough");
});

describe("names", () => {
  const named = async (...names: string[]) =>
    (await list(tarOf(names.map((name) => [name, Buffer.from("x\n")] as const)), "a.tar", {})).map(({ name }) => name);

  it("lead nowhere but into their archive", async () => {
    expect(await named("../../etc/passwd", "/etc/shadow", "C:\\Windows\\a.log", "a/./b//../c", "..", "...")).toEqual([
      "etc/passwd",
      "etc/shadow",
      "Windows/a.log",
      "a/b/c",
      "-",
      "...",
    ]);
  });

  it("stay as they are otherwise, for whoever shows them to make them fit", async () => {
    expect(await named("a\x1b[31m.log", "å\u202e.log")).toEqual(["a\x1b[31m.log", "å\u202e.log"]);
  });
});

it("a tar in which every byte was changed in turn fails in words alone", async () => {
  const whole = tarOf([["a.log", Buffer.from("hello\n")]]);
  for (let at = 0; at < 600; at++) {
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    for (const { id, problem } of await list(bytes, "a.tar", {})) {
      if (!problem)
        await wholeOf((await openPart(await sourceOf(bytes), { id, name: "a.tar", limits: usualLimits })).source);
    }
  }
});
