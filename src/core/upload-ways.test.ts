import { beforeEach, expect, test, vi } from "vitest";
import { createEmitter } from "../lib/emitter.ts";
import { silentLogger } from "../lib/logger.ts";
import type { DiagnosticsOptions } from "../services/diagnostics/logic.ts";
import { openServices } from "../services/testing/open-services.ts";
import type { Attempt } from "../station/attempts.ts";
import { words } from "../station/phrases.ts";
import type { ReceiversOptions } from "../transports/receivers/receivers.ts";
import { createUploads } from "./uploads.ts";

const made = vi.hoisted(() => ({ receivers: null as unknown, diagnostics: null as unknown, strays: [] as unknown[] }));
vi.mock("../transports/receivers/receivers.ts", () => ({
  createReceivers: (options: unknown) => {
    made.receivers = options;
    return { http: "http" };
  },
}));
vi.mock("../services/diagnostics/logic.ts", () => ({
  createDiagnostics: (options: unknown) => {
    made.diagnostics = options;
    return { stray: (event: unknown) => made.strays.push(event) };
  },
}));
beforeEach(() => void made.strays.splice(0));

async function setUp(ports?: readonly number[]) {
  const bench = await openServices();
  const facts = {
    current: { options: { cert: "c" } } as object | null,
    ends: null as object | null,
    secure: true,
    mode: "both",
  };
  const turnedAway: unknown[] = [];
  const tracker = {
    changed: createEmitter<Attempt[]>(silentLogger),
    endsOf: () => facts.ends,
    turnedAway: (...what: unknown[]) => void turnedAway.push(what),
  };
  const certificates = { authority: { current: () => facts.current }, hostKeys: "host keys" };
  const uploads = createUploads({ ports, certificates: certificates as never });
  const transport = {
    port: 9000,
    get secure() {
      return facts.secure;
    },
    listening: () => [{ port: 9000, mode: facts.mode }],
  };
  const open = (waits?: object) =>
    uploads.open({
      record: { ...bench.context, database: bench.database },
      files: "files",
      transport,
      tracker,
      waits,
    } as never);
  return { ...bench, facts, tracker, turnedAway, uploads, open, receivers: made.receivers as ReceiversOptions };
}

test("the protocol's own port is tried first, then another, then a free one; those that are named at the start alone", async () => {
  expect((await setUp()).receivers.ports).toEqual({ ftp: [21, 2121, 0], sftp: [22, 2222, 0] });
  expect((await setUp([2100])).receivers.ports).toEqual({ ftp: [2100], sftp: [2100] });
});

test("the receivers show the certificate that is good now, and none before there is one", async () => {
  const { receivers, facts } = await setUp();
  expect([receivers.tls(), receivers.hostKeys]).toEqual([{ cert: "c" }, "host keys"]);
  facts.current = null;
  expect(receivers.tls()).toBeNull();
});

test("who belongs to no request is told to those that are open, and stands among the attempts", async () => {
  const { receivers, open, turnedAway } = await setUp();
  const event = { type: "left-at-key", protocol: "sftp", from: "192.0.2.7" } as const;
  receivers.onStray(event, "ends" as never);
  expect([made.strays, turnedAway]).toEqual([[], []]);
  open();
  receivers.onStray(event, "ends" as never);
  expect(made.strays).toEqual([event]);
  expect(turnedAway).toEqual([["ends", "tcp", { code: "upload-left-at-key" }, {}]]);
});

test("a station is told the end of ours that it is connected to, or the likeliest by its address", async () => {
  const { open, facts, context } = await setUp();
  open({ sign: 7 });
  const { ourEnd, waits } = made.diagnostics as DiagnosticsOptions;
  const entry = context.registry.require("CP1");
  expect(waits).toEqual({ sign: 7 });
  expect(ourEnd(entry).port).toBe(9000);
  expect(ourEnd(entry).address).toMatch(/^[\d.]+$/);
  entry.state.link.remoteAddress = "127.0.0.1";
  expect(ourEnd(entry)).toEqual({ address: "127.0.0.1", port: 9000 });
  facts.ends = { localAddress: "192.0.2.1", localPort: 9001 };
  expect(ourEnd(entry)).toEqual({ address: "192.0.2.1", port: 9001 });
  open();
  expect(made.diagnostics).not.toHaveProperty("waits");
});

test("the ways that are open are those of the port, and ftps wherever there is a certificate", async () => {
  const { open, facts } = await setUp();
  open();
  const { openWays } = made.diagnostics as DiagnosticsOptions;
  const ways = (port = 9000) => [...openWays(port)].join(" ");
  expect(ways()).toBe("ftp sftp http https ftps");
  facts.mode = "wss";
  expect([ways(), ways(9001)]).toEqual(["ftp sftp https ftps", "ftp sftp http https ftps"]);
  Object.assign(facts, { mode: "both", secure: false, current: null });
  expect(ways()).toBe("ftp sftp http");
});

test("a failure of TLS at the port for stations may be an upload: told once for each time it came", async () => {
  const { open, tracker } = await setUp();
  open();
  const attempt = (change: Partial<Attempt> = {}): Attempt =>
    ({
      ...{ id: 1, repeats: 1, state: "stopped", passed: "tcp", remoteAddress: "192.0.2.7" },
      causes: [{ code: "tls-closed" }],
      ...change,
    }) as Attempt;
  const told = { protocol: "https", from: "192.0.2.7", type: "tls-failed", why: words("tls-left") };
  tracker.changed.emit([attempt(), attempt()]);
  expect(made.strays).toEqual([told]);
  tracker.changed.emit([attempt({ repeats: 2 }), attempt({ id: 2, into: 1 }), attempt({ id: 3, state: "connected" })]);
  expect(made.strays).toEqual([told, told]);
  tracker.changed.emit([attempt({ repeats: 2 })]);
  expect(made.strays).toHaveLength(2);
});
