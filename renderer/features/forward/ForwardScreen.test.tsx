// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { ForwardState } from "../../../src/services/forward/contract.ts";
import type { LegState } from "../../../src/station/forward.ts";
import { refused, screensForFile, show } from "../../ui/testing/screen.tsx";
import { ForwardScreen } from "./ForwardScreen.tsx";
import { at, off, on, online, setup, shown } from "./testing/shown.tsx";

screensForFile();

test.each<[string, ForwardState]>([
  ["on", on],
  ["off", off],
  ["new", { setup: null, leg: { state: "idle" }, hold: { up: false, down: false, actions: [] }, held: [] }],
  [
    "plain",
    { ...off, setup: { ...setup, on: false, url: "ws://csms.example/", credentials: "station", hasPassword: false } },
  ],
])("the screen where it is %s", async (name, state) => {
  await expect((await shown(state)).text()).toMatchFileSnapshot(`told/${name}.txt`);
});

test("without a station, while it is read, and where it cannot be", async () => {
  const none = await show(<ForwardScreen />, { feeds: { "stations.list": [] } });
  expect(none.says()).toMatchInlineSnapshot(`
    [
      "Forward mode",
      "No station yet",
      "A station can be forwarded once it has connected to the laptop.",
    ]
  `);
  cleanup();
  expect((await shown(undefined)).says().at(-1)).toMatchInlineSnapshot(`"… Asking how the station is forwarded"`);
  cleanup();
  const failed = await show(<ForwardScreen />, { feeds: { "stations.list": [online], "forward.state": refused() } });
  expect(failed.says().filter((line) => line.startsWith("!"))).toMatchInlineSnapshot(`
    [
      "! How the station is forwarded could not be read. no core runs on this folder",
    ]
  `);
});

test("a station that is away has nothing held and nothing put in", async () => {
  const feeds = { "stations.list": [{ ...online, link: { state: "offline" as const } }], "forward.state": on };
  const lines = (await show(<ForwardScreen />, { feeds })).says("section");
  expect(lines).toMatchInlineSnapshot(`
    [
      "Both legs",
      "Station to laptop: ~quiet ~quiet not connected",
      "Laptop to central system: ~available ~available connected since 10:02:11",
      "Many central systems want a BootNotification first. Ask the station for one on the overview, or cut the link so that it dials anew. The version was agreed on with the station first; the same is offered to the central system.",
      "[Turn off]",
    ]
  `);
  expect(document.querySelector("#forward-hold, #forward-inject")).toBe(null);
});

test("a leg that is away says why and when it is tried next, and is dialled now when one wants it", async () => {
  const leg = {
    ...{ state: "away", since: at, tries: 2, nextTryAt: at + 9000 },
    ...{ problem: "refused", detail: "ECONNREFUSED" },
  } as LegState;
  const screen = await shown({ ...on, leg });
  expect(screen.says("[aria-labelledby=forward-legs]").slice(0, 3)).toMatchInlineSnapshot(`
    [
      "Both legs",
      "Station to laptop: ~available ~available connected since 10:02:11",
      "Laptop to central system: ~waiting ~waiting away: it refuses this station",
    ]
  `);
  await screen.press("Dial now");
  expect(screen.asked()).toEqual([["forward.dial", { identity: "CP1" }]]);
  expect(screen.says("[aria-labelledby=forward-legs]").at(-2)).toMatchInlineSnapshot(
    `"! It could not be done. no core runs on this folder"`,
  );
});
