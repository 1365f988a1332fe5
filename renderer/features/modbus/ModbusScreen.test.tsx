// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen as page } from "@testing-library/react";
import { expect, onTestFinished, test, vi } from "vitest";
import {
  type DeviceReading,
  type ListenView,
  longestProfile,
  type PollView,
  type ProfileView,
  type RegisterRow,
  type ValueView,
} from "../../../src/services/modbus/contract.ts";
import { words } from "../../../src/station/phrases.ts";
import type { ScanView } from "../../../src/station/serial/modbus.ts";
import type { ModbusStationView } from "../../../src/station/serial/modbus-stations.ts";
import { refused, screensForFile, settled, show, unanswered, type Written } from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { ModbusScreen } from "./ModbusScreen.tsx";

screensForFile();

const profiles: ProfileView[] = [
  {
    ...{ name: "wall", maker: "Acme", device: "Wall 1", kind: "charger", source: "its manual", proven: "document" },
    ...{ unit: 1, serial: { baudRate: 19_200, frame: "8E1" }, tellsErrors: false, registers: 4, commands: [] },
  },
  {
    ...{ name: "meter", maker: "Volt", device: "M3", kind: "meter", source: "its sheet", proven: "device" },
    ...{ unit: 1, tellsErrors: false, registers: 9, commands: [] },
  },
];
const limit = { name: "limit-current", says: "", least: 6, most: 16 };
const device: ModbusStationView = {
  setup: { place: "/dev/ttyUSB0", unit: 3, profile: "wall", identity: "WALL1" },
  ...{ state: "online", since: 1000, counts: { readings: 1234, failed: 2 } },
  profile: {
    ...{ name: "wall", maker: "Acme", device: "Wall 1", kind: "charger", proven: "simulator" },
    commands: [limit, { name: "enable", says: "", value: 1 }, { name: "of-a-later-day", says: "" }],
  },
};
const meter: ModbusStationView = {
  setup: { place: "10.0.0.9", profile: "meter", identity: "M1", reference: { station: "CP1", evse: 2 } },
  ...{ state: "silent", since: 2000, trouble: words("no-core"), counts: { readings: 1, failed: 0 } },
};

function screenOf(answers: Written["answers"] = {}, devices = [device, meter], more: Written["feeds"] = {}) {
  const feeds: Written["feeds"] = {
    ...more,
    "serial.ports": { ports: [{ path: "COM3", kind: "built-in" }, { kind: "bridge" }], networks: [] },
    "modbus.stations": devices,
    "stations.list": [summaryOf(onlineStation("CP1")), summaryOf(onlineStation("M1"))],
  };
  return show(<ModbusScreen />, { feeds, answers: { "modbus.profiles": profiles, ...answers } });
}

const failuresOf = (lines: string[]) => lines.filter((line) => line.startsWith("!"));

test("the devices, what can be written to them, and the forms as they begin", async () => {
  const screen = await screenOf();
  await expect(screen.text()).toMatchFileSnapshot("told/full.txt");
  expect(await screen.choices()).toMatchInlineSnapshot(`
    [
      "Baud: 2400, 4800, 9600, 19200, 38400, 57600, 115200",
      "Frame: 8N1, 8E1, 8N2, 8O1, 7E1",
      "Device: by itself, Acme Wall 1, Volt M3",
      "Baud: 2400, 4800, 9600, 19200, 38400, 57600, 115200",
      "Frame: 8N1, 8E1, 8N2, 8O1, 7E1",
      "Profile: none, Acme Wall 1, Volt M3",
      "Baud: 2400, 4800, 9600, 19200, 38400, 57600, 115200",
      "Frame: 8N1, 8E1, 8N2, 8O1, 7E1",
      "Table: holding, input, coils, discrete inputs",
    ]
  `);
  const offered = [...document.querySelectorAll("datalist option")].map((one) => one.getAttribute("value"));
  expect(offered).toEqual(["COM3"]);
  const lists = [...document.querySelectorAll("input[list]")].map((one) => one.getAttribute("list"));
  expect(lists.every((list) => list === document.querySelector("datalist")?.id)).toBe(true);
  expect(lists).toHaveLength(4);
});

