import { expect, test } from "vitest";
import type { EventBody, StationEvent } from "../events.ts";
import { reduce } from "../fold/reduce.ts";
import { newStation, type StationState } from "../model.ts";
import { fitEvent } from "./room.ts";

/** Folds bodies one after the other; gives the state, and the findings on the way. */
function fold(bodies: readonly EventBody[], from = newStation("CP1", 0)): { state: StationState; told: string[] } {
  const told: string[] = [];
  let state = from;
  for (const body of bodies) {
    const event: StationEvent = { ...body, at: 1000, seq: state.seq + 1 };
    for (const { rule, where, said } of fitEvent(state, event).findings) told.push(`${rule} ${where} ${String(said)}`);
    state = reduce(state, event);
  }
  return { state, told };
}

function measured(evse: number, from: number, count: number): EventBody {
  const samples = Array.from({ length: count }, (_, n) => ({
    measurand: `Made.Up.${from + n}`,
    unit: "" as const,
    value: n,
    said: String(n),
  }));
  return { kind: "sampled", evse, groups: [{ samples }] };
}

const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

test("invented measurands end at what an EVSE has room for; known ones go on", () => {
  const { state, told } = fold([measured(1, 0, 200), measured(1, 150, 200), measured(1, 0, 1)]);
  expect([state.evses[0]?.live.length, state.evses[0]?.live[0]?.frame, told]).toEqual([
    256,
    3,
    ["state-full series, EVSE 1 350"],
  ]);
});

test("a station of many EVSEs ends at what is room for in all", () => {
  const { state, told } = fold(upTo(30).map((evse) => measured(evse, 0, 250)));
  expect(state.evses.reduce((sum, { live }) => sum + live.length, 0)).toBe(5000);
  expect(told).toHaveLength(10);
});

test("EVSEs and connectors end at what any station has", () => {
  const status = (evse: number, connector: number): EventBody => ({
    kind: "status",
    evse,
    connector,
    status: "Available",
  });
  const evses = fold(upTo(1001).map((evse) => status(evse, 1)));
  expect([evses.state.evses.length, evses.told]).toEqual([1000, ["state-full EVSE 1001"]]);
  const connectors = fold(upTo(33).map((connector) => status(1, connector)));
  expect([connectors.state.evses[0]?.connectors.length, connectors.told]).toEqual([
    32,
    ["state-full connector, EVSE 1 33"],
  ]);
  const known = fold([status(1000, 1), status(1, 2)], evses.state);
  expect(known.told).toEqual([]);
  // An EVSE has its first connector with it, whatever the others have taken.
  const inAll = upTo(63).flatMap((evse) => upTo(32).map((connector) => status(evse, connector)));
  const full = fold([...inAll.slice(0, 2000), status(64, 1), status(64, 2), status(65, 2)]);
  expect(full.told).toEqual(["state-full connector, EVSE 64 2", "state-full connector, EVSE 65 2"]);
});
