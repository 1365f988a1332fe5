import { describe, expect, test } from "vitest";
import { createManualClock } from "../../../src/lib/clock.ts";
import { createRandom } from "../../../src/simulator/random.ts";
import type { LineFraming, OcppVersion, StationState } from "../../../src/station/model.ts";
import type { LineSetup } from "../../../src/station/serial/lines.ts";
import { recognise } from "../../../src/transports/serial/framing/recognise.ts";
import { usualSettings } from "../../../src/transports/serial/settings.ts";
import { snapshot, testCore, until } from "../../harness/core.ts";
import { portPair } from "../../harness/serial/port-pair.ts";
import { benchOf, type StationBench, stationBench } from "../../harness/stations/station-bench.ts";

const card = "04112233445566";
const framings: LineFraming[] = ["lines", "length", "slip", "cobs"];
const versions: OcppVersion[] = ["1.6", "2.0.1", "2.1"];

/** A bench over a line; end `a` is the core's. */
async function serialBench(version: OcppVersion, framing: LineFraming, setup: Partial<LineSetup> = {}) {
  const pair = portPair();
  const line: LineSetup = { port: "a", settings: usualSettings, framing: "auto", ...setup };
  const bench = await stationBench(version, {
    connectors: 2,
    serial: { port: "b", settings: usualSettings, framing, open: pair.open },
    core: { openPort: pair.open, serialLines: [line] },
  });
  return { bench, pair };
}

/** A day in short: charges on a card, faults, recovers, is commanded. */
async function live(bench: StationBench): Promise<StationState> {
  bench.station.act("plug", 1);
  await bench.settle();
  bench.station.act("tap", 1, card);
  await bench.settle();
  await bench.run(35);
  bench.station.act("fault", 2, "GroundFailure");
  await bench.settle();
  bench.station.act("clear-fault", 2);
  await bench.settle();
  bench.station.act("tap", 1, card);
  await bench.settle();
  bench.station.act("unplug", 1);
  await bench.settle();
  await bench.command({ name: "unlock", evse: 1, connector: 1 });
  await bench.settle();
  return bench.state();
}

/** What is the same on every carrier: all but the link, and the numbers that the record gives. */
function told(state: StationState): unknown {
  const { link: _link, seq: _seq, ...rest } = state;
  const ours = new Set(["frame", "frames", "id", "connection", "lastSeenAt", "since"]);
  return JSON.parse(JSON.stringify(rest, (key, value) => (ours.has(key) ? undefined : value)));
}

describe.each(versions)("a station of OCPP %s", (version) => {
  test.each(framings)("lives over a serial line in %s as over a WebSocket", async (framing) => {
    const { bench } = await serialBench(version, framing);
    const state = await live(bench);
    expect(state.link).toMatchObject({ state: "online", carrier: "serial", port: "a", framing, baudRate: 115_200 });
    expect(state.findings).toEqual([]);
    expect(told(state)).toEqual(told(await live(await stationBench(version, { connectors: 2 }))));
    const [line] = await snapshot(bench.client, "serial.lines", {});
    expect(line).toMatchObject({ state: "online", identity: "BENCH-1", framing, counts: { damaged: 0 } });
    const { entries } = await bench.client.call("history.page", {
      station: "BENCH-1",
      groups: ["link"],
      limit: 9,
    });
    expect(entries.map(({ event }) => event)).toMatchObject([
      { kind: "link-opened", ocpp: version, via: { kind: "serial", port: "a", framing } },
    ]);
  });
});

test("an adapter that is pulled out is an event, and what was measured meanwhile is told when it is back", async () => {
  const { bench, pair } = await serialBench("1.6", "cobs");
  bench.station.act("plug", 1);
  await bench.settle();
  bench.station.act("tap", 1, card);
  await bench.settle();
  await bench.run(15);
  pair.unplug();
  const offline = await bench.reach((state) => state.link.state === "offline");
  expect(offline.link.closed).toMatchObject({ cause: "unplugged" });
  const [gone] = await snapshot(bench.client, "serial.lines", {});
  expect(gone).toMatchObject({ state: "unplugged", trouble: { phrase: "port-gone" } });
  await bench.run(30);
  pair.plug();
  await bench.run(3);
  const back = await bench.reach((state) => state.link.state === "online");
  await bench.settle();
  expect(bench.station.state().queued).toBe(0);
  expect(back.transactions.length).toBe(1);
  expect((await bench.state()).findings).toEqual([]);
});

test("a core that ends says goodbye, and the station goes on with the next one", async () => {
  const { bench } = await serialBench("2.0.1", "slip");
  bench.station.act("plug", 1);
  await bench.settle();
  const core = await bench.restart();
  const { client } = core;
  await benchOf(core, bench.clock, bench.station).reach((state) => state.link.state === "online");
  const { entries } = await client.call("history.page", { station: "BENCH-1", groups: ["link"], limit: 9 });
  expect(entries.map(({ event }) => [event.kind, "cause" in event ? event.cause : undefined])).toEqual([
    ["link-opened", undefined],
    ["link-closed", "shutdown"],
    ["link-opened", undefined],
  ]);
});