test("what the core does not tell says so", async () => {
  const screen = await show(<ModbusScreen />, { feeds: { "modbus.stations": refused() } });
  expect(failuresOf(screen.says())).toMatchInlineSnapshot(`
    [
      "! The devices could not be asked for. no core runs on this folder",
      "! The device profiles could not be asked for. no core runs on this folder",
    ]
  `);
});

test("a device is taken away by its identity", async () => {
  const screen = await screenOf();
  screen.asked();
  await screen.press("Read M1 no more");
  expect(screen.asked()).toEqual([["modbus.detach", { identity: "M1" }]]);
  expect(failuresOf(screen.says())).toMatchInlineSnapshot(`
    [
      "! It could not be taken away. no core runs on this folder",
    ]
  `);
});

test("a value is written once it lies within what the device takes", async () => {
  const screen = await screenOf({ "modbus.write": { says: "", registers: [] } }, [device]);
  screen.asked();
  await screen.press("Limit the current");
  const write = () => screen.says().find((line) => line.startsWith("[Limit the current]"));
  const label = /^Amperes/;
  for (const [typed, said] of [
    ["", "[Limit the current] (off)"],
    ["5.9", "[Limit the current] (off)"],
    ["6", "[Limit the current]"],
    ["16", "[Limit the current]"],
    ["16.1", "[Limit the current] (off)"],
    ["x", "[Limit the current] (off)"],
    ["10.5", "[Limit the current]"],
    [" 10,25 ", "[Limit the current]"],
  ] as const) {
    await screen.type(label, typed);
    expect([typed, write()]).toEqual([typed, said]);
  }
  await screen.press("Limit the current");
  await screen.press("Let it charge");
  await screen.press("Let it charge");
  const at = { identity: device.setup.identity };
  expect(screen.asked()).toEqual([
    ["modbus.write", { ...at, command: "limit-current", value: 10.25 }],
    ["modbus.write", { ...at, command: "enable" }],
  ]);
  expect(screen.says().filter((line) => line.startsWith("Written"))).toHaveLength(2);
  // What does not answer is not written to.
  screen.tell("modbus.stations", [{ ...device, state: "silent" }]);
  expect(screen.says()).not.toContain("[Limit the current]");
  cleanup();
  const failing = await screenOf({}, [{ ...device, counts: { readings: 1, failed: 1 } }]);
  expect(failing.says().join()).toContain("1 reading, 1 without a good answer");
  await failing.press("Let it charge");
  await failing.press("Let it charge");
  expect(failuresOf(failing.says())).toEqual(["! The write was not confirmed. no core runs on this folder"]);
  expect(failing.says().join()).not.toContain("Written");
});

test("a value that nothing bounds may be any number", async () => {
  const commands = [{ name: "limit-current", says: "" }];
  const screen = await screenOf({ "modbus.write": { says: "", registers: [] } }, [
    { ...device, profile: { ...(device.profile as NonNullable<typeof device.profile>), commands } },
  ]);
  screen.asked();
  await screen.press("Limit the current");
  await screen.type("Amperes (0 to ?)", "-1e6");
  await screen.press("Limit the current");
  expect(screen.asked()).toEqual([["modbus.write", { identity: "WALL1", command: "limit-current", value: -1e6 }]]);
});

