import { expect, test } from "vitest";
import { patience, type RungFacts, usualWaits as waits } from "./patience.ts";

const nothing: RungFacts = { told: "idle", coming: 0, whole: false, partial: false, reached: false, retryMs: 0 };
const after = (facts: Partial<RungFacts>) => patience({ ...nothing, ...facts }, waits);

test("a file that comes ends by itself", () => {
  expect(after({ coming: 1, told: "failed", partial: true })).toBeNull();
});

test("silence is told as that, later where something was seen or said", () => {
  expect(after({})).toEqual({ ms: waits.sign, result: "silent" });
  expect(after({ reached: true })).toEqual({ ms: waits.bytes, result: "silent" });
  expect(after({ told: "uploading" })).toEqual({ ms: waits.bytes, result: "silent" });
  expect(after({ told: "uploaded" })).toEqual({ ms: waits.late, result: "silent" });
});

test("a whole file counts, whatever the station says of it; others may follow while it says nothing", () => {
  expect(after({ whole: true })).toEqual({ ms: waits.settled, result: "received" });
  expect(after({ whole: true, told: "uploaded" })).toEqual({ ms: waits.settledTold, result: "received" });
  expect(after({ whole: true, told: "failed" })).toEqual({ ms: waits.settledTold, result: "received" });
});

test("what broke off or failed may be tried again by the station", () => {
  expect(after({ partial: true })).toEqual({ ms: waits.again, result: "broken-off" });
  expect(after({ told: "failed" })).toEqual({ ms: waits.settledTold, result: "told-failed" });
  expect(after({ told: "failed", retryMs: 60_000 })).toEqual({ ms: waits.again + 60_000, result: "told-failed" });
});
