// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { StationSummary } from "../../src/services/stations/contract.ts";
import { chooseFocus, useFocus } from "../navigation/focus.ts";
import { screensForFile, show } from "../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../ui/testing/stations.ts";

screensForFile();

const online = summaryOf(onlineStation("ON"));
const away = (identity: string, lastSeenAt: number): StationSummary => ({
  ...online,
  ...{ identity, lastSeenAt, link: { state: "offline", since: 1 } },
});

function Told() {
  const { station, waiting, idle } = useFocus();
  return [station?.identity, waiting && "waits", idle && "idle"].filter(Boolean).join(" ");
}

test("the station that is named, else one that is online, else the one heard of last", () => {
  const stations = [away("A", 5), online, away("B", 9), summaryOf(onlineStation("LATER"))];
  expect(chooseFocus(stations, "A")?.identity).toBe("A");
  expect(chooseFocus(stations, "nobody")?.identity).toBe("ON");
  expect(chooseFocus([away("A", 5), away("B", 9), away("C", 7)], null)?.identity).toBe("B");
  expect(chooseFocus([], null)).toBe(null);
});

test("while nobody is online, the screens that are about one station are about the one heard of last; the others wait", async () => {
  const feeds = { "stations.list": [away("A", 5)] };
  const about: string[] = [];
  const paths =
    "overview meters history messages findings transactions tokens configuration diagnostics files forward faults";
  for (const path of [...paths.split(" "), "connection", "settings", "simulator", "access"]) {
    const screen = await show(<Told />, { feeds }, `#/${path}`);
    about.push(`${path}: ${screen.says().join()}`);
    cleanup();
  }
  expect(about).toMatchInlineSnapshot(`
    [
      "overview: A waits idle",
      "meters: A waits",
      "history: A waits",
      "messages: A waits",
      "findings: A waits",
      "transactions: A waits",
      "tokens: A waits",
      "configuration: A waits",
      "diagnostics: A waits",
      "files: A waits",
      "forward: A waits",
      "faults: A waits",
      "connection: A waits idle",
      "settings: A waits idle",
      "simulator: A waits idle",
      "access: A waits idle",
    ]
  `);
  const named = await show(<Told />, { feeds }, "#/overview?station=A");
  expect(named.says()).toEqual(["A"]);
  cleanup();
  const here = await show(<Told />, { feeds: { "stations.list": [online] } }, "#/overview");
  expect(here.says()).toEqual(["ON"]);
});
