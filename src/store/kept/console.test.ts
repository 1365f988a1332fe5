import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Database } from "../sqlite/database.ts";
import { type ConsolePiece, ConsoleRepository } from "./console.ts";

const repository = (most?: number) => openKept(most).kept;

function openKept(most?: number) {
  const folder = mkdtempSync(join(tmpdir(), "plugside-console-"));
  const database = new Database(join(folder, "plugside.db"));
  onTestFinished(() => {
    database.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  return { database, kept: new ConsoleRepository(database, most) };
}

const piece = (text: string, port = "a"): ConsolePiece => ({
  port,
  station: null,
  at: 1000,
  kind: "in",
  data: Buffer.from(text),
});
const texts = (pieces: readonly { data: Uint8Array }[]) => pieces.map(({ data }) => Buffer.from(data).toString());

test("pieces are read from either end, each port by itself", () => {
  const kept = repository();
  expect(kept.add([piece("one"), piece("else", "b"), piece("two")])).toEqual([1, 2, 3]);
  kept.add([{ ...piece("{}"), kind: "note" }]);
  expect(texts(kept.after("a", 1, 10))).toEqual(["two", "{}"]);
  expect(texts(kept.before("a", Number.MAX_SAFE_INTEGER, 140))).toEqual(["two", "{}"]);
  expect(texts(kept.before("a", 3, 1))).toEqual(["one"]);
  expect(kept.ports()).toEqual([
    { port: "a", first: 1000, last: 1000, bytes: 6 },
    { port: "b", first: 1000, last: 1000, bytes: 4 },
  ]);
  kept.clear("a");
  expect(kept.ports().map(({ port }) => port)).toEqual(["b"]);
  expect(kept.add([piece("three")])).toEqual([5]);
});

test("a piece that cannot be read is passed over, from either end", () => {
  const { database, kept } = openKept();
  kept.add([piece("one"), piece("two"), piece("three")]);
  database.exec("UPDATE console SET kind = 9 WHERE id = 2");
  expect(texts(kept.after("a", 0, 9))).toEqual(["one", "three"]);
  expect(texts(kept.before("a", 9, 1000))).toEqual(["one", "three"]);
});

test("as much as may be kept is kept: the next piece is one too many", () => {
  const kept = repository(3 * 65);
  kept.add([piece("1"), piece("2"), piece("3")]);
  expect(texts(kept.after("a", 0, 10))).toEqual(["1", "2", "3"]);
  kept.add([piece("4")]);
  expect(texts(kept.after("a", 0, 10))).not.toContain("1");
});

test("the oldest pieces fall off once there is too much", () => {
  const kept = repository(200_000);
  for (let n = 0; n < 5; n++) kept.add(Array.from({ length: 1000 }, () => piece("x")));
  const left = kept.after("a", 0, 10_000);
  expect(left.at(-1)?.id).toBe(5000);
  expect(left.length * 65).toBeLessThanOrEqual(200_000);
  expect(left.length).toBeGreaterThan(1000);
});

test("a piece is kept whole, of each kind, with the station that it is of", () => {
  const { database, kept } = openKept();
  const all: ConsolePiece[] = (["in", "out", "note", "sign", "frame"] as const).map((kind, at) => ({
    ...{ port: "a", station: at % 2 === 0 ? "CP1" : null, at: at + 1, kind, data: new Uint8Array([at]) },
  }));
  const ids = kept.add(all);
  expect(kept.after("a", 0, 10)).toEqual(all.map((one, at) => ({ ...one, id: ids[at] })));
  // What was typed and printed counts, and not what was noted.
  expect(kept.ports()).toEqual([{ port: "a", first: 1, last: 2, bytes: 2 }]);
  database.exec("UPDATE console SET kind = 9 WHERE id = 1");
  database.exec("UPDATE console SET data = 'text' WHERE id = 3");
  expect([kept.after("a", 0, 10).map(({ id }) => id), database.skipped.get("console")]).toEqual([[2, 4, 5], 2]);
});

test("so many bytes are read back from a number, each piece with what it costs, and one at least", () => {
  const kept = repository();
  kept.add([piece("one"), piece("two"), piece("three")]);
  const before = (bytes: number) => texts(kept.before("a", 99, bytes));
  expect([before(0), before(135), before(136), before(203)]).toEqual([
    ["three"],
    ["three"],
    ["two", "three"],
    ["one", "two", "three"],
  ]);
  expect([before(202), kept.before("b", 99, 999)]).toEqual([["two", "three"], []]);
});

test("what is over is counted anew after pieces are taken away, over a restart too", () => {
  const { database, kept } = openKept(3 * 65);
  kept.add([piece("1"), piece("2"), piece("3")]);
  const again = new ConsoleRepository(database, 3 * 65);
  again.add([piece("4")]);
  expect(texts(again.after("a", 0, 10))).toEqual([]);
  again.add([piece("5", "b")]);
  again.clear("b");
  again.add([piece("6"), piece("7"), piece("8")]);
  expect(texts(again.after("a", 0, 10))).toEqual(["6", "7", "8"]);
});

test("with a port goes what it printed of OCPP while no station was named for it, and nothing of another's", () => {
  const { database, kept } = openKept();
  const heard = (station: number, seq: number, port: string) => {
    const body = JSON.stringify({ kind: "console-heard", port, at: 1, seq });
    database
      .prepare("INSERT INTO events (seq, n, station, at, kind, own, body) VALUES (?,0,?,1,'console-heard',1,?)")
      .run(seq, station, body);
    database
      .prepare("INSERT INTO frames (seq, station, connection, at, direction, text, lane) VALUES (?,?,?,1,0,'x',2)")
      .run(seq + 1, station, seq);
  };
  heard(0, 10, "a");
  heard(0, 20, "b");
  heard(7, 30, "a");
  kept.clear("a");
  const left = (table: string) =>
    database
      .prepare(`SELECT seq FROM ${table} ORDER BY seq`)
      .all()
      .map(({ seq }) => seq);
  expect([left("events"), left("frames")]).toEqual([
    [20, 30],
    [21, 31],
  ]);
});
