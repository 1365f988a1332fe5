import { spawn } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { bound } from "./bound.ts";

const server = "const s = require('net').createServer().listen(0, '127.0.0.1', () => console.log(s.address().port))";

/** Another program than this one that listens on 127.0.0.1, until the test has ended: its port. */
export async function portOfOther(): Promise<number> {
  const child = spawn(...bound(process.execPath, ["-e", server]), { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill());
  const [port] = await once(child.stdout, "data");
  return Number(port);
}
