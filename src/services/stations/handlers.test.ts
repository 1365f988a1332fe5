import { expect, test } from "vitest";
import type { RowChange } from "../../lib/contract.ts";
import { createEmitter } from "../../lib/emitter.ts";
import { silentLogger } from "../../lib/logger.ts";
import { openBench } from "../../session/testing/bench.ts";
import { apiRowsAtOnce } from "../../station/bounds.ts";
import { MomentsRepository } from "../../store/moments/moments.ts";
import type { ServiceContext } from "../context.ts";
import { watch } from "../testing/open-services.ts";
import type { StationSummary } from "./contract.ts";
import { type StationsContext, stationsHandlers } from "./handlers.ts";

async function setUp() {
  const bench = await openBench("1.6");
  const changed = createEmitter<string>(silentLogger);
  const purposes = { forward: false, faults: 0 };
  const handlers = stationsHandlers(
    bench.parts as ServiceContext,
    {
      moments: new MomentsRepository(bench.database),
      forwarding: { settings: () => ({ on: purposes.forward }), changed },
      faults: { active: () => Array.from({ length: purposes.faults }), changed },
    } as unknown as StationsContext,
  );
  return { bench, handlers, changed, purposes, registry: bench.parts.registry };
}

const boot = '[2,"boot","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]';
const heartbeat = (field: string) => JSON.stringify([2, field, "Heartbeat", { [field]: 1 }]);

test("a line of the list tells what the station is, does, and deviates in: each rule once", async () => {
  const { bench, handlers } = await setUp();
  bench.say(boot);
  bench.say(heartbeat("colour"));
  bench.say(heartbeat("shape"));
  bench.say('[2,"s","StatusNotification",{"connectorId":1,"status":"Faulted","errorCode":"GroundFailure"}]');
  const { snapshot } = handlers["stations.list"]({}, () => undefined);
  expect(snapshot).toMatchObject([
    {
      identity: "CP1",
      ocpp: "1.6",
      vendor: "V",
      model: "M",
      status: "Faulted",
      errorCode: "GroundFailure",
      findings: 1,
      running: 0,
      powerW: null,
      onPurpose: [],
    },
  ]);
});

test("what is on purpose is told when it begins and when it ends", async () => {
  const { handlers, changed, purposes } = await setUp();
  const told: unknown[] = [];
  handlers["stations.list"]({}, (change) => told.push((change as RowChange<StationSummary>).row?.().onPurpose));
  purposes.forward = true;
  purposes.faults = 2;
  changed.emit("CP1");
  purposes.forward = false;
  changed.emit("CP1");
  changed.emit("NOBODY");
  // Both emitters are one here.
  expect(told).toEqual([["forward", "faults"], ["forward", "faults"], ["faults"], ["faults"]]);
});

test("the states come page by page, in the order that the stations came in", async () => {
  const { handlers, registry } = await setUp();
  for (const identity of ["CP2", "CP3"]) registry.ensure(identity, 0);
  const first = await handlers["stations.states"]({ after: 0, limit: 2 });
  expect([first.states.map(({ identity }) => identity), first.next]).toEqual([["CP1", "CP2"], expect.any(Number)]);
  const second = await handlers["stations.states"]({ after: first.next ?? 0, limit: 2 });
  expect([second.states.map(({ identity }) => identity), second.next]).toEqual([["CP3"], null]);
});

test("who is known and who is online is counted", async () => {
  const { handlers, registry } = await setUp();
  registry.ensure("CP2", 0);
  expect(handlers["stations.count"]({}, () => undefined).snapshot).toEqual({ known: 2, online: 1 });
});

test("the state of a station is told as it changes, and that of others is not", async () => {
  const { bench, handlers } = await setUp();
  const told = { mine: 0, other: 0 };
  expect(handlers["stations.state"]({ identity: "CP2" }, () => told.other++).snapshot).toBeNull();
  expect(handlers["stations.state"]({ identity: "CP1" }, () => told.mine++).snapshot?.identity).toBe("CP1");
  bench.say(boot);
  expect([told.mine > 0, told.other]).toEqual([true, 0]);
});

test("raw calls are those that a central system sends, and DataTransfer, which both do", async () => {
  const { handlers } = await setUp();
  const actions = await handlers["stations.actions"]({ identity: "CP1" });
  const names = actions.map(({ action }) => action);
  expect(names).toContain("DataTransfer");
  expect(names).toContain("Reset");
  expect(names).not.toContain("BootNotification");
  expect(JSON.parse(actions.find(({ action }) => action === "Reset")?.skeleton ?? "")).toHaveProperty("type");
  expect(() => handlers["stations.actions"]({ identity: "NOBODY" })).toThrow(
    expect.objectContaining({ code: "not-found" }),
  );
});

test("one that is forgotten goes from the list and from who looks at it", async () => {
  const { handlers, registry } = await setUp();
  const gone = registry.ensure("CP2", 0);
  const told: unknown[] = [];
  handlers["stations.list"]({}, (change) => told.push(change));
  handlers["stations.state"]({ identity: "CP2" }, (change) => told.push(change));
  handlers["stations.state"]({ identity: "CP1" }, (change) => told.push(change));
  const counted = watch(handlers["stations.count"], {});
  registry.forgotten.emit(gone);
  expect(told).toEqual([{ key: "CP2", row: null }, null]);
  expect(counted.told).toEqual([{ known: 2, online: 1 }]);
});

