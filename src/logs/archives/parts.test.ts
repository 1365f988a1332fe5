import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { archive, gather, sourceOf, wholeOf } from "../../../test/harness/bytes.ts";
import { tarOf } from "../../../test/harness/tar.ts";
import { storedZip } from "../../../test/harness/zip.ts";
import type { Part } from "../model.ts";
import { usualLimits } from "./limits.ts";
import { listParts, openPart } from "./parts.ts";

const log = archive("station-log.txt");
const notes = archive("notes.txt");

async function list(bytes: Buffer, name: string, limits = usualLimits): Promise<Part[]> {
  const parts = await gather(listParts(await sourceOf(bytes), name, limits));
  return parts.map(({ open: _open, ...part }) => part);
}

async function bytesOf(bytes: Buffer, name: string, id: string, limits = usualLimits) {
  const { source, problem } = await openPart(await sourceOf(bytes), { id, name, limits });
  return { bytes: await wholeOf(source), problem };
}

/** The same bytes with another one in this place. */
function changed(bytes: Buffer, at: number): Buffer {
  const other = Buffer.from(bytes);
  other[at] = (other[at] ?? 0) ^ 1;
  return other;
}

describe("archives made by others are read whole", () => {
  it.each(["lzma.7z", "lzma2.7z", "deflate.7z", "bzip2.7z", "not-solid.7z", "deflate.zip", "lzma.zip", "bzip2.zip"])(
    "%s",
    async (name) => {
      const parts = await list(archive(name), name);
      expect(parts).toMatchObject([
        { name: "notes.txt", size: notes.length, kind: "text" },
        { name: "station.log", size: log.length, kind: "text", changedAt: Date.UTC(2026, 4, 3, 10) },
      ]);
      expect(await bytesOf(archive(name), name, "0.0")).toEqual({ bytes: notes });
      expect(await bytesOf(archive(name), name, "0.1")).toEqual({ bytes: log });
    },
  );

  it.each(["station.log.xz", "station.log.bz2", "station.log.lzma", "station.log.zst"])("%s", async (name) => {
    expect(await list(archive(name), name)).toEqual([{ id: "0.0", name: "station.log", kind: "text" }]);
    expect(await bytesOf(archive(name), name, "0.0")).toEqual({ bytes: log });
  });

  it.each(["two-streams.xz", "two-streams.bz2"])("%s", async (name) => {
    expect(await bytesOf(archive(name), name, "0.0")).toEqual({ bytes: Buffer.concat([log, notes]) });
  });

  it("bzip2 of more than is handed on at a time", async () => {
    const packed = Buffer.from(
      "425a68393141592653593a67932900055ce000fc0002000008300098c430026aa34014aa9fea87aa745493b2a4034549378a900d1524deaa403454937ca900d1524dd5480777779152562849628496284971424be2ee48a70a12074cf26520",
      "hex",
    );
    const expected = Buffer.concat([0, 1, 2, 3, 4].map((byte) => Buffer.alloc(700_000, byte)));
    const { bytes, problem } = await bytesOf(packed, "a.bz2", "0.0");
    expect([problem, bytes.equals(expected)]).toEqual([undefined, true]);
  });

  it.each([0x30, 0x3a])("bzip2 whose second stream is of a level that there is not: %i", async (level) => {
    const packed = archive("station.log.bz2");
    const odd = Buffer.from(packed);
    odd[3] = level;
    expect(await bytesOf(Buffer.concat([packed, odd]), "a.bz2", "0.0")).toEqual({
      bytes: log,
      problem: { phrase: "log-damaged", values: { format: "bz2" } },
    });
  });

  it("xz whose chunks unpack to more than a MiB each", async () => {
    const packed = Buffer.from(
      "/Td6WFoAAAFpIt42AgAhARYAAAB0L+Wj9uNfARldAABv/f//o7f/Rz5IFXI5YVG4kijmo4YH+e7kHoLTL8U6PAFLsX7JiopNL6MN2X+m44wjEVPgWRjFdYrid/i2lH8MasDedElk4ulcU7IE2PdEDKtfDW1G6eXDdoi3llestk3haR1v+0uIEGxCy4g/XACP0E6vJiiUcR89jyThcJ6nI1/sKMuF0ZWYin4qkfIndfcZwAaYTZj92K/VkA/EJVP49ZE2MQWlsO5vwXBNRwzRkRGqrWAdus6xJxhcWYbpZlJYvul2rFnk5VsFCPnH2q38+1IrdM0eWyBC+d1TPfgpZAk7gMsqbN+1O/DEvS5fqg8+S2ZCkBMO/xCT+HF4WfgLzf+VKEYPqfx83vuaMC5WwI+F8L04CoAAAAAAAJrKW/0AAbEC4MZbADhoEXI+MA2LAgAAAAABWVo=",
      "base64",
    );
    const { bytes, problem } = await bytesOf(packed, "a.xz", "0.0");
    expect([problem, bytes.equals(Buffer.alloc(1_500_000))]).toEqual([undefined, true]);
  });

  it("zstd of several frames, one of which is to be skipped", async () => {
    const skipped = Buffer.from("502a4d180400000061626364", "hex");
    const frame = archive("station.log.zst");
    const bytes = Buffer.concat([frame, skipped, frame, frame]);
    expect(await bytesOf(bytes, "a.zst", "0.0")).toEqual({ bytes: Buffer.concat([log, log, log]) });
  });

  it.each(["gnu.tar.gz", "pax.tar.gz"])("%s, with its long name", async (name) => {
    const parts = await list(archive(name), name);
    expect(parts.map(({ id, name: path }) => [id, path])).toEqual([
      ["0.0.0", `${"long".repeat(40)}/notes.txt`],
      ["0.0.1", "station.log"],
    ]);
    expect(await bytesOf(archive(name), name, "0.0.1")).toEqual({ bytes: log });
  });

  it("a tar whose pax header tells the time to a part of a second", async () => {
    const tar = tarOf([
      ["pax", Buffer.from("22 mtime=1777802400.5\n"), "x"],
      ["station.log", log],
      ["next.log", log],
    ]);
    expect((await list(tar, "a.tar")).map(({ name, changedAt }) => [name, changedAt])).toEqual([
      ["station.log", 1_777_802_400_500],
      ["next.log", 0],
    ]);
  });

  it("streamed.zip, which tells the size behind the bytes, also where its directory is gone", async () => {
    const whole = archive("streamed.zip");
    expect(await bytesOf(whole, "streamed.zip", "0.0")).toEqual({ bytes: log });
    const cut = whole.subarray(0, -60);
    expect(await list(cut, "streamed.zip")).toMatchObject([{ name: "-" }, { problem: { phrase: "log-cut" } }]);
    expect(await bytesOf(cut, "streamed.zip", "0.0")).toEqual({ bytes: log });
  });
});

