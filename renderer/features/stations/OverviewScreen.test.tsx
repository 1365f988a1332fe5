// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ForgetReport, StationSummary } from "../../../src/services/stations/contract.ts";
import { newStation } from "../../../src/station/model.ts";
import { useWatch } from "../../core/core.tsx";
import { refused, screensForFile, settled, show } from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { Forget } from "./Forget.tsx";
import { OverviewScreen } from "./OverviewScreen.tsx";
import { StationsScreen } from "./StationsScreen.tsx";

screensForFile();

const online = summaryOf(onlineStation());
const away: StationSummary = { ...summaryOf(newStation("CP2", 5000)), link: { state: "offline", since: 6000 } };
const bad: StationSummary = {
  ...{ ...online, identity: "CP3", status: "Faulted", errorCode: "GroundFailure", powerW: 7360 },
  onPurpose: ["forward", "faults"],
};

test("stations at a glance, the worst first; a click brings one into focus", async () => {
  const screen = await show(<StationsScreen />, { feeds: { "stations.list": [online, away, bad] } });
  await expect(screen.text()).toMatchFileSnapshot("told/glance.txt");
  document.querySelector<HTMLElement>("tbody tr")?.click();
  expect(window.location.hash).toBe("#/overview?station=CP3");
  cleanup();
  expect((await show(<StationsScreen />, { feeds: { "stations.list": [] } })).says()).toMatchInlineSnapshot(`
    [
      "All stations",
      "No station has connected yet",
      "This screen fills itself as soon as a station connects.",
    ]
  `);
});

test.each([
  ["the stations list", <StationsScreen key="s" />],
  ["the overview", <OverviewScreen key="o" />],
])("%s says that it reads, and why it could not", async (_name, node) => {
  expect((await show(node, {})).says().at(-1)).toBe("… Fetching the stations");
  cleanup();
  const failed = await show(node, { feeds: { "stations.list": refused() } });
  expect(failed.says()[0]).toBe("! The stations cannot be shown. no core runs on this folder");
});

test("a station that was named and is not known says so; one that was online and whose state fails says why", async () => {
  const unknown = await show(<OverviewScreen />, { feeds: { "stations.list": [online] } }, "#/overview?station=CP9");
  expect(unknown.says()[0]).toContain("CP9");
  cleanup();
  const feeds = { "stations.list": [online], "stations.state": refused() };
  expect((await show(<OverviewScreen />, { feeds })).says()[0]).toMatch(/^! The stations cannot be shown/);
});

test("who was here before stands below the wait for the next", async () => {
  const waiting = await show(<OverviewScreen />, { feeds: { "stations.list": [away] } });
  expect(waiting.says()).toContain("Waiting for a station");
  expect(waiting.says().some((line) => line.startsWith("CP2 | "))).toBe(true);
});

const report: ForgetReport = {
  ...{
    identity: "CP1",
    firstSeenAt: 0,
    lastSeenAt: 1,
    frames: 1234,
    findings: 2,
    access: true,
    forward: true,
    files: 3,
  },
};
test("a station is forgotten after what goes with it is said; what is not there is not named", async () => {
  const state = { ...onlineStation(), link: { state: "offline" as const } };
  const answers = { "stations.forgetPreview": report, "stations.forget": report };
  const screen = await show(<Forget state={state} />, { answers }, "#/history?station=CP1");
  await screen.press(/^Forget/);
  expect(screen.says()).toMatchInlineSnapshot(`
    [
      "This takes away for good what Plugside knows of CP1:",
      "its state, its history and 1,234 frames with their samples",
      "2 findings",
      "3 files",
      "its password and what else is set in Access",
      "its forward mode",
      "Attempts to connect and the list of tokens stay. If it connects again, it is a new station.",
      "[Forget this station]",
      "[Cancel]",
    ]
  `);
  expect(screen.asked()).toEqual([["stations.forgetPreview", { identity: "CP1" }]]);
  await screen.press(/^Forget/);
  expect(screen.asked()).toEqual([["stations.forget", { identity: "CP1" }]]);
  expect(window.location.hash).toBe("#/overview");
  cleanup();
  const little = { ...report, frames: 1, findings: 0, access: false, forward: false, files: 0 };
  const other = await show(<Forget state={state} />, { answers: { "stations.forgetPreview": little } });
  await other.press(/^Forget/);
  expect(other.says()).toHaveLength(5);
  await other.press(/^Forget/);
  expect(other.says()).toContain("! The station was not forgotten. no core runs on this folder");
});

