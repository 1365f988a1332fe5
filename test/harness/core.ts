import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { CoreClient } from "../../src/api/client.ts";
import { type Core, type CoreOptions, startCore } from "../../src/core.ts";
import { silentLogger } from "../../src/lib/logger.ts";
import { connectTo } from "./client.ts";

export { snapshot, until } from "./client.ts";

/** A core in a folder of its own on ports of its own, and a client of it. Closed and removed when the test is over. */
export type TestCore = {
  core: Core;
  client: CoreClient;
  folder: string;
  /** Where stations connect; ends in a slash. */
  url: string;
  /** Ends this core and starts another on the same record; `meanwhile` runs when nobody uses it. */
  restart(meanwhile?: (folder: string) => void): Promise<TestCore>;
};

/** Starts a core for one test. */
export async function testCore(options: Partial<CoreOptions> = {}): Promise<TestCore> {
  const folder = options.dataFolder ?? (await temporaryFolder());
  const core = await startCore({
    listen: { host: "127.0.0.1", port: 0 },
    ui: false,
    log: silentLogger,
    ...options,
    dataFolder: folder,
  });
  const client = connectTo(folder);
  let closed = false;
  async function close(): Promise<void> {
    if (closed) return;
    closed = true;
    client.close();
    await core.dispose();
  }
  onTestFinished(close);
  return {
    core,
    client,
    folder,
    url: core.ready.ocpp[0] ?? "",
    async restart(meanwhile) {
      await close();
      meanwhile?.(folder);
      return testCore({ ...options, dataFolder: folder });
    },
  };
}

/** A folder that is removed when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "plugside-test-"));
  // A process that was told to end may be at it still.
  onTestFinished(() => rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 }));
  return folder;
}
