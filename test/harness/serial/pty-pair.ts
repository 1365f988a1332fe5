import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { bound } from "../bound.ts";
import { temporaryFolder } from "../core.ts";
import { mustSkip } from "../required.ts";

/** True where there is no socat, and so no pair of ports. */
export const noPtys = mustSkip(
  "socat",
  process.platform !== "win32" && spawnSync("socat", ["-V"]).error === undefined,
  "It makes pairs of serial ports.",
);

/** Two serial ports that are wired to each other, until the test has ended or `unplug` is called. `replug` makes them anew. */
export async function ptyPair(): Promise<{ a: string; b: string; unplug(): Promise<void>; replug(): Promise<void> }> {
  const folder = await temporaryFolder();
  const [a, b] = [join(folder, "a"), join(folder, "b")];
  let child = await wire(a, b);
  const unplug = async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
  };
  return {
    a,
    b,
    unplug,
    async replug() {
      child = await wire(a, b);
    },
  };
}

async function wire(a: string, b: string) {
  const child = spawn(...bound("socat", ["-d", "-d", `pty,raw,echo=0,link=${a}`, `pty,raw,echo=0,link=${b}`]), {
    stdio: ["ignore", "ignore", "pipe"],
  });
  // Before it is waited for: a test may end meanwhile.
  onTestFinished(() => void child.kill("SIGKILL"));
  let said = "";
  for await (const chunk of child.stderr) {
    said += chunk;
    if (said.includes("starting data transfer loop") && existsSync(a) && existsSync(b)) return child;
  }
  throw new Error(`socat made no ports: ${said}`);
}