test("where there are more than go at once, those that are online come first, then who was seen last", async () => {
  const { bench, handlers, registry } = await setUp();
  bench.database.transaction(() => {
    for (let at = 0; at < apiRowsAtOnce + 10; at++) registry.ensure(`X${at}`, 1000 + at);
  });
  const rest: string[] = [];
  const { snapshot } = handlers["stations.list"]({}, (change) => rest.push((change as RowChange<StationSummary>).key));
  const last = apiRowsAtOnce + 9;
  expect(snapshot.slice(0, 3).map(({ identity }) => identity)).toEqual(["CP1", `X${last}`, `X${last - 1}`]);
  expect([snapshot.length, rest.length, rest.at(-1)]).toEqual([apiRowsAtOnce, 11, "X0"]);
});

test("a station's state is told as it was at a frame, or at a time; what is ahead of the record is now", async () => {
  const { bench, handlers } = await setUp();
  bench.say(boot);
  const booted = bench.clock.now();
  // With the entry of our own that followed the frame.
  const { reached: seq } = bench.parts.recorder;
  bench.say('[2,"s","StatusNotification",{"connectorId":1,"status":"Charging","errorCode":"NoError"}]');
  const reached = bench.parts.recorder.reached;
  const at = async (asked: { at: number } | { frame: number }) => {
    const past = await handlers["stations.stateAt"]({ identity: "CP1", ...asked });
    return [past.seq, past.state?.evses.length ?? null];
  };
  expect(await at({ frame: seq })).toEqual([seq, 0]);
  expect(await at({ at: booted })).toEqual([seq, 0]);
  expect(await at({ at: booted + 1000 })).toEqual([reached, 1]);
  expect(await at({ frame: 99_999 })).toEqual([reached, 1]);
  expect(await at({ frame: 0 })).toEqual([0, null]);
  expect(() => handlers["stations.stateAt"]({ identity: "NOBODY", frame: 1 })).toThrow(
    expect.objectContaining({ code: "not-found" }),
  );
});

test("a certificate that cannot be read is refused before the station is asked", async () => {
  const { bench, handlers } = await setUp();
  bench.say(boot);
  const sent = bench.sent.length;
  const order = (command: object) =>
    handlers["stations.command"]({ identity: "CP1", command: command as { name: "clear-cache" } });
  expect(() =>
    order({ name: "certificate-install", certificate: "none", use: "CentralSystemRootCertificate" }),
  ).toThrow(expect.objectContaining({ code: "invalid-input" }));
  expect(() => order({ name: "certificate-signed", chain: "none" })).toThrow(
    expect.objectContaining({ code: "invalid-input" }),
  );
  expect(bench.sent.length).toBe(sent);
  const outcome = order({ name: "clear-cache" });
  bench.parts.recorder.flush();
  const [, id, action] = JSON.parse(bench.sent.at(-1) ?? "[]") as [number, string, string];
  bench.say(JSON.stringify([3, id, { status: "Accepted" }]));
  expect([action, await outcome]).toEqual(["ClearCache", expect.objectContaining({ result: "accepted" })]);
});

test("who looks no more is told nothing more", async () => {
  const { bench, handlers, changed } = await setUp();
  const feeds = [
    watch(handlers["stations.list"], {}),
    watch(handlers["stations.count"], {}),
    watch(handlers["stations.state"], { identity: "CP1" }),
  ];
  bench.say(boot);
  const told = feeds.map((feed) => feed.told.length);
  expect(feeds.map((feed) => feed.told.at(-1))).toEqual([
    { key: "CP1", row: expect.objectContaining({ identity: "CP1", vendor: "V", model: "M" }) },
    { known: 1, online: 1 },
    expect.objectContaining({ identity: "CP1", info: bench.state().info }),
  ]);
  for (const feed of feeds) feed.close();
  bench.say(heartbeat("colour"));
  changed.emit("CP1");
  bench.parts.registry.forgotten.emit(bench.parts.registry.require("CP1"));
  expect(feeds.map((feed) => feed.told.length)).toEqual(told);
});

test("offline there is no version to ask, and so no raw call; the count tells who is away", async () => {
  const { bench, handlers, registry } = await setUp();
  registry.ensure("CP2", 0);
  expect(await handlers["stations.actions"]({ identity: "CP2" })).toEqual([]);
  const { told } = watch(handlers["stations.count"], {});
  bench.closed();
  bench.parts.recorder.flush();
  expect(told.at(-1)).toEqual({ known: 2, online: 0 });
});

test("the state at a time is that of what waits to be stored, too", async () => {
  const { bench, handlers } = await setUp();
  const { recorder, registry } = bench.parts;
  const seq = recorder.take();
  const at = bench.clock.now() + 5;
  recorder.frame({
    ...{ seq, station: registry.require("CP1"), connection: 1, at, direction: "in", action: "Heartbeat" },
    ...{ data: '[2,"7","Heartbeat",{}]', question: null, stationTime: null, findings: [], answer: null },
  });
  expect((await handlers["stations.stateAt"]({ identity: "CP1", at })).seq).toBe(seq);
});
