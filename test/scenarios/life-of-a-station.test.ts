import { describe, expect, test } from "vitest";
import type { StationEvent } from "../../src/station/events.ts";
import type { OcppVersion, StationState } from "../../src/station/model.ts";
import { connectorWord, livePhases, livePower, stationWord } from "../../src/station/views.ts";
import { snapshot } from "../harness/core.ts";
import { benchIdentity, benchStart, type StationBench, stationBench } from "../harness/stations/station-bench.ts";

const card = "04112233445566";

type Case = {
  version: OcppVersion;
  protocol: string;
  token: { value: string; type?: string };
  /** The messages that a card comes in over a session. */
  sources: string[];
  /** How a ground fault is told. */
  fault: { connector: object; errors: object[] };
};

const vendorCode = "E201";
const info = "Residual current 34 mA";
const deviceEvents = [
  { kind: "device-event", component: "Connector", variable: "Problem", value: "true", techCode: vendorCode },
  { kind: "status", evse: 1, connector: 1, status: "Faulted" },
  { kind: "device-event", component: "Connector", variable: "Problem", value: "false", cleared: true },
];
const versions: Case[] = [
  {
    version: "1.6",
    protocol: "ocpp1.6",
    token: { value: card },
    sources: ["Authorize", "StartTransaction", "StopTransaction"],
    fault: {
      connector: { status: "Faulted", errorCode: "GroundFailure", vendorErrorCode: vendorCode, info },
      errors: [{ kind: "status", status: "Faulted", errorCode: "GroundFailure", vendorErrorCode: vendorCode, info }],
    },
  },
  {
    version: "2.0.1",
    protocol: "ocpp2.0.1",
    token: { value: card, type: "ISO14443" },
    sources: ["Authorize", "TransactionEvent", "TransactionEvent"],
    fault: { connector: { status: "Faulted" }, errors: deviceEvents },
  },
  {
    version: "2.1",
    protocol: "ocpp2.1",
    token: { value: card, type: "ISO14443" },
    sources: ["Authorize", "TransactionEvent", "TransactionEvent"],
    fault: { connector: { status: "Faulted" }, errors: deviceEvents },
  },
];

