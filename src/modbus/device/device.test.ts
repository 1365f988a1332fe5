import { describe, expect, test } from "vitest";
import { systemClock } from "../../lib/clock.ts";
import { words } from "../../station/phrases.ts";
import type { ScanView } from "../../station/serial/modbus.ts";
import { ModbusMaster, type Wire } from "../bus/master.ts";
import { type Memory, serveModbus } from "../bus/slave.ts";
import { exceptionTrouble, ModbusTrouble } from "../bus/trouble.ts";
import { writeRtu } from "../codec/framing.ts";
import type { Request } from "../codec/pdu.ts";
import { readProfile } from "../profile/read-profile.ts";
import { decodesOf } from "./decodes.ts";
import { askWords, identify } from "./identify.ts";
import { readBlocks } from "./read-device.ts";
import { type ScanOptions, scanBus } from "./scan.ts";

const clock = systemClock;

/** A master on a wire with devices by their units; `through` is what becomes of an answer on its way. `follows`: what comes after a
 * question to another unit is taken for the answer to it. */
function bus(
  units: Map<number, Memory>,
  through: (bytes: Uint8Array, question: Uint8Array) => Uint8Array = (bytes) => bytes,
  follows = false,
) {
  let asker: Parameters<Wire["listen"]>[0] | null = null;
  let device: Parameters<Wire["listen"]>[0] | null = null;
  let question: Uint8Array = new Uint8Array();
  let awaits = false;
  serveModbus({
    wire: {
      listen: (listener) => {
        device = listener;
      },
      write: async (bytes) => queueMicrotask(() => asker?.data(through(bytes, question))),
    },
    framing: "rtu",
    units,
    clock,
  });
  const wire: Wire = {
    listen: (listener) => {
      asker = listener;
    },
    write: async (bytes) => {
      question = bytes;
      const isForOther = awaits || !units.has(bytes[0] ?? 0);
      awaits = follows && isForOther && !awaits;
      if (!isForOther) queueMicrotask(() => device?.data(bytes));
    },
  };
  const master = new ModbusMaster({ wire, framing: "rtu", clock, answerMs: 15, baudRate: 115_200 });
  return { master, say: (bytes: Uint8Array) => asker?.data(bytes) };
}

function memory(registers: Record<string, number>, identity?: string[]): Memory {
  return {
    read: (table, address) => registers[`${table} ${address}`] ?? null,
    write: () => false,
    ...(identity && { identity }),
  };
}

function profile(name: string, rest: string) {
  const read = readProfile(`name: ${name}\nmaker: M\ndevice: D\nkind: meter\nsource: S\nproven: document\n${rest}`);
  if (!read.profile) throw new Error(JSON.stringify(read.faults));
  return read.profile;
}

const block = profile(
  "block",
  "registers:\n  - { at: 1, means: note }\n  - { at: 2, means: note }\n  - { at: 3, means: note }\n",
);

test("a block that is refused for one register is read again one by one, and the refusal is kept", async () => {
  const { master } = bus(new Map([[1, memory({ "holding 1": 5, "holding 3": 7 })]]));
  const blocks = await readBlocks(master, 1, block);
  expect(blocks.map(({ address, registers, trouble }) => [address, registers, trouble?.words])).toEqual([
    [1, [5], undefined],
    [2, null, words("modbus-exception-address")],
    [3, [7], undefined],
  ]);
});

test.each([
  ["a gateway that reaches nobody", 11, 1, words("modbus-exception-target")],
  ["a device that is busy", 6, 4, words("modbus-exception-busy")],
  ["a device that has none of it", 2, 4, words("modbus-all-refused", { why: words("modbus-exception-address") })],
])("a reading in which nothing is told is none: %s", async (_, code, questions, why) => {
  let asked = 0;
  const { master } = bus(new Map([[1, memory({})]]), (_answer, question) => {
    asked++;
    return writeRtu(1, Uint8Array.of((question[1] ?? 0) | 0x80, code));
  });
  await expect(readBlocks(master, 1, block)).rejects.toMatchObject({ kind: "exception", code, words: why });
  expect(asked).toBe(questions);
});

