// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import type { StationFindings } from "../../../src/services/findings/contract.ts";
import { words } from "../../../src/station/phrases.ts";
import { refused, type Shown, screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { FindingsScreen } from "./FindingsScreen.tsx";

screensForFile();

const when = { firstAt: 0, lastAt: 1000, firstFrame: 1, lastFrame: 9 };
const all: StationFindings[] = [
  {
    ...{ station: "CP1", info: {} },
    findings: [
      {
        rule: "missing-field",
        where: "BootNotification /chargePointModel",
        said: words("nothing"),
        expected: words("a-field", { name: "x" }),
        count: 2,
        ...when,
      },
      { rule: "unknown-field", where: "Heartbeat /a", said: "b", count: 1, ...when },
      { rule: "unknown-field", where: "Heartbeat /c", said: "", count: 1, firstAt: 0, lastAt: 5 },
    ],
  },
  {
    station: "CP2",
    info: {},
    findings: [{ rule: "unknown-field", where: "Heartbeat /a", said: "z", count: 4, ...when }],
  },
];
const strictness = { strict: null, strictByDefault: false, emptyAnswers: false };

function shown(list: StationFindings[], written: Written = {}): Promise<Shown> {
  const feeds: Written["feeds"] = {
    ...{ "findings.list": list, "findings.strictness": strictness },
    "stations.list": [summaryOf(onlineStation())],
    ...written.feeds,
  };
  return show(<FindingsScreen />, { ...written, feeds });
}

test.each<[string, StationFindings[]]>([
  ["none", []],
  ["two-stations", all],
  ["elsewhere", all.slice(1)],
])("the findings: %s", async (name, list) => {
  await expect((await shown(list)).text()).toMatchFileSnapshot(`told/${name}.txt`);
});

test("all stations together, each place under its station", async () => {
  const screen = await shown(all);
  await screen.tick("All stations");
  await expect(screen.text()).toMatchFileSnapshot("told/all.txt");
  expect(await screen.choices()).toMatchInlineSnapshot(`
    [
      "Rule: A required field is missing, A field that the specification does not have",
    ]
  `);
});

const sections = (screen: Shown) => screen.says().filter((line) => /^~\w+ \w/.test(line));
test("narrowed by severity, and by words; with nothing left it says so", async () => {
  const screen = await shown(all);
  expect(sections(screen)).toHaveLength(2);
  const severity =
    screen
      .says()
      .find((line) => line.startsWith("[ ] "))
      ?.slice(4) ?? "";
  await screen.tick(severity);
  const narrowed = sections(screen);
  expect(narrowed.length).toBeLessThan(2);
  await screen.tick(severity);
  await screen.type("Words", "heartbeat");
  expect(sections(screen)).toHaveLength(1);
  await screen.type("Words", "nothing like it");
  expect(screen.says()).toContain("No finding passes the filter");
});

test("a ticket is written for the rules on screen, in either language", async () => {
  const ticket = { station: "CP1", info: { vendor: "Acme" }, madeAt: 0, entries: [] };
  const screen = await shown(all, { answers: { "findings.ticket": ticket } });
  await screen.press("Vendor ticket");
  expect(screen.asked().at(-1)).toEqual([
    "findings.ticket",
    { station: "CP1", rules: ["missing-field", "unknown-field"] },
  ]);
  expect(screen.says("aside").join(" ")).not.toContain("Tillverkare");
  await screen.tick("Svenska");
  // The words of a language are fetched when they are wanted.
  await expect.poll(() => screen.says("aside").join(" ")).toContain("Tillverkare");
});

const frame = { seq: 9, at: 0, direction: "in", action: "Heartbeat", said: "b", text: "[2]" } as const;
test("the frames of a place are asked for twenty at a time, and older ones on demand", async () => {
  const frames = [frame, { ...frame, seq: 4, action: null, said: "" }];
  const screen = await shown(all, { answers: { "findings.frames": { frames, more: true } } });
  await screen.press(/^Frames.*Heartbeat a|Frames of|Show/i, 1);
  const asked = { station: "CP1", rule: "unknown-field", where: "Heartbeat /a", limit: 20 };
  expect(screen.asked()).toEqual([["findings.frames", asked]]);
  await expect(screen.text("aside")).toMatchFileSnapshot("told/frames.txt");
  await screen.press("Show older ones");
  expect(screen.asked()).toEqual([["findings.frames", { ...asked, before: 4 }]]);
});

test("how strictly a station is taken is chosen at once, and what fails says so", async () => {
  const screen = await shown(all);
  await screen.tick("Strict");
  await screen.tick(/^Spare it errors/);
  expect(screen.asked().filter(([name]) => name === "findings.behave")).toEqual([
    ["findings.behave", { station: "CP1", strict: true }],
    ["findings.behave", { station: "CP1", emptyAnswers: true }],
  ]);
  expect(screen.says().filter((line) => line.startsWith("!"))).toHaveLength(1);
  screen.tell("findings.strictness", { strict: true, strictByDefault: false, emptyAnswers: true });
  await expect(screen.text("details section")).toMatchFileSnapshot("told/strict.txt");
});

test("it says that it reads, and why it could not", async () => {
  expect((await show(<FindingsScreen />, {})).says().at(-1)).toMatch(/^… /);
  cleanup();
  const failed = await shown([], { feeds: { "findings.list": refused() } });
  expect(failed.says().filter((line) => line.startsWith("!"))).toHaveLength(1);
});

test("narrowed by a rule and by severities, the tickets are of those stations and rules that are left", async () => {
  const screen = await shown(all, {
    answers: { "findings.ticket": { station: "CP2", info: {}, madeAt: 0, entries: [] } },
  });
  const tickets = () => screen.says().filter((line) => line.startsWith("[Vendor ticket"));
  expect(tickets()).toMatchInlineSnapshot(`
    [
      "[Vendor ticket]",
    ]
  `);
  await screen.tick("All stations");
  expect(tickets()).toMatchInlineSnapshot(`
    [
      "[Vendor ticket for CP1]",
      "[Vendor ticket for CP2]",
    ]
  `);
  await screen.press(/CP2/);
  expect(screen.asked().at(-1)).toEqual([
    "findings.ticket",
    { station: "CP2", rules: ["missing-field", "unknown-field"] },
  ]);
  await screen.choose("Rule", "A required field is missing");
  expect([sections(screen).length, tickets().length]).toEqual([1, 1]);
  await screen.tick("This station");
  await screen.choose("Rule", "A field that the specification does not have");
  const marks = screen.says().filter((line) => /^\[.\] (Error|Warning|Notice)/i.test(line));
  expect(marks).toMatchInlineSnapshot(`[]`);
  for (const mark of marks) await screen.tick(mark.slice(4));
  expect(sections(screen)).toHaveLength(1);
  for (const mark of marks) await screen.tick(mark.slice(4));
  expect(sections(screen)).toHaveLength(1);
});
