import { expect, it } from "vitest";
import { mostConfigured } from "../bounds.ts";
import type { ReportedVariable, StationEvent } from "../events.ts";
import { ConfigurationBook, type ConfiguredValue, nameOf, placeOf } from "./configuration.ts";

function keys(at: number, keys: { key: string; readonly: boolean; value?: string }[], unknown: string[] = []) {
  return { kind: "configuration", keys, unknown, at, seq: at } satisfies StationEvent;
}
function variables(at: number, ...variables: ReportedVariable[]) {
  return { kind: "variables", last: false, variables, at, seq: at } satisfies StationEvent;
}
function read(...events: StationEvent[]) {
  const book = new ConfigurationBook();
  const taken = events.map((event) => book.take(event));
  return { ...book.get(), taken };
}

it("keeps the last word on each key of 1.6, and in their order", () => {
  const { values, unknown, taken } = read(
    keys(1, [
      { key: "Meter10", readonly: false, value: "1" },
      { key: "Meter9", readonly: true },
    ]),
    { kind: "heartbeat", at: 2, seq: 2 },
    keys(3, [{ key: "Meter10", readonly: false, value: "2" }], ["Gone", "Meter9"]),
    keys(4, [{ key: "Gone", readonly: false, value: "" }], []),
  );
  expect(taken).toEqual([true, false, true, true]);
  expect(values).toEqual([
    { name: "Gone", value: "", mutability: "ReadWrite", at: 4, frame: 4 },
    { name: "Meter10", value: "2", mutability: "ReadWrite", at: 3, frame: 3 },
  ]);
  expect(unknown).toEqual(["Meter9"]);
});

it("tells variables of 2.x apart by place, instance and attribute", () => {
  const power = {
    component: "EVSE",
    evse: 2,
    variable: "Power",
    unit: "W",
    dataType: "decimal",
    mutability: "ReadOnly",
  };
  const { values } = read(
    variables(1, { ...power, attribute: "Actual", value: "7000" }, { ...power, attribute: "MaxSet", value: "22000" }),
    variables(2, { ...power, evse: 1, attribute: "Actual", value: "1" }),
    // Asked for alone, it comes without what a report tells of it.
    variables(3, { component: "EVSE", evse: 2, variable: "Power", attribute: "Actual", value: "0" }),
  );
  expect(values.map((one) => [placeOf(one), nameOf(one), one.value, one.unit, one.mutability, one.at])).toEqual([
    ["EVSE 1", "Power", "1", "W", "ReadOnly", 2],
    ["EVSE 2", "Power", "0", "W", "ReadOnly", 3],
    ["EVSE 2", "Power (MaxSet)", "22000", "W", "ReadOnly", 1],
  ]);
});

it("keeps so many, and counts the rest once each", () => {
  const many = (from: number) =>
    Array.from({ length: mostConfigured }, (_none, at) => ({ key: `K${from + at}`, readonly: false }));
  const { values, beyond } = read(keys(1, many(0)), keys(2, many(5)), keys(3, many(5)));
  expect([values.length, beyond]).toEqual([mostConfigured, 5]);
  expect(read(keys(1, many(0)), keys(2, many(mostConfigured)), keys(3, many(2 * mostConfigured))).beyond).toBe(
    mostConfigured,
  );
  const names = Array.from({ length: mostConfigured + 1 }, (_none, at) => `U${at}`);
  expect(read(keys(1, [], names)).unknown).toHaveLength(mostConfigured);
});

it("names what has instances", () => {
  const value = (name: string, more: Partial<ConfiguredValue>) => ({ name, at: 1, frame: 2, ...more });
  expect(placeOf(value("x", { component: "FiscalMetering", componentInstance: "Main" }))).toBe("FiscalMetering Main");
  expect(placeOf(value("x", { component: "Connector", evse: 1, connector: 2 }))).toBe("Connector 1:2");
  expect(nameOf(value("MessageTimeout", { instance: "Default" }))).toBe("MessageTimeout [Default]");
});

it("is in order of place, then of name, numbers as numbers", () => {
  const at = (component: string, more: Partial<ReportedVariable> = {}): ReportedVariable => ({
    component,
    variable: "V",
    attribute: "Actual",
    value: "1",
    ...more,
  });
  const sorted = [
    at("A"),
    at("A", { variable: "V", attribute: "MaxSet" }),
    at("A", { instance: "x" }),
    at("A", { variable: "V2" }),
    at("A", { variable: "V10" }),
    at("A", { evse: 0 }),
    at("A", { evse: 1 }),
    at("A", { evse: 1, variable: "W" }),
    at("A", { evse: 1, connector: 1 }),
    at("A", { evse: 1, connector: 2 }),
    at("A", { evse: 2 }),
    at("A", { componentInstance: "i" }),
    at("B"),
  ];
  const told = ({ component, componentInstance, evse, connector, name, instance, attribute }: ConfiguredValue) =>
    JSON.stringify([component, componentInstance, evse, connector, name, instance, attribute]);
  const orders = [sorted, sorted.toReversed(), sorted.toSorted((a, b) => (a.variable < b.variable ? 1 : -1))];
  const [first, ...others] = orders.map((order) => read(variables(1, ...order)).values.map(told));
  expect(first).toEqual(read(...sorted.map((one) => variables(1, one))).values.map(told));
  for (const other of others) expect(other).toEqual(first);
  expect(first).toEqual(
    sorted.map(({ component, componentInstance, evse, connector, variable, instance, attribute }) =>
      JSON.stringify([
        ...[component, componentInstance, evse, connector, variable, instance],
        attribute === "Actual" ? undefined : attribute,
      ]),
    ),
  );
});
