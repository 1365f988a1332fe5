import { describe, expect, it } from "vitest";
import { mostProblems } from "../bounds.ts";
import type { DeviceEvent, EventBody } from "../events.ts";
import { newStation, type StationState } from "../model.ts";
import { reduce } from "./reduce.ts";

function fold(...bodies: EventBody[]): StationState {
  return bodies.reduce(
    (state, body, n) => reduce(state, { ...body, at: (n + 1) * 1000, seq: n + 1 }),
    newStation("CP-1", 0),
  );
}

function problem(more: Partial<DeviceEvent> = {}): DeviceEvent {
  return {
    kind: "device-event",
    component: "Connector",
    variable: "Problem",
    value: "true",
    trigger: "Delta",
    evse: 1,
    connector: 1,
    techCode: "E101",
    techInfo: "ConnectorLockFailure",
    ...more,
  };
}
const faulted: EventBody = { kind: "status", evse: 1, connector: 1, status: "Faulted" };
const connectorOf = (state: StationState) => state.evses[0]?.connectors[0];

describe("a problem told by an event", () => {
  it("stands at its connector, whichever of it and the status comes first", () => {
    const expected = { status: "Faulted", problems: [{ code: "E101", info: "ConnectorLockFailure" }] };
    expect(connectorOf(fold(problem(), faulted))).toMatchObject(expected);
    expect(connectorOf(fold(faulted, problem()))).toMatchObject(expected);
  });

  it("is one when it is said again, since the first time", () => {
    expect(connectorOf(fold(problem(), problem()))?.problems).toMatchObject([{ since: 1000, frame: 2 }]);
  });

  it.each([{ cleared: true }, { value: "false" }, { value: "False ", techCode: undefined }])("ends with %o", (over) => {
    expect(connectorOf(fold(faulted, problem(), problem(over)))).not.toHaveProperty("problems");
  });

  it("is cleared by its own component and variable alone", () => {
    const lock = problem({ component: "ConnectorLock" });
    expect(connectorOf(fold(problem(), lock, { ...lock, cleared: true }))?.problems).toHaveLength(1);
  });

  it("of a connector stands there, whatever other the EVSE has", () => {
    const second: EventBody = { kind: "status", evse: 1, connector: 2, status: "Available" };
    const state = fold(faulted, second, problem({ connector: 2 }));
    expect(state.evses[0]?.connectors.map(({ problems }) => problems?.length)).toEqual([undefined, 1]);
    const other = fold(second, problem({ connector: undefined }), problem({ connector: 0, component: "Lock" }));
    expect(other.evses[0]?.connectors.map(({ connector, problems }) => [connector, problems?.length])).toEqual([
      [2, 2],
    ]);
  });

  it("of an EVSE stands at its first connector, of neither at the station", () => {
    expect(connectorOf(fold(problem({ connector: undefined })))?.problems).toHaveLength(1);
    expect(fold(problem({ evse: undefined, connector: undefined })).station?.problems).toHaveLength(1);
  });

  it("is an alert with the maker's code as well, and no other event", () => {
    const alert = problem({ variable: "Temperature", value: "91", trigger: "Alerting" });
    expect(connectorOf(fold(alert))?.problems).toHaveLength(1);
    expect(fold({ ...alert, trigger: "Periodic" }).evses).toEqual([]);
    expect(fold({ ...alert, techCode: undefined }).evses).toEqual([]);
    expect(fold(problem({ value: "perhaps" })).evses).toEqual([]);
  });

  it("is whole, with what is told of it, and since when", () => {
    expect(connectorOf(fold(problem(), problem({ techCode: "E2", techInfo: undefined })))).toEqual({
      connector: 1,
      problems: [{ component: "Connector", variable: "Problem", code: "E2", info: undefined, since: 1000, frame: 2 }],
    });
  });

  it("that is over and was never told makes no place known", () => {
    expect(fold(problem({ evse: undefined, connector: undefined, cleared: true })).station).toBeUndefined();
    const known = fold({ kind: "status", evse: 0, connector: 0, status: "Available" });
    const over = problem({ evse: 0, connector: undefined, cleared: true });
    expect(reduce(known, { ...over, at: 9, seq: 9 }).station).toEqual(known.station);
    expect(connectorOf(fold(problem({ cleared: true })))).toEqual({ connector: 1 });
  });

  it("leaves the others when one of several is over", () => {
    const [first, second] = [problem(), problem({ variable: "Problem[2]" })];
    const kept = connectorOf(fold(first, second, { ...first, cleared: true }))?.problems;
    expect(kept?.map(({ variable }) => variable)).toEqual(["Problem[2]"]);
    const station = fold({ ...first, evse: 0 }, { ...second, evse: 0 }, { ...first, evse: 0, value: "false" }).station;
    expect(station?.problems?.map(({ variable }) => variable)).toEqual(["Problem[2]"]);
  });

  it("of an EVSE whose first connector has another number stands there, connector 0 as none", () => {
    const state = fold({ kind: "status", evse: 1, connector: 2, status: "Available" }, problem({ connector: 0 }));
    expect(state.evses[0]?.connectors.map(({ connector, problems }) => [connector, problems?.length])).toEqual([
      [2, 1],
    ]);
  });

  it("takes its room: of very many the newest stay", () => {
    const many = Array.from({ length: mostProblems + 3 }, (_, n) => problem({ variable: `Problem[${n}]` }));
    const kept = connectorOf(fold(...many))?.problems ?? [];
    expect([kept.length, kept[0]?.variable]).toEqual([mostProblems, "Problem[3]"]);
  });
});