test("a device is set up as its maker set it, and the form is empty again; one that fails stays", async () => {
  const screen = await screenOf({ "modbus.attach": device });
  screen.asked();
  const form = "form[aria-labelledby=modbus-attach]";
  await screen.press("Read");
  expect(screen.says(form)).toContain("Name a port or a host.");
  await screen.type("Port or host", "COM4", 0);
  await screen.type("Unit", "256", 0);
  await screen.press("Read");
  expect(screen.says(form)).toContain("Unit: 256 (not right)");
  expect(screen.says(form)).toContain("0 to 255");
  await screen.type("Unit", "7", 0);
  expect(screen.says(form)).not.toContain("0 to 255");
  await screen.press("Read");
  expect(screen.says(form)).toContain("Identity: (not right)");
  await screen.choose("Device", "Acme Wall 1");
  await screen.type("Identity", "NEW");
  await expect(screen.text(form)).toMatchFileSnapshot("told/charger.txt");
  await screen.press("Read");
  expect(screen.asked()).toEqual([
    ["modbus.attach", { place: "COM4,baud=19200,frame=8E1", unit: 7, profile: "wall", identity: "NEW" }],
  ]);
  expect(screen.says(form)).toEqual(
    expect.arrayContaining(["Port or host:", "Baud: 9600", "Frame: 8N1", "Unit:", "Device: by itself", "Identity:"]),
  );
  cleanup();
  const failing = await screenOf();
  await failing.type("Port or host", "10.0.0.5", 0);
  expect(failing.says(form)).not.toContain("Reference for: none");
  await failing.choose("Device", "Volt M3");
  await failing.type("Identity", " M1 ");
  await failing.type("Identity", "M1");
  await failing.choose("Reference for", "CP1");
  failing.asked();
  await failing.press("Read");
  await expect(failing.text(form)).toMatchFileSnapshot("told/meter-failed.txt");
  expect(failing.asked()).toEqual([
    ["modbus.attach", { place: "10.0.0.5", profile: "meter", identity: "M1", reference: { station: "CP1" } }],
  ]);
  expect((await failing.choices()).filter((line) => line.startsWith("Reference"))).toEqual([
    "Reference for: none, CP1",
  ]);
});

test("a device is set up once, and what failed is told until it is tried again", async () => {
  const screen = await screenOf({ "modbus.attach": unanswered });
  await screen.type("Port or host", "10.0.0.5", 0);
  await screen.type("Identity", "NEW");
  screen.asked();
  await screen.press("Read");
  await screen.press("Read");
  expect(screen.asked()).toHaveLength(1);
});

/** Chooses a file in a form. */
function give(form: string, text: string): void {
  const input = document.querySelector(`${form} input[type=file]`);
  if (input) fireEvent.change(input, { target: { files: [new File([text], "box.yaml")] } });
}

test("a profile from a file is looked over, set up with, and as its maker set the device; its faults are told", async () => {
  const [wall] = profiles as [ProfileView];
  const view = { ...wall, name: "my-box", maker: "Me", device: "Box" };
  const screen = await screenOf({ "modbus.checkProfile": view, "modbus.attach": device });
  screen.asked();
  const form = "form[aria-labelledby=modbus-attach]";
  give(form, "name: my-box");
  await expect.poll(() => screen.text(form)).toContain("Me Box (my-box)");
  await screen.type("Port or host", "COM4", 0);
  await screen.type("Identity", "NEW");
  await screen.press("Read");
  expect(screen.asked()).toEqual([
    ["modbus.checkProfile", { text: "name: my-box" }],
    ["modbus.attach", { place: "COM4,baud=19200,frame=8E1", profile: { text: "name: my-box" }, identity: "NEW" }],
  ]);
  // Too long is too long, whatever is in it; just short enough is looked at.
  for (const text of ["x".repeat(longestProfile), " ".repeat(longestProfile + 1)]) {
    give(form, "x".repeat(text.length));
    // As a verdict: a text of this length is no message.
    const isIt = ([name, input]: [string, unknown]) =>
      name === "modbus.checkProfile" && (input as { text: string }).text === text;
    await expect.poll(() => screen.asked().map(isIt)).toEqual([true]);
  }
  cleanup();
  const failing = await screenOf();
  give(form, "name: 1");
  await expect.poll(() => failing.text(form)).toContain("The file was not taken.");
});

