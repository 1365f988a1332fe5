// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { StationSummary } from "../../src/services/stations/contract.ts";
import { useDrawer } from "../navigation/drawer.tsx";
import { chooseFocus, useFocus, useSteadyFocus } from "../navigation/focus.ts";
import { focusStation, go } from "../navigation/routes.ts";
import { refused, screensForFile, settled, show } from "../ui/testing/screen.tsx";
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

test("with no station, or no list of them, a screen waits", async () => {
  const none = await show(<Told />, { feeds: { "stations.list": [] } }, "#/overview");
  expect(none.says()).toEqual(["waits idle"]);
  cleanup();
  const failed = await show(<Told />, { feeds: { "stations.list": refused() } }, "#/messages");
  expect(failed.says()).toEqual(["waits"]);
});

const hash = async () => {
  await settled();
  return window.location.hash;
};

function Steady() {
  useSteadyFocus();
  return null;
}

test("the one that is online is kept in the place of the window, with what else stands there", async () => {
  const screen = await show(<Steady />, { feeds: { "stations.list": [away("CP1", 0)] } }, "#/messages?seq=7");
  expect(await hash()).toBe("#/messages?seq=7");
  screen.tell("stations.list", [away("CP1", 0), summaryOf(onlineStation("CP2"))]);
  expect(await hash()).toBe("#/messages?seq=7&station=CP2");
  screen.tell("stations.list", [summaryOf(onlineStation("CP1")), away("CP2", 0)]);
  expect(await hash()).toBe("#/messages?seq=7&station=CP2");
});

test("one goes to a screen with the station in focus, or with another, and brings one into focus where one is", async () => {
  window.location.hash = "#/messages?station=CP1&seq=7";
  go("history", { seq: 3, none: undefined });
  expect(await hash()).toBe("#/history?station=CP1&seq=3");
  go("meters", { station: "CP2" });
  expect(await hash()).toBe("#/meters?station=CP2");
  focusStation("CP3");
  expect(await hash()).toBe("#/meters?station=CP3");
  window.location.hash = "";
  go("files");
  expect(await hash()).toBe("#/files");
});

function Doors() {
  const { open, close } = useDrawer();
  return (
    <>
      <button
        type="button"
        onClick={() =>
          open(
            <button type="button" data-drawer onClick={() => open(<p>second</p>, "Second")}>
              on
            </button>,
            "First",
          )
        }
      >
        open
      </button>
      <button type="button" onClick={close}>
        close
      </button>
    </>
  );
}

test("the focus goes back to what opened the drawer, also by way of another in it, and not to what is gone", async () => {
  const screen = await show(<Doors />, {});
  const [opener] = document.querySelectorAll("button");
  opener?.focus();
  await screen.press("open");
  document.querySelector<HTMLElement>("[data-drawer]")?.focus();
  await screen.press("on");
  expect(screen.says("aside")).toEqual(["{Second}", "second"]);
  await screen.press("close");
  expect([document.querySelector("aside"), document.activeElement === opener]).toEqual([null, true]);
  (document.activeElement as HTMLElement).blur();
  await screen.press("close");
  expect(document.activeElement).toBe(document.body);
});
