import { describe, expect, test } from "vitest";
import { type Clock, systemClock } from "../../lib/clock.ts";
import { words } from "../../station/phrases.ts";
import { writeRtu, writeTcp } from "../codec/framing.ts";
import { ModbusMaster, type Wire } from "./master.ts";
import { type Memory, serveModbus } from "./slave.ts";
import { ModbusTrouble } from "./trouble.ts";

type Listener = Parameters<Wire["listen"]>[0];

/** Two ends of one wire; what `spoil` gives is what arrives at the master. */
function wirePair(spoil: (bytes: Uint8Array) => Uint8Array[] = (bytes) => [bytes]) {
  let master: Listener | null = null;
  let slave: Listener | null = null;
  const sent: Uint8Array[] = [];
  return {
    sent,
    master: {
      listen: (listener: Listener) => {
        master = listener;
      },
      write: async (bytes: Uint8Array) => {
        sent.push(bytes);
        queueMicrotask(() => slave?.data(bytes));
      },
    },
    slave: {
      listen: (listener: Listener) => {
        slave = listener;
      },
      write: async (bytes: Uint8Array) => {
        for (const part of spoil(bytes)) queueMicrotask(() => master?.data(part));
      },
    },
    say: (bytes: Uint8Array) => master?.data(bytes),
    cut: () => master?.closed(words("port-gone", { port: "X" })),
  };
}

const registers = new Map([
  ["holding 0", 10],
  ["holding 1", 20],
  ["input 0", 30],
  ["coil 0", 1],
]);

function memory(): Memory & { written: string[] } {
  const written: string[] = [];
  return {
    written,
    identity: ["Maker", "Box", "1.2"],
    read: (table, address) => registers.get(`${table} ${address}`) ?? null,
    write(table, address, value) {
      if (address > 100) return false;
      written.push(`${table} ${address} = ${value}`);
      return true;
    },
  };
}

const clock = systemClock;
const first = { kind: "read", table: "holding", address: 0, count: 2 } as const;

describe.each(["rtu", "tcp"] as const)("over %s", (framing) => {
  function bench(spoil?: (bytes: Uint8Array) => Uint8Array[]) {
    const wire = wirePair(spoil);
    const device = memory();
    serveModbus({ wire: wire.slave, framing, units: new Map([[7, device]]), clock });
    return { wire, device, master: new ModbusMaster({ wire: wire.master, framing, clock, answerMs: 60 }) };
  }

  test("registers and bits are read, one question after the other", async () => {
    const { master, wire } = bench();
    const answers = await Promise.all([
      master.ask(7, first),
      master.ask(7, { kind: "read", table: "input", address: 0, count: 1 }),
      master.ask(7, { kind: "read", table: "coil", address: 0, count: 1 }),
    ]);
    expect(answers.map((answer) => answer.kind === "registers" && answer.registers)).toEqual([[10, 20], [30], [1]]);
    expect(wire.sent).toHaveLength(3);
  });

  test("values and coils are written, one or many", async () => {
    const { master, device } = bench();
    await master.ask(7, { kind: "write-register", address: 5, value: 0xabcd });
    await master.ask(7, { kind: "write-registers", address: 6, registers: [1, 2] });
    await master.ask(7, { kind: "write-coil", address: 1, on: true });
    await master.ask(7, { kind: "write-coils", address: 2, bits: [false, true] });
    expect(device.written).toEqual([
      "holding 5 = 43981",
      "holding 6 = 1",
      "holding 7 = 2",
      "coil 1 = 1",
      "coil 2 = 0",
      "coil 3 = 1",
    ]);
  });

  test("a device's refusal is told with what it means, and the next question goes on", async () => {
    const { master } = bench();
    const none = master.ask(7, { kind: "read", table: "holding", address: 50, count: 1 });
    await expect(none).rejects.toMatchObject({ kind: "exception", code: 2, words: words("modbus-exception-address") });
    await expect(master.ask(7, { kind: "server-id" })).rejects.toMatchObject({ code: 1 });
    await expect(master.ask(7, first)).resolves.toMatchObject({ registers: [10, 20] });
  });

  test("what a device says that it is, is read", async () => {
    const { master } = bench();
    const answer = await master.ask(7, { kind: "device-id", category: 1, object: 0 });
    expect(answer).toMatchObject({
      objects: new Map([
        [0, "Maker"],
        [1, "Box"],
        [2, "1.2"],
      ]),
    });
  });

  test("a unit that is not there is no answer, and no answer is no refusal", async () => {
    const { master } = bench();
    await expect(master.ask(9, first)).rejects.toMatchObject({ kind: "no-answer" });
    await expect(master.ask(7, first)).resolves.toBeDefined();
  });

  test("an answer in pieces is put together, half an answer is told as such", async () => {
    const pieces = bench((bytes) => [...bytes].map((byte) => Uint8Array.of(byte)));
    await expect(pieces.master.ask(7, first)).resolves.toMatchObject({ registers: [10, 20] });
    const half = bench((bytes) => [bytes.subarray(0, 7)]);
    await expect(half.master.ask(7, first)).rejects.toMatchObject({
      kind: "cut",
      words: words("modbus-cut", { count: 7 }),
    });
  });

  test("when the wire goes, what waits and what comes after is told so", async () => {
    const { master, wire } = bench(() => []);
    const waiting = master.ask(7, first);
    const next = master.ask(7, first);
    queueMicrotask(() => queueMicrotask(() => wire.cut()));
    await expect(waiting).rejects.toMatchObject({ kind: "gone" });
    await expect(next).rejects.toBeInstanceOf(ModbusTrouble);
    expect(master.over).toEqual(words("port-gone", { port: "X" }));
  });
});