test("a gateway that reaches a device no more in the middle of a reading leaves what was told, and where it was cut", async () => {
  const apart = profile("apart", "registers:\n  - { at: 1, means: note }\n  - { at: 50, means: note }\n");
  const { master } = bus(new Map([[1, memory({ "holding 1": 5, "holding 50": 6 })]]), (answer, question) =>
    question[3] === 50 ? writeRtu(1, Uint8Array.of(0x83, 11)) : answer,
  );
  const blocks = await readBlocks(master, 1, apart);
  expect(blocks.map(({ address, registers, trouble }) => [address, registers, trouble?.words])).toEqual([
    [1, [5], undefined],
    [50, null, words("modbus-exception-target")],
  ]);
});

/** A master whose answers are made up: a number is an exception, a word another trouble. `asked`: of whom, and how long it waits. */
function masterThat(answers: (unit: number, request: Request) => number[] | number | ModbusTrouble["kind"]) {
  const asked: [unit: number, kind: string, answerMs: number | undefined][] = [];
  const master = {
    async ask(unit: number, request: Request, answerMs?: number) {
      asked.push([unit, request.kind, answerMs]);
      const answer = answers(unit, request);
      if (typeof answer === "string") throw new ModbusTrouble(answer, words("modbus-no-answer"));
      if (typeof answer === "number") throw exceptionTrouble(answer, new Uint8Array());
      return { kind: "registers", registers: answer };
    },
    pass: async () => undefined,
  } as unknown as ModbusMaster;
  return { master, asked };
}

test("where nobody answers, a reading ends with that", async () => {
  const { master } = bus(new Map());
  await expect(readBlocks(master, 1, block)).rejects.toMatchObject({ kind: "no-answer" });
});

