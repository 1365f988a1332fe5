import { expect, onTestFinished, test, vi } from "vitest";
import { ModbusTrouble } from "../../../modbus/bus/trouble.ts";
import type { Profile } from "../../../modbus/profile/model.ts";
import { failure } from "../../../station/failure.ts";
import { words } from "../../../station/phrases.ts";
import type { ModbusSetup } from "../../../station/serial/modbus-stations.ts";
import { openServices } from "../../testing/open-services.ts";
import { loadProfiles } from "../profiles.ts";
import { boxProfile, fakeDevice } from "../testing/fake-device.ts";
import { ModbusStation } from "./modbus-station.ts";

/** What a device is found to fit, where a test says so. */
const identified = vi.hoisted(() => ({ profiles: null as Profile[] | null }));
vi.mock("../../../modbus/device/identify.ts", async (original) => {
  const real = await original<typeof import("../../../modbus/device/identify.ts")>();
  return {
    ...real,
    identify: async (...given: Parameters<typeof real.identify>) =>
      identified.profiles ? { profiles: identified.profiles } : real.identify(...given),
  };
});

const noAnswer = (raw = new Uint8Array()) => new ModbusTrouble("no-answer", words("tls-left"), raw);

type Device = ReturnType<typeof fakeDevice>["device"];

async function setUp(change: Partial<ModbusSetup> = {}, before: (device: Device) => void = () => undefined) {
  const { context, clock, frames } = await openServices();
  const { device, buses } = fakeDevice();
  before(device);
  const setup = { place: "/dev/ttyUSB0,baud=19200", profile: { text: boxProfile }, identity: "METER", ...change };
  const changes = { count: 0 };
  const station = new ModbusStation({
    ...context,
    setup,
    unit: setup.unit,
    buses,
    changed: () => void changes.count++,
  });
  onTestFinished(() => station.dispose());
  async function pass(ms: number): Promise<string[]> {
    clock.advance(ms);
    for (let at = 0; at < 5; at++) await new Promise((resolve) => setImmediate(resolve));
    context.recorder.flush();
    return device.asked.splice(0);
  }
  const own = () => context.registry.get("METER");
  const links = () => {
    context.recorder.flush();
    return context.events
      .newest(Number.MAX_SAFE_INTEGER, { station: own()?.id ?? -1, kinds: ["link-opened", "link-closed"] }, 100)
      .reverse()
      .map(({ event }) =>
        event.kind === "link-closed" ? `${event.cause} ${event.code}` : event.kind === "link-opened" ? event.via : "",
      );
  };
  const stored = () => frames().filter(({ station: id }) => id === own()?.id);
  return { station, device, pass, own, links, stored, clock, context, changes };
}

const opened = { kind: "modbus", port: "/dev/ttyUSB0", unit: 7, profile: "box", baudRate: 19_200, frame: "8N1" };
const all = ["7 read holding 1 1", "7 read holding 5 2", "7 read holding 500 1"];

test("a device is read at its interval, what does not change once, and is a station from its first answer", async () => {
  const { station, device, pass, own, links, stored, clock, changes } = await setUp();
  const since = clock.now();
  expect(station.view()).toEqual({
    setup: { place: "/dev/ttyUSB0,baud=19200", profile: "", identity: "METER" },
    state: "starting",
    since,
    counts: { readings: 0, failed: 0 },
  });
  expect(await pass(0)).toEqual(all);
  expect([device.opened, links()]).toEqual([["/dev/ttyUSB0"], [opened]]);
  expect(station.view()).toEqual({
    setup: { place: "/dev/ttyUSB0,baud=19200", profile: "box", identity: "METER" },
    state: "online",
    since,
    profile: {
      name: "box",
      maker: "M",
      device: "D",
      kind: "meter",
      proven: "document",
      commands: [
        { name: "limit-current", says: "Sets the limit", least: 6, most: 16 },
        { name: "enable", says: "Lets it charge", value: 1 },
      ],
    },
    counts: { readings: 1, failed: 0 },
  });
  expect(await pass(9_999)).toEqual([]);
  expect(await pass(1)).toEqual(all.slice(1));
  expect([station.view().counts, changes.count]).toEqual([{ readings: 2, failed: 0 }, 3]);
  expect(own()?.state).toMatchObject({
    info: { serialNumber: "17" },
    link: { state: "online", carrier: "modbus" },
    findings: [],
  });
  expect(stored()).toMatchObject([{ action: "Modbus" }, { action: "Modbus" }]);
  expect(JSON.parse(String(stored()[0]?.data))).toMatchObject({
    modbus: 1,
    profile: "box",
    unit: 7,
    reads: [{ address: 1, registers: "0011" }, { address: 5, registers: "08fc 0906" }, { address: 500 }],
  });
  await station.dispose();
  expect(links()).toEqual([opened, "asked 1000"]);
  const other = await setUp();
  await other.pass(0);
  await other.station.dispose("shutdown");
  expect(other.links()).toEqual([opened, "shutdown 1000"]);
});

