// @vitest-environment happy-dom
import { cleanup, fireEvent, screen as page } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { CoreStatus } from "../../../src/services/connection/contract.ts";
import { defaultSettings, type Settings } from "../../../src/services/settings/contract.ts";
import { failure } from "../../../src/station/failure.ts";
import { words } from "../../../src/station/phrases.ts";
import { setLanguage } from "../../i18n/index.ts";
import { refused, type Shown, screensForFile, show, unanswered, type Written } from "../../ui/testing/screen.tsx";
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
  await screen.tick("wss alone");
  await screen.press("Add a place");
  await screen.press("Remove");
  expect(screen.says().filter((line) => /0\.0\.0\.0:9000/.test(line))).toMatchInlineSnapshot(`
    [
      "0.0.0.0:9000 ws and wss",
    ]
  `);
  expect(screen.says().join()).not.toContain("Connected through it now");
  await screen.press("Remove");
  const added = { host: "0.0.0.0", port: 9300, mode: "wss" };
  expect(screen.asked()).toEqual([
    ["settings.change", { listeners: [...listeners, added] }],
    ["settings.change", { listeners: [] }],
  ]);
});

const denied = "The browser does not let Plugside show notices. Allow them in its settings for this page.";
test.each<[permission: NotificationPermission | null, notices: Settings["notices"], asks: boolean, said: string]>([
  [null, "silent", false, denied],
  ["denied", "silent", false, denied],
  ["default", "silent", true, "The browser has not been asked yet."],
  ["default", "off", false, "( ) With a sound"],
  ["granted", "sound", false, "(o) With a sound"],
])("notices, where the browser says %s and they are %s", async (permission, notices, asks, said) => {
  const leave = vi.fn(async () => "granted");
  if (permission) vi.stubGlobal("Notification", { permission, requestPermission: leave });
  const screen = await shown({ notices });
  const told = () => screen.says("[aria-labelledby=settings-screen]").slice(-3);
  const before = told();
  expect(before.some((line) => line.startsWith("[Allow"))).toBe(asks);
  expect(before.at(asks ? -2 : -1)).toBe(said);
  if (asks) {
    await screen.press(/^Allow/);
    expect([leave.mock.calls.length, told().some((line) => line.startsWith("[Allow"))]).toEqual([1, false]);
  }
  vi.unstubAllGlobals();
});

test("a number is saved by Enter, and what was refused is forgotten with the next letter; Escape is its own while it takes back", async () => {
  const screen = await shown();
  const label = "Heartbeat interval";
  const said = () => screen.says().find((line) => line.startsWith(label));
  const elsewhere: string[] = [];
  const hear = ({ key }: KeyboardEvent) => elsewhere.push(key);
  window.addEventListener("keydown", hear);
  const write = (value: string) =>
    fireEvent.change(page.getByLabelText(label, { selector: "input" }), { target: { value } });
  await screen.key(label, "Enter");
  write("86401");
  await screen.key(label, "Enter");
  expect(said()).toBe("Heartbeat interval: 86401 (not right)");
  write("86400");
  expect(said()).toBe("Heartbeat interval: 86400");
  await screen.key(label, "Escape");
  expect([said(), elsewhere]).toEqual(["Heartbeat interval: 300", ["Enter", "Enter"]]);
  await screen.key(label, "Escape");
  expect(elsewhere).toEqual(["Enter", "Enter", "Escape"]);
  write(" 86 400 ");
  await screen.key(label, "Enter");
  window.removeEventListener("keydown", hear);
  expect(screen.asked()).toEqual([["settings.change", { heartbeatSeconds: 86_400 }]]);
});

test("what was saved is told by its time, what is being saved as that, and the one before no more", async () => {
  vi.spyOn(Date, "now").mockReturnValue(new Date(2099, 0, 31, 10, 2, 11).getTime());
  let slow = false;
  const answers: Written["answers"] = { "settings.change": () => (slow ? unanswered() : defaultSettings) };
  const screen = await shown({}, { answers });
  const said = () => screen.says().filter((line) => /Sav/.test(line));
  await screen.tick(/^Compress/);
  const first = said();
  slow = true;
  await screen.tick(/^Compress/);
  expect([first, said()]).toMatchInlineSnapshot(`
    [
      [
        "… Saved 10:02:11",
      ],
      [
        "… Saving",
      ],
    ]
  `);
});

