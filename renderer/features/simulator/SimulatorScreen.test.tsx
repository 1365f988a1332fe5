// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { SimulatorAction, VirtualStation } from "../../../src/services/simulator/contract.ts";
import { refused, type Shown, screensForFile, show, unanswered, type Written } from "../../ui/testing/screen.tsx";
import { SimulatorScreen } from "./SimulatorScreen.tsx";

screensForFile();

const connector = { evse: 1, connector: 1, plugged: false, charging: false, power: 0, energy: 1500 };
const station: VirtualStation = {
  ...{ identity: "V1", ocpp: "1.6", scenario: "idle", speed: 1, linked: true, dropped: false, queued: 0, quirks: [] },
  connectors: [connector],
};
const busy: VirtualStation = {
  ...{
    ...station,
    identity: "V2",
    ocpp: "2.0.1",
    scenario: "day",
    speed: 2.5,
    linked: false,
    dropped: true,
    queued: 3,
  },
  quirks: ["late-values", "no-stop"],
  connectors: [
    { ...connector, plugged: true },
    { ...connector, evse: 2, plugged: true, charging: true, power: 7360, card: "04A1" },
    { ...connector, evse: 3, fault: "OverVoltage" },
  ],
};

function shown(list: VirtualStation[], answers: Written["answers"] = {}): Promise<Shown> {
  const tokens = { acceptAll: true, tokens: [] };
  return show(<SimulatorScreen />, { feeds: { "simulator.list": list, "tokens.list": tokens }, answers });
}

test.each([
  ["none", []],
  ["two", [station, busy]],
])("with %s", async (name, list) => {
  const screen = await shown(list);
  await expect(screen.text()).toMatchFileSnapshot(`told/${name}.txt`);
  await expect(`${(await screen.choices()).join("\n")}\n`).toMatchFileSnapshot(`told/${name}-choices.txt`);
});

test("it says that it reads, and why it could not", async () => {
  expect((await show(<SimulatorScreen />, {})).says().at(-1)).toMatch(/^… /);
  cleanup();
  const failed = await show(<SimulatorScreen />, { feeds: { "simulator.list": refused() } });
  expect(failed.says().filter((line) => line.startsWith("!"))).toMatchInlineSnapshot(`
    [
      "! The virtual stations could not be asked for. no core runs on this folder",
    ]
  `);
});

const hands: [of: VirtualStation, name: RegExp, action: SimulatorAction, evse: number, value?: string][] = [
  [station, /^Plug in/, "plug", 1],
  [busy, /^Unplug, V2 connector 2/, "unplug", 2],
  [station, /^(Tap|Hold)/, "tap", 1, "04A1B2C3D4E5F6"],
  [station, /fault/i, "fault", 1, "GroundFailure"],
  [busy, /Clear/, "clear-fault", 3],
  [station, /^(Drop|Cut)/, "drop-link", 1],
  [busy, /^(Restore|Mend)/, "restore-link", 1],
];
test.each(hands)("of the station %#: the hand %s does %s, and says when", async (of, name, action, evse, value) => {
  vi.spyOn(Date, "now").mockReturnValue(new Date(2099, 0, 31, 10, 2, 11).getTime());
  const screen = await shown([of], { "simulator.act": of });
  await screen.press(name, 0);
  expect(screen.asked()).toEqual([["simulator.act", { identity: of.identity, action, evse, value }]]);
  expect(screen.says().filter((line) => line.endsWith("10:02:11"))).toHaveLength(1);
});

test("what a hand could not do says why", async () => {
  const screen = await shown([station]);
  await screen.press(/^Plug in/);
  expect(screen.says().filter((line) => line.startsWith("!"))).toMatchInlineSnapshot(`
    [
      "! Not done. no core runs on this folder",
    ]
  `);
});

