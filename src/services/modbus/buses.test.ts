import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import type { OpenSerial } from "../../transports/serial/port.ts";
import { Buses } from "./buses.ts";
import { readPlace } from "./place.ts";

function bench() {
  const opened: string[] = [];
  const closed: string[] = [];
  const locked = new Set<string>();
  const open: OpenSerial = async (path, { baudRate }) => {
    if (locked.has(path)) throw new Error("locked");
    opened.push(`${path} ${baudRate}`);
    return { path, listen: () => undefined, dispose: async () => void closed.push(path) } as never;
  };
  return { opened, closed, locked, buses: new Buses({ open, clock: createManualClock() }) };
}

const line = readPlace("/dev/ttyUSB0,baud=19200").place;
const host = readPlace("192.0.2.7").place;

test("a bus is shared by all who ask on it at once, and closed when nobody does", async () => {
  const { opened, closed, buses } = bench();
  const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const masters: unknown[] = [];
  const use = (until: Promise<void>) =>
    buses.use(line, async ({ master }) => {
      masters.push(master);
      await until;
      return "done";
    });
  const uses = [use(first.promise), use(second.promise)];
  await Promise.resolve();
  expect([buses.isOpen(line), buses.isOpen(host)]).toEqual([true, false]);
  first.resolve();
  expect(await uses[0]).toBe("done");
  expect([closed, buses.isOpen(line)]).toEqual([[], true]);
  second.resolve();
  await uses[1];
  expect([opened, closed, buses.isOpen(line)]).toEqual([["/dev/ttyUSB0 19200"], ["/dev/ttyUSB0"], false]);
  expect(masters[0]).toBe(masters[1]);
  await buses.use(host, async () => undefined);
  expect([opened.at(-1), closed.at(-1)]).toEqual(["tcp://192.0.2.7:502 9600", "tcp://192.0.2.7:502"]);
});

test("a bus that cannot be opened is tried anew by the next who asks, and one whose work fails is closed", async () => {
  const { opened, closed, locked, buses } = bench();
  locked.add("/dev/ttyUSB0");
  await expect(buses.use(line, async () => undefined)).rejects.toThrow("locked");
  expect(buses.isOpen(line)).toBe(false);
  locked.clear();
  await expect(buses.use(line, async () => Promise.reject(new Error("work")))).rejects.toThrow("work");
  expect([opened.length, closed.length, buses.isOpen(line)]).toEqual([1, 1, false]);
});
