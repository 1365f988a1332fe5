import { expect, test } from "vitest";
import { silentLogger } from "../../lib/logger.ts";
import { createWaitingStations } from "./waiting-stations.ts";

function open() {
  const waiting = createWaitingStations(silentLogger);
  const told = { times: 0 };
  waiting.changed.on(() => void told.times++);
  return { waiting, told };
}

test("who comes again stands last, with the time of the first try, its address of now, and how often it came", () => {
  const { waiting, told } = open();
  waiting.note({ identity: "A", remoteAddress: "192.0.2.1" }, "asked", 1);
  waiting.note({ identity: "B", remoteAddress: "192.0.2.2" }, "asked", 2);
  waiting.note({ identity: "A", remoteAddress: "192.0.2.3" }, "refused", 3);
  expect(waiting.list()).toEqual([
    { identity: "B", state: "asked", remoteAddress: "192.0.2.2", firstAt: 2, lastAt: 2, tries: 1 },
    { identity: "A", state: "refused", remoteAddress: "192.0.2.3", firstAt: 1, lastAt: 3, tries: 2 },
  ]);
  expect(told.times).toBe(3);
  waiting.forget("NOBODY");
  expect(told.times).toBe(3);
  waiting.forget("B");
  expect([told.times, waiting.list().map(({ identity }) => identity)]).toEqual([4, ["A"]]);
});

test("a hundred wait, and then the one that was silent longest is forgotten", () => {
  const { waiting } = open();
  const come = (n: number) => waiting.note({ identity: `S${n}`, remoteAddress: "192.0.2.1" }, "asked", n);
  for (let n = 1; n <= 100; n++) come(n);
  come(1);
  expect(waiting.list()).toHaveLength(100);
  come(101);
  expect(waiting.list()).toHaveLength(100);
  expect(waiting.list().map(({ identity }) => identity)).toEqual(expect.arrayContaining(["S1", "S3", "S101"]));
  expect(waiting.list().some(({ identity }) => identity === "S2")).toBe(false);
});