test("an own profile that a device is read by serves others; the list is asked for anew as devices come and go", async () => {
  const [wall] = profiles as [ProfileView];
  const own = { ...wall, maker: "Me", device: "Box", ownOf: "WALL1" };
  const screen = await screenOf({ "modbus.profiles": [wall, own], "modbus.attach": device });
  const form = "form[aria-labelledby=modbus-attach]";
  screen.asked();
  await screen.choose("Device", "Me Box (own, as WALL1 is read)");
  expect(screen.says(form).join(" ")).toContain("From its document, not tried on a device. Source: its manual.");
  await screen.type("Port or host", "COM4", 0);
  await screen.type("Identity", "NEW");
  await screen.press("Read");
  await screen.type("Port", "COM5");
  await screen.choose("Profile", "Me Box (own, as WALL1 is read)");
  await screen.press("Listen");
  const at = { place: "COM4,baud=19200,frame=8E1", identity: "NEW" };
  expect(screen.asked()).toEqual([["modbus.attach", { ...at, profile: { of: "WALL1" } }]]);
  screen.tell("modbus.stations", [device]);
  await expect.poll(() => screen.asked()).toEqual([["modbus.profiles", {}]]);
  screen.tell("modbus.stations", [device, meter]);
  await expect.poll(() => screen.asked()).toEqual([["modbus.profiles", {}]]);
  // What changes of a device is no other device.
  screen.tell("modbus.stations", [{ ...device, state: "silent" }, meter]);
  await settled();
  expect(screen.asked()).toEqual([]);
});

const scan: ScanView = { done: 3, total: 12, found: [], over: false };
const found: ScanView["found"] = [
  { unit: 3, setting: { baudRate: 19_200, parity: "even", stopBits: 1 }, words: { vendor: "Acme", product: "Wall" } },
  { host: "10.0.0.5", words: {} },
];

test("devices are looked for, as far as it has come, until it is over", async () => {
  const screen = await screenOf();
  await screen.press("Look");
  expect(screen.says()).toContain("Name a port or a host.");
  await screen.type("Port or host", " COM3 ", 1);
  await screen.press("Look");
  screen.tell("modbus.scan", { ...scan, found });
  await expect(screen.text("section[aria-labelledby=modbus-scan]")).toMatchFileSnapshot("told/scan.txt");
  screen.tell("modbus.scan", { ...scan, done: 12, over: true, verdict: { kind: "nothing" } });
  await expect(screen.text("section[aria-labelledby=modbus-scan]")).toMatchFileSnapshot("told/scan-over.txt");
  await screen.press(/network/);
  screen.tell("modbus.scan", { ...scan, trouble: words("no-core") });
  await screen.press("Cancel");
  await expect(screen.text("section[aria-labelledby=modbus-scan]")).toMatchFileSnapshot("told/scan-cancelled.txt");
  const scans = () => screen.watched().filter(([name]) => name === "modbus.scan");
  expect(scans()).toEqual([]);
  // Looked again, it begins anew.
  await screen.press("Look");
  expect(scans()).toEqual([["modbus.scan", { place: "COM3" }]]);
  screen.tell("modbus.scan", {
    ...scan,
    done: 0,
    total: 0,
    found: [{ host: "10.0.0.6", port: 503, announced: "wall-7", words: {} }],
  });
  expect(screen.says("section[aria-labelledby=modbus-scan]").slice(5)).toMatchInlineSnapshot(`
    [
      "[Look on the network]",
      "{0 of 0 questions}",
      "0 of 0 questions",
      "[Cancel]",
      "10.0.0.6:503 does not say what it is announced as wall-7",
    ]
  `);
  await screen.press(/network/);
  expect(scans()).toEqual([["modbus.scan", { place: "network" }]]);
  expect(screen.says("section[aria-labelledby=modbus-scan]").slice(5)).toEqual(["[Look on the network]"]);
  for (const odd of [" ", "COM 3"]) {
    await screen.type("Port or host", odd, 1);
    await screen.press("Look");
    expect(screen.says()).toContain("Name a port or a host.");
    await screen.type("Port or host", "COM4", 1);
    expect(screen.says()).not.toContain("Name a port or a host.");
  }
  expect(scans()).toEqual([["modbus.scan", { place: "network" }]]);
  cleanup();
  const failing = await screenOf({}, [], { "modbus.scan": refused() });
  await failing.type("Port or host", "COM3", 1);
  await failing.press("Look");
  expect(failuresOf(failing.says())).toEqual(["! It could not be looked. no core runs on this folder"]);
});

