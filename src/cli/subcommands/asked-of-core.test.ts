import { expect, onTestFinished, test, vi } from "vitest";
import { FailureError } from "../../lib/contract.ts";
import type { Words } from "../../lib/words.ts";
import { newStation } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import { core, toldOf } from "../testing/fake-core.ts";
import { printed, typing } from "../testing/printed.ts";
import { openDesk } from "./modbus/desk.ts";

vi.mock(import("../reach.ts"), async (original) => {
  const { reachingIt } = await import("../testing/fake-core.ts");
  return reachingIt(await original());
});

const state = { ...newStation("CP1", 0), seq: 1 };
const entryOf = (seq: number) => ({ station: "CP1", event: { kind: "heartbeat", at: 0, seq } });
const finding = { ...{ rule: "too-long", where: "A /b", said: "c" }, ...{ count: 1, firstAt: 0, lastAt: 0 } };
const found = [{ station: "CP1", info: {}, findings: [{ ...finding, firstFrame: 1, lastFrame: 1 }] }];
const kept = { id: 7, name: "a.log", bytes: 3, at: 0, state: "whole" };
const mark = { seq: 5, at: 0, station: "CP1", direction: "in", action: null };
const waiting = { id: 2, file: 7, destination: "stick", name: "a.log", state: "waiting", tries: 0, at: 0 };
const stick = { name: "stick", kind: "folder", path: "/stick" };
const wall = { setup: { identity: "WALL1", place: "h", profile: "wallbe" }, state: "online", since: 0 };
const reading = { at: 0, unit: 3, values: [], blocks: [{ table: "input", address: 0, count: 1, registers: [7] }] };

