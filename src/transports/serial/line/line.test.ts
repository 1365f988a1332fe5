import { expect, onTestFinished, test } from "vitest";
import { portPair } from "../../../../test/harness/serial/port-pair.ts";
import { createManualClock } from "../../../lib/clock.ts";
import { silentLogger } from "../../../lib/logger.ts";
import { words } from "../../../station/phrases.ts";
import type { LineSetup } from "../../../station/serial/lines.ts";
import type { Link } from "../../link.ts";
import { codecs } from "../framing/codecs.ts";
import type { OpenPort } from "../port.ts";
import { usualSettings } from "../settings.ts";
import { writeControl } from "./control.ts";
import type { Introduced, Remembered } from "./serial-line.ts";
import { createSerialLines } from "./serial-lines.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
const start = Date.UTC(2026, 0, 1);
const call = '[2,"1","Heartbeat",{}]';

/** A line on end `a` as it is set up, and a station that is held by hand on `b`. */
async function bench(
  setup: Partial<LineSetup> = {},
  more: { introduced?: Partial<Introduced>; remembered?: Remembered; quiet?: number; listens?: boolean } = {},
) {
  const pair = portPair();
  const clock = createManualClock(start);
  const told: unknown[] = [];
  const asked: unknown[] = [];
  const links: Link[] = [];
  let changes = 0;
  const listen = (link: Link) =>
    link.listen({
      message: (data) => told.push(Buffer.from(data).toString()),
      spoilt: ({ data, binary, found }) => told.push([Buffer.from(data).toString(), binary, found.rule, found.said]),
      closed: (...end) => told.push(end),
    });
  const lines = createSerialLines({
    // Whatever it is called, it is the end `a`.
    open: (path, settings) => pair.open(path.length > 3 ? "a" : path, settings),
    look: async () => ({ ports: [], networks: [] }),
    introduce(text, identity) {
      asked.push([text, identity]);
      return { subprotocol: "ocpp1.6", ...more.introduced };
    },
    remembered: () => more.remembered ?? null,
    quietSeconds: () => more.quiet ?? 60,
    frameLimit: () => 1000,
    onLink(link) {
      links.push(link);
      if (more.listens !== false) listen(link);
    },
    clock,
    log: silentLogger,
  });
  onTestFinished(() => lines.dispose());
  lines.changed.on(() => {
    changes++;
  });
  const far: OpenPort = await pair.open("b", usualSettings);
  const heard: string[] = [];
  far.listen({ data: (bytes) => heard.push(Buffer.from(bytes).toString()), closed: () => undefined });
  const added = await lines.add({ port: "a", settings: usualSettings, framing: "lines", ...setup });
  await turn();
  const say = async (...texts: (string | Uint8Array)[]) => {
    for (const text of texts) await far.write(typeof text === "string" ? Buffer.from(text) : text);
    await turn();
    return told.splice(0);
  };
  const pass = async (ms: number) => {
    clock.advance(ms);
    await turn();
    return told.splice(0);
  };
  const view = () => lines.list()[0];
  return { pair, clock, lines, links, told, asked, heard, say, pass, view, listen, added, far, changes: () => changes };
}

const control = (...given: Parameters<typeof writeControl>) =>
  Buffer.from(codecs.lines.encode(writeControl(...given), true)).toString();
const hello = (more: object = {}) => control({ kind: "hello", subprotocols: ["ocpp2.0.1", "ocpp1.6"], ...more });
const asks = control({ kind: "hello", subprotocols: [] });

test("a line that is opened asks who is there, and is listening", async () => {
  const { heard, added, view, changes } = await bench();
  expect(heard).toEqual([asks]);
  expect(added).toEqual({
    setup: { port: "a", settings: usualSettings, framing: "lines" },
    ...{ path: "a", state: "listening", since: start, framing: "lines" },
    counts: { frames: 0, damaged: 0, damagedBytes: 0, text: 0 },
  });
  expect([view(), changes() >= 2]).toEqual([added, true]);
});

