import { expect, test } from "vitest";
import { patience, type RungFacts, type Waits } from "./patience.ts";

const waits: Waits = { sign: 1, bytes: 2, late: 4, again: 8, settledTold: 16, settled: 32 };
const nothing: RungFacts = { told: "idle", coming: 0, whole: false, partial: false, reached: false, retryMs: 0 };
const retryMs = 100;

test.each<[string, Partial<RungFacts>, ReturnType<typeof patience>]>([
  ["a file comes, which ends by itself", { coming: 1, whole: true }, null],
  ["a file comes, whatever is said of it", { coming: 1, told: "failed", partial: true }, null],
  ["one is here, and it says that it failed", { whole: true, told: "failed" }, { ms: 16, result: "received" }],
  ["one is here, and another may follow", { whole: true }, { ms: 32, result: "received" }],
  ["one is here, and it says that it uploads", { whole: true, told: "uploading" }, { ms: 32, result: "received" }],
  ["one is here, and it says that all is", { whole: true, told: "uploaded" }, { ms: 16, result: "received" }],
  ["a part is here, and it does not try again", { partial: true }, { ms: 8, result: "broken-off" }],
  ["a part is here, and it tries again by itself", { partial: true, retryMs }, { ms: 108, result: "broken-off" }],
  ["it says that it failed", { told: "failed" }, { ms: 16, result: "told-failed" }],
  [
    "it says that it failed, and tries again by itself",
    { told: "failed", retryMs },
    { ms: 108, result: "told-failed" },
  ],
  ["it says that it is uploaded, and nothing is here", { told: "uploaded" }, { ms: 4, result: "silent" }],
  ["it was here, and nothing came", { reached: true }, { ms: 2, result: "silent" }],
  ["it says that it uploads, and nothing came", { told: "uploading" }, { ms: 2, result: "silent" }],
  ["it said nothing", {}, { ms: 1, result: "silent" }],
])("how long is waited where %s", (_what, facts, waited) => {
  expect(patience({ ...nothing, ...facts }, waits)).toEqual(waited);
});
