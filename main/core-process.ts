import { startCore } from "../src/core.ts";
import { systemClock } from "../src/lib/clock.ts";
import { createLogger } from "../src/lib/logger.ts";
import { serveShell } from "./core-service.ts";
import type { CoreStart } from "./messages.ts";

const options: CoreStart = JSON.parse(process.argv[2] ?? "{}");

void serveShell({
  port: process.parentPort,
  start: (keyVault) => startCore({ ...options, keyVault, log: createLogger() }),
  clock: systemClock,
  exit: (code) => process.exit(code),
});
