import { expect, test, vi } from "vitest";
import { createBugs } from "../../lib/bugs.ts";
import { createEmitter } from "../../lib/emitter.ts";
import { silentLogger } from "../../lib/logger.ts";
import type { Attempt } from "../../station/attempts.ts";
import { words } from "../../station/phrases.ts";
import { openNotices } from "../../store/notices.ts";
import { SettingsRepository } from "../../store/settings.ts";
import type { LocalAddress } from "../../transports/addresses.ts";
import { openServices, watch } from "../testing/open-services.ts";
import type { CoreStatus, FirewallReport } from "./contract.ts";
import { connectionHandlers, type Host } from "./handlers.ts";

const wired: LocalAddress = { address: "192.0.2.7", family: 4, network: "eth0", kind: "ethernet", linkLocal: false };
const linkLocal: LocalAddress = { address: "fe80::7", family: 6, network: "eth0", kind: "ethernet", linkLocal: true };
const loopback: LocalAddress = { address: "127.0.0.1", family: 4, network: "lo", kind: "loopback", linkLocal: false };
const open = { host: "::", port: 8887, wanted: 8887, mode: "both" as const };

function attempt(id: number, remoteAddress: string): Attempt {
  return { id, remoteAddress, raw: "cmF3" } as Attempt;
}

async function setUp(change: Partial<Host> = {}) {
  const bench = await openServices();
  const notices = openNotices(new SettingsRepository(bench.database), silentLogger);
  const bugs = createBugs({ log: silentLogger, clock: bench.clock, version: "1.2.3" });
  const recent: Attempt[] = [];
  const attempts = createEmitter<Attempt[]>(silentLogger);
  const report = { state: "allowed" } as FirewallReport;
  const firewall = {
    changed: createEmitter<FirewallReport>(silentLogger),
    last: () => report,
    look: vi.fn(async () => report),
  };
  const facts = { listening: [open] as CoreStatus["listening"], addresses: [wired, linkLocal, loopback] };
  const stop = vi.fn();
  const handlers = connectionHandlers(bench.context, {
    version: "1.2.3",
    startedAt: 42,
    dataFolder: "/data",
    listening: () => facts.listening,
    secure: () => false,
    attempts: {
      tracker: {
        changed: attempts,
        recent: () => [...recent],
        get: (id: number) => recent.find((one) => one.id === id),
      },
      repository: { get: (id: number) => (id === 7 ? attempt(7, "192.0.2.77") : undefined) },
    } as unknown as Host["attempts"],
    newLink: () => "http://link",
    stop,
    bugs,
    startedAgain: false,
    notices,
    firewall,
    addresses: () => [...facts.addresses],
    ...change,
  });
  return { ...bench, handlers, notices, bugs, recent, attempts, firewall, facts, stop };
}

const plain = {
  version: "1.2.3",
  startedAt: 42,
  dataFolder: "/data",
  listening: [open],
  secure: false,
  notices: [],
};

