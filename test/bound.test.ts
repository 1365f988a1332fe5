import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { mustSkip } from "./harness/required.ts";

const noBinding = mustSkip(
  "setpriv",
  process.platform === "linux" && spawnSync("setpriv", ["--help"]).status === 0,
  "It lets a program end with whoever started it.",
);
const harness = fileURLToPath(new URL("harness/bound.ts", import.meta.url));
const parent = `
const { bound } = await import(process.argv[1]);
const { spawn } = await import("node:child_process");
console.log(spawn(...bound("sleep", ["600"]), { stdio: "ignore" }).pid);
`;

test.skipIf(noBinding)("a program that a test or a bench starts ends with it, also when that is killed", async () => {
  const killed = spawn(process.execPath, ["--input-type=module", "-e", parent, harness], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [said] = await once(killed.stdout, "data");
  const pid = Number(said);
  onTestFinished(() => void (isThere(pid) && process.kill(pid, "SIGKILL")));
  expect(isThere(pid)).toBe(true);
  killed.kill("SIGKILL");
  await expect.poll(() => isThere(pid), { timeout: 10_000 }).toBe(false);
});

/** It runs: one that has ended and is not collected yet does not. */
function isThere(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
