import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { FrameKeysRepository, keysPiece } from "./frame-keys.ts";
import { type FrameFilter, FramesRepository } from "./frames.ts";
import { Database } from "./sqlite/database.ts";

const actions = ["MeterValues", "Heartbeat", "BootNotification", "StatusNotification", null];
const last = 2 * keysPiece + 500;

/** A record of `last` frames: of three stations, one of which speaks once in a thousand; some with findings or faults. */
function setUp() {
  const folder = mkdtempSync(join(tmpdir(), "plugside-keys-"));
  const database = new Database(join(folder, "plugside.db"));
  onTestFinished(() => {
    database.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  const insert = database.prepare(
    "INSERT INTO frames (seq, station, connection, at, direction, text, action, findings) VALUES (?,?,1,?,0,?,?,?)",
  );
  database.transaction(() => {
    for (let seq = 1; seq <= last; seq++) {
      const station = seq % 1000 === 7 ? 3 : (seq % 2) + 1;
      const action = actions[seq % actions.length] ?? null;
      const text = action === "StatusNotification" && seq % 90 === 3 ? '[2,"1","S",{"status":"Faulted"}]' : '[2,"1"]';
      insert.run(seq, station, seq, text, action, seq % 777 === 0 ? "[]" : null);
    }
  });
  return { database, frames: new FramesRepository(database), keys: new FrameKeysRepository(database) };
}

const filters: FrameFilter[] = [
  { station: 3 },
  { station: 9 },
  { action: "bootnotification" },
  { action: "BOOTNOTIFICATION", station: 3 },
  { problems: true },
  { problems: true, action: "StatusNotification", station: 1 },
  { problems: true, text: "faulted", alone: true },
];

test("a frame is found by its keys as it is found by looking at each", () => {
  const { frames, keys } = setUp();
  const ask = () =>
    filters.flatMap((filter) =>
      [
        [0, last + 1],
        [3000, last - 30],
        [keysPiece - 1, keysPiece + 1],
        [40, 40],
      ].flatMap(([from = 0, to = 0]) => [
        frames.newest(from, to, filter, 30).map(({ seq }) => seq),
        frames.between(from, to, filter, 30).map(({ seq }) => seq),
        frames.between(from, to, filter, last).length,
      ]),
    );
  const looked = ask();
  expect(looked[0]).toHaveLength(20 + 1);
  expect(keys.reach).toBe(0);
  expect(keys.extend(last)).toBe(true);
  expect(keys.reach).toBe(keysPiece + 1);
  expect(ask()).toEqual(looked);
  expect(keys.extend(last)).toBe(true);
  expect(keys.extend(last)).toBe(false);
  expect(ask()).toEqual(looked);
});

test("by keys one look reaches further", () => {
  const { frames, keys } = setUp();
  expect(frames.beginBelow(keysPiece, { station: 3 })).toBe(keysPiece - 20_000);
  keys.extend(last);
  expect(frames.beginBelow(keysPiece, { station: 3 })).toBe(keysPiece - 400_000);
  expect(frames.beginBelow(keysPiece, { text: "x" })).toBe(keysPiece - 20_000);
  expect(frames.beginBelow(last, { station: 3 })).toBe(last - 20_000);
});

test("rows that are gone are not found by what is left of their keys", () => {
  const { database, frames, keys } = setUp();
  keys.extend(last);
  database.prepare("DELETE FROM frames WHERE seq < 5000").run();
  expect(frames.between(0, 5500, { action: "BootNotification" }).map(({ seq }) => seq)[0]).toBe(5002);
});
