import { expect, onTestFinished, test, vi } from "vitest";
import { DisposableStore } from "../lib/disposable.ts";
import { createEmitter } from "../lib/emitter.ts";
import { silentLogger } from "../lib/logger.ts";
import type { ListenAt } from "../services/connection/places.ts";
import { openServices } from "../services/testing/open-services.ts";
import { mostUnstoredBytes } from "../station/bounds.ts";
import type { WebSocketTransportOptions } from "../transports/websocket/server.ts";
import { type EntranceOptions, openEntrance } from "./entrance.ts";

const made = vi.hoisted(() => ({
  transport: null as unknown,
  announcer: null as unknown,
  applied: [] as unknown[],
  refuses: null as Error | null,
  listening: [] as object[],
  disposed: [] as string[],
}));
vi.mock("../transports/websocket/server.ts", () => ({
  listenWebSocket: async (options: object) => {
    made.transport = options;
    return {
      listening: () => made.listening,
      secure: true,
      changed: "transport changed",
      apply: async (places: unknown) => {
        made.applied.push(places);
        if (made.refuses) throw made.refuses;
      },
      dispose: () => made.disposed.push("transport"),
    };
  },
}));
vi.mock("../services/connection/announce.ts", () => ({
  announce: () => undefined,
  createAnnouncer: (options: unknown) => {
    made.announcer = options;
    return { dispose: () => made.disposed.push("announcer") };
  },
}));

type Announcer = {
  wanted(): boolean;
  listening(): unknown;
  secure(): boolean;
  changes: unknown[];
  addresses(): string[];
};

async function setUp(listen?: ListenAt[]) {
  Object.assign(made, {
    applied: [],
    refuses: null,
    disposed: [],
    listening: [
      { port: 9001, wanted: 9000 },
      { port: 9100, wanted: 9100 },
    ],
  });
  const bench = await openServices();
  const { context, database } = bench;
  const warn = vi.fn();
  const error = vi.fn();
  const closing = new DisposableStore();
  onTestFinished(() => closing.dispose());
  const accepted: unknown[] = [];
  const kept = vi.fn(async () => undefined);
  const entrance = await openEntrance(
    {
      record: { ...context, database },
      central: {
        accessControl: { admit: async () => ({ allow: false, status: 403, causes: [] }) },
        acceptor: {
          open: async (link: unknown) => void accepted.push(link),
          closed: async () => void made.disposed.push("sessions"),
        },
      },
      settings: context.settings,
      authority: { keep: kept, changed: createEmitter<void>(silentLogger) },
      listen,
      uploads: "uploads",
      clock: bench.clock,
      log: { ...silentLogger, warn, error },
    } as unknown as EntranceOptions,
    closing,
  );
  return {
    ...bench,
    entrance,
    closing,
    warn,
    error,
    accepted,
    kept,
    options: made.transport as WebSocketTransportOptions,
  };
}

test("the port asks the settings each time: its pings, its limit, compression; and reads no more than can be stored", async () => {
  const { options, context } = await setUp();
  context.settings.change({ pingSeconds: 17, frameLimit: 4711, compression: false });
  expect([options.pingSeconds(), options.frameLimit(), options.compression()]).toEqual([17, 4711, false]);
  const unstored = vi.spyOn(context.recorder, "unstored", "get");
  const ready = (bytes: number) => {
    unstored.mockReturnValueOnce(bytes);
    return options.ready?.();
  };
  expect([0, mostUnstoredBytes - 1, mostUnstoredBytes].map(ready)).toEqual([true, true, false]);
  expect([options.required, options.uploads]).toEqual([false, "uploads"]);
});

test("a port that is named at the start is wanted as it is, and another one is told", async () => {
  const named = [{ host: "127.0.0.1", port: 9000 }];
  const { options, warn } = await setUp(named);
  expect(options.required).toBe(true);
  expect(options.places).toMatchObject(named);
  expect(warn.mock.calls).toEqual([["port 9000 is taken; stations connect to port 9001"]]);
});

test("a self-test is let in and hung up on, whoever else is kept out; a station is taken on", async () => {
  const { options, accepted } = await setUp();
  const closed: unknown[] = [];
  const link = (identity: string) =>
    ({ hello: { identity }, close: (...how: unknown[]) => void closed.push(how) }) as never;
  const admit = async (identity: string) => (await options.accessControl.admit({ identity } as never)).allow;
  expect([await admit("plugside-self-test-1"), await admit("CP1")]).toEqual([true, false]);
  options.onLink(link("plugside-self-test-1"));
  options.onLink(link("CP1"));
  expect([closed, accepted]).toEqual([
    [[1000, "", "asked"]],
    [expect.objectContaining({ hello: { identity: "CP1" } })],
  ]);
});

test("the settings move the port when they name another place, and not otherwise; one that cannot be had is logged", async () => {
  const { context, error } = await setUp();
  context.settings.change({ pingSeconds: 18 });
  expect(made.applied).toEqual([]);
  const port = context.settings.values.port + 1;
  context.settings.change({ port });
  context.settings.change({ port });
  expect(made.applied).toHaveLength(1);
  expect(JSON.stringify(made.applied[0])).toContain(String(port));
  made.refuses = new Error("no port");
  context.settings.change({ port: port + 1 });
  await expect.poll(() => error).toHaveBeenCalledWith(expect.any(String), { error: made.refuses });
});

test("for wss alone a certificate is made first, and for anything else nobody waits for one", async () => {
  expect((await setUp([{ host: "127.0.0.1", port: 9000, mode: "wss" }])).kept).toHaveBeenCalledTimes(1);
  expect((await setUp([{ host: "127.0.0.1", port: 9000, mode: "both" }])).kept).not.toHaveBeenCalled();
});

test("it is announced where that is wanted, under the addresses of networks, anew when something of it changes", async () => {
  const { context } = await setUp();
  const announcer = made.announcer as Announcer;
  context.settings.change({ announce: true });
  expect([announcer.wanted(), announcer.listening(), announcer.secure()]).toEqual([true, made.listening, true]);
  context.settings.change({ announce: false });
  expect(announcer.wanted()).toBe(false);
  expect(announcer.changes).toEqual([context.settings.changed, "transport changed", expect.anything()]);
  expect(
    announcer.addresses().every((address) => /^\d+\.\d+\.\d+\.\d+$/.test(address) && !address.startsWith("127.")),
  ).toBe(true);
});

test("at the end the announcement goes first, then the port, and the sessions have their last word", async () => {
  const { closing } = await setUp();
  await closing.dispose();
  expect(made.disposed).toEqual(["announcer", "transport", "sessions"]);
});
