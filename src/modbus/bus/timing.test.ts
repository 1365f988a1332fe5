import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import type { Words } from "../../lib/words.ts";
import { words } from "../../station/phrases.ts";
import type { ModbusFraming } from "../codec/framing.ts";
import { writeRtu, writeTcp } from "../codec/framing.ts";
import { ModbusMaster, type Wire } from "./master.ts";

import { type Memory, serveModbus } from "./slave.ts";
import { exceptionTrouble } from "./trouble.ts";

type Listener = Parameters<Wire["listen"]>[0];
const one = { kind: "read", table: "holding", address: 0, count: 1 } as const;
const settled = () => new Promise((done) => setImmediate(done));

/** A master on a wire that the test holds the other end of, and the clock it goes by. */
function bench(framing: ModbusFraming, more: object = {}) {
  const clock = createManualClock(0);
  let listener: Listener | null = null;
  const sent: Uint8Array[] = [];
  const tapped: string[] = [];
  let fails: Error | null = null;
  const master = new ModbusMaster({
    ...{
      framing,
      clock,
      tap: (way: string, bytes: Uint8Array) => tapped.push(`${way} ${Buffer.from(bytes).toString("hex")}`),
    },
    wire: {
      listen: (one) => {
        listener = one;
      },
      write: async (bytes) => {
        if (fails) throw fails;
        sent.push(bytes);
      },
    },
    ...more,
  });
  const ask = (...args: Parameters<ModbusMaster["ask"]>) => {
    const asked: { done: unknown; why?: Words; raw?: Uint8Array } = { done: "waits" };
    master.ask(...args).then(
      (answer) => Object.assign(asked, { done: answer }),
      (error) => Object.assign(asked, { done: error.kind, why: error.words, raw: error.raw }),
    );
    return settled().then(() => asked);
  };
  const pass = async (ms: number) => {
    clock.advance(ms);
    await settled();
  };
  const say = async (...bytes: Uint8Array[]) => {
    for (const piece of bytes) listener?.data(piece);
    await settled();
  };
  const cut = () => listener?.closed(words("port-gone", { port: "X" }));
  return {
    master,
    sent,
    tapped,
    ask,
    pass,
    say,
    cut,
    fail: (error: Error) => {
      fails = error;
    },
  };
}

test("an answer is waited for a second, unless it was said how long, or for this question alone", async () => {
  const usual = bench("tcp");
  const first = await usual.ask(1, one);
  await usual.pass(999);
  expect(first.done).toBe("waits");
  await usual.pass(1);
  expect(first.done).toBe("no-answer");
  const told = bench("tcp", { answerMs: 50 });
  const second = await told.ask(1, one);
  await told.pass(50);
  expect(second.done).toBe("no-answer");
  const third = await told.ask(1, one, 70);
  await told.pass(69);
  expect(third.done).toBe("waits");
  await told.pass(1);
  expect(third.done).toBe("no-answer");
});

test("on a line a question waits for the silence that ends a frame: 3.5 characters, 1.75 ms at least, by 19200 where nobody says", async () => {
  for (const [baudRate, ms] of [
    [9600, 5],
    [undefined, 3],
    [115_200, 2],
  ] as const) {
    const { sent, ask, pass, say } = bench("rtu", baudRate ? { baudRate } : {});
    await pass(100);
    await say(Uint8Array.of(1));
    await ask(1, one);
    await pass(ms - 1);
    expect([baudRate, sent.length]).toEqual([baudRate, 0]);
    await pass(1);
    expect([baudRate, sent.length]).toEqual([baudRate, 1]);
  }
  const { sent, ask, say, pass } = bench("tcp");
  await pass(100);
  await say(Uint8Array.of(1));
  await ask(1, one);
  expect(sent).toHaveLength(1);
});

test("what goes and what comes is heard of, each once and in its order", async () => {
  const { tapped, ask, say } = bench("tcp");
  const asked = await ask(7, one);
  await say(writeTcp(1, 9, Uint8Array.of(3, 2, 0, 5)));
  expect(asked.done).toEqual({ kind: "registers", registers: [5] });
  await say(Uint8Array.of(0xee));
  expect(tapped).toEqual(["out 000100000006070300000001", "in 000100000005090302" + "0005", "in ee"]);
});

test("what cannot be read on a line is over once it has been silent for as long as an adapter holds bytes and a frame ends", async () => {
  const { ask, say, pass } = bench("rtu", { baudRate: 9600 });
  await pass(100);
  const asked = await ask(1, one);
  await say(Uint8Array.of(1, 100, 0, 0));
  await pass(24);
  expect(asked.done).toBe("waits");
  await say(Uint8Array.of(9));
  await pass(24);
  expect(asked.done).toBe("waits");
  await pass(1);
  expect(asked.done).toBe("bad-check");
  const late = await ask(1, one);
  await pass(10);
  await say(writeRtu(1, Uint8Array.of(3, 2, 0, 7)).subarray(0, 4));
  await pass(1000);
  expect(late.done).toBe("cut");
});

