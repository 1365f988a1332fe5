import { expect, test, vi } from "vitest";
import { type Logger, silentLogger } from "../lib/logger.ts";
import type { EventBody, StationEvent } from "../station/events.ts";
import { EventsRepository } from "../store/events.ts";
import { FramesRepository } from "../store/frames.ts";
import { StationsRepository } from "../store/stations.ts";
import { Registry } from "./registry.ts";
import { openBench } from "./testing/bench.ts";

/** The registry of a bench, and what is news of events that come one after the other. */
async function setUp() {
  const { parts, database } = await openBench("1.6");
  const { registry } = parts;
  let seq = 100;
  const hear = (...bodies: EventBody[]) =>
    registry.apply(
      registry.require("CP1"),
      bodies.map((body): StationEvent => ({ ...body, at: 1000, seq: ++seq })),
    ).news.length;
  return { registry, database, hear };
}

const found = (where: string, rule: "unknown-field" | "too-long" = "unknown-field"): EventBody => ({
  kind: "found",
  finding: { rule, where, said: "x" },
});

test("a finding is news once for its rule and place", async () => {
  const { hear } = await setUp();
  expect(hear(found("Heartbeat /a"))).toBe(1);
  expect(hear(found("Heartbeat /a"))).toBe(0);
  expect(hear(found("Heartbeat /b"))).toBe(1);
  expect(hear(found("Heartbeat /b", "too-long"))).toBe(1);
  expect(hear(found("Heartbeat /c"), found("Heartbeat /c"))).toBe(1);
});

test("a station is known by its name and its number, and forgotten by both", async () => {
  const { registry } = await setUp();
  const entry = registry.ensure("CP2", 5);
  expect(registry.ensure("CP2", 9)).toBe(entry);
  expect([registry.get("CP2"), registry.byId(entry.id), registry.require("CP2")]).toEqual([entry, entry, entry]);
  expect(registry.all().map(({ identity }) => identity)).toEqual(["CP1", "CP2"]);
  const told: string[] = [];
  registry.forgotten.on(({ identity }) => told.push(identity));
  expect(registry.size).toBe(2);
  registry.forget(entry);
  expect(registry.size).toBe(1);
  expect([told, registry.get("CP2"), registry.byId(entry.id)]).toEqual([["CP2"], undefined, undefined]);
  expect(() => registry.require("CP2")).toThrow(expect.objectContaining({ code: "not-found" }));
});

test("only what has changed is kept, and a core that starts begins with it", async () => {
  const { registry, database, hear } = await setUp();
  hear({ kind: "status", evse: 1, connector: 1, status: "Charging" });
  registry.save(registry.require("CP1").state.seq);
  const stations = new StationsRepository(database);
  const save = vi.spyOn(stations, "save");
  const repositories = { frames: new FramesRepository(database), events: new EventsRepository(database) };
  const again = new Registry({ ...repositories, stations, log: silentLogger });
  again.restore();
  expect(again.require("CP1").state).toEqual(registry.require("CP1").state);
  again.save(0);
  expect(save).not.toHaveBeenCalled();
  again.apply(again.require("CP1"), [{ kind: "heartbeat", at: 1, seq: 500 }]);
  again.save(500);
  again.save(500);
  expect(save.mock.calls.map(([changed, folded]) => [changed.map(({ id }) => id), folded])).toEqual([
    [[again.require("CP1").id], 500],
  ]);
});

test("what a transaction tells again is no news, and what is another state or a card is", async () => {
  const { hear } = await setUp();
  const updated = (change: object): EventBody => ({ kind: "transaction-updated", id: "7", evse: 1, ...change });
  hear({ kind: "transaction-started", id: "7", evse: 1, chargingState: "Charging" });
  expect(hear(updated({ chargingState: "Charging" }))).toBe(0);
  expect(hear(updated({ chargingState: "SuspendedEV" }))).toBe(1);
  expect(hear(updated({ chargingState: "SuspendedEV", token: { value: "A" } }))).toBe(1);
  expect(hear({ kind: "heartbeat" }, { kind: "heartbeat" })).toBe(2);
});

test("a record without states is folded anew, the same where nothing can be kept of it on the way", async () => {
  const { registry, database, hear } = await setUp();
  hear({ kind: "status", evse: 1, connector: 1, status: "Charging" });
  registry.save(registry.require("CP1").state.seq);
  database.exec("UPDATE stations SET state = NULL");
  database.exec("INSERT INTO moments (station, n, seq) VALUES (1, 9, 99)");
  const moments = () => Number(database.prepare("SELECT count(*) AS n FROM moments").get()?.n);
  const log: Logger = { ...silentLogger, warn: (text) => void warned.push(text) };
  const warned: string[] = [];
  function again(readOnly: boolean, change: object = {}) {
    const repositories = { frames: new FramesRepository(database), events: new EventsRepository(database) };
    const stations = Object.assign(new StationsRepository(database), change);
    const made = new Registry({ ...repositories, stations, log });
    made.restore(readOnly);
    return made.require("CP1").state;
  }
  const full = () => {
    throw new Error("disk full");
  };
  const read = again(true);
  expect([read.link.state, moments(), warned]).toEqual(["online", 1, []]);
  expect(again(false, { addMoments: full })).toEqual(read);
  expect([moments(), warned]).toEqual([1, ["moments could not be kept"]]);
});
