import { expect, test, vi } from "vitest";
import { FailureError } from "../../../lib/contract.ts";
import type { DeviceReading, RegisterRow, ValueView } from "../../../services/modbus/contract.ts";
import { failure } from "../../../station/failure.ts";
import { english, words } from "../../../station/phrases.ts";
import type { ModbusStationView } from "../../../station/serial/modbus-stations.ts";
import type { Desk } from "./desk.ts";
import { printReading, printScan, printUnread, stationCells } from "./printing.ts";
import { watchDevice } from "./watch.ts";

const said = vi.hoisted(() => [] as string[]);
vi.mock("../../output.ts", () => ({
  complain: (text: string) => void said.push(`! ${text}`),
  printJson: (value: unknown) => void said.push(JSON.stringify(value)),
  printRow: (cells: (string | number)[]) => void said.push(cells.join(" | ")),
  printText: (text: string) => void said.push(text),
}));

/** What was printed since the last look. */
const printed = () => said.splice(0);

const value: ValueView = {
  ...{ at: 30_001, means: "Voltage", evse: 1, phase: "L1", raw: "2300", value: 230, unit: "V", words: [] },
};
const profile = {
  name: "wall",
  maker: "Acme",
  device: "Wall 1",
  kind: "charger",
  source: "s",
  proven: "simulator",
} as const;
const reading: DeviceReading = {
  ...{ place: "h", unit: 3, at: 1000, profile, oneOf: ["wall", "wall-2"] },
  values: [
    value,
    { ...value, evse: 2, raw: "230", label: "supply" },
    { ...value, phase: undefined as never, value: null, raw: null, means: "Power" },
    { ...value, means: "Status", value: 3, unit: "", raw: "3", words: ["charging", "locked"] },
  ],
  blocks: [
    { table: "holding", address: 9, count: 2, registers: null, why: words("no-core") },
    { table: "input", address: 4, count: 1, registers: null, why: words("no-core") },
    { table: "input", address: 5, count: 1, registers: [1] },
  ],
};
const row: RegisterRow = {
  ...{ table: "holding", address: 7, hex: "0x0102", u16: 258, i16: -2, bits: "", text: ".." },
  ...{ u32: 1, i32: -1, f32: 0.5, u32Little: null, f32Little: 0 },
};

test("a reading, by a profile, by registers, and as JSON", () => {
  printReading(reading, false);
  expect(printed()).toMatchInlineSnapshot(`
    [
      "Acme Wall 1, unit 3 (wall; tried against a simulator)",
      "30001 | Voltage | L1 | 230 V |  | raw 2300 | ",
      "30001 | Voltage | EVSE 2 L1 | 230 V |  |  | supply",
      "30001 | Power |  | not measured |  |  | ",
      "30001 | Status | L1 | 3 | charging; locked |  | ",
      "! It may be one of wall, wall-2: they share their registers. Name it with --profile.",
      "! holding 9 to 10: no core runs on this folder",
      "! input 4: no core runs on this folder",
    ]
  `);
  printReading({ ...reading, profile: null, oneOf: undefined as never, rows: [row], blocks: [] }, false);
  expect(printed()).toMatchInlineSnapshot(`
    [
      "table | register | hex | u16 | i16 | u32 | i32 | f32 | u32 low first | f32 low first | text",
      "holding | 7 | 0x0102 | 258 | -2 | 1 | -1 | 0.5 |  | 0 | ..",
    ]
  `);
  printReading({ ...reading, oneOf: undefined as never, blocks: [] }, true);
  expect(JSON.parse(printed().join())).toMatchObject({ place: "h", values: [{ at: 30_001 }, {}, {}, {}] });
});

