import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import { words } from "../../station/phrases.ts";
import { FramesRepository } from "../frames.ts";
import { Recorder } from "../recorder.ts";
import { Database, pageSize } from "../sqlite/database.ts";
import { TokensRepository } from "../tokens.ts";
import { openRepaired } from "./repair.ts";

const now = Date.UTC(2026, 10, 26, 5, 13);
const stamp = "20261126T051300Z";
const frameCount = 800;

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "plugside-damaged-"));
  path = join(folder, "plugside.db");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A record with frames long enough to fill many pages, closed as by a clean end; or left as by a kill. */
function makeRecord(end: "clean" | "killed" = "clean"): void {
  const database = new Database(path);
  const recorder = new Recorder({ database, clock: createManualClock(), log: silentLogger, schedule: () => undefined });
  database.exec("INSERT INTO stations (id, identity) VALUES (1, 'CP1')");
  new TokensRepository(database).save({ value: "04A1", status: "Blocked" });
  if (end === "killed") database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  for (let count = 0; count < frameCount; count++) {
    const seq = recorder.take(2);
    recorder.frame({
      seq,
      station: { id: 1, identity: "CP1" },
      connection: 1,
      at: now + count,
      direction: "in",
      data: `[2,"${count}","DataTransfer",{"vendorId":"${"x".repeat(1000)}"}]`,
      action: "DataTransfer",
      question: null,
      stationTime: null,
      findings: [{ rule: "early-call", where: "DataTransfer", said: "DataTransfer" }],
      answer: { at: now + count, text: `[3,"${count}",{"status":"Accepted"}]` },
    });
    if (count % 20 === 0) recorder.flush();
  }
  recorder.flush();
  if (end === "killed") {
    // What a killed process leaves: the files as they are while it runs.
    for (const part of ["", "-wal"]) copyFileSync(`${path}${part}`, `${path}${part}.copy`);
  }
  database.dispose();
  if (end === "killed") for (const part of ["", "-wal"]) copyFileSync(`${path}${part}.copy`, `${path}${part}`);
}

function overwrite(file: string, at: number, bytes: Uint8Array): void {
  const handle = openSync(file, "r+");
  writeSync(handle, bytes, 0, undefined, at);
  closeSync(handle);
}

function garbage(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_byte, at) => (at * 197 + 31) % 251);
}

/** Opens it as a core does, and tells what became of it. */
function open() {
  const { database, told, doubtful } = openRepaired(path, now);
  try {
    const rows = new FramesRepository(database).between(0, Number.MAX_SAFE_INTEGER, {}, 100_000);
    return {
      told,
      ...(doubtful && { doubtful }),
      frames: rows.length,
      // Each frame is whole, or it is not there.
      whole: rows.every(({ data, answer }) => String(data).endsWith('"}]') && answer?.text.endsWith('"}]')),
      indexed: Number(database.prepare("SELECT count(*) AS count FROM finding_frames").get()?.count) === rows.length,
      tokens: new TokensRepository(database).all().map(({ value }) => value),
      sound: database.isSound(),
    };
  } finally {
    database.dispose();
  }
}

const copy = () => `${path}.damaged-${stamp}`;