test.each([
  [undefined, []],
  [{ identity: "X", framing: "lines" } as const, [asks]],
])("a line whose framing is not set asks in the one it remembers: %j", async (remembered, said) => {
  const { heard, view } = await bench({ framing: "auto" }, { remembered });
  expect([heard, view()?.framing]).toEqual([said, undefined]);
});

test("a station that says hello is online with what it said, and is told what is taken", async () => {
  const { say, links, heard, asked, view, pass } = await bench();
  heard.length = 0;
  expect(await say(hello({ identity: "CP1", software: "Board 1" }), `${call}\n`)).toEqual([]);
  expect(links.map((link) => link.hello)).toEqual([
    {
      identity: "CP1",
      via: {
        ...{ kind: "serial", port: "a", baudRate: usualSettings.baudRate, frame: "8N1", framing: "lines" },
        ...{ offered: ["ocpp2.0.1", "ocpp1.6"], subprotocol: "ocpp2.0.1", userAgent: "Board 1" },
      },
    },
  ]);
  expect([heard, asked]).toEqual([[control({ kind: "hello", subprotocols: ["ocpp2.0.1"] })], [["", "CP1"]]]);
  expect(view()).toMatchObject({ state: "online", identity: "CP1", counts: { frames: 1, damaged: 0 } });
  // Without its check a line is damage from one who sends checks.
  const said = words("line-stretch", { count: call.length, pieces: 1, why: words("line-check") });
  expect(await pass(1000)).toEqual([[call, true, "line-damaged", said]]);
  expect(view()?.counts).toEqual({ frames: 1, damaged: 1, damagedBytes: call.length, text: 0 });
});

test.each<[string, Partial<LineSetup>, Parameters<typeof bench>[1], string, object]>([
  ["by its setup", { identity: "SET", ocpp: "2.1" }, {}, "SET", { subprotocol: "ocpp2.1", offered: ["ocpp2.1"] }],
  [
    "by what it says",
    {},
    { introduced: { identity: "SAID" } },
    "SAID",
    { subprotocol: "ocpp1.6", offered: ["ocpp1.6"], guessed: true },
  ],
  [
    "by who was there before",
    {},
    { remembered: { identity: "BEFORE", framing: "lines" } },
    "BEFORE",
    { guessed: true },
  ],
  ["by its port", {}, {}, "SERIAL-a", { guessed: true }],
])("a station that only talks is known %s", async (_, setup, more, identity, via) => {
  const { say, links, heard } = await bench(setup, more);
  heard.length = 0;
  expect(await say(`${call}\n`)).toEqual([call]);
  expect(links[0]?.hello).toMatchObject({ identity, via });
  expect(links[0]?.hello.via).not.toHaveProperty("userAgent");
  if (setup.ocpp) expect(links[0]?.hello.via).not.toHaveProperty("guessed");
  expect(heard).toEqual([]);
});

test.each<[string, Partial<LineSetup>, Parameters<typeof bench>[1], string, string]>([
  ["set before what it says of itself", { identity: "SET" }, { introduced: { identity: "SAID" } }, "hello", "SET"],
  ["said in its hello before what its messages tell", {}, { introduced: { identity: "SAID" } }, "hello", "CP1"],
  [
    "told by its messages before who was there",
    {},
    { introduced: { identity: "SAID" }, remembered: { identity: "BEFORE", framing: "lines" } },
    "talk",
    "SAID",
  ],
  ["who was there before its port", {}, { remembered: { identity: "BEFORE", framing: "lines" } }, "talk", "BEFORE"],
])("a station is called what was %s", async (_, setup, more, how, identity) => {
  const { say, links } = await bench(setup, more);
  await say(how === "hello" ? hello({ identity: "CP1" }) : `${call}\n`);
  expect(links.map((link) => link.hello.identity)).toEqual([identity]);
});

