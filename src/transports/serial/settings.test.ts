import { expect, test } from "vitest";
import { english, words } from "../../station/phrases.ts";
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

test.each([
  ["COM3,baud=50", { baudRate: 50 }],
  ["COM3,baud=12000000", { baudRate: 12_000_000 }],
  ["COM3,frame=5N1", { dataBits: 5, parity: "none", stopBits: 1 }],
  ["COM3,frame=8m2", { dataBits: 8, parity: "mark", stopBits: 2 }],
  ["COM3,frame=6S1", { dataBits: 6, parity: "space", stopBits: 1 }],
  ["COM3,frame=7O2", { dataBits: 7, parity: "odd", stopBits: 2 }],
  ["COM3, flow = xonxoff", null],
  [" COM3 , flow=xonxoff ", { flow: "xonxoff" }],
  ["COM3,flow=none", { flow: "none" }],
] as const)("%s is set as it says", (given, settings) => {
  const read = readPortText(given);
  expect("phrase" in read ? null : read).toEqual(
    settings && { path: "COM3", settings: { ...usualSettings, ...settings }, others: new Map() },
  );
});

test.each([
  ["COM3,baud=49", words("port-baud", { most: 12_000_000, said: "49" })],
  ["COM3,baud=12000001", words("port-baud", { most: 12_000_000, said: "12000001" })],
  ["COM3,baud=123456789", words("port-baud", { most: 12_000_000, said: "123456789" })],
  ["COM3,frame=4N1", words("port-frame", { said: "4N1" })],
  ["COM3,frame=8X1", words("port-frame", { said: "8X1" })],
  ["COM3,frame=8N3", words("port-frame", { said: "8N3" })],
  [" ,baud=9600", words("port-first", { said: " ,baud=9600" })],
  ["COM3,=5", words("port-setting", { said: "=5" })],
])("%s is told why not", (given, why) => {
  expect(readPortText(given)).toEqual(why);
});
