import { expect, test } from "vitest";
import {
  choiceOf,
  emptyDevice,
  emptyListening,
  emptyRegisters,
  isPort,
  ownProfile,
  placeOf,
  readDevice,
  readListening,
  readRegisters,
} from "./modbus-draft.ts";

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
  expect(readRegisters({ ...draft, from: "65535", count: "500", table: "of a later day" })).toEqual({
    input: { place: "10.0.0.5", registers: { table: "holding", from: 65_535, count: 500 } },
  });
  expect(readRegisters({ ...draft, from: "-1" })).toEqual({ wrong: "from" });
  expect(readRegisters({ ...draft, from: "65536" })).toEqual({ wrong: "from" });
  expect(readRegisters({ ...draft, unit: "256" })).toEqual({ wrong: "unit" });
  expect(readRegisters({ ...draft, count: "501" })).toEqual({ wrong: "count" });
  expect(readRegisters({ ...draft, count: "0" })).toEqual({ wrong: "count" });
});

test("names are as long as the core takes them, units as the bus has them", () => {
  const draft = { ...emptyDevice, place: "10.0.0.5", identity: "WALL1" };
  const input = { place: "10.0.0.5", profile: "auto", identity: "WALL1" };
  expect(readDevice({ ...draft, unit: " 255 " })).toEqual({ input: { ...input, unit: 255 } });
  expect(readDevice({ ...draft, unit: "0" })).toEqual({ input: { ...input, unit: 0 } });
  expect(readDevice({ ...draft, place: "h".repeat(250) })).toEqual({ input: { ...input, place: "h".repeat(250) } });
  expect(readDevice({ ...draft, place: "h".repeat(251) })).toEqual({ wrong: "place" });
  expect(readDevice({ ...draft, identity: "i".repeat(48) })).toEqual({ input: { ...input, identity: "i".repeat(48) } });
  expect(readDevice({ ...draft, identity: "i".repeat(49) })).toEqual({ wrong: "identity" });
  for (const identity of ["a b", "a\\b", "a?", "a#b"])
    expect(readDevice({ ...draft, identity })).toEqual({ wrong: "identity" });
});

test("a profile is chosen by its name, by the device that has it, or as its file stands", () => {
  const draft = { ...emptyDevice, place: "10.0.0.5", identity: "M1", reference: "CP1" };
  const input = { place: "10.0.0.5", identity: "M1", reference: { station: "CP1" } };
  const own = choiceOf({ name: "box", ownOf: "WALL1" });
  expect(choiceOf({ name: "box" })).toBe("box");
  expect(readDevice({ ...draft, profile: own })).toEqual({ input: { ...input, profile: { of: "WALL1" } } });
  expect(readDevice({ ...draft, profile: ownProfile }, "name: box")).toEqual({
    input: { ...input, profile: { text: "name: box" } },
  });
});

test("what is overheard is a port, read by a profile where one is chosen", () => {
  const draft = { ...emptyListening, place: " COM3 ", baud: "19200" };
  expect(readListening(draft)).toEqual({ input: { place: "COM3,baud=19200,frame=8N1" } });
  expect(readListening({ ...draft, profile: "wall" })).toEqual({
    input: { place: "COM3,baud=19200,frame=8N1", profile: "wall" },
  });
  for (const place of ["", "10.0.0.5", "COM3,baud=1"])
    expect(readListening({ ...draft, place })).toEqual({ wrong: "place" });
});