test("what a scan came to, and a device that is read as a station", () => {
  const found = [
    {
      unit: 3,
      setting: { baudRate: 9600, parity: "even", stopBits: 1 },
      words: { vendor: "A", product: "B", revision: "1" },
    },
    { host: "10.0.0.1", words: { serverId: "x" } },
  ] as const;
  printScan({ done: 9, total: 9, found: [...found], over: true, verdict: { kind: "found" } }, false);
  expect(printed()).toMatchInlineSnapshot(`
    [
      " | unit 3 | 9600 8E1 | A | B | 1 |  | ",
      "10.0.0.1 | lets in, says nothing |  |  |  |  | x | ",
      "! Found. What each is: read it by its unit.",
    ]
  `);
  printScan(
    {
      done: 3,
      total: 9,
      found: [...found],
      over: true,
      cancelled: true,
      trouble: words("no-core"),
      verdict: { kind: "nothing" },
    },
    true,
  );
  expect(printed()).toMatchInlineSnapshot(`
    [
      "[{"unit":3,"words":{"vendor":"A","product":"B","revision":"1"},"baudRate":9600,"parity":"even","stopBits":1},{"host":"10.0.0.1","words":{"serverId":"x"}}]",
      "! no core runs on this folder",
      "! Broken off after 3 of 9 questions.",
    ]
  `);
  const view: ModbusStationView = {
    setup: { place: "h", profile: "auto", identity: "W1" },
    ...{ state: "trouble", since: 0, trouble: words("no-core"), counts: { readings: 0, failed: 1 } },
  };
  expect(stationCells(view)).toEqual(["W1", "h", "auto", "trouble", "no core runs on this folder"]);
  expect(stationCells({ ...view, trouble: undefined as never, profile: { ...profile, commands: [] } })).toEqual([
    "W1",
    "h",
    "wall",
    "trouble",
    "",
  ]);
});

/** Watches a device that reads like this, one after the other, then the watching ends. */
async function watched(readings: (DeviceReading | FailureError)[], json = false): Promise<string[]> {
  const stop = new AbortController();
  const left = [...readings];
  const read = async () => {
    const next = left.shift();
    if (left.length === 0) stop.abort();
    if (!next || next instanceof FailureError) throw next;
    return next;
  };
  await watchDevice({ read } as unknown as Desk, { place: "h" }, { seconds: 0.001, json, signal: stop.signal });
  return printed();
}

test("watched, a device's values are told as they change; an answer that fails is told once", async () => {
  const away = failure("unavailable", words("no-core"));
  const changed: DeviceReading = {
    ...reading,
    at: 2000,
    values: [
      value,
      { ...value, evse: 2 },
      { ...value, phase: undefined as never, means: "Power", unit: "W", value: 5 },
      { ...value, means: "Status", value: 4, words: ["faulted"] },
    ],
  };
  expect(await watched([reading, reading, changed, away, away, changed])).toMatchInlineSnapshot(`
    [
      "! 3 values are watched, every 0.001 s. What changes is told.",
      "! holding 9 to 10: no core runs on this folder",
      "! input 4: no core runs on this folder",
      "1970-01-01T00:00:02.000Z | 30001 Power | not measured | 5 W",
      "1970-01-01T00:00:02.000Z | 30001 Status L1 | charging; locked (3) | faulted (4)",
      "! no core runs on this folder",
      "! It answers again.",
    ]
  `);
  const registers = (first: number): DeviceReading => ({
    ...reading,
    profile: null,
    blocks: [
      { table: "input", address: 5, count: 2, registers: [first, 7] },
      { table: "input", address: 7, count: 1, registers: null, why: words("modbus-exception-address") },
    ],
  });
  expect(await watched([registers(1), registers(2)], true)).toMatchInlineSnapshot(`
    [
      "! 2 values are watched, every 0.001 s. What changes is told.",
      "! input 7: The device has no such register (exception 2).",
      "{"at":"1970-01-01T00:00:01.000Z","what":"input 5","from":"1","to":"2"}",
    ]
  `);
  await expect(watched([away, reading])).rejects.toBe(away);
  await expect(watched([reading, failure("invalid-input", words("no-core")), reading])).rejects.toThrow();
});

test("neighbours that were refused one by one for one cause are told together", () => {
  const refusedAt = (address: number, count = 1, why = words("no-core"), table: "holding" | "input" = "holding") =>
    ({ table, address, count, registers: null, why }) as const;
  const of = (...blocks: DeviceReading["blocks"]) => {
    printUnread(blocks);
    return printed();
  };
  printed();
  const [one, other] = [english(words("no-core")), english(words("never-heard-of"))];
  expect(of(refusedAt(5), refusedAt(6, 2), refusedAt(8))).toEqual([`! holding 5 to 8: ${one}`]);
  expect(of(refusedAt(5), refusedAt(7))).toEqual([`! holding 5: ${one}`, `! holding 7: ${one}`]);
  expect(of(refusedAt(5), refusedAt(6, 1, words("never-heard-of")))).toEqual([
    `! holding 5: ${one}`,
    `! holding 6: ${other}`,
  ]);
  expect(of(refusedAt(5), refusedAt(6, 1, words("no-core"), "input"))).toEqual([
    `! holding 5: ${one}`,
    `! input 6: ${one}`,
  ]);
  expect(of(refusedAt(5), { table: "holding", address: 6, count: 1, registers: [1] }, refusedAt(7))).toHaveLength(2);
  expect(of()).toEqual([]);
});
