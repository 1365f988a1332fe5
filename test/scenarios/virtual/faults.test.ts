import { describe, expect, test } from "vitest";
import { createManualClock } from "../../../src/lib/clock.ts";
import type { Fault } from "../../../src/station/faults.ts";
import { snapshot, type TestCore, testCore } from "../../harness/core.ts";
import { type RawStation, rawStation } from "../../harness/stations/raw-station.ts";
import { openUpstream } from "../../harness/upstream.ts";

const identity = "CP1";
const beat = (id: string) => `[2,"${id}","Heartbeat",{}]`;
const versions = [{ protocol: "ocpp1.6" }, { protocol: "ocpp2.0.1" }, { protocol: "ocpp2.1" }];

async function bench(protocol = "ocpp1.6") {
  const clock = createManualClock();
  const core = await testCore({ clock });
  await core.client.call("settings.change", { triggerAfterConnect: false, pingSeconds: 0 });
  const station = await rawStation(`${core.url}${identity}`, [protocol]);
  await station.ask("Heartbeat", {});
  const put = (fault: Fault, seconds = 60) => core.client.call("faults.set", { identity, fault, seconds });
  return { clock, core, station, put };
}

/** Looks until the record holds as many frames of the station as wanted. */
async function marksOf(core: TestCore, count: number) {
  for (;;) {
    const frames = await core.client.call("messages.frames", { since: 0, limit: 100 });
    const later = frames.slice(2);
    if (later.length >= count) return later.map(({ direction, marks }) => [direction, marks ?? []]);
  }
}

/** What the time line tells of faults. */
async function told({ client }: TestCore) {
  const { entries } = await client.call("history.page", { limit: 100 });
  return entries.flatMap(({ event }) => (event.kind === "fault-injected" ? [[event.fault.kind, event.state]] : []));
}

async function nextTime(station: RawStation): Promise<number> {
  const [, , { currentTime }] = JSON.parse(await station.next());
  return Date.parse(currentTime);
}

describe.each(versions)("faults on purpose, $protocol", ({ protocol }) => {
  test("a delay lets each answer wait, and tells the time of then", async () => {
    const { clock, core, station, put } = await bench(protocol);
    await put({ kind: "delay", ms: 3000 });
    station.send(beat("1"));
    await marksOf(core, 1);
    clock.advance(2999);
    expect(station.heard.length).toBe(1);
    clock.advance(1);
    expect(await nextTime(station)).toBe(clock.now());
    expect(await marksOf(core, 2)).toEqual([
      ["in", []],
      ["out", ["delayed"]],
    ]);
  });

  test("silence gives no answer, and ends by itself", async () => {
    const { clock, core, station, put } = await bench(protocol);
    await put({ kind: "silence" }, 10);
    station.send(beat("1"));
    expect(await marksOf(core, 1)).toEqual([["in", ["silenced"]]]);
    clock.advance(10_000);
    station.send(beat("2"));
    expect(JSON.parse(await station.next())[1]).toBe("2");
    expect(await told(core)).toEqual([
      ["silence", "on"],
      ["silence", "over"],
    ]);
  });

  test("an error stands in place of the answer to the actions named alone, and means nothing", async () => {
    const { core, station, put } = await bench(protocol);
    await put({ kind: "error", code: "InternalError", description: "on purpose", actions: ["bootnotification"] });
    const boot = protocol === "ocpp1.6" ? { chargePointVendor: "A", chargePointModel: "B" } : {};
    station.send(JSON.stringify([2, "b", "BootNotification", boot]));
    expect(JSON.parse(await station.next())).toEqual([4, "b", "InternalError", "on purpose", {}]);
    station.send(beat("h"));
    expect(JSON.parse(await station.next()).slice(0, 2)).toEqual([3, "h"]);
    const state = await snapshot(core.client, "stations.state", { identity });
    expect(state?.boot).toBeUndefined();
    expect(await marksOf(core, 4)).toEqual([
      ["in", []],
      ["out", ["false-error"]],
      ["in", []],
      ["out", []],
    ]);
  });

  test("a wrong time is told in answers, and nowhere else", async () => {
    const { clock, core, station, put } = await bench(protocol);
    await put({ kind: "time", offsetSeconds: -86_400 });
    station.send(beat("1"));
    expect(await nextTime(station)).toBe(clock.now() - 86_400_000);
    expect((await marksOf(core, 2))[1]).toEqual(["out", ["wrong-time"]]);
    await core.client.call("faults.clear", { identity, kind: "time" });
    station.send(beat("2"));
    expect(await nextTime(station)).toBe(clock.now());
  });
});

