import { expect, it } from "vitest";
import { type ConfiguredValue, nameOf } from "../../../src/station/fold/configuration.ts";
import { groupsOf } from "./groups.ts";

const value = (name: string, more: Partial<ConfiguredValue> = {}): ConfiguredValue => ({
  name,
  at: 1,
  frame: 2,
  ...more,
});
const told = [
  value("HeartbeatInterval", { value: "300" }),
  value("Available", { component: "EVSE", evse: 1, value: "true" }),
  value("Power", { component: "EVSE", evse: 1, attribute: "MaxSet" }),
  value("Available", { component: "Connector", evse: 1, connector: 2 }),
];

it("groups by place, in the order given", () => {
  expect(groupsOf(told, "").map(({ place, values }) => [place, values.map(nameOf)])).toEqual([
    ["", ["HeartbeatInterval"]],
    ["EVSE 1", ["Available", "Power (MaxSet)"]],
    ["Connector 1:2", ["Available"]],
  ]);
});

it("finds all words, in place, name or value, whatever the letters' case", () => {
  const found = (text: string) => groupsOf(told, text).flatMap(({ values }) => values.map(nameOf));
  expect(found("evse avail")).toEqual(["Available"]);
  expect(found("  AVAIL \t evse ")).toEqual(["Available"]);
  expect(found("evse nothing")).toEqual([]);
  expect(found("1:2 available")).toEqual(["Available"]);
  expect(found("300")).toEqual(["HeartbeatInterval"]);
  expect(found("maxset")).toEqual(["Power (MaxSet)"]);
  expect(found("nothing such")).toEqual([]);
});
