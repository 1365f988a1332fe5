import { expect, test } from "vitest";
import { portPair } from "../../../test/harness/serial/port-pair.ts";
import { createManualClock, systemClock } from "../../lib/clock.ts";
import type { Words } from "../../lib/words.ts";
import { writeRtu } from "../../modbus/codec/framing.ts";
import { words } from "../../station/phrases.ts";
import type { ListenView } from "./contract.ts";
import { listenTo, overhear } from "./listening.ts";

const settings = { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1, flow: "none" } as const;
const profile = {
  text: `name: box
maker: M
device: D
kind: meter
source: paper
proven: document
registers:
  - { at: 5, means: Voltage, phase: L1-N, scale: 0.1 }
`,
};

/** A line that somebody else talks on, and what is overheard there. */
async function bench(asked: { profile?: { text: string } } = {}) {
  const pair = portPair();
  const far = await pair.open("b", settings);
  let view: ListenView | null = null;
  const source = listenTo(
    { place: "COM1", ...asked },
    { open: (_path, how) => pair.open("a", how), clock: systemClock },
    (change) => {
      view = change();
    },
  );
  const say = (...frame: number[]) => far.write(writeRtu(frame[0] ?? 0, Uint8Array.from(frame.slice(1))));
  return { pair, far, source, say, view: () => view ?? source.snapshot };
}

/** Waits until the ear is on the line: what is said before is not heard. */
async function heard(of: Awaited<ReturnType<typeof bench>>, ...frame: number[]) {
  await expect
    .poll(async () => {
      await of.say(...frame);
      return of.view().bytes;
    })
    .toBeGreaterThan(0);
}

async function canOpen({ pair }: Awaited<ReturnType<typeof bench>>): Promise<boolean> {
  try {
    await (await pair.open("a", settings)).dispose();
    return true;
  } catch {
    return false;
  }
}

test("a question is told with how often it is put, and its answer as the profile reads it", async () => {
  const one = await bench({ profile });
  await heard(one, 7, 3, 0, 5, 0, 1);
  await one.say(7, 3, 2, 8, 252);
  await one.say(7, 6, 0, 9, 0, 16);
  await one.say(7, 0x86, 2);
  await expect.poll(() => one.view().polls.at(1)?.answered).toBe(1);
  const [read, write] = one.view().polls;
  expect(read).toMatchObject({
    unit: 7,
    question: { kind: "read", table: "holding", address: 5, count: 1 },
    answered: 1,
    registers: [2300],
    values: [{ means: "Voltage", phase: "L1-N", value: 230, unit: "V" }],
  });
  expect(write).toMatchObject({
    question: { kind: "write", table: "holding", address: 9, registers: [16] },
    asked: 1,
    refused: 1,
    everyMs: null,
    why: words("modbus-exception-address"),
  });
  one.source.close();
});

test("a coil that is switched is told as on or off", async () => {
  const one = await bench();
  await heard(one, 7, 3, 0, 5, 0, 1);
  for (const [coil, high] of [
    [9, 0xff],
    [10, 0],
  ] as const) {
    await one.say(7, 5, 0, coil, high, 0);
    await one.say(7, 5, 0, coil, high, 0);
  }
  await expect.poll(() => one.view().polls.at(2)?.answered).toBe(1);
  expect(one.view().polls.slice(1)).toMatchObject([
    { question: { kind: "write", table: "coil", address: 9, registers: [1] } },
    { question: { kind: "write", table: "coil", address: 10, registers: [0] } },
  ]);
  one.source.close();
});

test("what is no frame is counted once the line is silent, and a port that goes is told", async () => {
  const one = await bench();
  await heard(one, 7, 3, 0, 5, 0, 1);
  await one.far.write(Uint8Array.of(1, 2, 3, 4, 5, 6));
  await expect.poll(() => one.view().damaged).toBe(1);
  one.pair.unplug();
  await expect.poll(() => one.view().trouble).toEqual(words("port-gone", { port: "a" }));
  one.source.close();
});

