// @vitest-environment happy-dom
import { cleanup, fireEvent } from "@testing-library/react";
import { expect, onTestFinished, test, vi } from "vitest";
import type { ActiveFault } from "../../../src/station/faults.ts";
import { inSwedish, refused, screensForFile, show } from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { FaultBanner } from "./FaultBanner.tsx";
import { FaultForm } from "./FaultForm.tsx";
import { FaultsScreen } from "./FaultsScreen.tsx";

screensForFile();

/** 10:02:11 of the clock on the wall, and later than the test runs: the screens' clock never goes back. */
const now = new Date(2099, 0, 31, 10, 2, 11).getTime();
const lasting = { since: now, until: now + 90_000 };
const active: ActiveFault[] = [
  { kind: "delay", ms: 5000, actions: ["Heartbeat", "Authorize"], ...lasting },
  { kind: "silence", ...lasting },
  { kind: "error", code: "FormationViolation", ...lasting },
  { kind: "drop", everySeconds: 20, ...lasting },
  { kind: "time", offsetSeconds: -3600, ...lasting },
  { kind: "refuse", ...lasting },
];
/** Of kinds that are above too: one of each kind is on at a time. */
const others: ActiveFault[] = [
  { kind: "delay", ms: 1500, actions: [], ...lasting, until: now - 1 },
  { kind: "drop", ...lasting, until: now + 1 },
  { kind: "time", offsetSeconds: 60, ...lasting },
];
const stations = { "stations.list": [summaryOf(onlineStation())] };

test("without a station there is nothing to put in", async () => {
  const screen = await show(<FaultsScreen />, { feeds: { "stations.list": [] } });
  expect(screen.says().slice(1)).toEqual(["No station yet", "Faults can be put in once a station has connected."]);
});

test("how many are on is told, and all are turned off together only where there are several", async () => {
  const screen = await show(<FaultsScreen />, { feeds: { ...stations, "faults.state": { active: [] } } });
  await expect(screen.text()).toMatchFileSnapshot("told/none.txt");
  expect(await screen.choices()).toMatchInlineSnapshot(`
    [
      "Fault: Late answers, No answers, An error in place of answers, Cut link, Wrong time, Connection refused",
    ]
  `);
  const section = "[aria-labelledby=faults-active]";
  screen.tell("faults.state", { active: active.slice(0, 1) });
  expect(screen.says(section)).toEqual(["On now", "1 fault is on: see above."]);
  screen.tell("faults.state", { active: active.slice(0, 2) });
  expect(screen.says(section)).toEqual(["On now", "2 faults are on: see above.", "[Turn all off]"]);
  await screen.press("Turn all off");
  expect(screen.asked()).toEqual([["faults.clear", { identity: "CP1" }]]);
  expect(screen.says(section)).toContain("! It was not done. no core runs on this folder");
});

test("what is on is asked for, and why it could not be read is told", async () => {
  const asking = await show(<FaultsScreen />, { feeds: stations });
  expect(asking.says()).toContain("… Asking what is on");
  cleanup();
  const failed = await show(<FaultsScreen />, { feeds: { ...stations, "faults.state": refused() } });
  expect(failed.says()).toContain("! What is on could not be read. no core runs on this folder");
});

test("the banner tells each fault, since when and how long still; each is turned off by its kind", async () => {
  vi.useFakeTimers({ toFake: ["Date"], now });
  const screen = await show(<FaultBanner identity="CP1" />, { feeds: { "faults.state": { active: [] } } });
  expect(screen.says()).toEqual([]);
  screen.tell("faults.state", { active: active.slice(0, 1) });
  screen.tell("faults.state", { active });
  await expect(screen.text()).toMatchFileSnapshot("told/banner.txt");
  await screen.press("Turn off", 1);
  expect(screen.asked()).toEqual([["faults.clear", { identity: "CP1", kind: "silence" }]]);
  expect(screen.says()).toContain("! It was not done. no core runs on this folder");
  screen.tell("faults.state", { active: others });
  await expect(screen.text()).toMatchFileSnapshot("told/banner-others.txt");
  vi.useRealTimers();
});

test("faults in Swedish, each kind with what goes with it", async () => {
  await inSwedish();
  vi.useFakeTimers({ toFake: ["Date"], now });
  onTestFinished(() => void vi.useRealTimers());
  const banner = await show(<FaultBanner identity="CP1" />, { feeds: { "faults.state": { active } } });
  const told = [banner.text()];
  cleanup();
  const screen = await show(<FaultsScreen />, { feeds: { ...stations, "faults.state": { active } } });
  told.push(screen.text(), ...(await screen.choices()).map((line) => `${line}\n`));
  for (const kind of ["Inga svar", "Bruten förbindelse", "Fel tid"]) {
    await screen.choose("Fel", kind);
    told.push(`# ${kind}\n${screen.text("form")}`);
  }
  await expect(told.join("\n")).toMatchFileSnapshot("told/swedish.txt");
});