describe("what a device is", () => {
  const signed = profile("signed", "identify: [{ at: 9, is: 77 }]\nregisters: [{ at: 1, means: note }]\n");
  const named = profile(
    "named",
    "identify: [{ at: 20, type: text, length: 2, is: EX }]\nregisters: [{ at: 1, means: note }]\n",
  );
  const meter =
    "table: input\nregisters:\n  - { at: 0, means: Voltage, phase: L1-N, scale: 0.1 }\n  - { at: 1, means: Frequency, scale: 0.1 }\n";
  const [one, other] = [profile("one", meter), profile("other", meter)];
  const all = [signed, named, one, other];
  const names = async (registers: Record<string, number>, identity?: string[]) => {
    const { master } = bus(new Map([[1, memory(registers, identity)]]));
    const { certain, profiles, words: told } = await identify(master, 1, all);
    return { certain, profiles: profiles.map(({ name }) => name), told };
  };

  test("is certain by its identity registers", async () => {
    expect(await names({ "holding 9": 77 })).toMatchObject({ certain: true, profiles: ["signed"] });
    expect(await names({ "holding 20": 0x4558, "holding 21": 0x3100 })).toMatchObject({
      certain: true,
      profiles: ["named"],
    });
    // Two that fit are two to choose from. EX, as a text.
    expect(await names({ "holding 9": 77, "holding 20": 0x4558, "holding 21": 0 })).toMatchObject({
      certain: false,
      profiles: ["signed", expect.any(String)],
    });
    expect(await names({ "holding 9": 78 })).toMatchObject({ certain: false, profiles: [] });
  });

  test("is one of those that share their registers, where these say what can be", async () => {
    expect(await names({ "input 0": 2301, "input 1": 500 })).toMatchObject({
      certain: false,
      profiles: ["one", "other"],
    });
    expect(await names({ "input 0": 2301, "input 1": 5000 })).toMatchObject({ profiles: [] });
    expect(await names({ "input 0": 0, "input 1": 0 })).toMatchObject({ profiles: [] });
  });

  test.each([
    ["Voltage", [80, 500]],
    ["Frequency", [45, 65]],
    ["Temperature", [-40, 120]],
  ] as const)("is no device whose %s cannot be", async (means, [least, most]) => {
    const likely = profile("likely", `registers: [{ at: 1, type: i16, scale: 0.1, means: ${means} }]\n`);
    const fits = async (value: number) => {
      const { master } = bus(new Map([[1, memory({ "holding 1": Math.round(value * 10) & 0xffff })]]));
      return (await identify(master, 1, [likely])).profiles.length === 1;
    };
    expect([await fits(least - 0.1), await fits(least), await fits(most), await fits(most + 0.1)]).toEqual([
      ...[false, true, true, false],
    ]);
  });

  test("is what it is though it refuses two registers together that it tells one by one", async () => {
    const meter = profile(
      "meter",
      "registers:\n  - { at: 1, means: Voltage, phase: L1-N }\n  - { at: 2, means: Voltage, phase: L2-N }\n",
    );
    const units = new Map([[1, memory({ "holding 1": 230, "holding 2": 231 })]]);
    const { master } = bus(units, (answer, question) =>
      question[1] === 3 && question[5] === 2 ? writeRtu(1, Uint8Array.of(0x83, 2)) : answer,
    );
    expect(await identify(master, 1, [meter])).toMatchObject({ certain: false, profiles: [{ name: "meter" }] });
  });

  test("is asked for its registers with less patience than for anything else, and is none whose status is none of its own", async () => {
    const charger = (values: string) =>
      profile("charger", `registers: [{ at: 1, means: status, values: { ${values} } }]\n`);
    const { master, asked } = masterThat((_unit, { kind }) => (kind === "read" ? [7] : 1));
    const fits = async (values: string) => (await identify(master, 1, [charger(values)])).profiles.length;
    expect([await fits("7: Charging"), await fits("6: Charging")]).toEqual([1, 0]);
    const once = [
      [1, "device-id", undefined],
      [1, "server-id", undefined],
      [1, "read", 400],
    ];
    expect(asked).toEqual([...once, ...once]);
  });

  test("is not said where nobody answers, nor where one that answered says nothing any more", async () => {
    await expect(identify(bus(new Map()).master, 1, all)).rejects.toMatchObject({ kind: "no-answer" });
    let left = 2;
    const falling = memory({ "holding 9": 78 }, ["Maker", "Box", "1"]);
    const units = { get: () => (left-- > 0 ? falling : undefined), has: () => true } as unknown as Map<number, Memory>;
    const many = Array.from({ length: 12 }, (_, index) =>
      profile(`p${index}`, `identify: [{ at: ${100 + index}, is: 1 }]\nregisters: [{ at: 1, means: note }]\n`),
    );
    await expect(identify(bus(units).master, 1, many)).rejects.toMatchObject({ kind: "no-answer" });
    // Its words and one refusal were answered; of twelve questions four were let go by, and the last answered one was put again.
    expect(left).toBe(-5);
  });

  test("is told in its own words, where it has some", async () => {
    expect(await names({}, ["Maker", "Box", "2.1"])).toMatchObject({
      told: { vendor: "Maker", product: "Box", revision: "2.1" },
    });
    expect(await names({})).toMatchObject({ told: {} });
  });

  test.each([
    ["\0\x01 PM-21\xff\xffv2 \n", { serverId: "PM-21 v2" }],
    ["\0\x01\xff", {}],
  ])("is told as its server number says where it names no maker: %j", async (said, told) => {
    const master = {
      async ask(_unit: number, { kind }: Request) {
        if (kind === "device-id") return { kind, objects: new Map([[1, " Box "]]), more: null };
        return { kind, data: Buffer.from(said, "latin1") };
      },
    } as unknown as ModbusMaster;
    expect(await askWords(master, 1)).toEqual({ product: "Box", ...told });
  });
});

