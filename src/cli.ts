#!/usr/bin/env node
import module, { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { coreRole, inStead, runBelow } from "./cli/supervise.ts";
import { stopLimitMs } from "./lib/stop-message.ts";

/** The oldest Node that has what the core needs (its SQLite). */
const needed = [22, 14] as const;

const args = process.argv.slice(2);
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const isNewEnough = major > needed[0] || (major === needed[0] && minor >= needed[1]);

// Started in another process's stead: when that one is gone, so are we. `serve` closes its record first.
if (process.env[inStead] && process.channel) {
  process.channel.unref();
  const end = () => process.exit(137);
  process.on("disconnect", () => (args[0] === "serve" ? setTimeout(end, stopLimitMs).unref() : end()));
}
if (!isNewEnough) runBelow(pinnedNode() ?? giveUp(), fileURLToPath(import.meta.url), args);
else if (args[0] === "serve" && !process.env[coreRole] && !asksForHelp()) {
  runBelow(process.execPath, fileURLToPath(import.meta.url), args);
} else {
  // What was compiled once is not compiled at the next start, where it can be kept beside the code.
  module.enableCompileCache(join(dirname(fileURLToPath(import.meta.url)), "compiled"));
  const { main } = await import("./cli/main.ts");
  await main(args);
}

function asksForHelp(): boolean {
  return args.includes("--help") || args.includes("-h");
}

function giveUp(): never {
  process.stderr.write(
    `Plugside needs Node ${needed.join(".")} or newer; this is ${process.versions.node}. Run "npm install" in its folder, or install a newer Node.\n`,
  );
  process.exit(1);
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