test("a place says who comes through it, and what is left once the last is removed; more than eight are not taken", async () => {
  const place = (port: number) => ({ host: "0.0.0.0", port, mode: "both" }) as const;
  const listening: CoreStatus["listening"] = [{ ...place(9001), wanted: 9000 }];
  const row = { id: 1, state: "connected", localPort: 9001, localAddress: "10.0.0.2", identity: "CP1", lastAt: 0 };
  const attempts = [
    row,
    { ...row, id: 2, identity: "CP0" },
    { ...row, id: 3, state: "ended", identity: "CP9" },
  ] as never;
  const feeds = { "connection.status": { ...status, listening, secure: false }, "connection.attempts": attempts };
  const screen = await shown({ listeners: [place(9000)] }, { feeds });
  const part = () => screen.says("[aria-labelledby=settings-way-in] li");
  const before = part();
  await screen.press("Remove");
  const asked = part();
  await screen.press("Cancel");
  await screen.press("Change");
  expect([before, asked, part().slice(0, 4)]).toMatchInlineSnapshot(`
    [
      [
        "0.0.0.0:9000 ws and wss",
        "~waiting",
        "~waiting The port was taken: open on port 9001 instead. wss is not taken yet: there is no server certificate.",
        "[Change]",
        "[Remove]",
      ],
      [
        "0.0.0.0:9000 ws and wss",
        "~waiting",
        "~waiting The port was taken: open on port 9001 instead. wss is not taken yet: there is no server certificate.",
        "[Change]",
        "Stations that connect through 0.0.0.0:9001 cannot come back through it. Those connected stay until their link ends. Connected through it now: CP0, CP1.",
        "It is the last one: stations then connect to port 9000 on every network.",
        "[Remove]",
        "[Cancel]",
      ],
      [
        "0.0.0.0:9000 ws and wss",
        "~waiting",
        "~waiting The port was taken: open on port 9001 instead. wss is not taken yet: there is no server certificate.",
        "Stations that connect through 0.0.0.0:9001 may not find the way back when its address, its port or what it takes is changed. Those connected stay until their link ends. Connected through it now: CP0, CP1.",
      ],
    ]
  `);
  await screen.type("Port", "0");
  expect(part().filter((line) => /\(not right\)|\(off\)/.test(line))).toHaveLength(2);
  await screen.type("Port", "9400");
  await screen.press("Change");
  expect(screen.asked()).toEqual([["settings.change", { listeners: [place(9400)] }]]);
  cleanup();
  const eight = await shown({ listeners: [1, 2, 3, 4, 5, 6, 7, 8].map(place) });
  expect(eight.says().find((line) => line.startsWith("[Add a place]"))).toMatchInlineSnapshot(
    `"[Add a place] (8 places are the most there can be.)"`,
  );
  await eight.press("Remove", 0);
  expect(eight.says().join()).not.toContain("the last");
  cleanup();
  const seven = await shown({ listeners: [1, 2, 3, 4, 5, 6, 7].map(place) });
  expect(seven.says()).toContain("[Add a place]");
});

test("a place that takes no wss says so where it should, and where nothing is open that is said", async () => {
  const listeners: Settings["listeners"] = [
    { host: "0.0.0.0", port: 9000, mode: "both" },
    { host: "0.0.0.0", port: 9001, mode: "ws" },
    { host: "0.0.0.0", port: 9002, mode: "wss" },
    { host: "10.0.0.9", port: 9003, mode: "ws" },
  ];
  const listening = listeners.slice(0, 3).map((one) => ({ ...one, wanted: one.port }));
  const screen = await shown(
    { listeners },
    { feeds: { "connection.status": { ...status, listening, secure: false } } },
  );
  expect(
    screen.says("[aria-labelledby=settings-way-in] ul").filter((line) => line.includes("~")),
  ).toMatchInlineSnapshot(`
    [
      "~charging",
      "~charging Open. wss is not taken yet: there is no server certificate.",
      "~charging",
      "~charging Open.",
      "~charging",
      "~charging Open. wss is not taken yet: there is no server certificate.",
      "~waiting",
      "~waiting Not in use. Stations connect at 0.0.0.0:9000, 0.0.0.0:9001, 0.0.0.0:9002: named at the start, or the change is still under way.",
    ]
  `);
  screen.tell("connection.status", { ...status, listening: [] });
  expect(
    screen.says("[aria-labelledby=settings-about]").find((line) => line.includes("~faulted")),
  ).toMatchInlineSnapshot(`"Listens on: ~faulted Not listening: no station can connect."`);
});

test("a place with an address that is none is not taken, and a part of a KiB is a number like others", async () => {
  const screen = await shown({ frameLimit: 1536 });
  expect(screen.says()).toContain("Largest message: 1.5");
  await screen.type("Largest message", "0");
  expect(screen.says()).toContain("Not saved: a number from 1 to 65,536 KiB.");
  await screen.type("Largest message", "1.50");
  await screen.press("Add a place");
  await screen.type("Address", "ws://h");
  expect(screen.says()).toEqual(
    expect.arrayContaining(["An address or a name, without ws:// and without a port.", "[Add a place] (off)"]),
  );
  await screen.type("Address", " 10.0.0.5 ");
  await screen.press("Add a place");
  const usual = { host: "0.0.0.0", port: 9000, mode: "both" };
  expect(screen.asked()).toEqual([
    ["settings.change", { listeners: [usual, { host: "10.0.0.5", port: 9001, mode: "both" }] }],
  ]);
});

test("a place that somebody else has taken meanwhile is not added", async () => {
  const screen = await shown();
  await screen.press("Add a place");
  await screen.type("Port", "9300");
  const add = () => screen.says().find((line) => line.startsWith("[Add a place]"));
  const before = add();
  const taken = { host: "0.0.0.0", port: 9300, mode: "both" } as const;
  screen.tell("settings.values", { ...defaultSettings, listeners: [taken] });
  expect([before, add()]).toEqual(["[Add a place]", "[Add a place] (off)"]);
  expect(screen.says().join()).toContain("Another place has this port on the same address.");
});

test("of several places the one that is changed alone becomes another, in its place", async () => {
  const place = (port: number) => ({ host: "0.0.0.0", port, mode: "both" }) as const;
  const screen = await shown({ listeners: [9000, 9001, 9002].map(place) });
  await screen.press("Change", 1);
  await screen.type("Port", "9400");
  await screen.tick("ws alone");
  await screen.press("Change", 1);
  expect(screen.asked()).toEqual([
    ["settings.change", { listeners: [place(9000), { ...place(9400), mode: "ws" }, place(9002)] }],
  ]);
});
