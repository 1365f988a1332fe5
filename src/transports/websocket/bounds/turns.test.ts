import { expect, test } from "vitest";
import { createManualClock } from "../../../lib/clock.ts";
import { pieceBytes } from "../../../station/bounds.ts";
import { type PieceReader, Turns } from "./turns.ts";

const turn = () => new Promise((resolve) => setImmediate(resolve));

function setUp() {
  let room = 0;
  const log: string[] = [];
  const clock = createManualClock();
  const turns = new Turns({ ready: () => room > 0, clock });
  const reader = (name: string): PieceReader => ({
    read(piece) {
      room--;
      log.push(`${name} ${piece.length}`);
    },
    done: () => void log.push(`${name} done`),
  });
  const told = () => log.splice(0);
  function allow(pieces: number): void {
    room = pieces;
  }
  return { turns, reader, told, clock, allow };
}

test("reads at once what there is room for, whole where there is enough", () => {
  const { turns, reader, told, allow } = setUp();
  allow(10);
  expect(turns.take(reader("a"), Buffer.alloc(2 * pieceBytes + 1))).toBe(true);
  expect(told()).toEqual([`a ${pieceBytes}`, `a ${pieceBytes}`, "a 1"]);
});

test("lets who sends little go first and the others in turn, as there is room", async () => {
  const { turns, reader, told, allow } = setUp();
  allow(1);
  expect(turns.take(reader("a"), Buffer.alloc(2 * pieceBytes))).toBe(false);
  expect(turns.take(reader("b"), Buffer.alloc(2 * pieceBytes))).toBe(false);
  expect(turns.take(reader("small"), Buffer.alloc(5))).toBe(false);
  expect(told()).toEqual([`a ${pieceBytes}`]);
  allow(3);
  await turn();
  expect(told()).toEqual(["small 5", "small done", `a ${pieceBytes}`, "a done", `b ${pieceBytes}`]);
  allow(3);
  await turn();
  expect(told()).toEqual([`b ${pieceBytes}`, "b done"]);
});

test("asks ever again while there is no room, with pauses", async () => {
  const { turns, reader, told, clock, allow } = setUp();
  turns.take(reader("a"), Buffer.alloc(1));
  for (let count = 0; count < 40; count++) await turn();
  allow(1);
  await turn();
  expect(told()).toEqual([]);
  clock.advance(20);
  expect(told()).toEqual(["a 1", "a done"]);
  // There was room: it is looked at each turn again.
  turns.take(reader("b"), Buffer.alloc(1));
  await turn();
  allow(1);
  await turn();
  expect(told()).toEqual(["b 1", "b done"]);
});

test("reads the rest of one that is gone at once", () => {
  const { turns, reader, told } = setUp();
  const a = reader("a");
  turns.take(a, Buffer.alloc(pieceBytes + 1));
  turns.finish(a);
  expect(told()).toEqual([`a ${pieceBytes}`, "a 1"]);
  // Of one that waits for nothing there is nothing to read, and of the others it is not the time.
  for (const bytes of [1, pieceBytes + 1]) turns.take(reader("b"), Buffer.alloc(bytes));
  turns.finish(a);
  expect(told()).toEqual([]);
});