const cp2: StationSummary = { ...online, identity: "CP2" };
const hashTo = async (hash: string) => {
  window.location.hash = hash;
  await settled();
};

test("what is open for one station is not there for the next; its feeds are left, and opened for the other", async () => {
  const feeds = { "stations.list": [online, cp2], "stations.state": onlineStation(), "history.live": [] };
  // What another part of the window follows already is there at once.
  const Followed = () => useWatch("stations.state", { identity: "CP2" }) && null;
  const both = (
    <>
      <Followed />
      <OverviewScreen />
    </>
  );
  const screen = await show(both, { feeds }, "#/overview?station=CP1");
  expect(screen.watched()).toEqual([
    ["history.live", { station: "CP1" }],
    ["stations.list", {}],
    ["stations.state", { identity: "CP2" }],
    ["stations.state", { identity: "CP1" }],
  ]);
  await screen.press("Reset, soft");
  expect(screen.says()).toContain("[Cancel]");
  await hashTo("#/overview?station=CP2");
  expect(screen.says()).not.toContain("[Cancel]");
  expect(screen.watched()).toContainEqual(["stations.state", { identity: "CP2" }]);
  expect(screen.watched()).not.toContainEqual(["stations.state", { identity: "CP1" }]);
  await hashTo("#/overview?station=CP9");
  expect(screen.says()).toEqual([
    "CP9 is not on record here",
    "It has not connected to this laptop. Choose another station in the rail.",
  ]);
  cleanup();
  expect(screen.watched()).toEqual([]);
});

test("the state of a station that is only waited for is not asked for, and no heading stands over nobody", async () => {
  const waiting = await show(<OverviewScreen />, { feeds: { "stations.list": [away] } });
  expect(waiting.watched().map(([name]) => name)).not.toContain("stations.state");
  expect(waiting.says()).toContain("Stations that were here before");
  cleanup();
  const nobody = await show(<OverviewScreen />, { feeds: { "stations.list": [] } });
  expect(nobody.says()).not.toContain("Stations that were here before");
  cleanup();
  const named = await show(<OverviewScreen />, { feeds: { "stations.list": [away] } }, "#/overview?station=CP2");
  expect(named.says()).toEqual(["… Fetching the stations"]);
  expect(named.watched()).toContainEqual(["stations.state", { identity: "CP2" }]);
});

test("no power is another thing than none told; what hides in a name or a code is written out; the list is told anew", async () => {
  const none: StationSummary = { ...online, identity: "A\u202eB", powerW: 0, errorCode: "E\u200b1" };
  const unheard: StationSummary = { ...online, identity: "new", link: { state: "never" }, status: "Unknown" };
  const screen = await show(<StationsScreen />, { feeds: { "stations.list": [unheard, online, none] } });
  const rows = () => screen.says("tbody").map((line) => line.replace(/\u2009/g, " "));
  expect(rows()).toEqual([
    "A\\u202eB | ~available ~available Available | E\\u200b1 | 0.00 kW | 1970-01-01T00:00:00.000Z |",
    "CP1 | ~available ~available Available | | | 1970-01-01T00:00:00.000Z |",
    "new | ~quiet ~quiet Not yet connected | | | 1970-01-01T00:00:00.000Z |",
  ]);
  screen.tell("stations.list", [{ ...online, status: "Charging", powerW: -5 }]);
  await expect.poll(rows).toEqual(["CP1 | ~charging ~charging Charging | | -0.01 kW | 1970-01-01T00:00:00.000Z |"]);
});