test("the link is cut once, without a word", async () => {
  const { core, station, put } = await bench();
  expect(await put({ kind: "drop" })).toEqual({ active: [] });
  expect(await station.closed).toEqual({ code: 1006, reason: "" });
  expect(await told(core)).toEqual([["drop", "once"]]);
  const state = await snapshot(core.client, "stations.state", { identity });
  expect(state?.link.closed?.cause).toBe("fault");
});

test("the link is cut again and again until it is turned off", async () => {
  const { clock, core, station, put } = await bench();
  await put({ kind: "drop", everySeconds: 30 }, 600);
  clock.advance(30_000);
  await station.closed;
  const second = await rawStation(`${core.url}${identity}`);
  await second.ask("Heartbeat", {});
  clock.advance(30_000);
  await second.closed;
  await core.client.call("faults.clear", { identity });
  const third = await rawStation(`${core.url}${identity}`);
  clock.advance(30_000);
  expect(await third.ask("Heartbeat", {})).toHaveProperty("currentTime");
});

test("a station is cut and refused for a while, and others are let in", async () => {
  const { clock, core, station, put } = await bench();
  await put({ kind: "refuse" }, 120);
  expect((await station.closed).code).toBe(1006);
  await expect(rawStation(`${core.url}${identity}`)).rejects.toThrow("503");
  await (await rawStation(`${core.url}OTHER`)).ask("Heartbeat", {});
  clock.advance(120_000);
  await (await rawStation(`${core.url}${identity}`)).ask("Heartbeat", {});
});

test("what is on is told with its end, one of a kind, and none of it outlives the core", async () => {
  const { clock, core, put } = await bench();
  await put({ kind: "delay", ms: 10 });
  await put({ kind: "delay", ms: 20 }, 300);
  const active = { kind: "delay", ms: 20, since: clock.now(), until: clock.now() + 300_000 };
  expect(await snapshot(core.client, "faults.state", { identity })).toEqual({ active: [active] });
  const again = await core.restart();
  expect(await snapshot(again.client, "faults.state", { identity })).toEqual({ active: [] });
});

test.each([
  { fault: { kind: "delay", ms: 0 }, seconds: 10, code: "invalid-input" },
  { fault: { kind: "silence" }, seconds: 0, code: "invalid-input" },
  { fault: { kind: "silence" }, seconds: 100_000, code: "invalid-input" },
] as const)("$fault.kind for $seconds s is refused as $code", async ({ fault, seconds, code }) => {
  const { core } = await bench();
  await expect(core.client.call("faults.set", { identity, fault, seconds })).rejects.toMatchObject({ code });
  await expect(
    core.client.call("faults.set", { identity: "NOBODY", fault: { kind: "silence" }, seconds: 1 }),
  ).rejects.toMatchObject({ code: "not-found" });
});

test("in forward mode faults meet the answers from above", async () => {
  const { clock, core, station, put } = await bench();
  const upstream = await openUpstream();
  const rest = { credentials: "none", insecure: false, whenAway: "silent" } as const;
  await core.client.call("forward.set", { identity, on: true, url: upstream.url, ...rest });
  const above = await upstream.link();
  await put({ kind: "time", offsetSeconds: 3600 });
  await put({ kind: "delay", ms: 500 });
  station.send(beat("1"));
  await above.text();
  above.send('[3,"1",{ "currentTime":"2026-01-01T00:00:00.000Z" }]');
  await marksOf(core, 2);
  clock.advance(500);
  expect(await station.next()).toBe('[3,"1",{ "currentTime":"2026-01-01T01:00:00.000Z" }]');
  expect(await marksOf(core, 3)).toEqual([
    ["in", ["to-upstream"]],
    ["in", ["delayed", "wrong-time"]],
    ["out", ["from-upstream", "delayed", "wrong-time"]],
  ]);
  await core.client.call("faults.clear", { identity });
  await put({ kind: "error", code: "GenericError" });
  station.send(beat("2"));
  expect(JSON.parse(await station.next()).slice(0, 3)).toEqual([4, "2", "GenericError"]);
  expect(above.heard.length).toBe(1);
});