/** What a command asks of the core that runs, calls and feeds, each with what is asked for; and its exit code, where that is not 0. */
type Asking = { args: string; says: typeof core.says; calls?: unknown[]; feeds?: unknown[]; code?: number };
const newestOf = { station: undefined, groups: undefined, before: undefined, limit: 200 };
const stateOf = (identity: string) => ["stations.state", { identity }];
const askings: Asking[] = [
  {
    args: "stations",
    says: { "stations.states": ({ after }: { after: number }) => ({ states: [state], next: after === 0 ? 9 : null }) },
    calls: [0, 9].map((after) => ["stations.states", { after }]),
  },
  {
    args: "stations CP1 --at #5",
    says: {
      "stations.states": { states: [state, { ...state, identity: "CP2" }], next: null },
      "stations.stateAt": { state: null },
    },
    calls: [
      ["stations.states", { after: 0 }],
      ["stations.stateAt", { identity: "CP1", frame: 5 }],
    ],
  },
  {
    args: "stations CP1 --at 1970-01-01T00:00:01Z",
    says: { "stations.states": { states: [state], next: null }, "stations.stateAt": { state } },
    calls: [
      ["stations.states", { after: 0 }],
      ["stations.stateAt", { identity: "CP1", at: 1000 }],
    ],
  },
  {
    args: "history CP1 --group commands --group link --last 501",
    says: {
      "stations.state": state,
      "history.page": ({ limit, before = 1000 }: { limit: number; before?: number }) => ({
        entries: Array.from({ length: limit }, (_, at) => entryOf(before - limit + at)),
        more: true,
      }),
    },
    calls: [
      { before: undefined, limit: 500 },
      { before: 500, limit: 1 },
    ].map((page) => ["history.page", { station: "CP1", groups: ["commands", "link"], ...page }]),
    feeds: [stateOf("CP1")],
  },
  {
    args: "history",
    says: { "history.page": { entries: [entryOf(3)], more: false } },
    calls: [["history.page", newestOf]],
  },
  { args: "history NOBODY", says: { "stations.state": null }, feeds: [stateOf("NOBODY")], code: 5 },
  { args: "findings", says: { "findings.list": found }, feeds: [["findings.list", {}]] },
  {
    args: "findings --station CP1 --ticket --json",
    says: { "findings.list": [...found, { ...found[0], station: "CP2" }], "findings.ticket": {} },
    calls: [["findings.ticket", { station: "CP1" }]],
    feeds: [["findings.list", {}]],
  },
  ...[state, null].map((told) => ({
    args: "findings --station CP9",
    says: { "findings.list": found, "stations.state": told },
    feeds: [["findings.list", {}], stateOf("CP9")],
    code: told ? 0 : 5,
  })),
  {
    args: "attempts --json",
    says: {
      "connection.attempts": [{ id: 4 }, { id: 3 }],
      async "connection.attempt"({ id }: { id: number }) {
        if (id === 4) throw new Error("it fell off meanwhile");
        return { id, state: "ended" };
      },
    },
    calls: [4, 3].map((id) => ["connection.attempt", { id }]),
    feeds: [["connection.attempts", {}]],
  },
  {
    args: "configuration CP1",
    says: { "stations.state": state, "configuration.live": { values: [], unknown: ["a"], beyond: 1 } },
    feeds: [stateOf("CP1"), ["configuration.live", { station: "CP1" }]],
  },
  { args: "configuration CP9", says: { "stations.state": null }, feeds: [stateOf("CP9")], code: 5 },
  { args: "bookmarks", says: { "bookmarks.list": [mark] }, feeds: [["bookmarks.list", {}]] },
  {
    args: "calls",
    says: { "calls.list": [{ name: "a", action: "B", payload: "{}" }] },
    feeds: [["calls.list", {}]],
  },
  { args: "files CP1", says: { "files.list": [kept] }, feeds: [["files.list", { station: "CP1" }]] },
  { args: "outbox", says: { "outbox.list": [waiting] }, feeds: [["outbox.list", {}]] },
  {
    args: "outbox destinations",
    says: { "outbox.destinations": [stick] },
    feeds: [["outbox.destinations", {}]],
  },
  {
    args: "api calls.list --follow",
    says: {
      get "calls.list"() {
        setImmediate(() => core.turn("closed"));
        return [];
      },
    },
    feeds: [["calls.list", {}]],
  },
  { args: "api calls.remove", says: { "calls.remove": null }, calls: [["calls.remove", {}]] },
  {
    args: "modbus profiles",
    says: { "modbus.profiles": [{ name: "a", kind: "meter", maker: "M", device: "D", proven: "device" }] },
    calls: [["modbus.profiles", {}]],
  },
  {
    args: "modbus read h --unit 3 --registers 0-1 --table input",
    says: { "modbus.read": reading },
    calls: [["modbus.read", { place: "h", unit: 3, registers: { table: "input", from: 0, count: 2 } }]],
  },
  {
    args: "modbus read h --profile wallbe --json",
    says: { "modbus.read": { ...reading, blocks: [...reading.blocks, { ...reading.blocks[0], registers: null }] } },
    calls: [["modbus.read", { place: "h", profile: "wallbe" }]],
  },
  {
    args: "modbus read h --profile wallbe",
    says: { "modbus.read": { ...reading, blocks: [{ ...reading.blocks[0], registers: null }] } },
    calls: [["modbus.read", { place: "h", profile: "wallbe" }]],
    code: 2,
  },
  {
    args: "modbus write h --profile wallbe --unit 4 --command limit-current --value 10 --yes",
    says: { "modbus.write": { says: "it", registers: [1] } },
    calls: [["modbus.write", { place: "h", unit: 4, profile: "wallbe", command: "limit-current", value: 10 }]],
  },
  {
    args: "modbus scan h --units 3-5",
    says: { "modbus.scan": { done: 3, total: 3, found: [], over: true, verdict: { kind: "nothing" } } },
    feeds: [["modbus.scan", { place: "h", units: [3, 4, 5] }]],
    code: 3,
  },
  ...[undefined, words("no-core")].map((trouble) => ({
    args: "modbus scan h",
    says: { "modbus.scan": { done: 1, total: 3, found: [{ unit: 1, words: {} }], over: true, trouble } },
    feeds: [["modbus.scan", { place: "h", units: undefined }]],
    code: trouble ? 1 : 0,
  })),
  {
    args: "modbus scan h --units 0-9",
    says: {
      get "modbus.scan"() {
        const seen = (done: number) => ({
          done,
          total: 20,
          found: [],
          over: done === 20,
          verdict: { kind: "nothing" },
        });
        setImmediate(() => [1, 2, 3, 4, 4, 20].map((done) => core.tell(seen(done))));
        return { ...seen(0), total: 0 };
      },
    },
    feeds: [["modbus.scan", { place: "h", units: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] }]],
    code: 3,
  },
  ...(
    [
      [words("modbus-all-refused", { count: 2 } as never), 2],
      [{ phrase: "modbus-exception-busy" }, 2],
      [{ phrase: "modbus-exception-gateway" }, 3],
      [{ phrase: "modbus-exception-target" }, 3],
      [words("modbus-no-answer"), 3],
      [{ phrase: "port-unreachable" }, 3],
      [{ phrase: "port-hung-up" }, 3],
      [{ phrase: "port-missing" }, 1],
    ] as [Words, number][]
  ).map(([why, code]) => ({
    args: "modbus read h --registers 0",
    says: {
      async "modbus.read"() {
        throw new FailureError("unavailable", why.phrase, undefined, why);
      },
    },
    calls: [["modbus.read", { place: "h", registers: { table: "holding", from: 0, count: 1 } }]],
    code,
  })),
  ...[{ what: "restart", at: 5000, frame: 9 }, undefined].map((effect) => ({
    args: `command CP1 reset --set kind=soft --wait ${effect ? 5 : 0.001}`,
    says: {
      "stations.command": { result: "accepted", frame: 7, latencyMs: 12 },
      "stations.state": {
        ...state,
        commands: [{ id: "1", name: "reset", args: {}, sentAt: 0, outcome: { result: "accepted", frame: 7 }, effect }],
      },
    },
    calls: [["stations.command", { identity: "CP1", command: { name: "reset", kind: "soft" } }]],
    feeds: [stateOf("CP1")],
    code: effect ? 0 : 3,
  })),
  { args: "findings --json", says: { "findings.list": [] }, feeds: [["findings.list", {}]] },
  { args: "findings", says: { "findings.list": [] }, feeds: [["findings.list", {}]] },
  {
    args: "history --csv",
    says: { "history.page": { entries: [], more: false } },
    calls: [["history.page", newestOf]],
  },
  { args: "history", says: { "history.page": { entries: [], more: false } }, calls: [["history.page", newestOf]] },
  { args: "attempts", says: { "connection.attempts": [] }, feeds: [["connection.attempts", {}]] },
  {
    args: "stations",
    says: { "stations.states": { states: [], next: null } },
    calls: [["stations.states", { after: 0 }]],
  },
  {
    args: "link --json",
    says: { "connection.link": { url: "http://127.0.0.1:1/?key=a-secret-of-16-b" } },
    calls: [["connection.link", {}]],
  },
  {
    args: "forget CP1 --yes",
    says: {
      "stations.forgetPreview": { identity: "CP1", firstSeenAt: 0, frames: 1, findings: 0, files: 0 },
      "stations.forget": {},
    },
    calls: [
      ["stations.forgetPreview", { identity: "CP1" }],
      ["stations.forget", { identity: "CP1" }],
    ],
  },
  {
    args: "forget CP1 --yes",
    says: { "stations.forgetPreview": { identity: "CP1", blocked: words("no-core") } },
    calls: [["stations.forgetPreview", { identity: "CP1" }]],
    code: 1,
  },
];

