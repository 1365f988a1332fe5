import { expect, it } from "vitest";
import type { StationSummary } from "../../../src/services/stations/contract.ts";
import { worstStationsFirst } from "./worst-stations.ts";

function station(identity: string, status: string, more: Partial<StationSummary> = {}): StationSummary {
  return { identity, status, link: { state: "online" }, lastSeenAt: 0, ...more } as StationSummary;
}

it("puts faults first, then what waits for somebody, then what is well, and the absent last by who was heard last", () => {
  const away = { link: { state: "offline" } } as const;
  const stations = [
    station("CP-10", "Charging"),
    station("CP-9", "Available"),
    station("gone", "Faulted", { ...away, lastSeenAt: 5 }),
    station("gone lately", "Available", { ...away, lastSeenAt: 9 }),
    station("warns", "Charging", { errorCode: "HighTemperature" }),
    station("waits", "SuspendedEV"),
    station("broken", "Faulted"),
    station("silent", ""),
    station("never", "", { link: { state: "never" }, lastSeenAt: 7 } as never),
    station("cp-9", "Faulted"),
  ];
  expect(worstStationsFirst(stations).map(({ identity }) => identity)).toEqual([
    "broken",
    "cp-9",
    "warns",
    "silent",
    "waits",
    "CP-9",
    "CP-10",
    "gone lately",
    "never",
    "gone",
  ]);
});