test("a line is opened and closed by hand, and is one alone on its port", async () => {
  const { bench } = await serialBench("1.6", "lines");
  const { client } = bench;
  await expect(client.call("serial.openLine", { port: "a" })).rejects.toMatchObject({ code: "conflict" });
  await client.call("serial.closeLine", { port: "a" });
  expect(await snapshot(client, "serial.lines", {})).toEqual([]);
  await expect(client.call("serial.closeLine", { port: "a" })).rejects.toMatchObject({ code: "not-found" });
  const opened = await client.call("serial.openLine", { port: "a", identity: "OTHER-1", framing: "lines" });
  expect(opened).toMatchObject({ state: "listening" });
  bench.clock.advance(2000);
  await until(client, "stations.state", { identity: "OTHER-1" }, (state) => state?.link.state === "online");
});

test("a line that a person has set up is there again after a restart, until it is closed", async () => {
  const pair = portPair();
  const kept = await testCore({ openPort: pair.open });
  await kept.client.call("serial.openLine", { port: "a", baudRate: 9600, identity: "KEPT-1" });
  const next = await kept.restart();
  expect(await snapshot(next.client, "serial.lines", {})).toMatchObject([
    { setup: { port: "a", identity: "KEPT-1", framing: "auto", settings: { baudRate: 9600, flow: "none" } } },
  ]);
  await next.client.call("serial.closeLine", { port: "a" });
  const last = await next.restart();
  expect(await snapshot(last.client, "serial.lines", {})).toEqual([]);
});

/** A core with a line, and the other end of it held by hand. */
async function byHand(setup: Partial<LineSetup> = {}) {
  const pair = portPair();
  const clock = createManualClock();
  const line: LineSetup = { port: "a", settings: usualSettings, framing: "auto", ...setup };
  const core = await testCore({ clock, openPort: pair.open, serialLines: [line] });
  const end = await pair.open("b", usualSettings);
  const said: string[] = [];
  const waiting: (() => void)[] = [];
  const reader = recognise("lines", 1_000_000);
  end.listen({
    data(bytes) {
      for (const piece of reader.push(bytes)) if (piece.kind === "frame") said.push(Buffer.from(piece.data).toString());
      for (const wake of waiting.splice(0)) wake();
    },
    closed: () => undefined,
  });
  const heard = async (part: string): Promise<string> => {
    for (;;) {
      const found = said.find((text) => text.includes(part));
      if (found) return found;
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
  };
  return { ...core, clock, say: (text: string) => end.write(Buffer.from(text)), heard };
}

const boot =
  '[2,"b1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M","chargeBoxSerialNumber":"BOX-7"}]';

test("a board that only prints lines of JSON is a station: by its boot it has a name and a version", async () => {
  const { client, say, heard, clock } = await byHand();
  await say("ets Jul 29 2019 12:21:46\r\nrst:0x1 (POWERON_RESET)\r\n");
  await say(`${boot}\r\n`);
  expect(await heard('"b1"')).toContain("Accepted");
  await say('[2,"h1","Heart\u0000\u0001beat"\n[2,"h2","Heartbeat",{}]\n');
  expect(await heard('"h2"')).toContain("currentTime");
  const state = await until(client, "stations.state", { identity: "BOX-7" }, (one) => (one?.findings.length ?? 0) >= 2);
  expect(state).toMatchObject({ ocpp: "1.6", link: { framing: "lines", carrier: "serial" } });
  expect(state?.findings.map(({ rule }) => rule).sort()).toEqual(["line-damaged", "line-text"]);
  const frames = await client.call("messages.frames", { station: "BOX-7", since: 0, limit: 100 });
  expect(frames.map(({ text }) => text)).toContainEqual(expect.stringContaining("POWERON_RESET"));
  // Its heartbeats stay away.
  clock.advance(700_000);
  const away = await until(client, "stations.state", { identity: "BOX-7" }, (one) => one?.link.state === "offline");
  expect(away?.link.closed).toMatchObject({ cause: "silent" });
});

test("through a bad wire a station comes to the same end, and nothing that was damaged is taken for a message", async () => {
  const { bench, pair } = await serialBench("1.6", "lines");
  const random = createRandom(7);
  pair.through((bytes) =>
    Uint8Array.from(
      [...bytes].flatMap((byte) => {
        if (random.between(0, 1) > 0.0005) return [byte];
        const how = random.between(0, 3);
        if (how < 1) return [];
        return how < 2 ? [byte, byte] : [byte ^ (1 << Math.floor(random.between(0, 8)))];
      }),
    ),
  );
  bench.station.act("plug", 1);
  await bench.settle();
  bench.station.act("tap", 1, card);
  await bench.run(120);
  pair.through((bytes) => bytes);
  await bench.run(60);
  const state = await bench.state();
  expect(bench.station.state().queued).toBe(0);
  expect(state.link.state).toBe("online");
  expect(state.transactions.length).toBe(1);
  const rules = new Set(state.findings.map(({ rule }) => rule));
  expect(rules).toContain("line-damaged");
  for (const rule of ["not-json", "bad-message-shape", "unknown-action"]) expect(rules).not.toContain(rule);
});