test("the status tells what there is to tell, and no more", async () => {
  const { handlers } = await setUp();
  const { snapshot } = watch(handlers["connection.status"], {});
  const { addresses, ...rest } = snapshot;
  expect(rest).toEqual(plain);
  expect(addresses.map(({ url }) => url)).toEqual([
    "ws://192.0.2.7:8887/",
    expect.stringMatching(/^ws:\/\/\[fe80::7/),
    "ws://127.0.0.1:8887/",
  ]);
});

test("the status tells of a log file, a restart, the record's trouble, a fault of ours and notices", async () => {
  const { handlers, bugs, notices, clock, context } = await setUp({ logFile: "/log", startedAgain: true });
  const { told, close } = watch(handlers["connection.status"], {});
  bugs.log.bug("it broke", { error: new Error("why") });
  notices.add(words("record-roams", { folder: "a", local: "b" }), 5);
  vi.spyOn(context.recorder, "trouble", "get").mockReturnValue(words("tls-left"));
  context.recorder.problem.emit(words("tls-left"));
  const bug = { at: clock.now(), text: expect.stringContaining("it broke") };
  const notice = { id: 1, at: 5, words: words("record-roams", { folder: "a", local: "b" }) };
  const base = { ...plain, addresses: expect.any(Array), logFile: "/log", startedAgain: true, bug };
  expect(told).toEqual([
    base,
    { ...base, notices: [notice] },
    { ...base, notices: [notice], storeProblem: words("tls-left") },
  ]);
  close();
  expect(handlers["connection.noticeSeen"]({ id: 1 })).toBeNull();
  expect([notices.list(), told.length]).toEqual([[], 3]);
});

test("a changed network is seen within two seconds, and what is the same is not told again", async () => {
  const { handlers, facts, clock } = await setUp();
  const { told, close } = watch(handlers["connection.status"], {});
  clock.advance(2000);
  expect(told).toEqual([]);
  facts.addresses = [loopback];
  clock.advance(1999);
  expect(told).toEqual([]);
  clock.advance(1);
  expect(told).toMatchObject([{ addresses: [{ address: "127.0.0.1" }] }]);
  clock.advance(2000);
  expect(told).toHaveLength(1);
  close();
  facts.addresses = [];
  clock.advance(4000);
  expect(told).toHaveLength(1);
});

test("the firewall is asked when somebody begins to look, when they ask, and when the networks change", async () => {
  const { handlers, firewall, facts, clock } = await setUp();
  const { snapshot, told, close } = watch(handlers["connection.firewall"], {});
  expect([snapshot, firewall.look.mock.calls.length]).toEqual([{ state: "allowed" }, 1]);
  clock.advance(2000);
  expect(firewall.look).toHaveBeenCalledTimes(1);
  facts.addresses = [{ ...wired, network: "eth1" }];
  clock.advance(2000);
  clock.advance(2000);
  expect(firewall.look).toHaveBeenCalledTimes(2);
  expect(await handlers["connection.askFirewall"]({})).toEqual({ state: "allowed" });
  firewall.changed.emit({ state: "blocked" } as FirewallReport);
  close();
  facts.addresses = [];
  clock.advance(4000);
  firewall.changed.emit({ state: "off" } as FirewallReport);
  expect([told, firewall.look.mock.calls.length]).toEqual([[{ state: "blocked" }], 3]);
});

test("attempts are told without their raw bytes, and one that is asked for with them, from the record too", async () => {
  const { handlers, recent, attempts } = await setUp();
  recent.push(attempt(8, "192.0.2.8"));
  const { snapshot, told, close } = watch(handlers["connection.attempts"], {});
  attempts.emit([attempt(9, "192.0.2.9")]);
  close();
  attempts.emit([attempt(10, "192.0.2.9")]);
  expect(snapshot).toEqual([{ id: 8, remoteAddress: "192.0.2.8" }]);
  expect(told).toEqual([[{ id: 9, remoteAddress: "192.0.2.9" }]]);
  expect(handlers["connection.attempt"]({ id: 8 })).toEqual(attempt(8, "192.0.2.8"));
  expect(handlers["connection.attempt"]({ id: 7 })).toEqual(attempt(7, "192.0.2.77"));
  expect(() => handlers["connection.attempt"]({ id: 1 })).toThrow(
    expect.objectContaining({ code: "not-found", words: words("no-attempt", { id: 1 }) }),
  );
});

test("the report of the port tells the last attempt, and the last that came from another machine", async () => {
  const { handlers, recent, facts } = await setUp();
  const empty = await handlers["connection.port"]({});
  expect([empty.open, empty.last, empty.lastFromOutside]).toEqual([true, null, null]);
  expect(empty.addresses.map(({ address }) => address)).toEqual(["192.0.2.7", "fe80::7"]);
  recent.push(attempt(1, "192.0.2.50"), attempt(2, "192.0.2.51"), attempt(3, "192.0.2.7"), attempt(4, "fe80::7%eth0"));
  const told = await handlers["connection.port"]({});
  expect([told.last?.id, told.lastFromOutside?.id]).toEqual([4, 2]);
  facts.listening = [{ ...open, problem: "EADDRINUSE" }, open];
  expect((await handlers["connection.port"]({})).open).toBe(true);
  facts.listening = [{ ...open, problem: "EADDRINUSE" }];
  expect(await handlers["connection.port"]({})).toMatchObject({
    open: false,
    listening: facts.listening,
    addresses: [],
  });
});

test("the core is stopped once the answer is out, and a fresh link is given", async () => {
  const { handlers, stop, clock } = await setUp();
  expect(handlers["connection.stop"]({})).toBeNull();
  expect(stop).not.toHaveBeenCalled();
  clock.advance(0);
  expect(stop).toHaveBeenCalledTimes(1);
  expect(handlers["connection.link"]({})).toEqual({ url: "http://link" });
});
