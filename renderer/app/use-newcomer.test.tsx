// @vitest-environment happy-dom
import { act } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { StationSummary } from "../../src/services/stations/contract.ts";
import { screensForFile, settled, show } from "../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../ui/testing/stations.ts";
import { useNewcomer } from "./use-newcomer.ts";

screensForFile();
afterEach(() => void vi.useRealTimers());

const online = (identity: string): StationSummary => summaryOf(onlineStation(identity));
const away = (identity: string): StationSummary => {
  const station = onlineStation(identity);
  return summaryOf({ ...station, link: { ...station.link, state: "offline" } });
};

function News() {
  const { newcomer, back } = useNewcomer();
  return (
    <>
      <p>{newcomer ? `${newcomer.identity} came${newcomer.left ? `, ${newcomer.left} left` : ""}` : "nobody"}</p>
      <button type="button" onClick={back}>
        Back
      </button>
      <input aria-label="field" />
    </>
  );
}

/** The window at a station, or at none, where these are known. */
async function windowAt(at: string, ...stations: StationSummary[]) {
  const screen = await show(<News />, { feeds: { "stations.list": stations } }, at);
  return {
    screen,
    tell: (...now: StationSummary[]) => screen.tell("stations.list", now),
    says: () => screen.says()[0],
    // A change of the hash is told in a turn of its own.
    where: async () => {
      await settled();
      return window.location.hash;
    },
  };
}

test("who comes online takes the place of a station that is away, once; one that somebody goes back to keeps it", async () => {
  const { screen, tell, says, where } = await windowAt("#/messages?station=CP1", away("CP1"), online("CP0"));
  expect(says()).toBe("nobody");
  tell(away("CP1"), online("CP0"), online("CP2"));
  expect([await where(), says()]).toEqual(["#/messages?station=CP2", "CP2 came, CP1 left"]);
  await screen.press("Back");
  expect([await where(), says()]).toEqual(["#/messages?station=CP1", "nobody"]);
  tell(away("CP1"), online("CP2"), online("CP3"));
  expect([await where(), says()]).toEqual(["#/messages?station=CP1", "CP3 came"]);
  await screen.press("Back");
  expect([await where(), says()]).toEqual(["#/messages?station=CP1", "CP3 came"]);
  tell(away("CP1"), online("CP2"), away("CP3"));
  expect(says()).toBe("nobody");
});

test("beside a station that is online it is told and takes nothing, until one is there, or five minutes have passed", async () => {
  vi.useFakeTimers({ toFake: ["Date", "setInterval", "clearInterval"], now: Date.now() });
  const { tell, says, where } = await windowAt("#/overview?station=CP1", online("CP1"));
  tell(online("CP1"), online("CP2"));
  expect([await where(), says()]).toEqual(["#/overview?station=CP1", "CP2 came"]);
  window.location.hash = "#/overview?station=CP2";
  await where();
  expect(says()).toBe("nobody");
  tell(online("CP1"), online("CP2"), online("CP3"));
  expect(says()).toBe("CP3 came");
  act(() => vi.advanceTimersByTime(298_000));
  expect(says()).toBe("CP3 came");
  act(() => vi.advanceTimersByTime(2000));
  expect(says()).toBe("nobody");
});

test("the station in focus itself is no news, and where none was chosen nobody is", async () => {
  const own = await windowAt("#/overview?station=CP1", away("CP1"));
  own.tell(online("CP1"));
  expect([await own.where(), own.says()]).toEqual(["#/overview?station=CP1", "nobody"]);
  const none = await windowAt("#/overview", away("CP1"));
  none.tell(away("CP1"), online("CP2"));
  expect([await none.where(), none.says()]).toEqual(["#/overview", "nobody"]);
});

test.each([
  ["types", () => document.querySelector("input")?.focus()],
  ["has a form open", () => document.querySelector("main")?.append(document.createElement("form"))],
  ["has the drawer open", () => document.querySelector("main")?.setAttribute("data-drawer", "")],
])("nobody takes the place while somebody %s", async (_what, work) => {
  const { tell, says, where } = await windowAt("#/messages?station=CP1", away("CP1"));
  work();
  tell(away("CP1"), online("CP2"));
  expect([await where(), says()]).toEqual(["#/messages?station=CP1", "CP2 came"]);
});
