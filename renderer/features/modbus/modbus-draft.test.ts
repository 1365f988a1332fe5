import { expect, test } from "vitest";
import { emptyDevice, emptyRegisters, isPort, placeOf, readDevice, readRegisters } from "./modbus-draft.ts";

test("the settings of a port go with it, and a host has none", () => {
  expect(placeOf({ ...emptyDevice, place: " /dev/ttyUSB0 ", baud: "19200", frame: "8E1" })).toBe(
    "/dev/ttyUSB0,baud=19200,frame=8E1",
  );
  expect(placeOf({ ...emptyDevice, place: "192.168.1.20:502", baud: "19200" })).toBe("192.168.1.20:502");
  expect([isPort("COM3"), isPort("tcp://h:1"), isPort("comet"), isPort("10.0.0.1")]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test("a device is asked for as it was typed; what is wrong names its field", () => {
  const draft = { ...emptyDevice, place: "10.0.0.5", identity: "WALL1", unit: "0x10" };
  expect(readDevice(draft)).toEqual({ input: { place: "10.0.0.5", unit: 16, profile: "auto", identity: "WALL1" } });
  expect(readDevice({ ...draft, unit: "" })).toEqual({
    input: { place: "10.0.0.5", profile: "auto", identity: "WALL1" },
  });
  expect(readDevice({ ...draft, place: "" })).toEqual({ wrong: "place" });
  expect(readDevice({ ...draft, place: "a,b" })).toEqual({ wrong: "place" });
  expect(readDevice({ ...draft, unit: "256" })).toEqual({ wrong: "unit" });
  expect(readDevice({ ...draft, unit: "one" })).toEqual({ wrong: "unit" });
  expect(readDevice({ ...draft, identity: " " })).toEqual({ wrong: "identity" });
  expect(readDevice({ ...draft, identity: "a/b" })).toEqual({ wrong: "identity" });
});

test("registers are asked for by number, decimal or hexadecimal, at most 500 at once", () => {
  const draft = { ...emptyRegisters, place: "10.0.0.5", from: "0x400C", count: "4", table: "input" };
  expect(readRegisters(draft)).toEqual({
    input: { place: "10.0.0.5", registers: { table: "input", from: 0x400c, count: 4 } },
  });
  expect(readRegisters({ ...draft, from: "65536" })).toEqual({ wrong: "from" });
  expect(readRegisters({ ...draft, count: "501" })).toEqual({ wrong: "count" });
  expect(readRegisters({ ...draft, count: "0" })).toEqual({ wrong: "count" });
});