test("one reading that fails is a disturbance; three in a row are silence, and then it is read whole again", async () => {
  const { station, device, pass, links, stored } = await setUp();
  await pass(0);
  device.trouble = () => noAnswer();
  expect(await pass(10_000)).toHaveLength(1);
  expect(await pass(499)).toEqual([]);
  expect(await pass(1)).toHaveLength(1);
  expect([station.view().state, station.view().counts, links().length]).toEqual([
    "online",
    { readings: 1, failed: 2 },
    1,
  ]);
  await pass(500);
  expect(links()).toEqual([opened, "silent 1006"]);
  expect(station.view()).toMatchObject({ state: "silent", trouble: words("tls-left"), counts: { failed: 3 } });
  expect(await pass(9_999)).toEqual([]);
  device.trouble = null;
  expect(await pass(1)).toEqual(all);
  expect(station.view()).toMatchObject({ state: "online", counts: { readings: 2, failed: 3 } });
  expect(station.view().trouble).toBeUndefined();
  expect(links().at(-1)).toEqual(opened);
  device.trouble = () => noAnswer();
  await pass(10_000);
  device.trouble = null;
  await pass(500);
  device.trouble = () => noAnswer();
  await pass(10_000);
  await pass(500);
  expect(links().at(-1)).toEqual(opened);
  expect(stored().every(({ action }) => action === "Modbus")).toBe(true);
});

test("what comes damaged is on record as it came; a device that was never heard is starting still", async () => {
  const { device, pass, stored, own, station } = await setUp();
  await pass(0);
  device.trouble = () => new ModbusTrouble("bad-check", words("tls-left"), Uint8Array.of(1, 2, 3));
  await pass(10_000);
  expect(stored().at(-1)).toMatchObject({ action: null, data: Uint8Array.of(1, 2, 3) });
  expect(own()?.state.findings).toMatchObject([{ rule: "modbus-damaged", where: "link", said: words("tls-left") }]);
  // A refusal is whole, whatever bytes it came in.
  const before = stored().length;
  device.trouble = () => new ModbusTrouble("exception", words("tls-left"), Uint8Array.of(7, 0x83, 4));
  await pass(500);
  expect([stored().length, station.view().counts.failed]).toEqual([before, 2]);
  const other = await setUp();
  other.device.trouble = () => noAnswer();
  for (const ms of [0, 500, 500]) await other.pass(ms);
  expect(other.station.view()).toMatchObject({ state: "starting", trouble: words("tls-left") });
  expect([other.own(), station.view().state]).toEqual([undefined, "online"]);
});

test("what the device refuses for good is told and not asked again; what it refuses for now is", async () => {
  const { device, pass, own } = await setUp();
  device.trouble = (request) => (request.kind === "read" && request.address === 500 ? 2 : null);
  expect(await pass(0)).toEqual(all);
  expect(own()?.state.findings).toMatchObject([
    { rule: "modbus-refused", where: "holding 500", said: words("modbus-exception-address") },
  ]);
  expect(await pass(10_000)).toEqual([all[1]]);
  const more =
    "  - { at: 30, type: u32, means: Current.Import }\n  - { at: 40, means: status, values: { 0: Available } }\n";
  const pair = await setUp({ profile: { text: boxProfile.replace("commands:", `${more}commands:`) } });
  pair.device.registers[40] = 9;
  pair.device.trouble = (request) => (request.kind === "read" && request.address === 30 ? 2 : null);
  await pair.pass(0);
  expect(pair.own()?.state.findings).toMatchObject([
    { rule: "modbus-unknown-value", where: "status register 40", said: "9" },
    { rule: "modbus-refused", where: "holding 30 to 31", said: words("modbus-exception-address") },
  ]);
  const busy = await setUp();
  busy.device.trouble = (request) => (request.kind === "read" && request.address === 500 ? 6 : null);
  await busy.pass(0);
  expect(await busy.pass(10_000)).toEqual(all.slice(1));
});

