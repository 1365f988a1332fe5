import { beforeEach, expect, test, vi } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import { writeRtu } from "../../modbus/codec/framing.ts";
import type { ScanOptions } from "../../modbus/device/scan.ts";
import { loadProfiles } from "./profiles.ts";
import { scanPlace } from "./scanning.ts";

const scans = vi.hoisted(() => ({
  bus: null as unknown,
  network: [] as unknown[],
  announced: [] as unknown[],
  opened: [] as { place: unknown; tap(direction: "in" | "out", bytes: Uint8Array): void }[],
}));
vi.mock("../../modbus/device/scan.ts", () => ({
  scanBus: async (options: unknown) => {
    scans.bus = options;
    return "scanned";
  },
}));
vi.mock("./network-scan.ts", async (importActual) => ({
  ...(await importActual<typeof import("./network-scan.ts")>()),
  hostsOf: (place: string) => (/^network|\/\d+$/.test(place.trim()) ? ["192.0.2.1"] : null),
  ownAddresses: () => ["192.0.2.7"],
  scanNetwork: async (...given: unknown[]) => {
    scans.network.push(given);
    return "scanned network";
  },
}));
vi.mock("./announced.ts", () => ({
  announcedDevices: (addresses: unknown) => {
    scans.announced.push(addresses);
    return "announced";
  },
}));
vi.mock("./open-bus.ts", () => ({
  openBus: async (place: unknown, { tap }: { tap(direction: "in" | "out", bytes: Uint8Array): void }) => {
    scans.opened.push({ place, tap });
    return { master: "master", close: "close" };
  },
}));

beforeEach(() => Object.assign(scans, { bus: null, network: [], announced: [], opened: [] }));

const clock = createManualClock();
const { signal } = new AbortController();
const tell = () => undefined;

async function scan(place: string, units?: readonly number[]): Promise<ScanOptions> {
  expect(await scanPlace({ place, units }, { open: "open" as never, clock, log: silentLogger, tell, signal })).toBe(
    "scanned",
  );
  return scans.bus as ScanOptions;
}

test("a line that says nothing of its settings is tried in the usual ones, the likeliest first", async () => {
  const { settings, answerMs, units, allUnits, ...rest } = await scan("/dev/ttyUSB0");
  expect(settings.length).toBe(24);
  expect(settings.slice(0, 5)).toEqual([
    { baudRate: 9600, parity: "none", stopBits: 1 },
    { baudRate: 9600, parity: "even", stopBits: 1 },
    { baudRate: 9600, parity: "none", stopBits: 2 },
    { baudRate: 9600, parity: "odd", stopBits: 1 },
    { baudRate: 19_200, parity: "none", stopBits: 1 },
  ]);
  expect([...new Set(settings.map((one) => one?.baudRate))]).toEqual([9600, 19_200, 38_400, 57_600, 115_200, 4800]);
  expect([answerMs, rest.tell, rest.signal]).toEqual([150, tell, signal]);
  const made = (await loadProfiles()).map(({ unit }) => unit);
  expect(units.slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
  expect(new Set(units)).toEqual(new Set([1, 2, 3, 4, 5, ...made.filter((unit) => unit >= 1 && unit <= 247)]));
  expect([allUnits.length, allUnits[0], allUnits.at(-1)]).toEqual([247, 1, 247]);
});

test("one that says its settings is tried in these alone, and units that are named are the only ones", async () => {
  const { settings, units, allUnits } = await scan("/dev/ttyUSB0,baud=4800,frame=8E1", [9]);
  expect([settings, units, allUnits]).toEqual([[{ baudRate: 4800, parity: "even", stopBits: 1 }], [9], [9]]);
});

test("a host has no settings, is waited for longer, and may have the units of a gateway", async () => {
  const { settings, units, answerMs } = await scan("192.0.2.7");
  expect([settings, answerMs, units.slice(0, 3)]).toEqual([[null], 500, [1, 255, 0]]);
});

test("a network is gone through host by host; who announces themselves is asked for on the laptop's own alone", async () => {
  for (const place of [" network ", "192.0.2.0/24"]) {
    const told = await scanPlace({ place }, { open: "open" as never, clock, log: silentLogger, tell, signal });
    expect(told).toBe("scanned network");
  }
  const options = { open: "open", clock, tell, signal };
  expect(scans.network).toEqual([
    [["192.0.2.1"], { ...options, announced: "announced" }],
    [["192.0.2.1"], { ...options, announced: undefined }],
  ]);
  expect(scans.announced).toEqual([["192.0.2.7"]]);
});

test("before a line is asked it is listened to: another master is told from noise by a whole frame", async () => {
  const { open } = await scan("/dev/ttyUSB0");
  const setting = { baudRate: 19_200, parity: "odd", stopBits: 2 } as const;
  async function listen(say: (tap: (typeof scans.opened)[number]["tap"]) => void) {
    const bus = await open(setting);
    const heard = bus.unasked();
    let over = false;
    void heard.then(() => {
      over = true;
    });
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const { tap } = scans.opened.at(-1) ?? { tap: () => undefined };
    say(tap);
    clock.advance(299);
    await turn();
    expect(over).toBe(false);
    clock.advance(1);
    await turn();
    const soon = over;
    clock.advance(899);
    await turn();
    const later = over;
    clock.advance(1);
    await turn();
    // What comes after is an answer to what is asked.
    tap("in", Uint8Array.of(9, 9));
    return { heard: await heard, soon, later };
  }
  expect(await listen(() => undefined)).toEqual({ heard: { bytes: 0, frames: 0 }, soon: true, later: true });
  expect(scans.opened[0]?.place).toMatchObject({ kind: "serial", port: "/dev/ttyUSB0", settings: setting });
  const ours = await listen((tap) => tap("out", Uint8Array.of(1, 2)));
  expect(ours.heard).toEqual({ bytes: 0, frames: 0 });
  const noise = await listen((tap) => tap("in", Uint8Array.of(1, 2, 3)));
  expect(noise).toEqual({ heard: { bytes: 3, frames: 0 }, soon: false, later: false });
  const question = writeRtu(7, Uint8Array.of(3, 0, 5, 0, 1));
  const master = await listen((tap) => tap("in", question));
  expect(master).toEqual({ heard: { bytes: question.length, frames: 1 }, soon: true, later: true });
});