test("a damaged answer on a line is told as damaged, and the next one is whole", async () => {
  let spoilt = false;
  const wire = wirePair((bytes) => {
    const sent = bytes.slice();
    if (!spoilt) sent[3] = (sent[3] ?? 0) ^ 4;
    spoilt = true;
    return [sent];
  });
  serveModbus({ wire: wire.slave, framing: "rtu", units: new Map([[1, memory()]]), clock });
  const master = new ModbusMaster({ wire: wire.master, framing: "rtu", clock, answerMs: 200 });
  await expect(master.ask(1, first)).rejects.toMatchObject({ kind: "bad-check" });
  await expect(master.ask(1, first)).resolves.toMatchObject({ registers: [10, 20] });
});

test("an adapter that hears itself: our own words are no answer, and not in the way of one", async () => {
  const alone = wirePair();
  const deaf = new ModbusMaster({ wire: alone.master, framing: "rtu", clock, answerMs: 40 });
  const asked = deaf.ask(1, first);
  queueMicrotask(() => queueMicrotask(() => alone.say(alone.sent[0] ?? new Uint8Array())));
  await expect(asked).rejects.toMatchObject({ kind: "echo" });
  const wire = wirePair((bytes) => [wire.sent.at(-1) ?? new Uint8Array(), bytes]);
  serveModbus({ wire: wire.slave, framing: "rtu", units: new Map([[1, memory()]]), clock });
  const master = new ModbusMaster({ wire: wire.master, framing: "rtu", clock, answerMs: 200 });
  await expect(master.ask(1, first)).resolves.toMatchObject({ registers: [10, 20] });
});

test("another unit's answer on a line is not taken for the one that was asked", async () => {
  const wire = wirePair();
  const master = new ModbusMaster({ wire: wire.master, framing: "rtu", clock, answerMs: 40 });
  const asked = master.ask(1, { kind: "read", table: "holding", address: 0, count: 1 });
  queueMicrotask(() => queueMicrotask(() => wire.say(writeRtu(2, Uint8Array.of(3, 2, 0, 9)))));
  await expect(asked).rejects.toMatchObject({ kind: "other-unit" });
});