describe.each(versions)("the life of a station of OCPP $version", ({ version, protocol, token, sources, fault }) => {
  test("boots and reports the status of its connectors", async () => {
    const bench = await stationBench(version, { connectors: 2 });
    const state = await bench.state();
    const { info: told, ocpp, link, boot, findings, clock } = state;
    expect(told).toMatchObject({ vendor: "Plugside", model: "Virtual AC 22", firmwareVersion: "1.0.0" });
    expect({ ocpp, findings }).toEqual({ ocpp: version, findings: [] });
    expect(link).toMatchObject({
      state: "online",
      offered: [protocol],
      subprotocol: protocol,
      path: `/${benchIdentity}`,
      remoteAddress: "127.0.0.1",
      userAgent: "Plugside virtual station",
    });
    expect(boot).toMatchObject({ answered: "Accepted", intervalSeconds: 300, at: benchStart });
    expect(words(state)).toEqual([
      [1, "Available"],
      [2, "Available"],
    ]);
    expect(clock?.offsetMs).toBe(0);
    expect(await snapshot(bench.client, "stations.list", {})).toMatchObject([
      { identity: benchIdentity, ocpp: version, status: "Available", findings: 0, running: 0 },
    ]);
  });

  test("charges on a card, and all of it is on screen and on record", async () => {
    const bench = await stationBench(version);
    bench.station.act("plug", 1);
    await bench.settle();
    expect(stationWord(await bench.state())).toBe("Preparing");
    bench.station.act("tap", 1, card);
    await bench.settle();
    await bench.run(35);

    const charging = await bench.state();
    const evse = onlyEvse(charging);
    const running = onlyTransaction(charging);
    expect(words(charging)).toEqual([[1, "Charging"]]);
    expect(running).toMatchObject({ evse: 1, connector: 1, token, chargingState: "Charging", startedAt: benchStart });
    expect(running).not.toHaveProperty("endedAt");
    expect(running).not.toHaveProperty("foreign");
    expect(running.meterNow).toBeGreaterThan((running.meterStart ?? Number.NaN) + 20);
    expect(livePower(evse)).toBeGreaterThan(1000);
    expect(livePhases(evse).map((row) => row.phase)).toEqual(["L1", "L2", "L3"]);
    for (const { voltage, current } of livePhases(evse)) {
      expect(voltage).toBeGreaterThan(207);
      expect(voltage).toBeLessThan(253);
      expect(current).toBeGreaterThan(5);
    }

    bench.station.act("tap", 1, card);
    await bench.settle();
    const ended = await bench.state();
    const outlet = bench.station.state().connectors[0];
    expect(onlyTransaction(ended)).toMatchObject({
      id: running.id,
      meterStart: running.meterStart,
      meterStop: outlet?.energy,
      meterNow: outlet?.energy,
      endReason: "Local",
      endedAt: benchStart + 35_000,
    });
    expect(words(ended)).toEqual([[1, "Finishing"]]);
    expect(livePower(onlyEvse(ended)) ?? 0).toBe(0);
    bench.station.act("unplug", 1);
    await bench.settle();
    expect(words(await bench.state())).toEqual([[1, "Available"]]);

    const decisions = await snapshot(bench.client, "tokens.decisions", {});
    expect(decisions.map(({ station, presented }) => ({ station, ...presented }))).toEqual(
      sources.map((source) => ({ station: benchIdentity, kind: "token", token, decision: "Accepted", source })),
    );
    expect(await transactionKinds(bench)).toEqual(["transaction-started", "transaction-ended"]);
    const series = await bench.client.call("metering.range", {
      station: benchIdentity,
      from: benchStart,
      to: bench.clock.now() + 1,
    });
    const register = series.find((line) => line.measurand === "Energy.Active.Import.Register" && !line.phase);
    expect(register).toMatchObject({ evse: 1, unit: "Wh" });
    // The begin, one value each ten seconds, the end.
    expect([...new Set(register?.points.map(([at]) => at - benchStart))]).toEqual([0, 10_000, 20_000, 30_000, 35_000]);
    expect((await bench.state()).findings).toEqual([]);
  });

  test("tells a fault with its codes, and that it is over", async () => {
    const bench = await stationBench(version, { connectors: 2 });
    bench.station.act("fault", 1, "GroundFailure");
    await bench.settle();
    const faulted = await bench.state();
    expect(faulted.evses[0]?.connectors[0]).toMatchObject(fault.connector);
    expect(words(faulted)).toEqual([
      [1, "Faulted"],
      [2, "Available"],
    ]);
    expect(stationWord(faulted)).toBe("Faulted");
    bench.station.act("clear-fault", 1);
    await bench.settle();
    const cleared = await bench.state();
    expect(words(cleared)).toEqual([
      [1, "Available"],
      [2, "Available"],
    ]);
    expect(cleared.evses[0]?.connectors[0]).not.toHaveProperty("errorCode");
    const { entries } = await bench.client.call("history.page", {
      station: benchIdentity,
      groups: ["errors"],
      limit: 100,
    });
    expect(entries.map(({ event }) => event).filter(({ kind }) => kind !== "security-event")).toMatchObject(
      fault.errors,
    );
    expect(cleared.findings).toEqual([]);
  });

  test("a fault ends the transaction it strikes", async () => {
    const bench = await stationBench(version);
    await charge(bench);
    bench.station.act("fault", 1, "OtherError");
    await bench.settle();
    const state = await bench.state();
    expect(onlyTransaction(state)).toMatchObject({ endReason: "Other", endedAt: bench.clock.now() });
    expect(words(state)).toEqual([[1, "Faulted"]]);
    expect(state.findings).toEqual([]);
  });

  test("a transaction goes on over a lost link, and what was measured meanwhile is told after", async () => {
    const bench = await stationBench(version);
    await charge(bench);
    const before = onlyTransaction(await bench.state());
    bench.station.act("drop-link", 1);
    const offline = await bench.reach((state) => state.link.state === "offline");
    expect(offline.link.closed).toEqual({ code: 1006, reason: "", cause: "lost" });
    expect(stationWord(offline)).toBe("Offline");
    expect(onlyTransaction(offline)).toEqual(before);
    await bench.run(100);
    const queued = bench.station.state().queued;
    expect(queued).toBe(10);
    bench.station.act("restore-link", 1);
    await bench.reach((state) => state.link.state === "online");
    await bench.settle();
    const back = await bench.state();
    expect(bench.station.state().queued).toBe(0);
    expect(onlyTransaction(back)).toMatchObject({ id: before.id, startedAt: before.startedAt });
    expect(onlyTransaction(back).meterNow).toBeGreaterThan((before.meterNow ?? Number.NaN) + 100);
    expect(onlyTransaction(back)).not.toHaveProperty("endedAt");
    // What was queued says nothing of the clock for long: the next value is of now.
    await bench.run(10);
    expect((await bench.state()).clock?.offsetMs).toBe(0);
    expect(await linkKinds(bench)).toEqual(["link-opened", "link-closed", "link-opened"]);
    expect(back.findings).toEqual([]);
  });

  test("a transaction that began and ended offline is told whole, as one from before", async () => {
    const bench = await stationBench(version);
    await charge(bench);
    bench.station.act("tap", 1, card);
    bench.station.act("unplug", 1);
    await bench.settle();
    const first = onlyTransaction(await bench.state());
    bench.station.act("drop-link", 1);
    await bench.reach((state) => state.link.state === "offline");
    // The card is known from its first visit (authorisation cache).
    bench.station.act("plug", 1);
    bench.station.act("tap", 1, card);
    await bench.settle();
    await bench.run(90);
    bench.station.act("tap", 1, card);
    bench.station.act("unplug", 1);
    const { energy } = bench.station.state().connectors[0] ?? {};
    await bench.run(90);
    expect(onlyTransaction(await bench.state())).toEqual(first);
    bench.station.act("restore-link", 1);
    await bench.reach((state) => state.link.state === "online");
    await bench.settle();
    const state = await bench.state();
    const told = onlyTransaction(state);
    expect(told.id).not.toBe(first.id);
    expect(told).toMatchObject({ token, offline: true, endReason: "Local", meterStop: energy });
    expect(Date.parse(told.stationEnd ?? "") - Date.parse(told.stationStart ?? "")).toBe(90_000);
    expect(state.transactions.map(({ id, state: word }) => [id, word])).toEqual([
      [first.id, "ended"],
      [told.id, "ended"],
    ]);
    expect(stationWord(state)).toBe("Available");
    expect(state.findings).toEqual([]);
  });
});