test("what is asked of a core that runs, which is let go of then, and what is printed of its answer", async () => {
  const told: string[] = [];
  for (const { args, says, calls = [], feeds = [], code = 0 } of askings) {
    const printed = await toldOf(says, args.split(" "));
    told.push(printed);
    const isFollowed = args.includes("--follow");
    expect({ args, asked: core.asked, watched: core.watched, ends: printed.slice(-4) }).toEqual({
      ...{ args, asked: [...calls, "closed"] },
      watched: feeds.flatMap((feed) => (isFollowed ? [feed] : [feed, "stopped"])),
      ends: `= ${code}\n`,
    });
  }
  // Of many rows one is as good as all.
  const short = told.map((one) => (one.length > 5000 ? `${one.slice(0, 400)} …\n${one.slice(-200)}` : one));
  await expect(short.join("\n")).toMatchFileSnapshot("told/asked.txt");
});

test.each<[args: string, says: typeof core.says, calls: unknown[]]>([
  ["bookmarks set #5 --note n", { "bookmarks.set": mark }, [["bookmarks.set", { seq: 5, note: "n" }]]],
  ["bookmarks remove 5", {}, [["bookmarks.remove", { seq: 5 }]]],
  ["calls save a B", { "calls.save": {} }, [["calls.save", { name: "a", action: "B", payload: "{}" }]]],
  ["calls remove a", {}, [["calls.remove", { name: "a" }]]],
  ["files change 7 --name b", { "files.change": kept }, [["files.change", { id: 7, name: "b", note: undefined }]]],
  ["files change 7 --note=", { "files.change": kept }, [["files.change", { id: 7, name: undefined, note: "" }]]],
  ["files remove 7", {}, [["files.remove", { id: 7 }]]],
  ["outbox add 7 stick", { "outbox.add": waiting }, [["outbox.add", { file: 7, destination: "stick" }]]],
  [
    "outbox add 7 stick --redacted",
    { "outbox.redact": { file: { id: 8 } }, "outbox.add": waiting },
    [
      ["outbox.redact", { file: 7 }],
      ["outbox.add", { file: 8, destination: "stick" }],
    ],
  ],
  ["outbox destination stick /stick", { "outbox.save": stick }, [["outbox.save", stick]]],
  ["outbox remove 2", {}, [["outbox.remove", { id: 2 }]]],
  ["outbox forget stick", {}, [["outbox.forget", { name: "stick" }]]],
  [
    "modbus attach h,id=WALL1",
    { "modbus.attach": wall },
    [["modbus.attach", { place: "h", identity: "WALL1", profile: "auto" }]],
  ],
  [
    "modbus attach h,unit=3,profile=wallbe,id=WALL1,reference=CP1:0",
    { "modbus.attach": wall },
    [
      [
        "modbus.attach",
        { place: "h", identity: "WALL1", profile: "wallbe", unit: 3, reference: { station: "CP1", evse: 1 } },
      ],
    ],
  ],
  ["modbus detach WALL1", {}, [["modbus.detach", { identity: "WALL1" }]]],
])("%s: what is asked of a core that runs", async (args, says, calls) => {
  expect(await toldOf(says, args.split(" "))).toMatch(/= 0\n$/);
  expect(core.asked).toEqual(calls);
});