test.each([6, 2, 0])(
  "over TCP an answer with a number that was never ours, %i, is told as what it is",
  async (number) => {
    const wire = wirePair();
    const master = new ModbusMaster({ wire: wire.master, framing: "tcp", clock, answerMs: 30 });
    const asked = master.ask(1, { kind: "read", table: "holding", address: 0, count: 1 });
    queueMicrotask(() => queueMicrotask(() => wire.say(writeTcp(number, 1, Uint8Array.of(3, 2, 0, 1)))));
    await expect(asked).rejects.toMatchObject({ kind: "no-fit", words: { phrase: "modbus-other-transaction" } });
  },
);

test("over TCP a late answer to a question that was given up is passed over", async () => {
  const wire = wirePair();
  const master = new ModbusMaster({ wire: wire.master, framing: "tcp", clock, answerMs: 30 });
  const one = { kind: "read", table: "holding", address: 0, count: 1 } as const;
  await expect(master.ask(1, one)).rejects.toMatchObject({ kind: "no-answer" });
  const asked = master.ask(1, one);
  queueMicrotask(() =>
    queueMicrotask(() => {
      wire.say(writeTcp(1, 1, Uint8Array.of(3, 2, 0, 1)));
      wire.say(writeTcp(2, 1, Uint8Array.of(3, 2, 0, 2)));
    }),
  );
  await expect(asked).resolves.toMatchObject({ registers: [2] });
  const silent = master.ask(1, one);
  queueMicrotask(() => queueMicrotask(() => wire.say(writeTcp(2, 1, Uint8Array.of(3, 2, 0, 2)))));
  await expect(silent).rejects.toMatchObject({ kind: "no-answer" });
});

test("what speaks no Modbus TCP is told so", async () => {
  const wire = wirePair();
  const master = new ModbusMaster({ wire: wire.master, framing: "tcp", clock, answerMs: 500 });
  const asked = master.ask(1, first);
  queueMicrotask(() => queueMicrotask(() => wire.say(Buffer.from("SSH-2.0-OpenSSH"))));
  await expect(asked).rejects.toMatchObject({ kind: "no-modbus" });
});

test("for a unit that says nothing a refusal is said on a line, after which it is silent for a frame's end; over TCP nothing is", async () => {
  const line = wirePair();
  let at = 0;
  const waits: number[] = [];
  const still: Clock = {
    ...clock,
    monotonic: () => at,
    after(ms, then) {
      waits.push(ms);
      at += ms;
      queueMicrotask(then);
      return { stop: () => undefined };
    },
  };
  const master = new ModbusMaster({ wire: line.master, framing: "rtu", clock: still, baudRate: 9600 });
  await master.pass(6);
  await master.pass(7);
  expect(line.sent).toEqual([writeRtu(6, Uint8Array.of(0x83, 2)), writeRtu(7, Uint8Array.of(0x83, 2))]);
  // Five characters on their way, an adapter that holds them, and three and a half of silence.
  expect(waits).toEqual([Math.ceil(20 + (8.5 * 11 * 1000) / 9600)]);
  const network = wirePair();
  await new ModbusMaster({ wire: network.master, framing: "tcp", clock }).pass(6);
  expect(network.sent).toEqual([]);
});

test("a device hears its own question behind a refusal that was said for another, though they come in one piece", async () => {
  const wire = wirePair();
  const device = memory();
  serveModbus({ wire: wire.slave, framing: "rtu", units: new Map([[7, device]]), clock });
  const heard = Promise.withResolvers<Uint8Array>();
  wire.master.listen({ data: heard.resolve, closed: () => undefined });
  const question = writeRtu(7, Uint8Array.of(3, 0, 0, 0, 1));
  await wire.master.write(Uint8Array.of(...writeRtu(6, Uint8Array.of(0x83, 2)), ...question));
  expect(await heard.promise).toEqual(writeRtu(7, Uint8Array.of(3, 2, 0, 10)));
});
