import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, test } from "vitest";
import type { OcppVersion, StationState } from "../../../src/station/model.ts";
import { stationWord } from "../../../src/station/views.ts";
import { snapshot, type TestCore } from "../../harness/core.ts";
import { openRelay, type Relay } from "../../harness/relay.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";
import { benchIdentity, benchOf, type StationBench, stationBench } from "../../harness/stations/station-bench.ts";

const card = "04112233445566";
const versions = ["1.6", "2.0.1", "2.1"] as const satisfies OcppVersion[];

describe.each(versions)("a restart, with a station of OCPP %s", (version) => {
  test("leaves the state as it was, but for the link that is over", async () => {
    const { bench } = await busyBench(version);
    const before = await bench.state();
    const after = await benchOf(await bench.restart(), bench.clock, bench.station).state();
    expect(after).toEqual({
      ...before,
      // The end of the link is an entry of the record.
      seq: before.seq + 1,
      link: {
        ...before.link,
        state: "offline",
        since: bench.clock.now(),
        closed: { code: 1001, reason: "the central system is closing", cause: "shutdown" },
      },
    });
  });

  test("lets a running transaction go on under its id", async () => {
    const { bench, relay } = await busyBench(version);
    const before = transactionOf(await bench.state());
    const next = benchOf(await bench.restart(), bench.clock, bench.station);
    relay.lead(next.url);
    // The station dials again half a second after it lost the link, give or take a fifth.
    next.clock.advance(700);
    await next.reach(({ link }) => link.state === "online");
    await next.run(30);
    const running = transactionOf(await next.state());
    const { id, startedAt, startFrame, stationStart, meterStart, token } = before;
    expect(running).toMatchObject({ id, state: "running", startedAt, startFrame, stationStart, meterStart, token });
    expect(running.meterNow).toBeGreaterThan((before.meterNow ?? Number.NaN) + 20);
    next.station.act("tap", 1, card);
    const state = await next.reach((seen) => transactionOf(seen).endedAt !== undefined);
    expect(transactionOf(state)).toMatchObject({ id: before.id, startedAt: before.startedAt, endReason: "Local" });
    expect(state.findings).toEqual([]);
  });

  test("keeps the time line, the frames, the tokens and the settings", async () => {
    const { bench } = await busyBench(version);
    await bench.client.call("tokens.save", { value: "STAFF", status: "Accepted", group: "G1", note: "the blue one" });
    await bench.client.call("tokens.acceptAll", { on: false });
    await bench.client.call("settings.change", { pingSeconds: 17, language: "sv", heartbeatSeconds: 60 });
    const before = await allOf(bench);
    const after = await allOf(await bench.restart());
    expect(after.history.slice(0, before.history.length)).toEqual(before.history);
    expect(after.history.slice(before.history.length).map(({ event }) => event.kind)).toEqual(["link-closed"]);
    expect({ ...after, history: null }).toEqual({ ...before, history: null });
  });

  test("makes the same state of the record alone, and of the record from any moment on", async () => {
    const { bench } = await busyBench(version);
    await oddFrames(bench, version);
    // States are kept every five seconds.
    bench.clock.advance(5000);
    const early = keptStates(bench.folder);
    await bench.settle();
    bench.station.act("tap", 1, card);
    await bench.settle();
    bench.station.act("unplug", 1);
    await bench.settle();
    await bench.command({ name: "reset", kind: "soft" });
    await oddFrames(bench, version);

    let core: TestCore = await bench.restart();
    const whole = await statesOf(core);
    expect(whole.map(({ identity }) => identity)).toEqual([benchIdentity, "ODD"]);
    core = await core.restart((folder) => keep(folder, { states: [], folded: 0 }));
    expect(await statesOf(core)).toEqual(whole);
    core = await core.restart((folder) => keep(folder, early));
    expect(await statesOf(core)).toEqual(whole);
  });
});

/** A bench behind a relay: a car charges, a fault came and went, commands were given. */
async function busyBench(version: OcppVersion): Promise<{ bench: StationBench; relay: Relay }> {
  const relay = await openRelay();
  const bench = await stationBench(version, {
    connectors: 2,
    url(core) {
      relay.lead(core.url);
      return relay.url;
    },
  });
  bench.station.act("fault", 2, "HighTemperature");
  await bench.settle();
  bench.station.act("clear-fault", 2);
  bench.station.act("plug", 1);
  bench.station.act("tap", 1, card);
  await bench.settle();
  await bench.run(25);
  await bench.command({ name: "trigger", message: "StatusNotification", evse: 2 });
  await bench.command({ name: "unlock", evse: 2, connector: 1 });
  await bench.settle();
  expect(stationWord(await bench.state())).toBe("Charging");
  return { bench, relay };
}

