// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import type { CoreStatus } from "../../../src/services/connection/contract.ts";
import { defaultSettings, type Settings } from "../../../src/services/settings/contract.ts";
import { failure } from "../../../src/station/failure.ts";
import { words } from "../../../src/station/phrases.ts";
import { setLanguage } from "../../i18n/index.ts";
import { refused, type Shown, screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { SettingsScreen } from "./SettingsScreen.tsx";

screensForFile();
afterEach(() => setLanguage("en"));

const status: CoreStatus = {
  ...{ version: "1.2.3", startedAt: 0, dataFolder: "/data", logFile: "/data/plugside.log", secure: true },
  ...{ addresses: [], notices: [] },
  listening: [{ host: "0.0.0.0", port: 9001, wanted: 9000, mode: "both" }],
};

function shown(values: Partial<Settings> = {}, written: Written = {}): Promise<Shown> {
  const feeds = { "settings.values": { ...defaultSettings, ...values }, "connection.status": status, ...written.feeds };
  return show(<SettingsScreen />, { answers: { "settings.change": defaultSettings }, ...written, feeds });
}

test("as it comes", async () => {
  const screen = await shown();
  await expect(screen.text()).toMatchFileSnapshot("told/usual.txt");
  expect(await screen.choices()).toMatchInlineSnapshot(`[]`);
});

test("otherwise than it comes, with each warning", async () => {
  const listeners: Settings["listeners"] = [
    { host: "0.0.0.0", port: 9000, mode: "both" },
    { host: "127.0.0.1", port: 9100, mode: "ws" },
    { host: "::", port: 9200, mode: "wss" },
  ];
  const values: Partial<Settings> = {
    ...{ language: "en", theme: "dark", notices: "off", bootStatus: "Rejected", unknownStations: "ask", strict: true },
    ...{ triggerAfterConnect: false, timeMilliseconds: false, heartbeatSeconds: 5, pingSeconds: 0, answerSeconds: 3 },
    ...{ frameLimit: 1500, compression: false, announce: true, listeners },
  };
  const listening: CoreStatus["listening"] = [
    { host: "0.0.0.0", port: 9000, wanted: 9000, mode: "both", problem: "EADDRINUSE", heldBy: "nginx" },
    { host: "127.0.0.1", port: 9101, wanted: 9100, mode: "ws", shadowed: true },
  ];
  const screen = await shown(values, { feeds: { "connection.status": { ...status, logFile: undefined, listening } } });
  await expect(screen.text()).toMatchFileSnapshot("told/other.txt");
});

test("it says that it reads, and why it could not", async () => {
  expect((await show(<SettingsScreen />, {})).says().slice(2)).toEqual(["… Reading the settings"]);
  cleanup();
  const failed = await show(<SettingsScreen />, { feeds: { "settings.values": refused() } });
  expect(failed.says().slice(2, 3)).toEqual(["! The settings could not be read. no core runs on this folder"]);
  cleanup();
  const half = await shown({}, { feeds: { "connection.status": refused() } });
  expect(half.says()).toContain("! Plugside did not tell. no core runs on this folder");
});

const switches: [label: RegExp, setting: keyof Settings, value: boolean][] = [
  [/^Take stations strictly/, "strict", true],
  [/^Ask after a connect/, "triggerAfterConnect", false],
  [/milliseconds/i, "timeMilliseconds", false],
  [/^Compress/, "compression", false],
  [/^Announce|mDNS/, "announce", true],
];
test.each(switches)("the switch %s saves %s as %s", async (label, setting, value) => {
  const screen = await shown();
  await screen.tick(label);
  expect(screen.asked()).toEqual([["settings.change", { [setting]: value }]]);
  expect(screen.says().filter((line) => /Saved/.test(line))).toHaveLength(1);
});

test("a number that was typed stands until the one that was saved is told, and one typed meanwhile stays", async () => {
  const screen = await shown();
  const field = () => screen.says().find((line) => line.startsWith("Heartbeat interval"));
  const before = field();
  await screen.type(/^Heartbeat interval/, "77");
  expect(screen.asked()).toEqual([["settings.change", { heartbeatSeconds: 77 }]]);
  screen.tell("settings.values", { ...defaultSettings, heartbeatSeconds: 77 });
  expect([before, field()]).toMatchInlineSnapshot(`
    [
      "Heartbeat interval: 300",
      "Heartbeat interval: 77",
    ]
  `);
  screen.tell("settings.values", { ...defaultSettings, heartbeatSeconds: 78 });
  expect(field()).toContain("78");
});

const choices: [option: string, change: Partial<Settings>][] = [
  ["Svenska", { language: "sv" }],
  ["Dark", { theme: "dark" }],
  ["With a sound", { notices: "sound" }],
];
test.each(choices)("the choice %s saves %j", async (option, change) => {
  const screen = await shown();
  await screen.tick(option);
  expect(screen.asked()).toEqual([["settings.change", change]]);
});

const numbers: [label: string, typed: string, change: Partial<Settings> | null][] = [
  ["Heartbeat interval", "60", { heartbeatSeconds: 60 }],
  ["Heartbeat interval", "300", null],
  ["Largest message", "512", { frameLimit: 512 * 1024 }],
  ["Port that stations connect to", "9100", { port: 9100 }],
];
test.each(numbers)("%s typed as %s saves %j", async (label, typed, change) => {
  const screen = await shown();
  await screen.type(label, typed);
  expect(screen.asked()).toEqual(change ? [["settings.change", change]] : []);
});

test("a number that will not do is named with its bounds, and is not saved; Escape gives back what was", async () => {
  const screen = await shown();
  await screen.type("Heartbeat interval", "-1");
  expect(screen.says().filter((line) => line.endsWith("(not right)"))).toEqual(["Heartbeat interval: -1 (not right)"]);
  expect(screen.says().filter((line) => /86,400/.test(line))).toMatchInlineSnapshot(`
    [
      "Not saved: a whole number from 1 to 86,400 s.",
      "1 to 86,400 s, usually 300",
    ]
  `);
  await screen.key("Heartbeat interval", "Escape");
  expect(screen.says()).toContain("Heartbeat interval: 300");
  expect(screen.asked()).toEqual([]);
});

test("what was not saved says so, in the language on screen", async () => {
  await setLanguage("sv");
  const answers = { "settings.change": failure("unavailable", words("no-core")) };
  const screen = await shown({}, { answers });
  await screen.tick("Mörkt");
  expect(screen.says().filter((line) => line.startsWith("!"))).toMatchInlineSnapshot(`
    [
      "! Inte sparat. ingen kärna körs på den här mappen Inställningen är som förut.",
    ]
  `);
});

test("what keeps stations from working is asked about first, and what lets them work is not", async () => {
  const screen = await shown();
  await screen.press(/Rejected/);
  expect(screen.asked()).toEqual([]);
  await screen.press(/Rejected/);
  expect(screen.asked()).toEqual([["settings.change", { bootStatus: "Rejected" }]]);
  cleanup();
  const held = await shown({ bootStatus: "Pending" });
  await held.press(/Accepted/);
  expect(held.asked()).toEqual([["settings.change", { bootStatus: "Accepted" }]]);
});

test("a place is added, changed and removed, after what is lost is said", async () => {
  const listeners: Settings["listeners"] = [{ host: "0.0.0.0", port: 9000, mode: "both" }];
  const screen = await shown({ listeners });
  await screen.press("Add a place");
  await screen.type("Port", "9000");
  expect(screen.says().filter((line) => /\[Add a place\]/.test(line))).toEqual(["[Add a place] (off)"]);
  await screen.type("Port", "9300");
  await screen.press("Add a place");
  await screen.press("Remove");
  expect(screen.says().filter((line) => /0\.0\.0\.0:9000/.test(line))).toMatchInlineSnapshot(`
    [
      "0.0.0.0:9000 ws and wss",
    ]
  `);
  expect(screen.says().join()).not.toContain("Connected through it now");
  await screen.press("Remove");
  const added = { host: "0.0.0.0", port: 9300, mode: "both" };
  expect(screen.asked()).toEqual([
    ["settings.change", { listeners: [...listeners, added] }],
    ["settings.change", { listeners: [] }],
  ]);
});
