import { expect, it } from "vitest";
import { portPair } from "../../../test/harness/serial/port-pair.ts";
import { createManualClock } from "../../lib/clock.ts";
import { codecs } from "../../transports/serial/framing/codecs.ts";
import { writeControl } from "../../transports/serial/line/control.ts";
import { usualSettings } from "../../transports/serial/settings.ts";
import { createSerialLink } from "./serial-link.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));

/** A station's end of a line, greeted by whoever holds end `b`. */
async function bench() {
  const pair = portPair();
  const clock = createManualClock();
  const log: string[] = [];
  const turns: string[] = [];
  const link = createSerialLink({
    port: "a",
    settings: usualSettings,
    framing: "lines",
    open: pair.open,
    identity: "SIM",
    subprotocol: "ocpp1.6",
    clock,
    onUp: () => turns.push("up"),
    onText: () => undefined,
    onDown: () => turns.push("down"),
    log: (line) => log.push(line),
  });
  const greet = async () => {
    const end = await pair.open("b", usualSettings);
    end.listen({ data: () => undefined, closed: () => undefined });
    await end.write(codecs.lines.encode(writeControl({ kind: "hello", subprotocols: ["ocpp1.6"] }), true));
    await turn();
  };
  link.open();
  await turn();
  await greet();
  return { pair, clock, log, turns, link, greet };
}

it("is pulled out, says so in words, and goes on when the adapter is back", async () => {
  const { pair, clock, log, turns, link, greet } = await bench();
  pair.unplug();
  expect([link.up, link.send("[]")]).toEqual([false, false]);
  expect(log).toEqual(["link: a is gone: the adapter was unplugged. Plug it in again."]);
  for (let tries = 0; tries < 3; tries++) {
    clock.advance(2000);
    await turn();
  }
  expect(log.slice(1)).toEqual([expect.stringMatching(/^link: a is not there\./)]);
  pair.plug();
  clock.advance(2000);
  await turn();
  await greet();
  expect(turns).toEqual(["up", "down", "up"]);
  await link.dispose();
  expect(pair.held()).toEqual(["b"]);
});

it("is switched off though nobody takes what it says, and though the adapter goes meanwhile", async () => {
  for (const goes of [false, true]) {
    const { pair, link, turns } = await bench();
    pair.stall(true);
    link.send("[]");
    const off = link.dispose();
    if (goes) pair.unplug();
    await off;
    expect([turns, pair.held().includes("a")]).toEqual([["up", "down"], false]);
  }
});

/** A station's end of a line whose other end is held by hand. */
async function line(framing: "lines" | "cobs" = "lines") {
  const pair = portPair();
  const clock = createManualClock();
  const told: string[] = [];
  const link = createSerialLink({
    ...{ port: "a", settings: usualSettings, framing, open: pair.open, identity: "SIM", subprotocol: "ocpp1.6", clock },
    onUp: () => told.push("up"),
    onText: (text) => told.push(text),
    onDown: () => told.push("down"),
    log: (said) => told.push(said),
  });
  const heard: string[] = [];
  const reader = codecs[framing].reader(10_000);
  const far = await pair.open("b", usualSettings);
  far.listen({
    data: (bytes) =>
      heard.push(
        ...reader.push(bytes).map((piece) => (piece.kind === "frame" ? Buffer.from(piece.data).toString() : piece.why)),
      ),
    closed: () => undefined,
  });
  const say = async (data: Uint8Array | string) => {
    await far.write(codecs[framing].encode(Buffer.from(data as string), true));
    await turn();
    return told.splice(0);
  };
  const pass = async (ms: number) => {
    clock.advance(ms);
    await turn();
    return [heard.splice(0), told.splice(0)];
  };
  return { pair, clock, told, link, heard, far, say, pass };
}

const hello = '{"hello":{"identity":"SIM","subprotocols":["ocpp1.6"],"software":"Plugside virtual station"}}';
const greeting = writeControl({ kind: "hello", subprotocols: ["ocpp1.6"] });

