import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { Database } from "../sqlite/database.ts";
import { type ConsolePiece, ConsoleRepository } from "./console.ts";

function repository(most?: number): ConsoleRepository {
  const folder = mkdtempSync(join(tmpdir(), "plugside-console-"));
  const database = new Database(join(folder, "plugside.db"));
  onTestFinished(() => {
    database.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  return new ConsoleRepository(database, most);
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