test("a device that has nothing but who it is, is asked all again, so that it is known to be there", async () => {
  const { station, device, pass } = await setUp();
  device.trouble = (request) => (request.kind === "read" && request.address !== 1 ? 2 : null);
  for (let round = 0; round < 3; round++) expect(await pass(round === 0 ? 0 : 10_000)).toContain(all[0]);
  expect(station.view()).toMatchObject({ state: "online", counts: { readings: 3, failed: 0 } });
});

test.each([
  ["/dev/ttyUSB0", "unplugged 1006"],
  ["192.0.2.7", "lost 1006"],
])(
  "when the way to it is gone at %s, the connection is over (%s), and it is looked for in two seconds",
  async (place, end) => {
    const { station, device, pass, links } = await setUp({ place });
    await pass(0);
    device.over = words("port-gone", { port: "p" });
    await pass(10_000);
    expect(links().at(-1)).toBe(end);
    expect(station.view()).toMatchObject({ state: "trouble", trouble: words("port-gone", { port: "p" }) });
    device.over = null;
    device.opened.length = 0;
    expect(await pass(1999)).toEqual([]);
    expect(await pass(1)).toEqual(all);
    expect([device.opened.length, station.view().state]).toEqual([1, "online"]);
  },
);

test("a place that cannot be opened is told, and tried again; since when it is so stays", async () => {
  const { station, device, pass, clock } = await setUp({ unit: 3 }, (one) => {
    one.locked = failure("unavailable", words("port-busy", { port: "p" }));
  });
  await pass(0);
  const since = clock.now();
  await pass(2000);
  await pass(2000);
  expect(station.view()).toMatchObject({ state: "trouble", since, trouble: words("port-busy", { port: "p" }) });
  device.locked = null;
  expect((await pass(2000))[0]).toBe("3 read holding 1 1");
  expect(station.view()).toMatchObject({ state: "online", since: since + 6000 });
});

test("while nothing can be stored nothing is asked, and a device that fits no profile is not read", async () => {
  const { device, pass, context } = await setUp();
  const trouble = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(context.recorder), "trouble");
  Object.defineProperty(context.recorder, "trouble", { configurable: true, get: () => words("tls-left") });
  await pass(0);
  expect(await pass(10_000)).toEqual([]);
  Object.defineProperty(context.recorder, "trouble", { ...trouble, configurable: true });
  expect((await pass(10_000)).length).toBeGreaterThan(0);
  expect(device.opened).toHaveLength(1);
  const auto = await setUp({ profile: "auto" }, (one) => {
    one.trouble = () => 2;
  });
  await expect
    .poll(() => auto.station.view(), { timeout: 10_000 })
    .toMatchObject({ state: "trouble", trouble: words("modbus-unidentified"), setup: { profile: "auto" } });
});

test("a device that is to be found out is read by the profile that fits it alone; where several fit it is not, and they are named", async () => {
  const [first, second] = await loadProfiles();
  if (!first || !second) throw new Error("two profiles are shipped");
  onTestFinished(() => {
    identified.profiles = null;
  });
  identified.profiles = [first];
  const alone = await setUp({ profile: "auto" });
  await expect.poll(() => alone.pass(0)).not.toEqual([]);
  expect(alone.station.profile).toBe(first);
  identified.profiles = [first, second];
  const several = await setUp({ profile: "auto" });
  const trouble = words("modbus-one-of", { names: `${first.name}, ${second.name}` });
  await expect.poll(() => several.station.view()).toMatchObject({ state: "trouble", trouble });
  expect(several.device.asked).toEqual([]);
});
