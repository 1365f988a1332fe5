import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, onTestFinished, test, vi } from "vitest";
import { silentLogger } from "../../lib/logger.ts";
import { Database } from "../sqlite/database.ts";
import { checkInBackground } from "./background-check.ts";

/** A folder of the test's own, and what is said of the file in it that is looked through. */
function looked(make: (path: string) => void) {
  const folder = mkdtempSync(join(tmpdir(), "plugside-check-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "plugside.db");
  make(path);
  const said: unknown[] = [];
  const log = { ...silentLogger, warn: (text: string, details?: object) => said.push([text, details]) };
  const check = checkInBackground(path, log, () => said.push("damaged"));
  onTestFinished(() => check.dispose());
  return { said, check };
}

test("a record that is damaged, or is none, is told once", async () => {
  const cut = looked((path) => {
    new Database(path).dispose();
    truncateSync(path, 40_000);
  });
  const none = looked((path) => writeFileSync(path, "no record at all, and longer than nothing"));
  await expect.poll(() => [cut.said, none.said]).toEqual([["damaged"], ["damaged"]]);
});

test("of a record that is sound nothing is said", async () => {
  const emitted = vi.spyOn(Worker.prototype, "emit");
  const { said } = looked((path) => new Database(path).dispose());
  await expect.poll(() => emitted.mock.calls.some(([event]) => event === "exit")).toBe(true);
  expect(emitted).toHaveBeenCalledWith("message", true);
  expect(said).toEqual([]);
});

test("what cannot be looked through is told as such, and is no damage", async () => {
  const { said } = looked(() => undefined);
  await expect.poll(() => said).toHaveLength(1);
  expect(said).toEqual([
    ["the record could not be looked through", { why: expect.stringContaining("unable to open") }],
  ]);
});
