#!/usr/bin/env node
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The oldest Node that has what the core needs (its SQLite). */
const needed = [22, 14] as const;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major > needed[0] || (major === needed[0] && minor >= needed[1])) {
  const { main } = await import("./cli/main.ts");
  await main(process.argv.slice(2));
} else {
  startAgain();
}

/** Runs this very command with the Node that the project brings along; signals and exit codes pass through. */
function startAgain(): void {
  const node = pinnedNode();
  if (!node) {
    process.stderr.write(
      `Plugside needs Node ${needed.join(".")} or newer; this is ${process.versions.node}. Run "npm install" in its folder, or install a newer Node.\n`,
    );
    process.exit(1);
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    // The channel tells the child when this process is gone, however it went.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    env: { ...process.env, PLUGSIDE_PARENT: "1" },
  });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`${node} cannot be started: ${error.message}\n`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)));
}

function pinnedNode(): string | null {
  const system = process.platform === "win32" ? "win" : process.platform;
  try {
    const home = dirname(createRequire(import.meta.url).resolve(`node-${system}-${process.arch}/package.json`));
    return join(home, "bin", process.platform === "win32" ? "node.exe" : "node");
  } catch {
    return null;
  }
}