test("nothing is written to a device without a person's word", async () => {
  const told = await toldOf({}, ["modbus", "write", "h", "--profile", "wallbe", "--command", "limit-current"]);
  expect(told).toMatch(/\n! Nothing was written\. Add --yes to do it\.\n= 5\n$/);
  expect(core.asked).toEqual([]);
});

test.each<{
  args: string;
  says: typeof core.says;
  asks: string;
  done: string;
  not: string;
  yes: string[];
  no: string[];
}>([
  {
    args: "modbus write h --profile wallbe --command limit-current",
    says: { "modbus.write": { says: "it", registers: [1] } },
    ...{ asks: "Do it? (yes) ", done: "Written.", not: "Nothing was written. Add --yes to do it." },
    ...{ yes: ["yes", " yes "], no: ["y", "no", "YES", "", "yes yes"] },
  },
  {
    args: "forget CP1",
    says: {
      "stations.forgetPreview": { identity: "CP1", firstSeenAt: 0, frames: 1, findings: 0, files: 0 },
      "stations.forget": {},
    },
    ...{ asks: "Type the station's identity to do it: ", done: "CP1 is forgotten.", not: "Nothing was taken away." },
    ...{ yes: ["CP1", " CP1 "], no: ["cp1", "CP", "CP11", "yes", ""] },
  },
])("$args: a person at the terminal is asked, and it is done for the one word alone", async (one) => {
  const { args, says, asks, done, not, yes, no } = one;
  const does = Object.keys(says).at(-1);
  const answered = async (answer: string) => {
    typing(true).write(`${answer}\n`);
    const told = await toldOf(says, args.split(" "));
    return [answer, told.slice(told.indexOf(asks) - 2), core.asked.flat().includes(does)];
  };
  for (const answer of yes) expect(await answered(answer)).toEqual([answer, `! ${asks}${done}\n= 0\n`, true]);
  for (const answer of no) expect(await answered(answer)).toEqual([answer, `! ${asks}! ${not}\n= 5\n`, false]);
});

