// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen as page } from "@testing-library/react";
import { expect, onTestFinished, test, vi } from "vitest";
import type {
  DeviceReading,
  ListenView,
  PollView,
  RegisterRow,
  ValueView,
} from "../../../src/services/modbus/contract.ts";
import { words } from "../../../src/station/phrases.ts";
import { refused, screensForFile } from "../../ui/testing/screen.tsx";
import { failuresOf, screenOf } from "./testing/devices.tsx";

screensForFile();

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

test("a line is overheard at the speed and in the frame that are chosen", async () => {
  const screen = await screenOf();
  // Those of a host have neither.
  for (const nth of [0, 2]) await screen.type("Port or host", "10.0.0.5", nth);
  await screen.type(/^Port$/, "COM3");
  await screen.choose("Baud", "38400");
  await screen.choose("Frame", "7E1");
  await screen.press("Listen");
  expect(screen.watched()).toContainEqual(["modbus.listen", { place: "COM3,baud=38400,frame=7E1" }]);
});