const statusIn: Record<OcppVersion, (status: string) => object> = {
  "1.6": (status) => ({ connectorId: 1, errorCode: "NoError", status }),
  "2.0.1": (connectorStatus) => ({ timestamp: "2026-06-01T08:00:00Z", connectorStatus, evseId: 1, connectorId: 1 }),
  "2.1": (connectorStatus) => ({ timestamp: "2026-06-01T08:00:00Z", connectorStatus, evseId: 1, connectorId: 1 }),
};
const protocols = { "1.6": "ocpp1.6", "2.0.1": "ocpp2.0.1", "2.1": "ocpp2.1" };

/** What deviating stations say: all of it must fold the same way again. */
async function oddFrames(bench: StationBench, version: OcppVersion): Promise<void> {
  const station = await rawStation(`${bench.url}ODD`, [protocols[version]]);
  const status = (word: string) => JSON.stringify(statusIn[version](word));
  await station.ask("StatusNotification", statusIn[version]("Unavailable"));
  const repeated = `[2,"twice","StatusNotification",${status("Faulted")}]`;
  station.send(repeated);
  await station.next();
  station.send(`[2,"between","StatusNotification",${status("Available")}]`);
  await station.next();
  // Under the same id, but another message: it counts.
  station.send(`[2,"between","StatusNotification",${status("Reserved")}]`);
  await station.next();
  // Not UTF-8, and understood all the same.
  const text = `[2,"latin","StatusNotification",${status("Available").replace(/}$/, ',"info":"X"}')}]`;
  station.send(Buffer.from(text.replace('"X"', '"\xe5\xe4\xf6"'), "latin1"), { binary: false });
  await station.next();
  // The same message again is answered as before, and changes nothing.
  station.send(repeated);
  await station.next();
  // Binary frames, and texts that are none, mean nothing.
  station.send(Buffer.from(`[2,"binary","StatusNotification",${status("Faulted")}]`), { binary: true });
  station.send("[2,");
  await station.ask("Teleport", {}).catch(() => undefined);
  await station.close();
  await bench.settle();
}

function transactionOf(state: StationState): NonNullable<StationState["evses"][number]["transaction"]> {
  const transaction = state.evses[0]?.transaction;
  if (!transaction) throw new Error("no transaction on EVSE 1");
  return transaction;
}

/** Everything the screens can ask for that is on record. */
async function allOf({ client }: TestCore) {
  return {
    history: (await client.call("history.page", { limit: 500 })).entries,
    frames: await client.call("messages.frames", { since: 0, limit: 5000 }),
    messages: await snapshot(client, "messages.live", { filter: {} }),
    meters: await client.call("metering.range", { station: benchIdentity, from: 0, to: Number.MAX_SAFE_INTEGER }),
    tokens: await snapshot(client, "tokens.list", {}),
    decisions: await snapshot(client, "tokens.decisions", {}),
    settings: await snapshot(client, "settings.values", {}),
  };
}

async function statesOf({ client }: TestCore): Promise<(StationState & { identity: string })[]> {
  const list = await snapshot(client, "stations.list", {});
  const states = await Promise.all(list.map(({ identity }) => snapshot(client, "stations.state", { identity })));
  return states.filter((state) => state !== null);
}

type Kept = { states: { id: number; state: string | null; seq: number }[]; folded: number };

function keptStates(folder: string): Kept {
  return inDatabase(folder, (database) => ({
    states: database.prepare("SELECT id, state, seq FROM stations").all() as Kept["states"],
    folded: Number(database.prepare("SELECT folded FROM record").get()?.folded),
  }));
}

/** Puts back what was kept at another time; what is not among it was never kept. */
function keep(folder: string, { states, folded }: Kept): void {
  inDatabase(folder, (database) => {
    database.exec("UPDATE stations SET state = NULL, seq = 0");
    const update = database.prepare("UPDATE stations SET state = ?, seq = ? WHERE id = ?");
    for (const { id, state, seq } of states) update.run(state, seq, id);
    database.prepare("UPDATE record SET folded = ?").run(folded);
  });
}

function inDatabase<T>(folder: string, work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(join(folder, "plugside.db"));
  try {
    return work(database);
  } finally {
    database.close();
  }
}
