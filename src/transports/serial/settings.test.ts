import { expect, test } from "vitest";
import { english } from "../../station/phrases.ts";
import { endOfPort, frameText, readPortText, usualSettings } from "./settings.ts";

test("a port with what is set after it, and what is no setting of a port handed back", () => {
  expect(readPortText("/dev/ttyUSB0")).toEqual({ path: "/dev/ttyUSB0", settings: usualSettings, others: new Map() });
  expect(readPortText("COM3,baud=9600,frame=7e1.5,flow=rtscts,id=CP=1")).toEqual({
    path: "COM3",
    settings: { baudRate: 9600, dataBits: 7, parity: "even", stopBits: 1.5, flow: "rtscts" },
    others: new Map([["id", "CP=1"]]),
  });
});

test.each([
  ["", "A port comes first"],
  ["COM3,9600", "settings as NAME=VALUE; got “9600”"],
  ["COM3,baud=12", "baud takes 50 to 12000000"],
  ["COM3,baud=fast", "baud takes 50 to 12000000"],
  ["COM3,frame=9N1", "as in 8N1 or 7E2"],
  ["COM3,flow=some", "flow takes none, rtscts, xonxoff"],
])("what cannot be read is told: %s", (given, said) => {
  const read = readPortText(given);
  expect("phrase" in read && english(read)).toContain(said);
});

test("an adapter is pulled out, and a port of the network is not", () => {
  expect(["COM3", "/dev/ttyUSB0", "tcp://h:1", "rfc2217://h:1"].map(endOfPort)).toEqual([
    "unplugged",
    "unplugged",
    "lost",
    "lost",
  ]);
});

test("data bits, parity and stop bits as everybody writes them", () => {
  expect(frameText({ ...usualSettings, parity: "odd", stopBits: 2 })).toBe("8O2");
});