test("a scan that is broken off is told as it stood then, and asks for nothing more", async () => {
  core.says = { "modbus.scan": { done: 0, total: 9, found: [], over: false } };
  core.watched = [];
  const stop = new AbortController();
  const told: number[] = [];
  const desk = await openDesk("/d");
  const scanning = desk.scan({ place: "h" }, ({ done }) => told.push(done), stop.signal);
  core.tell({ done: 4, total: 9, found: [{ unit: 1, words: {} }], over: false });
  stop.abort();
  expect(await scanning).toEqual({
    ...{ done: 4, total: 9, found: [{ unit: 1, words: {} }] },
    ...{ over: true, cancelled: true },
  });
  expect([told, core.watched]).toEqual([
    [0, 4],
    [["modbus.scan", { place: "h" }], "stopped"],
  ]);
});

test("a feed that is followed prints what it began with, and then each change, until the core is gone", async () => {
  core.says = { "messages.follow": [1, 2] };
  const said: string[] = [];
  const running = printed(["api", "messages.follow", "--follow"], [], said);
  await expect.poll(() => said).toEqual(["[1,2]\n"]);
  core.tell([1, 2, 3], [3]);
  core.tell([9], null);
  core.turn("connecting");
  await new Promise((done) => setImmediate(done));
  core.tell([9, 10], [10]);
  core.turn("closed");
  expect(await running).toBe("$ api messages.follow --follow\n[1,2]\n[3]\n[9]\n[10]\n= 0\n");
});

/** Waits without moving a clock that the test holds, as polling would. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((done) => setImmediate(done));
}

test("what waits to be sent is waited for, for a minute unless told otherwise", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  core.says = { "outbox.list": [waiting] };
  core.watched = [];
  let told = "";
  const running = printed(["outbox", "run"]).then((text) => {
    told = text;
  });
  await until(() => core.watched.length > 0);
  await vi.advanceTimersByTimeAsync(59_999);
  expect(told).toBe("");
  await vi.advanceTimersByTimeAsync(1);
  await running;
  expect(told).toMatch(/^2\t.*\n= 3\n$/m);
});

test("a core that ends while it is waited for what is to be sent is a failure, and nothing waits any more", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  core.says = { "outbox.list": [waiting] };
  core.watched = [];
  const running = printed(["outbox", "run"]);
  await until(() => core.watched.length > 0);
  const others = vi.getTimerCount();
  core.refuse(new FailureError("unavailable", "The core is gone."));
  expect(await running).toBe("$ outbox run\n! The core is gone.\n= 1\n");
  expect(vi.getTimerCount()).toBe(others - 1);
});

test("a console that says nothing at any speed is opened at none", async () => {
  const told = await toldOf({ "console.listen": { bytes: 0, text: 0 } }, ["console", "COM3", "--guess"]);
  expect(told).toMatch(/\n! Nothing was heard\. Let the board say something: restart it while this listens\.\n= 3\n$/);
  expect([core.asked.at(-1), core.asked.flat().includes("console.open")]).toEqual(["closed", false]);
});

test("a make's commands that nobody answers are no answer", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
  core.says = { "console.live": [], "console.list": [], "console.open": { state: "open" } };
  Object.assign(core, { asked: [], state: "open" });
  const running = printed(["console", "COM3", "--profile", "openevse-rapi", "--show", "errors"]);
  await until(() => core.asked.flat().includes("console.send"));
  await vi.advanceTimersByTimeAsync(3100);
  expect(await running).toMatch(/: \$GF\n! No answer\.\n= 3\n$/);
  expect(core.asked.slice(-2)).toEqual([["console.close", { port: "COM3" }], "closed"]);
});

test("a console whose core ends tells so, and that it failed", async () => {
  core.says = { "console.live": [], "console.list": [], "console.open": { state: "open" } };
  core.asked = [];
  const running = printed(["console", "COM3", "--listen"]);
  await expect.poll(() => core.asked.flat()).toContain("console.open");
  core.turn("open");
  core.state = "closed";
  core.turn("closed");
  expect(core.asked.flat()).not.toContain("console.close");
  expect(await running).toBe("$ console COM3 --listen\n! The core that had the port has ended.\n= 1\n");
});
