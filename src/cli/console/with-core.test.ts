import { beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { FailureError } from "../../lib/contract.ts";
import { words } from "../../station/phrases.ts";
import type { ConsoleEntry, ConsoleSetup } from "../../station/serial/console.ts";
import type { Guessed } from "../../station/serial/guess.ts";
import { terminal } from "../testing/printed.ts";
import { guessed } from "./guess.ts";
import type { ConsoleOptions } from "./options.ts";
import { printPast } from "./past.ts";
import { openTalk } from "./talk.ts";

type Tell = (all: readonly ConsoleEntry[], added: readonly ConsoleEntry[] | null) => void;

/** A core that has consoles: what it is asked, and what it tells. */
const core = vi.hoisted(() => ({
  there: true,
  asked: [] as unknown[],
  consoles: [] as unknown[],
  says: {} as Record<string, unknown>,
  live: null as unknown as Tell,
  states: [] as ((state: string) => void)[],
  state: "open",
  guess: null as unknown as Guessed,
}));
vi.mock("../reach.ts", () => {
  const client = {
    async call(name: string, input: object) {
      core.asked.push([name, input]);
      const answer = core.says[name];
      return typeof answer === "function" ? answer(input) : (answer ?? null);
    },
    watch(_name: string, _input: object, tell: Tell) {
      core.live = tell;
      tell([entry(7)], null);
      return { stop: () => undefined };
    },
    onState: (listener: (state: string) => void) => core.states.push(listener),
    close: () => core.asked.push("closed"),
    get state() {
      return core.state;
    },
  };
  return {
    reachCore: async () => (core.there ? client : null),
    snapshotOf: async () => core.consoles,
    openRecord: () => null,
    withCore: async () => 0,
  };
});
vi.mock("../../station/serial/guess.ts", () => ({
  async guessSettings(listen: (tried: object) => unknown, tell: (at: number, tried: object) => boolean) {
    const tried = { baudRate: 9600, dataBits: 8, parity: "even" };
    expect(tell(0, tried)).toBe(true);
    await listen(tried);
    return core.guess;
  },
}));

const settings = { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1, flow: "none" } as const;
const setup: ConsoleSetup = { port: "COM3", settings, station: "CP1" };
const entry = (id: number): ConsoleEntry =>
  ({ id, at: id * 1000, kind: "in", base64: Buffer.from(`line ${id}\n`).toString("base64") }) as ConsoleEntry;
const settled = () => new Promise((done) => setImmediate(done));

beforeEach(() => {
  Object.assign(core, { there: true, asked: [], consoles: [], says: {}, states: [], state: "open" });
});

async function talking() {
  const shown: number[][] = [];
  const to = terminal();
  onTestFinished(to.end);
  const talk = await openTalk({
    setup,
    folder: "/d",
    record: false,
    show: (all) => shown.push(all.map(({ id }) => id)),
  });
  return { talk, shown, to };
}

test("a console is opened in the core that runs, told what comes after, and closed there at the end", async () => {
  core.says = { "console.open": { state: "open" } };
  const { talk, shown, to } = await talking();
  const { settings: _settings, ...rest } = setup;
  expect(core.asked.splice(0)).toEqual([["console.open", { ...rest, ...settings }]]);
  core.live([entry(7), entry(8)], [entry(7), entry(8)]);
  core.live([entry(8), entry(9)], [entry(9)]);
  await settled();
  expect(shown.splice(0)).toEqual([[8], [9]]);
  // Too much came at once: what lies between is fetched.
  const pages = [[entry(10), entry(11)], [entry(12)], []];
  core.says["console.page"] = () => pages.shift();
  core.live([entry(90)], null);
  await settled();
  expect(shown).toEqual([[10, 11], [12]]);
  expect(core.asked.splice(0)).toEqual(
    [9, 11, 12].map((after) => ["console.page", { port: "COM3", after, limit: 1000 }]),
  );

  await talk.send(Buffer.from("hi"), { name: "f", size: 2, at: 0 });
  await talk.signal({ dtr: true });
  await talk.sendBreak(250);
  expect(core.asked.splice(0)).toEqual([
    ["console.send", { port: "COM3", base64: btoa("hi"), file: { name: "f", size: 2, at: 0 } }],
    ["console.signals", { port: "COM3", dtr: true }],
    ["console.break", { port: "COM3", ms: 250 }],
  ]);
  core.consoles = [
    { setup: { port: "COM4" }, state: "open" },
    { setup, state: "unplugged" },
  ];
  expect(await talk.isOpen()).toBe(false);
  core.consoles = [{ setup, state: "open" }];
  expect(await talk.isOpen()).toBe(true);
  await talk.end();
  expect([core.asked, to.err()]).toEqual([[["console.close", { port: "COM3" }], "closed"], ""]);
});

test("one that is open there already is one more view of it, and stays open; a core that ends is told", async () => {
  core.consoles = [{ setup }];
  const { talk, to } = await talking();
  expect(to.err()).toBe(
    "COM3 is open in the running core already, as it was set there; this is one more view of it.\n",
  );
  let isLost = false;
  void talk.lost.then(() => {
    isLost = true;
  });
  for (const listener of core.states) listener("open");
  await settled();
  expect(isLost).toBe(false);
  for (const listener of core.states) listener("closed");
  await settled();
  expect(isLost).toBe(true);
  await talk.end();
  expect(core.asked).toEqual(["closed"]);
});

test("one that cannot be opened there is closed again, and says why; nothing is closed in a core that is gone", async () => {
  core.says = { "console.open": { state: "unplugged", trouble: words("port-missing", { port: "COM3" }) } };
  const { settings: _settings, ...rest } = setup;
  const opening = openTalk({ setup, folder: "/d", record: false, show: () => undefined });
  await expect(opening).rejects.toMatchObject({ code: "unavailable", words: words("port-missing", { port: "COM3" }) });
  await expect(opening).rejects.toBeInstanceOf(FailureError);
  expect(core.asked.splice(0)).toEqual([
    ["console.open", { ...rest, ...settings }],
    ["console.close", { port: "COM3" }],
  ]);
  core.says = { "console.open": { state: "open" } };
  const { talk } = await talking();
  core.asked = [];
  core.state = "closed";
  await talk.end();
  expect(core.asked).toEqual(["closed"]);
});

test("a profile that makes a station of a console needs a core", async () => {
  core.there = false;
  const opening = openTalk({
    ...{ setup: { ...setup, profile: "openevse-rapi" }, folder: "/d", record: false, show: () => undefined },
  });
  await expect(opening).rejects.toThrow(/^--profile makes a station of the console, and no core runs/);
});

test.each<[string, Guessed, string, ConsoleSetup["settings"] | null]>([
  [
    "what was heard read as text",
    {
      ...{ heard: 900 },
      guess: {
        ...{ settings: { baudRate: 9600, dataBits: 7, parity: "even" }, heard: { bytes: 300, text: 0.985 } },
        orElse: [{ dataBits: 8, parity: "none" }],
      } as never,
    },
    "9600 baud, 7E1: 99 % of 300 bytes read as text.\nNot ruled out: 8N1. The same was read so, or nothing was heard meanwhile; try --frame if what is sent is not understood.\n",
    { ...settings, baudRate: 9600, dataBits: 7, parity: "even" },
  ],
  [
    "nothing else could be",
    { heard: 9, guess: { settings: { baudRate: 9600 }, heard: { bytes: 9, text: 1 }, orElse: [] } as never },
    "9600 baud, 8N1: 100 % of 9 bytes read as text.\n",
    { ...settings, baudRate: 9600 },
  ],
  [
    "nothing was heard",
    { heard: 0, guess: null },
    "Nothing was heard. Let the board say something: restart it while this listens.\n",
    null,
  ],
  [
    "nothing read as text",
    { heard: 5, guess: null },
    "5 bytes were heard, and at no speed did they read as text. Other wires, another level (RS-485, inverted), or no console.\n",
    null,
  ],
  [
    "the port has no speed",
    { heard: 5, guess: null, plain: true },
    "COM3 passes bytes alone: it has no speed and no parity to find. 5 bytes were heard.\n",
    settings,
  ],
])("speed and parity are found by listening: %s", async (_what, guess, told, found) => {
  core.guess = guess;
  const to = terminal();
  onTestFinished(to.end);
  const read = await guessed({ setup, folder: "/d" } as ConsoleOptions);
  expect(to.err()).toBe(`Listening at 9600 baud, 8E1\n${told}`);
  expect(read).toEqual(found && { ...setup, settings: found });
  expect(core.asked).toEqual([
    ["console.listen", { port: "COM3", ...settings, baudRate: 9600, parity: "even" }],
    "closed",
  ]);
});

test("what is on record of a console is printed page by page, line by line", async () => {
  const pages = [
    [entry(1), { ...entry(2), kind: "out" } as ConsoleEntry],
    [{ ...entry(3), base64: btoa("> ") } as ConsoleEntry],
    [],
  ];
  core.says["console.page"] = () => pages.shift();
  const to = terminal();
  onTestFinished(to.end);
  expect(await printPast("/d", "COM3", false)).toBe(0);
  expect(to.out()).toBe(
    "1970-01-01T00:00:01.000Z\t<\tline 1\n1970-01-01T00:00:02.000Z\t>\tline 2\n1970-01-01T00:00:03.000Z\t<\t> \n",
  );
  expect(core.asked).toEqual([
    ...[0, 2, 3].map((after) => ["console.page", { port: "COM3", after, limit: 1000 }]),
    "closed",
  ]);
  core.there = false;
  to.clear();
  expect(await printPast("/d", "COM3", true)).toBe(0);
  expect(to.out()).toBe("[]\n");
});
