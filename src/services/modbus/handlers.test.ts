import { expect, test, vi } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import { createEmitter } from "../../lib/emitter.ts";
import { silentLogger } from "../../lib/logger.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { ScanView } from "../../station/serial/modbus.ts";
import { watch } from "../testing/open-services.ts";
import { type ModbusParts, modbusHandlers } from "./handlers.ts";
import { loadProfiles, profileView } from "./profiles.ts";
import { boxProfile, fakeDevice } from "./testing/fake-device.ts";

const scans = vi.hoisted(
  () => [] as { asked: unknown; tell(view: unknown): void; signal: AbortSignal; fail(error: Error): void }[],
);
vi.mock("./scanning.ts", () => ({
  scanPlace: (asked: unknown, { tell, signal }: { tell(view: unknown): void; signal: AbortSignal }) =>
    new Promise((_done, fail) => scans.push({ asked, tell, signal, fail })),
}));

function setUp() {
  const { device, buses } = fakeDevice();
  const changed = createEmitter<void>(silentLogger);
  const views: object[] = [{ state: "online" }];
  const detached: string[] = [];
  const stations = {
    changed,
    list: () => [...views],
    attach: async (setup: object) => ({ setup }),
    detach: async (identity: string) => void detached.push(identity),
    ownProfiles: async () => ["own"],
    ownProfile: (identity: string) => ({
      text: boxProfile.replace("name: box", `name: box-of-${identity.toLowerCase()}`),
    }),
    target: () => ({ place: "192.0.2.7", unit: 3, profile: { text: boxProfile } }),
  };
  const error = vi.fn();
  const handlers = modbusHandlers({
    buses,
    stations,
    clock: createManualClock(5),
    log: { ...silentLogger, error },
    open: async () => Promise.reject(failure("unavailable", words("port-busy", { port: "p" }))),
  } as unknown as ModbusParts);
  return { handlers, device, changed, views, detached, error };
}

test("profiles are listed, looked over, and devices read and written by them", async () => {
  const { handlers, device } = setUp();
  expect(await handlers["modbus.profiles"]({})).toEqual([...(await loadProfiles()).map(profileView), "own"]);
  expect(await handlers["modbus.checkProfile"]({ text: boxProfile })).toMatchObject({ name: "box", registers: 4 });
  await expect(handlers["modbus.checkProfile"]({ text: "name: 1" })).rejects.toMatchObject({ code: "invalid-input" });
  expect(await handlers["modbus.read"]({ place: "192.0.2.7", profile: { text: boxProfile } })).toMatchObject({
    at: 5,
    unit: 7,
  });
  expect(await handlers["modbus.read"]({ place: "192.0.2.7", profile: { of: "A" } })).toMatchObject({
    profile: { name: "box-of-a" },
  });
  device.asked.length = 0;
  const enable = { command: "enable" };
  await handlers["modbus.write"]({ place: "192.0.2.7", profile: { text: boxProfile }, ...enable });
  // The device of a station is where the station is.
  await handlers["modbus.write"]({ identity: "METER", ...enable });
  expect(device.asked).toEqual(["7 write-coil 21 true", "3 write-coil 21 true"]);
});

test("a scan is told as it goes, ends with who looks, and tells why it could not be: a fault of ours is logged as well", async () => {
  const { handlers, error } = setUp();
  const scan = () => watch(handlers["modbus.scan"], { place: "p", units: undefined });
  const [going, refused, broken] = [scan(), scan(), scan()];
  const empty: ScanView = { done: 0, total: 0, found: [], over: false };
  expect([going.snapshot, scans[0]?.asked]).toEqual([empty, { place: "p", units: undefined }]);
  scans[0]?.tell({ ...empty, done: 1 });
  expect(scans[0]?.signal.aborted).toBe(false);
  going.close();
  expect([going.told, scans[0]?.signal.aborted]).toEqual([[{ ...empty, done: 1 }], true]);
  scans[1]?.fail(failure("unavailable", words("port-busy", { port: "p" })));
  await expect.poll(() => refused.told).toEqual([{ ...empty, over: true, trouble: words("port-busy", { port: "p" }) }]);
  expect(error).not.toHaveBeenCalled();
  scans[2]?.fail(new Error("broken"));
  await expect.poll(() => broken.told).toMatchObject([{ over: true, trouble: expect.anything() }]);
  expect(error).toHaveBeenCalledWith("a scan for Modbus devices ended", { error: new Error("broken") });
});

test("devices that are read are told as they stand, attached and detached; a line that cannot be listened to says why", async () => {
  const { handlers, changed, views, detached } = setUp();
  const { snapshot, told, close } = watch(handlers["modbus.stations"], {});
  views.push({ state: "silent" });
  changed.emit();
  close();
  changed.emit();
  expect([snapshot, told]).toEqual([[{ state: "online" }], [[{ state: "online" }, { state: "silent" }]]]);
  const setup = { place: "192.0.2.7", profile: "auto", identity: "METER" };
  expect(await handlers["modbus.attach"](setup)).toEqual({ setup });
  // One may be read by the own profile of another.
  expect(await handlers["modbus.attach"]({ ...setup, profile: { of: "A" } })).toMatchObject({
    setup: { profile: { text: expect.stringContaining("box-of-a") } },
  });
  expect([await handlers["modbus.detach"]({ identity: "METER" }), detached]).toEqual([null, ["METER"]]);
  const ear = watch(handlers["modbus.listen"], { place: "/dev/ttyUSB0" });
  await expect.poll(() => ear.told.at(-1)).toMatchObject({ trouble: words("port-busy", { port: "p" }) });
  ear.close();
});
