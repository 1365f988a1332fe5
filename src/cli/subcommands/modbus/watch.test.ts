import { expect, onTestFinished, test } from "vitest";
import { FailureError } from "../../../lib/contract.ts";
import type { DeviceReading } from "../../../services/modbus/contract.ts";
import { terminal } from "../../testing/printed.ts";
import type { Desk } from "./desk.ts";
import { watchDevice } from "./watch.ts";

const value = { at: "30001", means: "Voltage", value: 230 as number | null, unit: "V", words: [] as string[] };
const byProfile = (...values: object[]) =>
  ({ at: 1000, profile: {}, values: values.map((one) => ({ ...value, ...one })), blocks: [] }) as never;
const byRegister = (registers: number[] | null) =>
  ({ at: 1000, values: [], blocks: [{ table: "input", address: 7, count: 2, registers }] }) as never;
const away = (why: string) => new FailureError("unavailable", why);

/** Watches a device that says this, reading after reading, and is stopped then. */
async function watched(readings: (DeviceReading | Error)[], json = false): Promise<string> {
  const said: string[] = [];
  const to = terminal((text, of) => said.push(of === "out" ? text : `! ${text}`));
  onTestFinished(to.end);
  const stop = new AbortController();
  const desk = {
    async read(asked: unknown) {
      expect(asked).toBe(place);
      const next = readings.shift();
      if (readings.length === 0) stop.abort();
      if (next instanceof Error) throw next;
      return next;
    },
  } as unknown as Desk;
  const place = { place: "h" };
  await watchDevice(desk, place, { seconds: 0, json, signal: stop.signal }).finally(to.end);
  return said.join("");
}

test("what changes is told, by its words or its value with the unit", async () => {
  const told = await watched([
    byProfile({}, { at: "30002", phase: "L2", value: null }),
    byProfile({ value: 231 }, { at: "30002", phase: "L2", value: 5 }),
    byProfile({ value: 231 }, { at: "30002", phase: "L2", words: ["on", "hot"], value: 3 }),
    byProfile({ value: 231, unit: "" }, { at: "30002", phase: "L2", words: ["on", "hot"], value: 3 }),
  ]);
  expect(told).toMatchInlineSnapshot(`
    "! 2 values are watched, every 0 s. What changes is told.
    1970-01-01T00:00:01.000Z	30001 Voltage	230 V	231 V
    1970-01-01T00:00:01.000Z	30002 Voltage L2	not measured	5 V
    1970-01-01T00:00:01.000Z	30002 Voltage L2	5 V	on; hot (3)
    1970-01-01T00:00:01.000Z	30001 Voltage	231 V	231
    "
  `);
});

test("registers are told one by one; one that could not be read before is new", async () => {
  const told = await watched([byRegister(null), byRegister([1, 2]), byRegister([1, 3])], true);
  expect(told).toMatchInlineSnapshot(`
    "! 0 values are watched, every 0 s. What changes is told.
    {"at":"1970-01-01T00:00:01.000Z","what":"input 7","from":null,"to":"1"}
    {"at":"1970-01-01T00:00:01.000Z","what":"input 8","from":null,"to":"2"}
    {"at":"1970-01-01T00:00:01.000Z","what":"input 8","from":"2","to":"3"}
    "
  `);
});

test("a reading that fails is told once until it fails otherwise, and that the device answers again", async () => {
  const told = await watched([
    ...[byRegister([1]), away("a"), away("a"), away("b"), byRegister([1]), away("b"), byRegister([2])],
  ]);
  expect(told).toMatchInlineSnapshot(`
    "! 1 values are watched, every 0 s. What changes is told.
    ! a
    ! b
    ! It answers again.
    ! b
    ! It answers again.
    1970-01-01T00:00:01.000Z	input 7	1	2
    "
  `);
});

test("what fails at first, or is no failure of the device, ends it", async () => {
  await expect(watched([away("nobody")])).rejects.toThrow("nobody");
  await expect(watched([byRegister([1]), new Error("ours")])).rejects.toThrow("ours");
  await expect(watched([byRegister([1]), new FailureError("invalid-input", "no")])).rejects.toThrow("no");
});