test("a whole frame that answers nothing that was asked is no spoilt one: it does not fit, and is shown as it came", async () => {
  const { ask, say, pass } = bench("rtu", { baudRate: 9600 });
  // A function whose length only silence tells.
  const strange = writeRtu(1, Uint8Array.of(100, 1, 2));
  const asked = await ask(1, one);
  await say(strange);
  expect(asked.done).toBe("waits");
  await pass(25);
  expect(asked).toEqual({ done: "no-fit", why: words("modbus-no-fit"), raw: strange });
  await pass(25);
  const other = await ask(1, one);
  const twoRegisters = writeRtu(1, Uint8Array.of(3, 4, 0, 1, 0, 2));
  await say(twoRegisters);
  expect(other).toEqual({ done: "no-fit", why: words("modbus-no-fit"), raw: twoRegisters });
});

test("the answer to a write of one value is the question itself, and no echo", async () => {
  for (const request of [
    { kind: "write-register", address: 1, value: 3 },
    { kind: "write-coil", address: 1, on: true },
  ] as const) {
    const { ask, say, sent } = bench("rtu");
    const asked = await ask(1, request);
    await say(sent[0] as Uint8Array);
    expect(asked.done).toEqual({ kind: "written" });
  }
});

test("a wire that cannot be written is told as gone, and the next question is put all the same", async () => {
  const { ask, fail, cut, sent, pass, master } = bench("tcp");
  fail(new Error("EPIPE"));
  expect(await ask(1, one)).toMatchObject({ done: "gone", why: words("system-says", { error: "EPIPE" }) });
  await pass(2000);
  expect([master.over, sent]).toEqual([null, []]);
  const other = await bench("rtu");
  other.fail(new Error("EPIPE"));
  await other.master.pass(1);
  expect(other.tapped).toHaveLength(1);
  cut();
  expect(await ask(1, one)).toMatchObject({ done: "gone", why: words("port-gone", { port: "X" }) });
  await master.pass(1);
  expect(sent).toEqual([]);
});

test("over TCP nothing is said in the place of a unit that is silent", async () => {
  const { master, sent, tapped } = bench("tcp");
  await master.pass(7);
  expect([sent, tapped]).toEqual([[], []]);
});

test("behind the last transaction number of TCP comes 0, and its answer is known", async () => {
  let answer: Listener["data"] | null = null;
  let number = -1;
  const master = new ModbusMaster({
    ...{ framing: "tcp", clock: createManualClock(0) },
    wire: {
      listen: ({ data }) => {
        answer = data;
      },
      async write([high = 0, low = 0]) {
        number = high * 256 + low;
        answer?.(writeTcp(number, 1, Uint8Array.of(3, 2, 0, 9)));
      },
    },
  });
  for (let asked = 1; asked <= 65_536; asked++) await master.ask(1, one);
  expect(number).toBe(0);
});

test("transaction numbers of TCP count on, and one of before is late", async () => {
  const { ask, say, sent } = bench("tcp");
  const first = await ask(1, one);
  await say(writeTcp(0, 1, Uint8Array.of(3, 2, 0, 1)), writeTcp(1, 1, Uint8Array.of(3, 2, 0, 2)));
  expect(first.done).toEqual({ kind: "registers", registers: [2] });
  const second = await ask(1, one);
  await say(writeTcp(1, 1, Uint8Array.of(3, 2, 0, 1)), writeTcp(2, 1, Uint8Array.of(3, 2, 0, 3)));
  expect(second.done).toEqual({ kind: "registers", registers: [3] });
  expect(sent.map((bytes) => bytes[1])).toEqual([1, 2]);
});

/** What a device answers to a question, in hex; a wire cannot be written what begins with `deaf`. */
function device(framing: ModbusFraming, deaf?: number) {
  const clock = createManualClock(0);
  const sent: string[] = [];
  let listener: Listener | null = null;
  let closed: unknown = null;
  const written: string[] = [];
  const memory: Memory = {
    identity: ["V", "P".repeat(70), "1"],
    read: (table, address) =>
      address > 9 ? null : table === "coil" || table === "discrete" ? address & 1 : address * 257,
    write(table, address, value) {
      written.push(`${table} ${address} ${value}`);
      return address <= 9;
    },
  };
  serveModbus({
    ...{
      framing,
      clock,
      units: new Map([[1, memory]]),
      closed: (why: unknown) => {
        closed = why;
      },
    },
    wire: {
      listen: (one) => {
        listener = one;
      },
      write: async (bytes) => {
        sent.push(Buffer.from(bytes).toString("hex"));
        if (bytes[0] === deaf) throw new Error("EPIPE");
      },
    },
  });
  const say = (bytes: Uint8Array) => {
    listener?.data(bytes);
    return sent.splice(0);
  };
  const ask = (...pdu: number[]) => say(writeTcp(5, 1, Uint8Array.from(pdu))).map((text) => text.slice(14))[0];
  return { clock, say, ask, written, cut: () => listener?.closed(words("no-core")), closed: () => closed };
}

