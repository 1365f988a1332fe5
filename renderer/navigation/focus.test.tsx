// @vitest-environment happy-dom
import { act, cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import { screens } from "../app/screens.ts";
import { refused, screensForFile, show } from "../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../ui/testing/stations.ts";
import { useDrawer } from "./drawer.tsx";
import { useFocus, useSteadyFocus } from "./focus.ts";
import { focusStation, go } from "./routes.ts";

screensForFile();

const online = (identity: string, lastSeenAt = 0) => ({ ...summaryOf(onlineStation(identity)), lastSeenAt });
const away = (identity: string, lastSeenAt = 0) => ({
  ...online(identity, lastSeenAt),
  link: { ...onlineStation(identity).link, state: "offline" as const },
});

function Focus() {
  const { station, waiting, idle, stations } = useFocus();
  return (
    <p>
      {[station?.identity ?? "none", waiting && "waiting", idle && "idle", stations.state].filter(Boolean).join(" ")}
    </p>
  );
}
const hash = async () => {
  await act(async () => void (await new Promise((done) => setTimeout(done, 0))));
  return window.location.hash;
};

test("while nobody is online the screens about one station show the last one, and the others wait", async () => {
  const about: string[] = [];
  for (const { id } of screens) {
    const screen = await show(<Focus />, { feeds: { "stations.list": [away("CP1"), away("CP2", 5)] } }, `#/${id}`);
    const [said] = screen.says();
    expect([id, said]).toEqual([id, expect.stringMatching(/^CP2 waiting (idle )?ready$/)]);
    if (!said?.includes("idle")) about.push(id);
    cleanup();
  }
  expect(about.sort()).toEqual([
    ...["configuration", "diagnostics", "faults", "files", "findings", "forward", "history", "messages", "meters"],
    ...["tokens", "transactions"],
  ]);
});

test("a station that is online, or was chosen, is not waited for", async () => {
  const says = async (stations: ReturnType<typeof online>[], at: string) =>
    (await show(<Focus />, { feeds: { "stations.list": stations } }, at)).says()[0];
  expect(await says([away("CP1"), online("CP2"), online("CP3", 9)], "#/overview")).toBe("CP2 ready");
  cleanup();
  expect(await says([away("CP1"), online("CP2")], "#/overview?station=CP1")).toBe("CP1 ready");
  cleanup();
  expect(await says([away("CP1")], "#/overview?station=GONE")).toBe("CP1 ready");
  cleanup();
  expect(await says([], "#/overview")).toBe("none waiting idle ready");
  cleanup();
  const failed = await show(<Focus />, { feeds: { "stations.list": refused() } }, "#/messages");
  expect(failed.says()).toEqual(["none waiting failed"]);
});

function Steady() {
  useSteadyFocus();
  return null;
}

test("the one that is online is kept in the place of the window, with what else stands there", async () => {
  const screen = await show(<Steady />, { feeds: { "stations.list": [away("CP1")] } }, "#/messages?seq=7");
  expect(await hash()).toBe("#/messages?seq=7");
  screen.tell("stations.list", [away("CP1"), online("CP2")]);
  expect(await hash()).toBe("#/messages?seq=7&station=CP2");
  screen.tell("stations.list", [online("CP1"), away("CP2")]);
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
