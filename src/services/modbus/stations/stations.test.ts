import { expect, onTestFinished, test, vi } from "vitest";
import { words } from "../../../station/phrases.ts";
import type { ModbusSetup } from "../../../station/serial/modbus-stations.ts";
import { SettingsRepository } from "../../../store/settings.ts";
import { openServices } from "../../testing/open-services.ts";
import { loadProfiles } from "../profiles.ts";
import { boxProfile, fakeDevice } from "../testing/fake-device.ts";
import { ModbusStation } from "./modbus-station.ts";
import { ModbusStations } from "./stations.ts";

async function setUp() {
  const { context, database } = await openServices();
  const { buses, device } = fakeDevice();
  const settings = new SettingsRepository(database);
  const error = vi.fn();
  const open = () => {
    const stations = new ModbusStations({ ...context, log: { ...context.log, error }, buses, settings });
    onTestFinished(() => stations.dispose());
    return stations;
  };
  const kept = () => settings.all()["modbus-stations"];
  return { stations: open(), open, kept, settings, error, device, context };
}

const setup = (identity: string, more: Partial<ModbusSetup> = {}): ModbusSetup => ({
  place: "192.0.2.7",
  profile: { text: boxProfile },
  identity,
  ...more,
});

test("a device is read until it is detached, after restarts too, and its charts are found by the station beside", async () => {
  const { stations, open, kept } = await setUp();
  const changes: number[] = [];
  stations.changed.on(() => changes.push(stations.list().length));
  const beside = setup("A", { reference: { station: "CP1", evse: 2 } });
  expect(await stations.attach(beside)).toMatchObject({
    setup: { identity: "A", place: "192.0.2.7" },
    state: "starting",
  });
  await stations.attach(setup("B", { unit: 3 }));
  expect([stations.referencesOf("CP1"), stations.referencesOf("CP2")]).toEqual([[{ meter: "A", evse: 2 }], []]);
  expect(kept()).toEqual([beside, setup("B", { unit: 3 })]);
  const again = open();
  again.restore([]);
  await expect
    .poll(() => again.list().map(({ setup: { identity } }) => identity), { timeout: 10_000 })
    .toEqual(["A", "B"]);
  await stations.detach("A");
  expect([kept(), stations.list().length, changes.at(-1)]).toEqual([[setup("B", { unit: 3 })], 1, 1]);
  await expect(stations.detach("A")).rejects.toMatchObject({
    code: "not-found",
    words: words("modbus-not-attached", { identity: "A" }),
  });
});

test("one that is detached was asked to end, and the others go down with the core", async () => {
  const { stations } = await setUp();
  await stations.attach(setup("A"));
  await stations.attach(setup("B", { unit: 3 }));
  const ended = vi.spyOn(ModbusStation.prototype, "dispose");
  await stations.detach("A");
  expect(ended.mock.calls).toEqual([[]]);
  await stations.dispose();
  expect(ended.mock.calls).toEqual([[], ["shutdown"]]);
});

test("what a station is written to by is what it was set up with, or was found to be", async () => {
  const { stations, device } = await setUp();
  await stations.attach(setup("A", { unit: 3 }));
  expect(stations.target("A")).toEqual({ place: "192.0.2.7", unit: 3, profile: { text: boxProfile } });
  device.trouble = () => 2;
  await stations.attach(setup("B", { profile: "auto" }));
  expect(() => stations.target("B")).toThrow(
    expect.objectContaining({ code: "unavailable", words: words("modbus-unidentified") }),
  );
  expect(() => stations.target("C")).toThrow(expect.objectContaining({ code: "not-found" }));
  const [found] = await loadProfiles();
  vi.spyOn(ModbusStation.prototype, "profile", "get").mockReturnValue(found ?? null);
  expect(stations.target("B")).toEqual({ place: "192.0.2.7", unit: undefined, profile: found?.name });
  expect(stations.target("A").profile).toEqual({ text: boxProfile });
});

test("an identity that is taken, another setting of a line that is read, and what is no place or profile are refused and not kept", async () => {
  const { stations, kept } = await setUp();
  await stations.attach(setup("A", { place: "/dev/ttyUSB0,baud=9600" }));
  const refused = (given: ModbusSetup, code: string, told?: ReturnType<typeof words>) =>
    expect(stations.attach(given)).rejects.toMatchObject({ code, ...(told && { words: told }) });
  await refused(setup("A"), "conflict", words("modbus-identity", { identity: "A" }));
  await refused(setup("CP1"), "conflict", words("modbus-identity", { identity: "CP1" }));
  await refused(
    setup("B", { place: "/dev/ttyUSB0,baud=19200" }),
    "conflict",
    words("modbus-other-settings", { identity: "A" }),
  );
  await refused(setup("B", { place: "a b" }), "invalid-input");
  await refused(setup("B", { profile: "nobody" }), "invalid-input");
  expect(kept()).toHaveLength(1);
  const there = { place: "/dev/ttyUSB0,baud=9600" };
  await refused(setup("B", there), "conflict", words("modbus-same-device", { identity: "A" }));
  await refused(setup("B", { ...there, unit: 7 }), "conflict", words("modbus-same-device", { identity: "A" }));
  await stations.attach(setup("B", { ...there, unit: 8 }));
  expect(stations.list()).toHaveLength(2);
});

test("sixty-four devices are read, and no more", async () => {
  const { stations } = await setUp();
  stations.restore(Array.from({ length: 64 }, (_, at) => setup(`D${at}`, { unit: at + 1 })));
  await expect.poll(() => stations.list().length, { timeout: 10_000 }).toBe(64);
  await expect(stations.attach(setup("MORE"))).rejects.toMatchObject({
    code: "conflict",
    words: words("line-too-many", { most: 64 }),
  });
});

test("those named at the start go before a kept one of their name, and are not kept; one that cannot be is logged", async () => {
  const { stations, settings, kept, error } = await setUp();
  settings.set({ "modbus-stations": [setup("A"), setup("CP1"), { identity: "" }] });
  stations.restore([setup("A", { place: "192.0.2.9" })]);
  await expect.poll(() => error).toHaveBeenCalledWith("CP1 is not read", { error: expect.any(Error) });
  expect(stations.list().map(({ setup: { identity, place } }) => [identity, place])).toEqual([["A", "192.0.2.9"]]);
  expect(kept()).toHaveLength(3);
});

test("a profile of a person's own is listed once, by the first device that is read by it, and found by it", async () => {
  const { stations } = await setUp();
  await stations.attach(setup("A"));
  await stations.attach(setup("B", { unit: 8 }));
  await stations.attach(setup("C", { unit: 9, profile: "eastron-sdm630" }));
  expect(await stations.ownProfiles()).toEqual([expect.objectContaining({ name: "box", unit: 7, ownOf: "A" })]);
  expect(stations.ownProfile("B")).toEqual({ text: boxProfile });
  expect(() => stations.ownProfile("C")).toThrow(
    expect.objectContaining({ code: "invalid-input", words: words("modbus-no-profile", { name: "C" }) }),
  );
  expect(() => stations.ownProfile("D")).toThrow(expect.objectContaining({ code: "not-found" }));
});

test("what an earlier release read as two stations is read on as two", async () => {
  const { stations, settings } = await setUp();
  settings.set({ "modbus-stations": [setup("A"), setup("B")] });
  stations.restore([]);
  await expect.poll(() => stations.list().length, { timeout: 10_000 }).toBe(2);
});