test("what is sent goes out as the other end sends it, and a goodbye only to who said hello", async () => {
  const talks = await bench();
  await talks.say(`${call}\n`);
  talks.heard.length = 0;
  expect(talks.links[0]?.send('[3,"1",{}]')).toBe(true);
  talks.links[0]?.close(1000, "bye", "asked");
  await turn();
  expect([talks.heard, talks.told, talks.links[0]?.isOpen]).toEqual([
    ['[3,"1",{}]\n'],
    [[1000, "bye", "asked"]],
    false,
  ]);
  expect([talks.links[0]?.send("late"), talks.view()?.state]).toEqual([false, "listening"]);
  const greets = await bench();
  await greets.say(hello({ identity: "CP1" }));
  greets.heard.length = 0;
  greets.links[0]?.close(1000, "bye", "asked");
  greets.links[0]?.close(1001, "again", "shutdown");
  await turn();
  expect([greets.heard, greets.told]).toEqual([
    [control({ kind: "close", code: 1000, reason: "bye" })],
    [[1000, "bye", "asked"]],
  ]);
});

test("a station that says goodbye or hello again ends what was before", async () => {
  const { say, links } = await bench();
  await say(hello({ identity: "CP1" }));
  expect(await say(control({ kind: "close", code: 4001, reason: "rebooting" }))).toEqual([
    [4001, "rebooting", "station"],
  ]);
  await say(hello({ identity: "CP1" }));
  expect(await say(hello({ identity: "CP1" }))).toEqual([[1006, "", "lost"]]);
  expect(links.map((link) => link.isOpen)).toEqual([false, false, true]);
});

test("who is silent for too long is over; 0 waits for ever", async () => {
  const { say, pass, view } = await bench({}, { quiet: 10 });
  await say(`${call}\n`);
  expect(await pass(9999)).toEqual([]);
  expect(await pass(501)).toEqual([[1006, "", "silent"]]);
  expect(view()?.state).toBe("listening");
  const patient = await bench({}, { quiet: 0 });
  await patient.say(`${call}\n`);
  expect(await patient.pass(1_000_000)).toEqual([]);
});

test("what is begun and not gone on with is damage after a second and a half, and damage together is told once", async () => {
  const { say, pass, view } = await bench();
  await say(`${call}\n`, '[2,"2"');
  expect(await pass(1499)).toEqual([]);
  expect(await pass(501)).toEqual([]);
  const stretch = (count: number, pieces: number, why: "line-cut" | "line-coding" | "line-plain-text") =>
    words("line-stretch", { count, pieces, why: words(why) });
  expect(await pass(499)).toEqual([]);
  expect(await pass(1)).toEqual([['[2,"2"', true, "line-damaged", stretch(6, 1, "line-cut")]]);
  await say("boot\n", "\u0001\u0002\n", "more\n");
  expect(await pass(500)).toEqual([]);
  expect(await say(`${call}\n`)).toEqual([
    ["boot\u0001\u0002more", true, "line-damaged", stretch(10, 3, "line-coding")],
    call,
  ]);
  await say("ready\n");
  expect(await pass(1500)).toEqual([["ready", false, "line-text", stretch(5, 1, "line-plain-text")]]);
  expect(view()?.counts).toEqual({ frames: 2, damaged: 2, damagedBytes: 16, text: 1 });
});

test("what came before any station is told once one is there: the last twenty of it", async () => {
  const { say, pass } = await bench();
  for (let count = 0; count < 21; count++) {
    await say(`boot ${count}\n`);
    await pass(1500);
  }
  const told = await say(`${call}\n`);
  expect(told.map((one) => (Array.isArray(one) ? one[0] : one))).toEqual([
    ...Array.from({ length: 20 }, (_, at) => `boot ${at + 1}`),
    call,
  ]);
});

test("a link that nobody listens to yet keeps what comes, and tells its end to who comes late", async () => {
  const { say, links, listen, told } = await bench({}, { listens: false });
  await say(`${call}\n`);
  const [link] = links;
  if (!link) throw new Error("no link");
  link.hold(true);
  link.hold(false);
  listen(link);
  expect(told.splice(0)).toEqual([call]);
  link.hold(true);
  await say(`${call}\n`);
  expect(told).toEqual([]);
  link.hold(false);
  await turn();
  expect(told.splice(0)).toEqual([call]);
  link.cut("replaced");
  expect(told).toEqual([]);
  await turn();
  listen(link);
  expect(told).toEqual([
    [1006, "", "replaced"],
    [1006, "", "replaced"],
  ]);
});