const row: RegisterRow = {
  ...{ table: "holding", address: 7, hex: "0x0102", u16: 258, i16: 258, bits: "0000000100000010", text: ".." },
  ...{ u32: 1, i32: -1, f32: 0.1, u32Little: null, f32Little: null },
};
const reading: DeviceReading = {
  ...{ place: "COM3", unit: 1, at: 0, profile: null, values: [], rows: [row, { ...row, address: 8 }] },
  blocks: [
    { table: "holding", address: 9, count: 1, registers: null, why: words("no-core") },
    { table: "holding", address: 7, count: 2, registers: [1, 2] },
  ],
};

test("registers are read once, then watched: those that change stand out", async () => {
  let hex = "0x0102";
  let of = {};
  const answers = { "modbus.read": () => ({ ...reading, ...of, rows: [row, { ...row, address: 8, hex }] }) };
  const screen = await screenOf(answers);
  screen.asked();
  const part = "section[aria-labelledby=modbus-registers]";
  expect(screen.says(part)).toContain("[ ] Read every second, and mark what changes (off)");
  await screen.type("Port or host", "10.0.0.5", 2);
  await screen.type("First", "65536");
  await screen.press("Read them");
  expect(screen.says(part)).toContain("First: 65536 (not right)");
  await screen.type("First", "0x07");
  await screen.type("How many", "0");
  await screen.press("Read them");
  expect(screen.says(part)).toContain("How many: 0 (not right)");
  await screen.type("How many", "2");
  await screen.choose("Table", "input");
  await screen.press("Read them");
  expect(screen.asked()).toEqual([
    ["modbus.read", { place: "10.0.0.5", registers: { table: "input", from: 7, count: 2 } }],
  ]);
  await expect(screen.text(part)).toMatchFileSnapshot("told/registers.txt");
  hex = "0x0103";
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  void screen.tick("Read every second, and mark what changes");
  await vi.advanceTimersByTimeAsync(1100);
  vi.useRealTimers();
  expect(screen.asked()).toHaveLength(1);
  await expect.poll(() => screen.text(part)).toMatch(/‹changed=true›\n8 changed \| 0x0103/);
  await screen.tick("Read every second, and mark what changes");
  of = { unit: 2 };
  hex = "0x0104";
  await screen.press("Read them");
  expect(screen.text(part)).not.toContain("changed=true");
  cleanup();
  const failed = await screenOf();
  await failed.type("Port or host", "10.0.0.5", 2);
  await failed.press("Read them");
  expect(failuresOf(failed.says())).toMatchInlineSnapshot(`
    [
      "! They could not be read. no core runs on this folder",
    ]
  `);
});

test("watched, registers are read a second after each answer, until it is enough; what failed stands until one comes", async () => {
  /** Without a reading it refuses. */
  let answer: (reading?: DeviceReading) => void = () => undefined;
  const screen = await screenOf({
    "modbus.read": () =>
      new Promise((done, fail) => {
        answer = (reading) => (reading ? done(reading) : fail(refused()));
      }),
  });
  const part = "section[aria-labelledby=modbus-registers]";
  const come = async (what?: DeviceReading) => {
    answer(what);
    await act(() => vi.advanceTimersByTimeAsync(0));
  };
  await screen.type("Port or host", "10.0.0.5", 2);
  screen.asked();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  fireEvent.click(page.getByRole("button", { name: "Read them" }));
  expect(screen.says(part)).toContain("[Read them] (off)");
  await come();
  const failed = "! They could not be read. no core runs on this folder";
  expect(failuresOf(screen.says(part))).toEqual([failed]);
  const watch = page.getByLabelText("Read every second, and mark what changes");
  fireEvent.click(watch);
  await act(() => vi.advanceTimersByTimeAsync(999));
  expect(screen.asked()).toHaveLength(1);
  await act(() => vi.advanceTimersByTimeAsync(1));
  expect(screen.asked()).toHaveLength(1);
  // While it is tried again, what failed stands, and by hand it may be read at once.
  expect([failuresOf(screen.says(part)), screen.says(part)]).toEqual([
    [failed],
    expect.arrayContaining(["[Read them]"]),
  ]);
  await act(() => vi.advanceTimersByTimeAsync(5000));
  expect(screen.asked()).toEqual([]);
  await come(reading);
  expect(failuresOf(screen.says(part))).toEqual([]);
  expect(screen.text(part)).not.toContain("changed=true");
  fireEvent.click(watch);
  await act(() => vi.advanceTimersByTimeAsync(5000));
  expect(screen.asked()).toEqual([]);
  fireEvent.click(watch);
  cleanup();
  await vi.advanceTimersByTimeAsync(5000);
  expect(screen.asked()).toEqual([]);
});

