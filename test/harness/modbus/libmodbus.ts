import { execFileSync, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { bound } from "../bound.ts";
import { temporaryFolder } from "../core.ts";
import { mustSkip } from "../required.ts";
import { noCompiler } from "../serial/c-station.ts";

const source = fileURLToPath(new URL("libmodbus-slave.c", import.meta.url));

/** The unit that it is on a serial line; over TCP it answers for any. */
export const libmodbusUnit = 7;

/** Where the library is, by its own word. */
const flags = spawnSync("pkg-config", ["--cflags", "--libs", "libmodbus"], { encoding: "utf8" });

/** True where it cannot be compiled. */
export const noLibmodbus = mustSkip(
  "libmodbus",
  !noCompiler && flags.status === 0,
  "It answers as a device made with it does.",
);

/** Compiles the device. Returns the program's path, in a folder that goes with the test. */
export async function compileLibmodbus(): Promise<string> {
  const program = join(await temporaryFolder(), "slave");
  execFileSync("cc", [
    "-std=gnu99",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-o",
    program,
    source,
    ...flags.stdout.trim().split(/\s+/),
  ]);
  return program;
}

/** Starts the device, and waits until it serves; it ends with the test.
 * @param place a serial port, or a TCP port on this machine */
export async function startLibmodbus(program: string, place: string | number): Promise<{ kill(): void }> {
  const kind = typeof place === "number" ? "tcp" : "rtu";
  const child = spawn(...bound(program, [kind, String(place)]), { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  for await (const line of createInterface({ input: child.stdout }))
    if (line === "ready") return { kill: () => void child.kill("SIGKILL") };
  throw new Error("the device ended before it served");
}
