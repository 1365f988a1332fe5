import { expect, test } from "vitest";
import { portPair } from "../../../test/harness/serial/port-pair.ts";
import { type Clock, systemClock } from "../../lib/clock.ts";
import { FailureError } from "../../lib/contract.ts";
import { silentLogger } from "../../lib/logger.ts";
import { serveModbus } from "../../modbus/bus/slave.ts";
import { writeRtu } from "../../modbus/codec/framing.ts";
import { VirtualDevice } from "../../simulator/modbus/device.ts";
import { words } from "../../station/phrases.ts";
import type { ScanView } from "../../station/serial/modbus.ts";
import type { OpenSerial } from "../../transports/serial/port.ts";
import { Buses } from "./buses.ts";
import { readPlace } from "./place.ts";
import { findProfile } from "./profiles.ts";
import { readOnce, writeOnce } from "./reading.ts";
import { scanPlace } from "./scanning.ts";

const place = "COM1,baud=9600";
const settings = { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1, flow: "none" } as const;
const never = new AbortController().signal;

type Desk = { open: OpenSerial; buses: Buses; clock: Clock };

const reading = (desk: Desk, asked: Omit<Parameters<typeof readOnce>[2], "place">) =>
  readOnce(desk.buses, desk.clock, { place, ...asked });
const writing = { place, profile: "heidelberg-energy-control", command: "limit-current", value: 10 };

/** What is done with a device, each from its beginning to its end. */
const procedures: Record<string, (desk: Desk) => Promise<unknown>> = {
  "a reading by a profile": (desk) => reading(desk, { profile: "heidelberg-energy-control" }),
  "a reading of what it is found to be": (desk) => reading(desk, {}),
  "a reading by numbers, one of them refused": (desk) =>
    reading(desk, { registers: { table: "input", from: 4, count: 12 } }),
  "a write": ({ buses }) => writeOnce(buses, writing),
  "a scan": ({ open, clock }) =>
    scanPlace({ place, units: [1, 2] }, { open, clock, log: silentLogger, tell: () => undefined, signal: never }),
};

/** So many turns of the event loop without a byte or a new timer mean that nothing happens before the next timer. */
const quietTurns = 8;

/** Time that passes where nothing else happens: no wait is waited for, and none ends before what was to come in it has come. */
function idleTime() {
  type Due = { at: number; task: () => void; timers: Set<object> };
  const due = new Set<Due>();
  let now = 0;
  let quiet = 0;
  let turning = false;
  function turn(): void {
    turning = due.size > 0;
    if (!turning) return;
    setImmediate(turn);
    if (++quiet < quietTurns) return;
    quiet = 0;
    const next = [...due].reduce((one, other) => (other.at < one.at ? other : one));
    due.delete(next);
    next.timers.delete(next);
    now = Math.max(now, next.at);
    next.task();
  }
  return {
    /** Something happens. */
    stir: () => {
      quiet = 0;
    },
    /** A clock of it, and its timers that are running. */
    clock() {
      const timers = new Set<object>();
      const clock: Clock = {
        ...systemClock,
        monotonic: () => now,
        after(ms, task) {
          const timer: Due = { at: now + ms, task, timers };
          due.add(timer);
          timers.add(timer);
          quiet = 0;
          if (!turning) setImmediate(turn);
          turning = true;
          return {
            stop() {
              due.delete(timer);
              timers.delete(timer);
            },
          };
        },
      };
      return { clock, timers };
    },
  };
}

/** A device at the other end, and what happens when the `cut`th piece of bytes is on its way, either way.
 * @param half that piece still arrives in half */
async function bench(cut: number, how: "unplugged" | "silent", half = false) {
  const pair = portPair();
  const time = idleTime();
  const { clock, timers } = time.clock();
  const device = new VirtualDevice(await findProfile("heidelberg-energy-control"), systemClock);
  serveModbus({
    wire: await pair.open("b", settings),
    framing: "rtu",
    units: new Map([[1, device]]),
    clock: time.clock().clock,
  });
  let pieces = 0;
  pair.through((bytes) => {
    time.stir();
    pieces++;
    if (pieces < cut) return bytes;
    if (how === "unplugged") setImmediate(() => pair.unplug());
    return half && pieces === cut ? bytes.subarray(0, bytes.length >> 1) : new Uint8Array();
  });
  const open: OpenSerial = (_path, asked) => pair.open("a", asked);
  return { pair, desk: { open, buses: new Buses({ open, clock }), clock }, timers, pieces: () => pieces };
}

const told = {
  unplugged: ["port-gone", "port-missing", "modbus-write-unknown", "modbus-verdict-found"],
  silent: [
    "modbus-silent-line",
    "modbus-cut",
    "modbus-write-unknown",
    "modbus-verdict-nothing",
    "modbus-verdict-wrong-setting",
    "modbus-verdict-found",
  ],
};

test.each(
  Object.keys(procedures).flatMap((procedure) =>
    (["unplugged", "silent"] as const).map((how) => [procedure, how] as const),
  ),
)("%s that is %s at any moment ends, in words, and holds nothing", { timeout: 60_000 }, async (procedure, how) => {
  const whole = await bench(Number.POSITIVE_INFINITY, how);
  await procedures[procedure]?.(whole.desk);
  expect(whole.pieces()).toBeGreaterThan(1);
  // Of what asks a hundred questions some are enough.
  const step = Math.ceil(whole.pieces() / 24);
  for (let cut = 1; cut <= whole.pieces(); cut += step) {
    const half = Math.floor(cut / step) % 2 === 0;
    const { pair, desk, timers } = await bench(cut, how, half);
    const outcome = await procedures[procedure]?.(desk).catch((error: unknown) => error);
    const name = `${how} at piece ${cut}, ${half ? "half" : "none"} of it there`;
    expect(told[how], name).toContain(outcomeOf(outcome));
    expect([...timers], name).toEqual([]);
    expect(desk.buses.isOpen(readPlace(place).place), name).toBe(false);
    pair.plug();
    await (await pair.open("a", settings)).dispose();
  }
});

/** What was said of the end: the phrase of a failure, or of a scan, which may have asked all before. */
function outcomeOf(outcome: unknown): string {
  if (outcome instanceof FailureError) return outcome.words?.phrase ?? outcome.message;
  if (outcome instanceof Error) return `${outcome.stack}`;
  const { trouble, verdict, done, total } = outcome as Partial<ScanView>;
  if (typeof trouble === "object") return trouble.phrase;
  return done === total ? `modbus-verdict-${verdict?.kind}` : `${done} of ${total}`;
}

test("of a write that went out and was not answered it is said that it may have been taken; of one that was refused it is not", async () => {
  const { desk } = await bench(2, "unplugged");
  await expect(writeOnce(desk.buses, writing)).rejects.toMatchObject({
    code: "unavailable",
    words: words("modbus-write-unknown", { why: words("port-gone", { port: "a" }) }),
  });
  const outcomes = [
    { code: 2, why: words("modbus-exception-address") },
    { code: 11, why: words("modbus-write-unknown", { why: words("modbus-exception-target") }) },
  ];
  for (const { code, why } of outcomes) {
    const refused = await bench(Number.POSITIVE_INFINITY, "silent");
    let pieces = 0;
    refused.pair.through((bytes) => (++pieces === 2 ? writeRtu(1, Uint8Array.of(0x86, code)) : bytes));
    await expect(writeOnce(refused.desk.buses, writing)).rejects.toMatchObject({ words: why });
  }
});
