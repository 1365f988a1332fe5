// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Configuration, ConfiguredValue } from "../../../src/station/fold/configuration.ts";
import type { StationState } from "../../../src/station/model.ts";
import { refused, type Shown, screensForFile, show } from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { ConfigurationScreen } from "./ConfigurationScreen.tsx";

screensForFile();

const told = (name: string, value: string | undefined, more: Partial<ConfiguredValue> = {}): ConfiguredValue => ({
  ...{ name, at: 0, frame: 12, ...more },
  ...(value !== undefined && { value }),
});
const flat: ConfiguredValue[] = [
  told("HeartbeatInterval", "300", { unit: "s", mutability: "ReadWrite" }),
  told("NumberOfConnectors", "2", { mutability: "ReadOnly" }),
  told("AuthorizationKey", undefined, { mutability: "WriteOnly" }),
  told("Odd", undefined, { mutability: "Other" }),
  told("Empty", ""),
];
const placed = ["A", "B"].flatMap((component) => [told("One", "1", { component }), told("Two", "2", { component })]);

function shown(
  configuration: Partial<Configuration> | undefined,
  state: StationState = onlineStation(),
): Promise<Shown> {
  const live = configuration && { values: [], unknown: [], beyond: 0, ...configuration };
  return show(<ConfigurationScreen />, {
    feeds: { "stations.list": [summaryOf(state)], "stations.state": state, "configuration.live": live },
    answers: { "messages.frame": refused() },
  });
}

const read = { id: "1", name: "read-configuration", args: {}, sentAt: 0 };

test("each value with its unit, whether it can be changed, and what was not told", async () => {
  const screen = await shown({ values: flat, unknown: ["X", "Y"], beyond: 2 });
  await expect(screen.text()).toMatchFileSnapshot("told/flat.txt");
});

test("nothing told yet, and what of it was not known", async () => {
  const screen = await shown({});
  expect(screen.says().slice(-2)).toEqual([
    "The station has told nothing yet",
    "“Read the configuration” asks for all of it. A large station takes a minute to tell it.",
  ]);
  cleanup();
  const unknown = await shown({ unknown: ["X"] });
  expect(unknown.says().slice(-2)).toEqual(["… 0 values", "The station does not know: X"]);
});

test("it says that it reads, and why it could not", async () => {
  expect((await shown(undefined)).says()).toContain("… Reading the configuration");
  cleanup();
  const feeds = { "stations.list": [summaryOf(onlineStation())], "configuration.live": refused() };
  const screen = await show(<ConfigurationScreen />, { feeds });
  expect(screen.says()).toContain("! The configuration could not be read. no core runs on this folder");
});

test("it is asked for once at a time, and not while the station is away", async () => {
  const screen = await shown({});
  await screen.press("Read the configuration");
  expect(screen.asked()).toEqual([["stations.command", { identity: "CP1", command: { name: "read-configuration" } }]]);
  expect(screen.says()).toContain("! The command was not sent. no core runs on this folder");
  const button = () => screen.says().find((line) => line.startsWith("[Read"));
  const other = { ...read, name: "reset" };
  screen.tell("stations.state", { ...onlineStation(), commands: [other] });
  expect(button()).toBe("[Read the configuration]");
  screen.tell("stations.state", { ...onlineStation(), commands: [read, other] });
  expect(button()).toBe("[Read the configuration] (off)");
  const done = { ...read, outcome: { result: "accepted" } as const };
  screen.tell("stations.state", { ...onlineStation(), commands: [done] });
  expect(button()).toBe("[Read the configuration]");
  screen.tell("stations.state", { ...onlineStation(), link: { state: "offline" } });
  expect(button()).toBe("[Read the configuration] (The station is offline: it gets no command)");
});

test("many places are folded, one is not; a filter unfolds what it finds, and counts it", async () => {
  const screen = await shown({ values: placed });
  const rows = () => screen.says().filter((line) => /^(One|Two) /.test(line)).length;
  expect(screen.says().slice(-3)).toEqual(["… 4 values", "A 2 values", "B 2 values"]);
  await screen.type("Filter by name, place or value", "two");
  expect([screen.says().includes("… 2 of 4 values"), rows()]).toEqual([true, 2]);
  await screen.type("Filter by name, place or value", "nothing");
  expect(screen.says().slice(-2)).toEqual(["… 0 of 4 values", "No value fits “nothing”"]);
  cleanup();
  expect((await shown({ values: placed.slice(0, 2) })).says().filter((line) => line.startsWith("One"))).toHaveLength(1);
});

test.each([
  [200, 200],
  [201, 0],
])("of %i values that a filter finds, %i are unfolded", async (count, rows) => {
  const values = Array.from({ length: count }, (_, at) => told(`One${at}`, "1", { component: `C${at % 2}` }));
  const screen = await shown({ values });
  await screen.type("Filter by name, place or value", "one");
  expect(screen.says().filter((line) => line.startsWith("One"))).toHaveLength(rows);
});