describe("a scan", () => {
  const settings = [
    { baudRate: 9600, parity: "none", stopBits: 1 },
    { baudRate: 19_200, parity: "even", stopBits: 1 },
  ] as const;

  async function scan(
    make: (baudRate: number) => ReturnType<typeof bus>,
    change: Partial<ScanOptions> = {},
    unasked = { bytes: 0, frames: 0 },
  ): Promise<ScanView & { told: ScanView[] }> {
    const told: ScanView[] = [];
    const view = await scanBus({
      settings,
      units: [1, 2],
      allUnits: [1, 2, 3, 4],
      answerMs: 15,
      open: async (setting) => ({
        master: make(setting?.baudRate ?? 0).master,
        unasked: async () => unasked,
        close: async () => undefined,
      }),
      tell: (one) => told.push(one),
      signal: new AbortController().signal,
      ...change,
    });
    return { ...view, told };
  }
  const device = memory({ "holding 0": 1 }, ["Maker", "Box", "1"]);
  const refuser = memory({ "input 5": 1 });

  test("finds who answers, a refusal too, and then tries all units in that setting", async () => {
    const view = await scan((baud) =>
      bus(
        new Map(
          baud === 19_200
            ? [
                [2, device],
                [4, refuser],
              ]
            : [],
        ),
      ),
    );
    expect(view.found).toEqual([
      { unit: 2, setting: settings[1], words: { vendor: "Maker", product: "Box", revision: "1" } },
      { unit: 4, setting: settings[1], words: {} },
    ]);
    expect(view).toMatchObject({ over: true, verdict: { kind: "found" }, done: 6, total: 6 });
    expect(view.told.at(0)).toMatchObject({ done: 1, total: 4, over: false });
  });

  test("finds a device that takes what follows a question to another unit for the answer to it, as libmodbus does", async () => {
    const view = await scan(() => bus(new Map([[2, device]]), undefined, true));
    expect(view.found).toMatchObject([{ unit: 2 }, { unit: 2 }]);
  });

  test("says that nobody answered", async () => {
    expect(await scan(() => bus(new Map()))).toMatchObject({ found: [], verdict: { kind: "nothing" } });
  });

  test("says that another master talks, where frames come unasked, and noise where bytes do", async () => {
    const silent = () => bus(new Map());
    expect((await scan(silent, {}, { bytes: 12, frames: 1 })).verdict).toEqual({ kind: "another-master" });
    expect((await scan(silent, {}, { bytes: 12, frames: 0 })).verdict).toEqual({ kind: "noise" });
  });

  test("says of a host that lets in who does not answer, and of a gateway that it does not reach them", async () => {
    const host = { settings: [null] };
    expect((await scan(() => bus(new Map()), host)).verdict).toEqual({ kind: "nothing-at-host" });
    const refused = (code: number) => () =>
      answering((question) => writeRtu(question[0] ?? 0, Uint8Array.of((question[1] ?? 0) | 0x80, code)));
    expect((await scan(refused(11), host)).verdict).toEqual({ kind: "gateway-silent" });
    expect((await scan(refused(10))).verdict).toEqual({ kind: "gateway-silent" });
  });

  test("finds a device that answers late, when it is another's turn", async () => {
    let isOthersTurn = false;
    const has = (unit: number) => {
      if (unit === 2) isOthersTurn = true;
      return unit === 2 || (unit === 1 && isOthersTurn);
    };
    const units = { has, get: () => device } as unknown as Map<number, Memory>;
    const late = writeRtu(1, Uint8Array.of(3, 2, 0, 7));
    const slow = () => bus(units, (answer, question) => (question[0] === 2 ? late : answer));
    const view = await scan((baud) => (baud === 9600 ? slow() : bus(new Map())), { allUnits: [1, 2] });
    expect(view.found).toMatchObject([{ unit: 1, setting: settings[0] }]);
    expect(view.verdict).toEqual({ kind: "found" });
    const asked = view.told.map(({ done, total }) => `${done} of ${total}`);
    expect(asked, "what is asked again is counted").toEqual([
      ...["1 of 4", "2 of 4", "2 of 5", "3 of 5", "4 of 5", "5 of 5", "5 of 5"],
    ]);
  });

  function answering(with_: (question: Uint8Array) => Uint8Array, units: readonly number[] = [1, 2, 3, 4]) {
    return bus(new Map(units.map((unit) => [unit, device])), (_answer, question) => with_(question));
  }

  test("says that only our own words come back", async () => {
    expect(await scan(() => answering((question) => question))).toMatchObject({ verdict: { kind: "echo" } });
  });

  test("says that A and B are likely swapped where all is ones or zeros, and noise where it is anything", async () => {
    const flat = await scan(() => answering(() => new Uint8Array(9).fill(0xff)));
    expect(flat.verdict).toEqual({ kind: "swapped" });
    const noise = await scan(() => answering(() => Uint8Array.of(1, 3, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1, 2, 3, 4, 5)));
    expect(noise.verdict).toEqual({ kind: "noise" });
  });

  test("says that something answers in another setting, where one unit alone is damaged", async () => {
    const view = await scan((baud) => answering(() => Uint8Array.of(1, 3, 2, 0, 1, 0, 0), baud === 9600 ? [1] : []));
    expect(view.verdict).toEqual({ kind: "wrong-setting" });
  });

  test("says that two devices likely have one unit, where that one is damaged and others are whole", async () => {
    const view = await scan((baud) =>
      bus(
        new Map(
          baud === 9600
            ? [
                [1, device],
                [2, device],
              ]
            : [],
        ),
        (answer, question) => (question[0] === 2 ? Uint8Array.of(2, 3, 2, 9, 9, 9, 9) : answer),
      ),
    );
    expect(view.verdict).toEqual({ kind: "two-with-one-unit", units: [2] });
  });

  test("ends with what it has, and why, when the port goes in the middle; one that cannot begin fails", async () => {
    const gone = words("port-gone", { port: "X" });
    const devices = [bus(new Map([[1, device]]), undefined), bus(new Map())];
    const view = await scan(
      () => {
        const next = devices.shift();
        if (!next) throw new ModbusTrouble("gone", gone);
        return next;
      },
      { units: [1], allUnits: [1] },
    );
    expect(view).toMatchObject({ over: true, found: [{ unit: 1 }], trouble: gone });
    expect(view.verdict).toBeUndefined();
    const never = scan(() => {
      throw new ModbusTrouble("gone", gone);
    });
    await expect(never).rejects.toMatchObject({ code: "unavailable", words: gone });
  });

  async function scanWith(
    { master }: ReturnType<typeof masterThat>,
    units: number[],
    setting: null | (typeof settings)[0],
  ) {
    const open = async () => ({ master, unasked: async () => ({ bytes: 0, frames: 0 }), close: async () => undefined });
    return await scan(() => bus(new Map()), { settings: [setting], units, allUnits: units, open });
  }

  test("asks nobody more at a host that speaks something else", async () => {
    const host = masterThat(() => "no-modbus");
    expect(await scanWith(host, [1, 2, 3], null)).toMatchObject({ done: 1, verdict: { kind: "no-modbus" } });
    expect(host.asked).toEqual([[1, "read", 15]]);
  });

  test("waits six times as long for a device that was damaged beside one that was not", async () => {
    const line = masterThat((unit) => (unit === 2 ? "cut" : [1]));
    expect((await scanWith(line, [1, 2], settings[0])).found).toMatchObject([{ unit: 1 }]);
    const reads = line.asked.filter(([, kind]) => kind === "read");
    expect(reads).toEqual([[1, "read", 15], ...[15, 15, 90, 90].map((answerMs) => [2, "read", answerMs])]);
  });

  test("is broken off before it asks again who was damaged", async () => {
    const stop = new AbortController();
    const line = masterThat((unit) => (unit === 2 ? "cut" : [1]));
    const open = async () => ({
      ...{ master: line.master, unasked: async () => ({ bytes: 0, frames: 0 }), close: async () => undefined },
    });
    const tell = ({ total }: ScanView) => total > 2 && stop.abort();
    const options = { settings: [settings[0]], units: [1, 2], allUnits: [1, 2], open, tell, signal: stop.signal };
    expect(await scan(() => bus(new Map()), options)).toMatchObject({
      ...{ over: true, cancelled: true, done: 2, total: 3, found: [{ unit: 1 }] },
    });
    expect(line.asked.map(([, , answerMs]) => answerMs)).not.toContain(90);
  });

  test("is broken off with what it has", async () => {
    const stop = new AbortController();
    const view = await scan(() => bus(new Map([[1, device]])), { signal: stop.signal, tell: () => stop.abort() });
    expect(view).toMatchObject({ over: true, cancelled: true, done: 1, found: [{ unit: 1 }] });
  });
});

test("a register is shown in every way it can be read", () => {
  expect(decodesOf([0x4366, 0x199a])).toEqual({
    hex: "4366",
    u16: 17_254,
    i16: 17_254,
    bits: "0100001101100110",
    text: "Cf",
    u32: 1_130_764_698,
    i32: 1_130_764_698,
    f32: 230.1,
    u32Little: 429_540_198,
    f32Little: expect.any(Number),
  });
  expect(decodesOf([0xffff])).toMatchObject({ i16: -1, u32: null, f32: null, text: "··" });
  expect([0x1f20, 0x7e7f, 0x8000].map((register) => decodesOf([register]).text)).toEqual(["· ", "~·", "··"]);
  expect([0x7fff, 0x8000].map((register) => decodesOf([register]).i16)).toEqual([32_767, -32_768]);
});
