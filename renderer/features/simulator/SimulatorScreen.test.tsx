// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { SimulatorAction, VirtualStation } from "../../../src/services/simulator/contract.ts";
import { refused, type Shown, screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
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
});