describe("a record that was damaged", () => {
  it("and is not, is opened without a word", () => {
    makeRecord();
    // It is looked through while it is in use.
    expect(open()).toEqual({
      told: [],
      doubtful: true,
      frames: frameCount,
      whole: true,
      indexed: true,
      tokens: ["04A1"],
      sound: true,
    });
    expect(readdirSync(folder)).toEqual(["plugside.db"]);
  });

  it("and is not, though its core was killed, is opened without a word", () => {
    makeRecord("killed");
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(100_000);
    expect(open()).toEqual({ told: [], frames: frameCount, whole: true, indexed: true, tokens: ["04A1"], sound: true });
  });

  it.each([
    ["cut to a half", () => truncateSync(path, Math.floor(statSync(path).size / 2))],
    ["cut in the middle of a page", () => truncateSync(path, Math.floor(statSync(path).size * 0.8) + 17)],
  ])("%s is opened as far as it goes, with the damaged one kept", (_what, damage) => {
    makeRecord();
    damage();
    const damaged = readFileSync(path);
    const found = open();
    expect(found).toMatchObject({ whole: true, indexed: true, tokens: ["04A1"], sound: true });
    expect(found.frames).toBeGreaterThan(frameCount / 6);
    expect(found.frames).toBeLessThan(frameCount);
    const gaps = expect.any(Number);
    expect(found.told).toEqual([{ phrase: "record-salvaged", values: { copy: copy(), frames: found.frames, gaps } }]);
    expect(readFileSync(copy()).equals(damaged)).toBe(true);
    expect(open()).toMatchObject({ told: [], frames: found.frames });
  });

  it.each([
    ["the magic number", 16],
    ["the whole header", 100],
  ])("in %s loses nothing", (_what, length) => {
    makeRecord();
    overwrite(path, 0, garbage(length));
    expect(open()).toMatchObject({ frames: frameCount, whole: true, indexed: true, tokens: ["04A1"], sound: true });
    expect(existsSync(copy())).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes("header"))).toEqual([]);
  });

  it.each([
    ["text", () => writeFileSync(path, "this is no database at all\n".repeat(1000))],
    ["its first pages gone", () => overwrite(path, 0, garbage(3 * pageSize))],
    ["shorter than a header", () => writeFileSync(path, "SQLite format 3\0")],
  ])("beyond reading (%s) is put aside, and a new one begun", (_what, damage) => {
    makeRecord();
    damage();
    expect(open()).toEqual({
      told: [words("record-begun-anew", { path, copy: copy() })],
      frames: 0,
      whole: true,
      indexed: true,
      tokens: [],
      sound: true,
    });
    expect(existsSync(copy())).toBe(true);
  });

  it("to a folder is put aside, and a new one begun", () => {
    mkdirSync(path);
    writeFileSync(join(path, "kept"), "mine");
    expect(open()).toMatchObject({ told: [words("record-begun-anew", { path, copy: copy() })], frames: 0 });
    expect(readFileSync(join(copy(), "kept"), "utf8")).toBe("mine");
  });

  it("to an empty file is begun anew, and says so", () => {
    writeFileSync(path, "");
    expect(open()).toMatchObject({ told: [words("record-was-empty", { path })], frames: 0, sound: true });
  });

  it("in its log is opened up to there, and says so", () => {
    makeRecord("killed");
    overwrite(`${path}-wal`, Math.floor(statSync(`${path}-wal`).size / 2), garbage(20_000));
    const found = open();
    expect(found.frames).toBeLessThan(frameCount);
    expect(found.frames).toBeGreaterThan(frameCount / 4);
    expect(found).toMatchObject({ told: [{ phrase: "record-log-damaged" }], whole: true, sound: true });
  });

  it("with a log of garbage is opened without it, and says so", () => {
    makeRecord("killed");
    writeFileSync(`${path}-wal`, garbage(50_000));
    const kept = `${path}-wal.damaged-${now}`;
    expect(open()).toMatchObject({ told: [words("record-log-damaged", { copy: kept })], frames: 0, sound: true });
    expect(readFileSync(kept)).toEqual(Buffer.from(garbage(50_000)));
  });

  it("with a log that ends within a commit is sound: so a killed core leaves it", () => {
    makeRecord("killed");
    truncateSync(`${path}-wal`, statSync(`${path}-wal`).size - 9000);
    expect(open()).toMatchObject({ told: [], whole: true, sound: true });
  });

  it("in pages anywhere keeps what is around them", () => {
    makeRecord();
    const length = statSync(path).size;
    for (const part of [0.2, 0.35, 0.5, 0.65, 0.8]) {
      overwrite(path, Math.floor((length * part) / pageSize) * pageSize, new Uint8Array(pageSize));
    }
    // A clean end: nothing is looked through before the start, unless what is read at the start is hit.
    const { database, doubtful, told } = openRepaired(path, now);
    database.dispose();
    if (told.length === 0) {
      expect(doubtful).toBe(true);
      // As after an unclean end.
      writeFileSync(`${path}-wal`, new Uint8Array(4096));
    }
    const found = open();
    expect(found).toMatchObject({ whole: true, indexed: true, sound: true });
    expect(found.frames).toBeGreaterThan(frameCount * 0.6);
  });
});