const kinds = [
  ["Late answers", "late", { kind: "delay", ms: 5000 }],
  ["No answers", "silent", { kind: "silence" }],
  ["An error in place of answers", "error", { kind: "error", code: "InternalError" }],
  ["Wrong time", "time", { kind: "time", offsetSeconds: -3600 }],
  ["Connection refused", "refused", { kind: "refuse" }],
] as const;

test.each(kinds)(
  "a fault of the kind %s shows what goes with it, and is put in for five minutes",
  async (name, file, fault) => {
    const screen = await show(<FaultForm identity="CP1" />, { answers: { "faults.set": { active: [] } } });
    await screen.choose("Fault", name);
    await expect(screen.text()).toMatchFileSnapshot(`told/form-${file}.txt`);
    await screen.press("Turn on");
    expect(screen.asked()).toEqual([["faults.set", { identity: "CP1", fault, seconds: 300 }]]);
  },
);

test("a link is cut at once, or again and again", async () => {
  const screen = await show(<FaultForm identity="CP1" />, {});
  await screen.choose("Fault", "Cut link");
  await expect(screen.text()).toMatchFileSnapshot("told/form-drop.txt");
  await screen.press("Cut the link now");
  expect(screen.says()).toContain("! It was not done. no core runs on this folder");
  await screen.type("Again every, seconds", "20");
  expect(screen.says()).toContain("For, minutes: 5");
  await screen.press("Turn on");
  expect(screen.asked().map(([, input]) => input)).toEqual([
    { identity: "CP1", fault: { kind: "drop" }, seconds: 1 },
    { identity: "CP1", fault: { kind: "drop", everySeconds: 20 }, seconds: 300 },
  ]);
});

test("while it is put in, or turned off, it is not done a second time", async () => {
  const never = () => new Promise<never>(() => {});
  const screen = await show(<FaultForm identity="CP1" />, { answers: { "faults.set": never } });
  await screen.press("Turn on");
  expect(screen.says()).toContain("[Turn on] (off)");
  fireEvent.submit(document.querySelector("form") as HTMLFormElement);
  expect(screen.asked()).toHaveLength(1);
  cleanup();
  const feeds = { "faults.state": { active: active.slice(0, 1) } };
  const banner = await show(<FaultBanner identity="CP1" />, { feeds, answers: { "faults.clear": never } });
  await banner.press("Turn off");
  expect(banner.says()).toContain("[Turn off] (off)");
  expect(banner.watched()).toEqual([["faults.state", { identity: "CP1" }]]);
});

test("what is typed goes with the fault: its code, its words, and the actions that it is of", async () => {
  const screen = await show(<FaultForm identity="CP1" />, {});
  await screen.choose("Fault", "An error in place of answers");
  await screen.type("Error code", " Odd ");
  await screen.type(/^Description/, " why ");
  await screen.type(/^Only answers/, "Heartbeat, Authorize");
  await screen.type("For, minutes", "0,5");
  await screen.press("Turn on");
  await screen.type("Error code", " ");
  await screen.press("Turn on");
  const fault = { kind: "error", code: "Odd", description: "why", actions: ["Heartbeat", "Authorize"] };
  expect(screen.asked()).toEqual([["faults.set", { identity: "CP1", fault, seconds: 30 }]]);
  expect(screen.says().filter((line) => line.includes("(not right)"))).toEqual(["Error code: (not right)"]);
});

test("a number that will not do is named at its field with its bounds, takes the focus, and is not sent", async () => {
  const screen = await show(<FaultForm identity="CP1" />, {});
  await screen.type("Seconds", "601");
  await screen.type("For, minutes", "0");
  expect(screen.says()).not.toContain("A number from 0.001 to 600.");
  await screen.press("Turn on");
  expect(screen.asked()).toEqual([]);
  expect(screen.says()).toContain("A number from 0.001 to 600.");
  expect(screen.says()).toContain("A number from 0.1 to 1,440.");
  expect(screen.says().filter((line) => line.includes("(not right)"))).toEqual([
    "Seconds: 601 (not right)",
    "For, minutes: 0 (not right)",
  ]);
  expect((document.activeElement as HTMLInputElement).value).toBe("601");
  await screen.type("Seconds", "600");
  expect(screen.says().filter((line) => line.includes("(not right)"))).toEqual([]);
});