test("when a hand did something stays as it was; while it does, another is not taken", async () => {
  const clock = vi.spyOn(Date, "now").mockReturnValue(new Date(2099, 0, 31, 10, 2, 11).getTime());
  let slow = false;
  const screen = await shown([station], { "simulator.act": () => (slow ? unanswered() : station) });
  await screen.press(/^Plug in/);
  clock.mockReturnValue(new Date(2099, 0, 31, 10, 3, 0).getTime());
  screen.tell("simulator.list", [{ ...station, connectors: [{ ...connector, energy: 1600 }] }]);
  const said = () => screen.says().filter((line) => /^…/.test(line));
  expect(said()).toEqual(["… Plugged in 10:02:11"]);
  slow = true;
  await screen.press(/^Plug in/);
  await screen.press(/^(Tap|Hold)/);
  expect([said(), screen.asked().length]).toEqual([["… Doing it"], 2]);
});

test("a card is held as it is typed, without blanks around, and nothing is held without one", async () => {
  const screen = await shown([station], { "simulator.act": station });
  const tap = () => screen.says().find((line) => /^\[(Tap|Hold)/.test(line)) ?? "";
  await screen.type("Card", "  ");
  expect(tap()).toMatch(/\(off\)$/);
  await screen.type("Card", " 04FF ");
  await screen.press(/^(Tap|Hold)/);
  expect(screen.asked()).toMatchObject([["simulator.act", { value: "04FF" }]]);
});

test("the fault that is chosen is raised, and the cards that are known are offered", async () => {
  const screen = await shown([station], { "simulator.act": station });
  screen.tell("tokens.list", { acceptAll: true, tokens: [{ value: "04FF" }, { value: "04EE" }] as never });
  await screen.type("Card", "04");
  expect((await screen.choices()).find((line) => line.startsWith("Card"))).toBe("Card: 04FF, 04EE");
  await screen.choose("Fault", /^OverVoltage/);
  await screen.press(/fault/i);
  expect(screen.asked()).toMatchObject([["simulator.act", { action: "fault", value: "OverVoltage" }]]);
});

test("what waits to be sent, how fast its time runs and why it is away are told where they are out of the ordinary", async () => {
  const lines = async (more: Partial<VirtualStation>) => {
    const screen = await shown([{ ...station, ...more }]);
    const [, , about = "", link = ""] = screen.says("section");
    cleanup();
    return `${about} / ${link}`;
  };
  const told = [];
  for (const more of [
    {},
    { queued: 1 },
    { speed: 0.5 },
    { linked: false },
    { linked: false, dropped: true, queued: 2 },
  ])
    told.push(await lines(more));
  expect(told).toMatchInlineSnapshot(`
    [
      "OCPP 1.6, Idle / ~available ~available Connected",
      "OCPP 1.6, Idle / ~available ~available Connected 1 message waits to be sent",
      "OCPP 1.6, Idle, 0.5 times real time / ~available ~available Connected",
      "OCPP 1.6, Idle / ~quiet ~quiet Offline",
      "OCPP 1.6, Idle / ~quiet ~quiet Offline the link was dropped by hand 2 messages wait to be sent",
    ]
  `);
});

test("one is opened by its button; what could not be stopped or changed says so", async () => {
  const screen = await shown([busy]);
  const [first = ""] = screen.says("section fieldset").filter((line) => line.startsWith("["));
  await screen.tick(first.slice(4), 0);
  await screen.press("Stop");
  await screen.press("Stop");
  await screen.press("Show station");
  expect(window.location.hash).toBe("#/overview?station=V2");
  expect(screen.says().filter((line) => line.startsWith("!"))).toMatchInlineSnapshot(`
    [
      "! It could not be changed. no core runs on this folder",
      "! It could not be stopped. no core runs on this folder",
    ]
  `);
});

test("one that charges is stopped after the sentence, another at once", async () => {
  const screen = await shown([station, busy]);
  await screen.press("Stop", 0);
  expect(screen.asked()).toEqual([["simulator.stop", { identity: "V1" }]]);
  await screen.press("Stop", 1);
  expect(screen.asked()).toEqual([]);
  await screen.press("Stop", 1);
  expect(screen.asked()).toEqual([["simulator.stop", { identity: "V2" }]]);
});

test("quirks are chosen one by one, in their order", async () => {
  const screen = await shown([busy]);
  const boxes = screen.says("section fieldset").filter((line) => line.startsWith("["));
  expect(boxes.filter((line) => line.startsWith("[x]"))).toHaveLength(2);
  const second = boxes[1]?.slice(4) ?? "";
  await screen.tick(second, 0);
  await screen.tick(boxes[0]?.slice(4) ?? "", 0);
  expect(screen.asked()).toEqual([
    ["simulator.misbehave", { identity: "V2", quirks: ["late-values", "lost-values", "no-stop"] }],
    ["simulator.misbehave", { identity: "V2", quirks: ["no-stop"] }],
  ]);
});

test("another is started as it is typed, under a name that is free; what will not do is named", async () => {
  const screen = await shown([{ ...station, identity: "VIRTUAL-2" }], { "simulator.start": station });
  const before = screen.says("form");
  expect(before.filter((line) => line.startsWith("Identity") || line.includes("virtual-"))).toMatchInlineSnapshot(`
    [
      "Identity: VIRTUAL-1",
    ]
  `);
  await screen.type("Speed", "2000");
  await screen.type("Connectors", "9");
  await screen.press(/^Start/);
  expect(screen.asked()).toEqual([]);
  expect(screen.says("form").filter((line) => line.endsWith("(not right)"))).toHaveLength(2);
  await screen.type("Speed", "10");
  await screen.type("Connectors", "2");
  await screen.choose("OCPP", "2.1");
  await screen.press(/^Start/);
  const seed = expect.any(Number);
  const rest = { ocpp: "2.1", scenario: "day", speed: 10, connectors: 2, quirks: [], seed };
  expect(screen.asked()).toEqual([["simulator.start", { identity: "VIRTUAL-1", ...rest }]]);
  screen.tell("simulator.list", [{ ...station, identity: "VIRTUAL-1" }]);
  expect(screen.says("form")).toContain("Identity: VIRTUAL-2");
  const quirk =
    screen
      .says("form fieldset")
      .find((line) => line.startsWith("["))
      ?.slice(4) ?? "";
  await screen.tick(quirk, 1);
  await screen.choose("Scenario", "Idle");
  await screen.press(/^Start/);
  expect(screen.asked()).toMatchObject([
    ["simulator.start", { identity: "VIRTUAL-2", scenario: "idle", connectors: 2, quirks: ["late-values"] }],
  ]);
  expect(screen.says("form").join(" ")).toContain(quirk);
});

test("the first field that will not do has the focus; a name that runs is not taken, nor a form that is on its way", async () => {
  const screen = await shown([station], { "simulator.start": unanswered });
  await screen.type("Identity", "V1");
  await screen.type("Connectors", "0");
  await screen.press(/^Start/);
  expect(screen.says("form").filter((line) => line.endsWith("(not right)"))).toEqual([
    "Identity: V1 (not right)",
    "Connectors: 0 (not right)",
  ]);
  expect((document.activeElement as HTMLInputElement).value).toBe("V1");
  await screen.type("Identity", "V7");
  expect(screen.says("form").filter((line) => line.endsWith("(not right)"))).toEqual([]);
  await screen.type("Connectors", "8");
  await screen.press(/^Start/);
  await screen.press(/^Start/);
  expect(screen.asked()).toMatchObject([["simulator.start", { identity: "V7", connectors: 8 }]]);
  cleanup();
  // One that was typed is that of the station it started; the next is named anew.
  const named = await shown([], { "simulator.start": { ...station, identity: "V9" } });
  await named.type("Identity", "V9");
  await named.press(/^Start/);
  expect(named.says("form")).toContain("Identity: VIRTUAL-1");
  cleanup();
  const failing = await shown([]);
  await failing.type("Identity", "V8");
  await failing.press(/^Start/);
  expect(failing.says("form")).toContain("Identity: V8");
  expect(failing.says("form").filter((line) => line.startsWith("!"))).toHaveLength(1);
});

test("what is chosen once more stays as it is", async () => {
  const screen = await shown([station], { "simulator.start": station, "simulator.act": station });
  for (let times = 0; times < 2; times++) {
    await screen.choose("OCPP", "2.0.1");
    await screen.choose("Scenario", "Idle");
    await screen.choose("Fault", /^OverVoltage/);
  }
  await screen.press(/^Start/);
  await screen.press(/^Raise fault/);
  expect(screen.asked()).toMatchObject([
    ["simulator.start", { ocpp: "2.0.1", scenario: "idle" }],
    ["simulator.act", { action: "fault", value: "OverVoltage" }],
  ]);
});