test("who takes nothing of what is said is let go once a megabyte waits", async () => {
  const { say, links, told, pair, view } = await bench();
  await say(hello({ identity: "CP1" }));
  pair.stall(true);
  const [link] = links;
  const half = "x".repeat(512 * 1024);
  expect([link?.send(half), link?.send(half), link?.send("x")]).toEqual([true, true, false]);
  await turn();
  expect([told, view()?.state]).toEqual([[[1006, "", "not-reading"]], "listening"]);
  pair.stall(false);
  await turn();
  await say(hello({ identity: "CP1" }));
  expect(links[1]?.send("x")).toBe(true);
});

test("a link that ends while it is held leaves the line to the next one", async () => {
  const { say, links } = await bench();
  await say(hello({ identity: "CP1" }));
  links[0]?.hold(true);
  links[0]?.cut("replaced");
  await say(hello({ identity: "CP2" }));
  expect(links.map(({ hello: { identity } }) => identity)).toEqual(["CP1", "CP2"]);
});

test("what a port took with it as it went waits with nobody when it is back", async () => {
  const { say, pass, links, pair } = await bench();
  await say(hello({ identity: "CP1" }));
  pair.stall(true);
  expect(links[0]?.send("x".repeat(900 * 1024))).toBe(true);
  pair.unplug();
  pair.stall(false);
  pair.plug();
  await pass(1000);
  const far = await pair.open("b", usualSettings);
  await far.write(Buffer.from(hello({ identity: "CP1" })));
  await pass(0);
  expect(links[1]?.send("x".repeat(900 * 1024))).toBe(true);
});

test("a port is one line, an identity on one of them, and there are sixty-four at most", async () => {
  const { lines } = await bench({ identity: "CP1" });
  const add = (port: string, identity?: string) =>
    lines.add({ port, settings: usualSettings, framing: "lines", ...(identity && { identity }) });
  const refusal = (given: ReturnType<typeof words>) => expect.objectContaining({ code: "conflict", words: given });
  await expect(add("a")).rejects.toEqual(refusal(words("line-open", { port: "a" })));
  await expect(add("c", "CP1")).rejects.toEqual(refusal(words("line-identity", { identity: "CP1", port: "a" })));
  await add("c");
  await add("d");
  for (let count = 3; count < 64; count++) await add(`p${count}`, `CP${count}`);
  await expect(add("end")).rejects.toEqual(refusal(words("line-too-many", { most: 64 })));
  await expect(lines.remove("none")).rejects.toEqual(
    expect.objectContaining({ code: "not-found", words: words("line-unknown", { port: "none" }) }),
  );
  await lines.remove("p3");
  expect((await add("end")).state).toBe("listening");
});

test("a port that is not there is in trouble since it was asked for, is tried every second, and says why", async () => {
  const { lines, pair, pass, view } = await bench();
  await pass(500);
  pair.unplug();
  expect(view()).toMatchObject({ state: "unplugged", since: start + 500, trouble: words("port-gone", { port: "a" }) });
  await lines.remove("a");
  await lines.add({ port: "a", settings: usualSettings, framing: "lines" });
  const trouble = words("port-missing", { port: "a" });
  expect(view()).toMatchObject({ state: "trouble", since: start + 500, trouble });
  await pass(1000);
  expect(view()).toMatchObject({ state: "trouble", since: start + 500, trouble });
  pair.plug();
  await pass(999);
  expect(view()?.state).toBe("trouble");
  await pass(1);
  expect(view()).toMatchObject({ state: "listening", since: start + 2500 });
  expect(view()).not.toHaveProperty("trouble");
});

test.each([
  ["/dev/ttyUSB0", "SERIAL-ttyUSB0"],
  ["tcp://host:4000", "SERIAL-host-4000"],
  ["rfc2217://box:23", "SERIAL-box-23"],
  ["C:\\odd port", "SERIAL-odd-port"],
  [`/dev/${"x".repeat(60)}`, `SERIAL-${"x".repeat(41)}`],
])("a station on %s that nobody has named is %s", async (port, identity) => {
  const { say, links } = await bench({ port });
  await say(`${call}\n`);
  expect(links[0]?.hello.identity).toBe(identity);
});