test("a device answers each question, and refuses what is wrong with it by the number that says what", () => {
  const { ask, written } = device("tcp");
  const table: [string, string][] = [
    ["01 0000 000a", "0102aa02"],
    ["02 0001 0003", "020105"],
    ["03 0001 0002", "030401010202"],
    ["04 0009 0001", "04020909"],
    ["03 0009 0002", "8302"],
    ["03 0000 0000", "8303"],
    ["03 0000 007e", "8303"],
    ["03 0000 007d", "8302"],
    ["01 0000 07d1", "8103"],
    ["01 0000 07d0", "8102"],
    ["03 0000 0001 00", "8303"],
    ["05 0003 ff00", "050003ff00"],
    ["05 0003 0000", "0500030000"],
    ["05 0003 ff00 00", "8503"],
    ["05 0003 0001", "8503"],
    ["05 0003 ff01", "8503"],
    ["06 0004 1234", "0600041234"],
    ["06 000a 1234", "8602"],
    ["0f 0001 0009 02 0101", "0f00010009"],
    ["0f 0001 0009 01 01", "8f03"],
    ["0f 0001 0000 00", "8f03"],
    ["10 0001 0002 04 0001 0203", "1000010002"],
    ["10 0001 0002 03 0001 02", "9003"],
    ["10 0001 0002 04 0001 02", "9003"],
    ["10 0009 0002 04 0001 0203", "9002"],
    ["11", "9101"],
    ["2b 0d 01 00", "ab01"],
    ["2b 0e 01 00", `2b0e01010000030001560140${"50".repeat(64)}020131`],
  ];
  for (const [asked, answer] of table)
    expect([asked, ask(...Buffer.from(asked.replaceAll(" ", ""), "hex"))]).toEqual([asked, answer]);
  expect(written).toEqual([
    ...["coil 3 1", "coil 3 0", "holding 4 4660", "holding 10 4660"],
    ...Array.from({ length: 9 }, (_, at) => `coil ${at + 1} ${at === 0 || at === 8 ? 1 : 0}`),
    ...["holding 1 1", "holding 2 515", "holding 9 1", "holding 10 515"],
  ]);
});

test("a device on a line drops what is no question once it has been silent; over TCP what is broken at once", () => {
  const question = writeRtu(1, Uint8Array.of(3, 0, 1, 0, 1));
  const { say, clock, cut, closed } = device("rtu");
  expect(say(Uint8Array.of(1, 3))).toEqual([]);
  clock.advance(19);
  expect(say(question)).toEqual([]);
  clock.advance(20);
  expect(say(question)).toHaveLength(1);
  expect(say(Uint8Array.of(...question, ...question))).toHaveLength(2);
  expect(say(Uint8Array.from(Array.from({ length: 100 }, () => [...question]).flat()))).toHaveLength(100);
  expect(say(writeRtu(2, Uint8Array.of(3, 0, 1, 0, 1)))).toEqual([]);
  // A function that it does not have, whose length only the bytes themselves tell.
  for (const pdu of [[7], [20, 6, 1, 2, 3, 4, 5, 6, 7, 8]]) {
    const refusal = writeRtu(1, Uint8Array.of((pdu[0] ?? 0) | 0x80, 1));
    expect(say(writeRtu(1, Uint8Array.from(pdu)))).toEqual([Buffer.from(refusal).toString("hex")]);
  }
  cut();
  expect(closed()).toEqual(words("no-core"));
  const tcp = device("tcp");
  const asked = writeTcp(9, 1, Uint8Array.of(3, 0, 1, 0, 1));
  expect(tcp.say(Buffer.from("GET / HTTP/1.1\r\n"))).toEqual([]);
  expect(tcp.say(Buffer.concat([asked, asked, asked.subarray(0, 5)]))).toHaveLength(2);
  expect(tcp.say(asked.subarray(5))).toEqual(["000900000005010302" + "0101"]);
});

test("a device whose wire takes an answer no more goes on listening", async () => {
  const { say } = device("rtu", 1);
  const question = writeRtu(1, Uint8Array.of(3, 0, 1, 0, 1));
  expect(say(question)).toHaveLength(1);
  await settled();
  expect(say(question)).toHaveLength(1);
});

test("each refusal of a device has its words, and one that is not known its number", () => {
  const told = Array.from({ length: 13 }, (_, code) => exceptionTrouble(code, Uint8Array.of(code)));
  expect(told.map(({ words: { phrase } }) => phrase.replace("modbus-exception-", ""))).toMatchInlineSnapshot(`
    [
      "other",
      "function",
      "address",
      "value",
      "failure",
      "acknowledge",
      "busy",
      "other",
      "memory",
      "other",
      "gateway",
      "target",
      "other",
    ]
  `);
  expect(told.map(({ kind, code, raw: [first] }) => [kind, code, first])).toEqual(
    told.map((_, code) => ["exception", code, code]),
  );
});