test("a port that goes is listened to again when it is back, what was begun is told, and none is looked for any more at the end", async () => {
  const clock = createManualClock();
  const pair = portPair();
  const told: string[] = [];
  const place = { kind: "serial", port: "a", settings, isSet: true } as const;
  const listening = await overhear(
    place,
    { open: pair.open, clock },
    { heard: ({ kind }) => told.push(kind), turned: (gone) => told.push(gone?.phrase ?? "back") },
  );
  const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
  const far = await pair.open("b", settings);
  await far.write(Uint8Array.of(1, 2, 3, 4, 5, 6));
  await turn();
  pair.unplug();
  clock.advance(2000);
  await turn();
  pair.plug();
  clock.advance(1000);
  await turn();
  expect(told).toEqual(["damaged", "port-gone", "back"]);
  const again = await pair.open("b", settings);
  await again.write(writeRtu(7, Uint8Array.of(3, 0, 5, 0, 1)));
  await turn();
  expect(told.at(-1)).toBe("question");
  pair.unplug();
  await listening.close();
  pair.plug();
  clock.advance(5000);
  await turn();
  expect(pair.held()).toEqual([]);
});

test("a port that is back just as nobody wants it any more is let go of", async () => {
  const clock = createManualClock();
  const pair = portPair();
  const place = { kind: "serial", port: "a", settings, isSet: true } as const;
  let opens = Promise.resolve();
  const listening = await overhear(
    place,
    { open: async (...asked) => await pair.open(...asked).then((port) => opens.then(() => port)), clock },
    { heard: () => undefined, turned: () => undefined },
  );
  const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
  pair.unplug();
  pair.plug();
  const late = Promise.withResolvers<void>();
  opens = late.promise;
  clock.advance(2000);
  await turn();
  await listening.close();
  expect(pair.held()).toEqual(["a"]);
  late.resolve();
  await expect.poll(() => pair.held()).toEqual([]);
});

test("when nobody watches any more the port is free again, also where it was just being opened", async () => {
  const late = await bench();
  late.source.close();
  await expect.poll(() => canOpen(late)).toBe(true);
  const one = await bench();
  await heard(one, 7, 3, 0, 5, 0, 1);
  expect(await canOpen(one)).toBe(false);
  one.source.close();
  await expect.poll(() => canOpen(one)).toBe(true);
});

test("a network is refused, and a profile with faults or a port that is not there is told", async () => {
  const parts = { open: portPair().open, clock: systemClock };
  expect(() => listenTo({ place: "192.168.1.9" }, parts, () => undefined)).toThrow("Only a serial line");
  const faulty = await bench({ profile: { text: "name: 1" } });
  await expect.poll(() => faulty.view().trouble).toMatchObject({ phrase: "modbus-profile-faults" });
  const busy = await bench();
  await heard(busy, 7, 3, 0, 5, 0, 1);
  let told: ListenView | null = null;
  listenTo({ place: "COM1" }, { open: () => busy.pair.open("a", settings), clock: systemClock }, (view) => {
    told = view();
  });
  await expect.poll(() => told).toMatchObject({ trouble: words("port-busy", { port: "a" }) });
  busy.source.close();
});

test("several registers that are written at once are told with where they begin and what is written", async () => {
  const one = await bench({ profile });
  await heard(one, 7, 3, 0, 5, 0, 1);
  await one.say(7, 16, 0, 5, 0, 2, 4, 0, 16, 1, 0);
  await one.say(7, 16, 0, 5, 0, 2);
  await expect.poll(() => one.view().polls.at(1)?.answered).toBe(1);
  expect(one.view().polls[1]).toMatchObject({
    unit: 7,
    question: { kind: "write", table: "holding", address: 5, registers: [16, 256] },
    registers: null,
    values: [],
  });
  one.source.close();
});

test.each(["opens", "does not open"])(
  "a line that is being opened again as nobody listens any more, and %s, is let go of",
  async (how) => {
    const clock = createManualClock();
    const pair = portPair();
    const gate = Promise.withResolvers<void>();
    let until: Promise<void> = Promise.resolve();
    const told: string[] = [];
    const place = { kind: "serial", port: "a", settings, isSet: true } as const;
    const open: typeof pair.open = async (...given) => {
      await until;
      return pair.open(...given);
    };
    const turned = (gone: Words | null) => told.push(gone?.phrase ?? "back");
    const listening = await overhear(place, { open, clock }, { heard: () => undefined, turned });
    pair.unplug();
    until = gate.promise;
    if (how === "opens") pair.plug();
    clock.advance(1000);
    await listening.close();
    gate.resolve();
    const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
    await turn();
    pair.plug();
    clock.advance(5000);
    await turn();
    expect([pair.held(), told]).toEqual([[], ["port-gone"]]);
  },
);