it.each(["lines", "cobs"] as const)(
  "says hello every two seconds in %s until it is greeted, and speaks then",
  async (framing) => {
    const { link, heard, told, say, pass } = await line(framing);
    expect(await pass(10_000)).toEqual([[], []]);
    link.open();
    await turn();
    expect([heard.splice(0), link.up, link.send("early")]).toEqual([[hello], false, false]);
    expect(await say("[2]")).toEqual([]);
    expect(await pass(1999)).toEqual([[], []]);
    expect(await pass(1)).toEqual([[hello], []]);
    expect([await say(greeting), link.up]).toEqual([["up"], true]);
    expect(await say(greeting)).toEqual([]);
    expect(await pass(10_000)).toEqual([[], []]);
    expect(link.send("[1]")).toBe(true);
    await turn();
    expect([heard, await say("[2]"), told]).toEqual([["[1]"], ["[2]"], []]);
  },
);

it("begins anew with a central system that began anew, and waits after one that said goodbye", async () => {
  const { link, heard, say, pass } = await line();
  link.open();
  await turn();
  await say(greeting);
  heard.length = 0;
  expect(await say(writeControl({ kind: "hello", subprotocols: [] }))).toEqual(["down"]);
  expect(heard.splice(0)).toEqual([hello]);
  await say(greeting);
  expect(await say(writeControl({ kind: "close", code: 1000, reason: "" }))).toEqual(["down"]);
  expect(await pass(1999)).toEqual([[], []]);
  expect(await pass(1)).toEqual([[hello], []]);
  // It is not up: a goodbye ends nothing.
  expect(await say(writeControl({ kind: "close", code: 1000, reason: "" }))).toEqual([]);
});

it("says hello again where what it said has no answer for twenty seconds, and not before", async () => {
  const { link, say, pass } = await line();
  link.open();
  await turn();
  await say(greeting);
  expect((await pass(60_000))[1]).toEqual([]);
  link.send("[1]");
  await pass(10_000);
  link.send("[1]");
  expect((await pass(9000))[1]).toEqual([]);
  await say("[2]");
  expect((await pass(60_000))[1]).toEqual([]);
  link.send("[1]");
  expect((await pass(19_000))[1]).toEqual([]);
  expect((await pass(1000))[1]).toEqual(["link: nobody answers", "down"]);
  expect(link.up).toBe(false);
});

it("tells what is damaged by its length, and hands on no byte of it", async () => {
  const { link, far, told } = await line();
  link.open();
  await turn();
  await far.write(codecs.lines.encode(greeting, true));
  await far.write(Buffer.from("[1]*0000\n"));
  await turn();
  expect(told).toEqual(["up", "link: 8 bytes are damaged (check)"]);
});

it("is closed while its port is being opened: nothing is held, and nothing is said", async () => {
  const { link, told, pair, heard } = await line();
  link.open();
  link.close(true);
  await turn();
  expect([pair.held(), told, heard, link.up]).toEqual([["b"], [], [], false]);
});

it("is closed with a goodbye, or cut without one, and dials anew as it is told", async () => {
  const { link, heard, told, say, pass, pair } = await line();
  link.open();
  link.open();
  await turn();
  await say(greeting);
  heard.length = 0;
  link.redial();
  await pass(0);
  await turn();
  expect([told, link.up]).toEqual([[], false]);
  await say(greeting);
  expect(link.up).toBe(true);
  heard.length = 0;
  link.close(true);
  await turn();
  expect([heard, told.splice(0), pair.held()]).toEqual([[], ["down"], ["b"]]);
  link.redial();
  expect(await pass(60_000)).toEqual([[], []]);
  link.open();
  await turn();
  await say(greeting);
  heard.length = 0;
  link.close(false);
  await turn();
  expect([heard, told, pair.held()]).toEqual([['{"close":{"code":1000,"reason":""}}'], ["down"], ["b"]]);
});
