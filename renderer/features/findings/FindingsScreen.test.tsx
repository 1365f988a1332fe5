// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, onTestFinished, test, vi } from "vitest";
import type { StationFindings } from "../../../src/services/findings/contract.ts";
import { words } from "../../../src/station/phrases.ts";
import {
  inSwedish,
  refused,
  type Shown,
  screensForFile,
  settled,
  show,
  type Written,
} from "../../ui/testing/screen.tsx";
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

test("the findings in Swedish", async () => {
  await inSwedish();
  const screen = await shown(all);
  await screen.tick("Alla laddstationer");
  await expect(screen.text()).toMatchFileSnapshot("told/swedish.txt");
});

/** The severities that are ticked. */
const ticked = (screen: Shown) =>
  screen.says().flatMap((line) => /^\[x\] (\d+ (?:error|warning|notice)s?)$/.exec(line)?.[1] ?? []);
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
  const copied: string[] = [];
  vi.stubGlobal("navigator", { ...navigator, clipboard: { writeText: async (text: string) => copied.push(text) } });
  onTestFinished(() => void vi.unstubAllGlobals());
  await screen.press("Copy as a vendor ticket");
  expect(copied).toEqual([document.querySelector("aside pre")?.textContent]);
  await screen.tick("Svenska");
  // The words of a language are fetched when they are wanted.
  await expect.poll(() => screen.says("aside").join(" ")).toContain("Tillverkare");
  await screen.tick("English");
  await expect.poll(() => screen.says("aside").join(" ")).not.toContain("Tillverkare");
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
  // The same again lets it go.
  await screen.choose("Rule", "A required field is missing");
  expect([sections(screen).length, tickets().length]).toEqual([2, 2]);
  await screen.tick("This station");
  await screen.choose("Rule", "A field that the specification does not have");
  expect(sections(screen)).toHaveLength(1);
});

test("severities are ticked and unticked one by one; what is left is taken along as a file", async () => {
  const screen = await shown(all);
  const left = () => [...ticked(screen), sections(screen).length];
  await screen.tick("1 notice");
  expect(left()).toEqual(["1 notice", 1]);
  await screen.tick("0 errors");
  expect(left()).toEqual(["0 errors", "1 notice", 1]);
  await screen.tick("1 warning");
  expect(left()).toEqual(["0 errors", "1 warning", "1 notice", 2]);
  await screen.tick("1 notice");
  expect(left()).toEqual(["0 errors", "1 warning", 1]);
  await screen.choose("Rule", "A required field is missing");
  await screen.type("Words", "model");
  await screen.press("Export");
  await screen.press(/CSV/);
  await screen.tick("All stations");
  await screen.tick("0 errors");
  await screen.press("Export");
  await screen.press(/JSON/);
  const wish = { list: "findings", rule: "missing-field", text: "model" };
  expect(screen.asked()).toEqual([
    [
      "export.open",
      {
        wish: { ...wish, station: "CP1", severities: ["notice", "error", "warning"].slice(1) },
        form: "csv",
        language: "en",
      },
    ],
    ["export.open", { wish: { ...wish, station: undefined, severities: ["warning"] }, form: "ndjson", language: "en" }],
  ]);
});

test("while frames are fetched older ones cannot be asked for twice, and none of another place stands there meanwhile", async () => {
  const held = Promise.withResolvers<{ frames: never[]; more: boolean }>();
  let answer: () => unknown = () => ({ frames: [frame], more: true });
  const screen = await shown(all, { answers: { "findings.frames": () => answer() as never } });
  const aside = () => screen.says("aside").slice(1);
  await screen.press(/^Frames/);
  expect(aside()[1]).toContain("Heartbeat b");
  answer = () => held.promise;
  await screen.press("Show older ones");
  expect(aside().at(-1)).toBe("[Show older ones] (off)");
  await screen.press(/^Frames/, 1);
  expect(aside()).toEqual(["CP1 · Heartbeat /a", "… Fetching from the record"]);
  held.resolve({ frames: [], more: false });
  await settled();
  expect(aside().slice(1)).toEqual(["No frame on record shows it"]);
});

test("why frames cannot be had is told, and tried again; one is opened by a press", async () => {
  let answer: () => unknown = refused;
  const screen = await shown(all, { answers: { "findings.frames": () => answer() as never } });
  await screen.press(/^Frames/);
  expect(screen.says("aside").slice(2)).toMatchInlineSnapshot(`
    [
      "! The frames could not be fetched. no core runs on this folder",
      "Wait until the connection to Plugside is back, then try again.",
      "[Try again]",
    ]
  `);
  answer = () => ({ frames: [frame], more: false });
  await screen.press("Try again");
  expect(screen.says("aside").slice(2)).toEqual(["[1970-01-01T00:00:00.000Z Heartbeat b]"]);
  await screen.press(/Heartbeat b/);
  expect(screen.says("aside")[0]).toBe("{Frame 9}");
  cleanup();
  // Older ones that cannot be had take nothing away of what is there, and are asked for from where they were.
  const older = await shown(all, {
    answers: {
      "findings.frames": ({ before }) => (before === undefined ? { frames: [frame], more: true } : refused()),
    },
  });
  await older.press(/^Frames/);
  await older.press("Show older ones");
  expect(older.says("aside").filter((line) => /^\[|^!/.test(line))).toEqual([
    "! The frames could not be fetched. no core runs on this folder",
    "[Try again]",
    "[1970-01-01T00:00:00.000Z Heartbeat b]",
    "[Show older ones]",
  ]);
  older.asked();
  await older.press("Try again");
  expect(older.asked()).toMatchObject([["findings.frames", { before: 9 }]]);
});

test("the three ways of taking a station are told apart, as the settings have it and as it is set for this one", async () => {
  const screen = await shown(all);
  const now = () => screen.says("details section").filter((line) => /^\(o\)|^What deviates/.test(line));
  expect(now()[0]).toBe("(o) As in Settings (tolerant)");
  screen.tell("findings.strictness", { strict: null, strictByDefault: true, emptyAnswers: false });
  expect(now()).toEqual(["(o) As in Settings (strict)", expect.stringContaining("refused")]);
  screen.tell("findings.strictness", { strict: false, strictByDefault: true, emptyAnswers: false });
  expect(now()).toEqual(["(o) Tolerant", expect.stringContaining("read as it is meant")]);
  await screen.tick(/^As in/);
  await screen.tick("Strict");
  expect(screen.asked().map(([, input]) => input)).toEqual([
    { station: "CP1", strict: null },
    { station: "CP1", strict: true },
  ]);
});

test("a ticket that cannot be written says why, and is tried again; what is watched goes with the screen", async () => {
  const screen = await shown(all);
  await screen.press("Vendor ticket");
  expect(screen.says("aside")[1]).toBe("! The ticket could not be written. no core runs on this folder");
  screen.asked();
  await screen.press("Try again");
  expect(screen.asked().map(([name]) => name)).toEqual(["findings.ticket"]);
  expect(screen.watched()).toEqual([
    ["findings.list", {}],
    ["findings.strictness", { station: "CP1" }],
    ["stations.list", {}],
  ]);
  cleanup();
  expect(screen.watched()).toEqual([]);
});
