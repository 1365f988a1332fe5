import { expect, test } from "vitest";
import { placeText, readPlace } from "./place.ts";

test.each([
  ["/dev/ttyUSB0", { baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 }, false],
  ["/dev/ttyUSB0,baud=19200", { baudRate: 19_200, parity: "none" }, true],
  ["/dev/ttyUSB0,baud=19200,unit=3", { baudRate: 19_200 }, true],
  ["/dev/ttyUSB0,unit=3,frame=8E1", { baudRate: 9600, parity: "even" }, true],
  ["/dev/ttyUSB0,unit=3", { baudRate: 9600 }, false],
])("a line is set as it is written, and otherwise as most devices have it: %s", (given, settings, isSet) => {
  expect(readPlace(given).place).toMatchObject({ kind: "serial", port: "/dev/ttyUSB0", settings, isSet });
});

test.each([
  ["192.0.2.7", "192.0.2.7", 502],
  ["meter.local:1502", "meter.local", 1502],
  ["[fe80::1%eth0]:65535,unit=2", "fe80::1%eth0", 65_535],
  ["192.0.2.7:1", "192.0.2.7", 1],
])("%s is a place on the network", (given, host, port) => {
  expect(readPlace(given).place).toEqual({ kind: "tcp", host, port });
});

test.each(["192.0.2.7:0", "192.0.2.7:65536", "a b", "host:x", ""])("%j is no place", (given) => {
  expect(() => readPlace(given)).toThrow();
});

test("what else is said after commas is handed on", () => {
  expect([...readPlace("192.0.2.7,unit=2").others]).toEqual([["unit", "2"]]);
  expect(placeText(readPlace("/dev/ttyUSB0,unit=3").place)).toBe("/dev/ttyUSB0");
});

test("a place is written as it is typed: a host with its port, an address of IPv6 in brackets, a line by its port alone", () => {
  const text = (given: string) => placeText(readPlace(given).place);
  expect(["meter.local", "192.0.2.7:1502", "[fe80::1%eth0]:502", "COM3,baud=19200"].map(text)).toEqual([
    "meter.local:502",
    "192.0.2.7:1502",
    "[fe80::1%eth0]:502",
    "COM3",
  ]);
});

test.each(["/dev/ttyUSB0,baud=fast", "/dev/ttyUSB0,frame=9X9", "192.0.2.7:502,frame", "host:502,=1"])(
  "%j is refused in words",
  (given) => {
    expect(() => readPlace(given)).toThrow(expect.objectContaining({ code: "invalid-input" }));
  },
);
