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
