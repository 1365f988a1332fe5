import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import WebSocket from "ws";
import { type CoreClient, createClient } from "../../src/api/client.ts";
import { readContact } from "../../src/api/contact.ts";
import type { FeedInput, FeedName, FeedValue } from "../../src/api/contract.ts";
import { type Core, type CoreOptions, startCore } from "../../src/core.ts";
import { silentLogger } from "../../src/lib/logger.ts";

/** A core in a folder of its own on ports of its own, and a client of it. Closed and removed when the test is over. */
export type TestCore = {
  core: Core;
  client: CoreClient;
  folder: string;
  /** Where stations connect; ends in a slash. */
  url: string;
  /** Ends this core and starts another on the same record. */
  restart(): Promise<TestCore>;
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
    async restart() {
      await close();
      return testCore({ ...options, dataFolder: folder });
    },
  };
}

/** A folder that is removed when the test is over. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "plugside-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A client of the core that uses a folder, as the command line makes it. */
export function connectTo(folder: string): CoreClient {
  const contact = readContact(folder);
  if (!contact) throw new Error(`no core in ${folder}`);
  return createClient({
    retryMs: null,
    connect() {
      const socket = new WebSocket(contact.url, { headers: { authorization: `Bearer ${contact.secret}` } });
      return {
        send: (text) => socket.send(text),
        close: () => socket.close(),
        onOpen: (listener) => void socket.on("open", listener),
        onMessage: (listener) => void socket.on("message", (data) => listener(String(data))),
        onClose: (listener) => void socket.on("close", () => listener("closed")),
      };
    },
  });
}

/** Watches a feed until its value is as wanted; resolves with that value. Fails by the test's own time-out, saying what was last seen. */
export function until<N extends FeedName>(
  client: CoreClient,
  name: N,
  input: FeedInput<N>,
  wanted: (value: FeedValue<N>) => boolean,
): Promise<FeedValue<N>> {
  return new Promise((resolve, reject) => {
    const watch = client.watch(
      name,
      input,
      (value) => {
        if (!wanted(value)) return;
        queueMicrotask(() => watch.stop());
        resolve(value);
      },
      reject,
    );
  });
}
