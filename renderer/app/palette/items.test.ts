import { expect, test } from "vitest";
import { defaultSettings } from "../../../src/services/settings/contract.ts";
import type { StationSummary } from "../../../src/services/stations/contract.ts";
import { newStation, type StationState } from "../../../src/station/model.ts";
import { newTransaction } from "../../../src/station/transactions/ledger.ts";
import { itemKey, paletteItems, type World } from "./items.ts";

function station(identity: string, link: "online" | "offline"): StationSummary {
  return {
    identity,
    link: { state: link },
    lastSeenAt: 1,
    status: "Available",
    findings: 0,
    running: 0,
    powerW: null,
    onPurpose: [],
  };
}

function world(parts: Partial<World>): World {
  return { screens: [], here: null, stations: [], focus: null, state: null, settings: null, help: null, ...parts };
}

function keys(parts: Partial<World>, group: string): string[] {
  return paletteItems(world(parts))
    .filter((item) => item.group === group)
    .map(itemKey);
}

test("screens and stations are offered, but not where one is already", () => {
  const screens = [{ id: "overview" as const }, { id: "messages" as const }];
  const stations = [station("A", "online"), station("B", "offline")];
  expect(keys({ screens, here: "overview" }, "screen")).toEqual(["screen messages"]);
  expect(keys({ stations, focus: stations[0] }, "station")).toEqual(["station B"]);
});

test("what is shown can be exported where there is a list", () => {
  const lists = ["meters", "history", "messages", "findings", "transactions", "connection"] as const;
  for (const here of lists) expect([here, ...keys({ here }, "screen")]).toEqual([here, "export"]);
  for (const here of ["overview", "settings", "tokens", "reader"] as const)
    expect(keys({ here }, "screen")).toEqual([]);
});

test("stop is offered where a transaction runs, start where none does", () => {
  const transaction = newTransaction("7", 1, 1, 1);
  const state: StationState = {
    ...newStation("A", 0),
    evses: [
      { evse: 1, connectors: [], live: [], transaction },
      {
        evse: 2,
        connectors: [],
        live: [],
        transaction: { ...transaction, id: "6", evse: 2, state: "ended", endedAt: 2 },
      },
    ],
  };
  expect(keys({ focus: station("A", "online"), state }, "command")).toEqual([
    "command A stop 1",
    "command A start 2",
    "command A unlock 1",
    "command A unlock 2",
    "command A availability 1",
    "command A availability 2",
    "command A reset",
    "command A trigger",
    "command A raw",
  ]);
});

test("the commands of a station that is offline stay, and none but the raw call can be done", () => {
  expect(keys({ focus: station("A", "offline") }, "command")).toEqual([
    "command A reset",
    "command A trigger",
    "command A raw",
  ]);
  expect(
    paletteItems(world({ focus: station("A", "offline") })).flatMap((item) => (item.off ? [itemKey(item)] : [])),
  ).toEqual(["command A reset", "command A trigger"]);
});

test("themes and languages are offered but for the one that is set", () => {
  expect(keys({ settings: { ...defaultSettings, theme: "dark", language: "sv" } }, "setting")).toEqual([
    "theme system",
    "theme light",
    "theme sunlight",
    "language system",
    "language en",
  ]);
});