describe("what cannot be read is told", () => {
  it.each([
    ["ppmd.7z", "log-packing-unknown"],
    ["deflate64.zip", "log-packing-unknown"],
    ["encrypted.zip", "log-encrypted"],
    ["encrypted.7z", "log-encrypted"],
  ])("%s: %s", async (name, phrase) => {
    const [first] = await list(archive(name), name);
    expect(first?.problem).toMatchObject({ phrase });
  });

  it.each(["station.log.xz", "station.log.bz2", "station.log.lzma", "station.log.zst"])("%s, cut off", async (name) => {
    const whole = archive(name);
    const cut = bytesOf(whole.subarray(0, whole.length - 40), name, "0.0");
    await expect(
      cut.then(
        ({ problem }) => problem,
        (error: { words: unknown }) => error.words,
      ),
    ).resolves.toMatchObject({ phrase: "log-cut" });
  });

  it("a .gz that is cut off gives what is there", async () => {
    const whole = gzipSync(log);
    const { bytes, problem } = await bytesOf(whole.subarray(0, whole.length / 2), "a.gz", "0.0");
    expect(problem).toEqual({ phrase: "log-cut", values: { format: "gz" } });
    expect(bytes.length).toBeGreaterThan(log.length / 4);
    expect(bytes).toEqual(log.subarray(0, bytes.length));
  });

  it("a .tar.gz that is cut off is told of as the .gz that it is, not as a tar that ended", async () => {
    const whole = gzipSync(tarOf([["a.log", log]]));
    const parts = await list(whole.subarray(0, whole.length / 2), "a.tar.gz");
    expect(parts.at(-1)?.problem).toEqual({ phrase: "log-cut", values: { format: "gz" } });
  });

  it.each([
    ["lzma2.7z", "0.1"],
    ["bzip2.7z", "0.1"],
    ["deflate.zip", "0.1"],
    ["station.log.xz", "0.0"],
    ["station.log.bz2", "0.0"],
  ])("%s, damaged", async (name, id) => {
    const bytes = Buffer.from(archive(name));
    for (let at = 100; at < 500; at += 40) bytes[at] = (bytes[at] ?? 0) ^ 0x55;
    const opened = bytesOf(bytes, name, id);
    const problem = await opened.then(
      (one) => one.problem,
      (error: { words: unknown }) => error.words,
    );
    expect(problem).toMatchObject({ phrase: "log-damaged" });
  });

  it("a file that lies in a zip as it is, with a wrong byte: it is shown, and told", async () => {
    const zip = storedZip("a.log", log);
    expect(await bytesOf(zip, "a.zip", "0.0")).toEqual({ bytes: log });
    const wrong = changed(zip, 600);
    const problem = { phrase: "log-damaged", values: { format: "zip" } };
    expect(await bytesOf(wrong, "a.zip", "0.0")).toEqual({ bytes: changed(log, 600 - 35), problem });
    expect(await list(wrong, "a.zip")).toMatchObject([{ id: "0.0", name: "a.log", kind: "text" }]);
    const ending = new AbortController();
    const source = await sourceOf(wrong);
    const opened = openPart(source, { id: "0.0", name: "a.zip", limits: usualLimits, signal: ending.signal });
    ending.abort(new Error("enough"));
    await expect(opened).rejects.toThrow("enough");
  });

  it("an archive that lies in a zip as it is, with a wrong byte: its list ends with it", async () => {
    const zip = storedZip("in.tar", tarOf([["a.log", log]]));
    expect(await list(zip, "a.zip")).toMatchObject([{ id: "0.0.0", name: "in.tar/a.log" }]);
    expect(await list(changed(zip, 600), "a.zip")).toMatchObject([
      { id: "0.0.0", name: "in.tar/a.log", kind: "text" },
      { id: "0.0", name: "in.tar", kind: "archive", problem: { phrase: "log-damaged", values: { format: "zip" } } },
    ]);
  });

  it("a part that there is not", async () => {
    const source = await sourceOf(archive("deflate.zip"));
    for (const id of ["0.7", "1", "0.0.0", "x", ""]) {
      await expect(openPart(source, { id, name: "a.zip", limits: usualLimits })).rejects.toMatchObject({
        code: "not-found",
        words: { phrase: "log-no-part" },
      });
    }
  });
});

