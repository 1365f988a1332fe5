// @vitest-environment happy-dom
import { cleanup, fireEvent } from "@testing-library/react";
import { expect, test } from "vitest";
import { longestProfile, type ProfileView } from "../../../src/services/modbus/contract.ts";
import { words } from "../../../src/station/phrases.ts";
import type { ScanView } from "../../../src/station/serial/modbus.ts";
import { refused, screensForFile, settled, show, unanswered } from "../../ui/testing/screen.tsx";
import { ModbusScreen } from "./ModbusScreen.tsx";
import { device, failuresOf, meter, profiles, screenOf } from "./testing/devices.tsx";

screensForFile();

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