const poll: PollView = {
  ...{ unit: 5, question: { kind: "read", table: "input", address: 10, count: 2 }, asked: 12, answered: 11 },
  ...{ refused: 0, everyMs: 1250, lastAt: 3000, registers: [1, 65_535], values: [] },
};
const value: ValueView = {
  ...{ at: 10, means: "Power.Active.Import", evse: 1, phase: "L1", raw: "7400", value: 7400, unit: "W", words: [] },
};
const heard: ListenView = { since: 0, bytes: 0, damaged: 0, strange: 0, polls: [], more: 0 };

test("another master is overheard: what it asks, how often, and what comes of it, until that is stopped", async () => {
  const screen = await screenOf();
  const part = "section[aria-labelledby=modbus-listen]";
  const told: string[] = [];
  const tell = (view: Partial<ListenView>) => {
    screen.tell("modbus.listen", { ...heard, ...view });
    told.push(screen.text(part).replace(/^.*\[Listen\]\n/s, ""));
  };
  for (const wrong of ["10.0.0.5", "COM 3"]) {
    await screen.type(/^Port$/, wrong);
    await screen.press("Listen");
    expect(screen.says(part)).toContain(`Port: ${wrong} (not right)`);
    await screen.choose("Profile", wrong === "COM 3" ? "none" : "Volt M3");
    expect(screen.says(part)).toContain(`Port: ${wrong}`);
  }
  await screen.type(/^Port$/, "COM3");
  await screen.choose("Profile", "Acme Wall 1");
  await screen.press("Listen");
  expect(screen.says(part)).toContain("Port: COM3");
  tell({});
  tell({ bytes: 1, damaged: 1 });
  const written: PollView = {
    ...{ ...poll, unit: 6, refused: 2, everyMs: null },
    question: { kind: "write", table: "holding", address: 7, registers: [8, 9] },
  };
  const whole = { ...value, means: "Current.Import", unit: "", value: 7 } as const;
  const values: ValueView[] = [
    { ...value, words: ["far", "low"] },
    whole,
    { ...whole, means: "Power.Factor", value: 0.975 },
    { ...value, means: "note", label: "its place", phase: undefined, value: "A1", words: ["new"] },
    { ...value, at: 11, means: "note", phase: undefined, value: null, words: ["none"] },
  ];
  const one: PollView["question"] = { kind: "read", table: "coil", address: 3, count: 1 };
  tell({
    ...{ bytes: 2048, damaged: 2, strange: 1, more: 3 },
    polls: [
      poll,
      written,
      { ...written, question: { kind: "write", table: "coil", address: 1, registers: [1] }, why: words("no-core") },
      { ...poll, question: one, registers: null },
      { ...poll, unit: 7, values },
    ],
  });
  tell({ bytes: 4, strange: 2, trouble: words("no-core") });
  tell({ trouble: words("no-core") });
  await expect(told.join("\n")).toMatchFileSnapshot("told/listening.txt");
  // Listened again, it begins anew.
  await screen.press("Listen");
  const place = "COM3,baud=9600,frame=8N1";
  expect([screen.says(part).join(), screen.watched().filter(([name]) => name === "modbus.listen")]).toEqual([
    expect.not.stringContaining("Listened since"),
    [["modbus.listen", { place, profile: "wall" }]],
  ]);
  screen.tell("modbus.listen", heard);
  await screen.press("End listening");
  expect(screen.says(part).join()).not.toContain("Listening since");
  expect(screen.watched().filter(([name]) => name === "modbus.listen")).toEqual([]);
  cleanup();
  const failing = await screenOf({}, [], { "modbus.listen": refused() });
  await failing.type(/^Port$/, "/dev/ttyUSB0");
  await failing.press("Listen");
  expect(failuresOf(failing.says())).toEqual(["! It could not be listened. no core runs on this folder"]);
});