/** Plugs in, shows the card and charges for half a minute. */
async function charge(bench: StationBench): Promise<void> {
  bench.station.act("plug", 1);
  bench.station.act("tap", 1, card);
  await bench.settle();
  await bench.run(30);
  expect(stationWord(await bench.state())).toBe("Charging");
}

function words(state: StationState): unknown[] {
  return state.evses.map((evse) => [
    evse.evse,
    ...evse.connectors.map((connector) => connectorWord(state, evse, connector)),
  ]);
}

function onlyEvse(state: StationState): StationState["evses"][number] {
  const [evse, ...rest] = state.evses;
  if (!evse || rest.length > 0) throw new Error(`one EVSE expected, got ${state.evses.length}`);
  return evse;
}

function onlyTransaction(state: StationState): NonNullable<StationState["evses"][number]["transaction"]> {
  const { transaction } = onlyEvse(state);
  if (!transaction) throw new Error("no transaction");
  return transaction;
}

/** Starts and ends of transactions on the time line, in order. */
async function transactionKinds(bench: StationBench): Promise<StationEvent["kind"][]> {
  const kinds = await kindsOf(bench, "transactions");
  return kinds.filter((kind) => kind !== "transaction-updated");
}

function linkKinds(bench: StationBench): Promise<StationEvent["kind"][]> {
  return kindsOf(bench, "link");
}

async function kindsOf(bench: StationBench, group: "transactions" | "link"): Promise<StationEvent["kind"][]> {
  const { entries } = await bench.client.call("history.page", { groups: [group], limit: 500 });
  return entries.map(({ event }) => event.kind);
}
