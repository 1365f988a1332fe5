import { logFile, openLogFile } from "../src/api/log-file.ts";
import { defaultDataFolder } from "../src/api/start-options.ts";
import { startCore } from "../src/core.ts";
import { systemClock } from "../src/lib/clock.ts";
import { createLogger, logToAll } from "../src/lib/logger.ts";
import { guardProcess } from "../src/lib/process-edge.ts";
import { serveShell } from "./core-service.ts";
import type { CoreStart } from "./messages.ts";

const options: CoreStart = JSON.parse(process.argv[2] ?? "{}");
const ownLog = openLogFile(options.dataFolder, systemClock);
process.once("exit", ownLog.flush);
const log = logToAll(createLogger(ownLog.write), createLogger());
/** How long a core that is ended for its faults may take to close its record. */
const closeLimitMs = 3000;

void serveShell({
  port: process.parentPort,
  async start(keyVault) {
    const ownFolder = options.dataFolder === defaultDataFolder();
    const core = await startCore({ ...options, ownFolder, keyVault, log, logFile: logFile(options.dataFolder) });
    log.info("the core is up", {
      version: options.version,
      electron: process.versions.electron,
      platform: process.platform,
    });
    guardProcess({
      log: core.bugs.log,
      clock: systemClock,
      end() {
        const end = () => process.exit(1);
        setTimeout(end, closeLimitMs);
        core.dispose().then(end, end);
      },
    });
    return core;
  },
  clock: systemClock,
  exit: (code) => process.exit(code),
});