describe("archives in archives", () => {
  it("are followed, of every kind in every other", async () => {
    const names = ["deflate.zip", "lzma2.7z", "gnu.tar.gz", "station.log.xz"];
    const whole = gzipSync(tarOf(names.map((name) => [`in/${name}`, archive(name)])));
    const parts = await list(whole, "all.tgz");
    expect(parts.map(({ id, name }) => [id, name])).toEqual([
      ["0.0.0.0", "in/deflate.zip/notes.txt"],
      ["0.0.0.1", "in/deflate.zip/station.log"],
      ["0.0.1.0", "in/lzma2.7z/notes.txt"],
      ["0.0.1.1", "in/lzma2.7z/station.log"],
      ["0.0.2.0.0", `in/gnu.tar/${"long".repeat(40)}/notes.txt`],
      ["0.0.2.0.1", "in/gnu.tar/station.log"],
      ["0.0.3.0", "in/station.log"],
    ]);
    for (const id of ["0.0.0.1", "0.0.1.1", "0.0.2.0.1", "0.0.3.0"]) {
      expect(await bytesOf(whole, "all.tgz", id)).toEqual({ bytes: log });
    }
  });

  it("lie at rest where they are not packed", async () => {
    const whole = tarOf([["in.tar", tarOf([["a.log", log]])]]);
    const source = await sourceOf(whole);
    const opened = await openPart(source, { id: "0.0.0", name: "a.tar", limits: usualLimits });
    expect(opened.source.place.in).toBe(source.place.in);
    expect(await wholeOf(opened.source)).toEqual(log);
  });
});

it.each([
  ["0", true],
  ["\0", true],
  ["7", true],
  ["1", false],
  ["2", false],
  ["5", false],
  ["S", false],
])("of a tar files alone are told: the type %j is one (%s)", async (type, isFile) => {
  const tar = tarOf([
    ["a", Buffer.from("one")],
    ["b", Buffer.from("two")],
  ]);
  tar.write(type, 156);
  tar.fill(" ", 148, 156);
  const sum = tar.subarray(0, 512).reduce((all, byte) => all + byte, 0);
  tar.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148);
  expect((await list(tar, "a.tar")).map(({ name }) => name)).toEqual(isFile ? ["a", "b"] : ["b"]);
});

it("of a zip folders are not told, and of an archive of nothing there is nothing to tell", async () => {
  expect(await list(storedZip("folder/", Buffer.alloc(0)), "a.zip")).toEqual([]);
  const empty = Buffer.alloc(32);
  Buffer.from("377abcaf271c0004", "hex").copy(empty);
  expect(await list(empty, "a.7z")).toEqual([]);
  expect(await list(empty.subarray(0, 31), "a.7z")).toMatchObject([
    { kind: "archive", problem: { phrase: "log-cut" } },
  ]);
});

it("tells binary from text", async () => {
  const parts = await list(
    tarOf([
      ["firmware.bin", archive("lzma.zip").subarray(40, 1500)],
      ["empty.log", Buffer.alloc(0)],
    ]),
    "a.tar",
  );
  expect(parts.map(({ kind }) => kind)).toEqual(["binary", "text"]);
});
