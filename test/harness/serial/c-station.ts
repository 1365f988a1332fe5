import { type ChildProcessByStdio, execFileSync, spawn, spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import type { LineFraming } from "../../../src/station/model.ts";
import { words } from "../../../src/station/phrases.ts";
import type { OpenPort, OpenSerial } from "../../../src/transports/serial/port.ts";
import { bound } from "../bound.ts";
import { temporaryFolder } from "../core.ts";
import { mustSkip } from "../required.ts";

const sources = fileURLToPath(new URL("../../../.github/serial", import.meta.url));

/** True where there is no C compiler. */
export const noCompiler = mustSkip(
  "cc",
  spawnSync("cc", ["--version"]).error === undefined,
  "It compiles the reference.",
);

/** The reference of the station's side as a program; every warning is an error. */
export async function compileReference(): Promise<string> {
  const program = join(await temporaryFolder(), "example");
  const strict = ["-std=c99", "-pedantic", "-Wall", "-Wextra", "-Wconversion", "-Werror"];
  const files = ["example.c", "plugside_line.c"].map((name) => join(sources, name));
  execFileSync("cc", [...strict, "-fsanitize=address,undefined", "-o", program, ...files], { stdio: "inherit" });
  return program;
}

/** Runs the reference until the test has ended. */
export function runReference(program: string, framing: LineFraming, ...more: string[]) {
  const child = spawn(...bound(program, [framing, ...more]), { stdio: ["pipe", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

/** What opens the reference as if it were a port. */
export function portTo(child: ChildProcessByStdio<Writable, Readable, Readable>): OpenSerial {
  return async (path, settings) => {
    const port: OpenPort = {
      path,
      settings,
      isOpen: true,
      listen(listener) {
        child.stdout.on("data", (data: Buffer) => listener.data(data));
        child.once("exit", () => listener.closed(words("port-gone", { port: path })));
      },
      write: (bytes) =>
        new Promise((resolve, reject) => child.stdin.write(bytes, (error) => (error ? reject(error) : resolve()))),
      hold: (held) => void (held ? child.stdout.pause() : child.stdout.resume()),
      async dispose() {
        child.kill();
      },
    };
    return port;
  };
}
