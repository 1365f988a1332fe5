import { expect, test } from "vitest";
import type { Core } from "../../../core.ts";
import { words } from "../../../station/phrases.ts";
import { usualSettings } from "../../../transports/serial/settings.ts";
import { readConsole, readLine } from "../../serial-options.ts";
import { readModbusStation } from "../modbus/asked.ts";
import { checkWires, tellWires, type Wires } from "./wires.ts";

function wiresOf({ serial = [], consoles = [], modbus = [] }: Record<string, string[]>): Wires {
  return {
    lines: serial.map((given) => readLine(given)),
    consoles: consoles.map(readConsole),
    buses: modbus.map(readModbusStation),
  };
}

test.each<[string, Parameters<typeof wiresOf>[0], string]>([
  ["two lines on a port", { serial: ["COM3,id=A", "COM3,id=B"] }, "COM3 is named twice"],
  ["a line and a console", { serial: ["COM3"], consoles: ["COM3"] }, "COM3 is named twice"],
  ["a line and a bus", { serial: ["COM3"], modbus: ["COM3,id=B"] }, "COM3 is named twice"],
  ["two speeds of a bus", { modbus: ["COM3,id=A", "COM3,baud=19200,unit=2,id=B"] }, "COM3 is named with two settings"],
  ["one name for two", { serial: ["COM3,id=A"], modbus: ["COM4,id=A"] }, "A is named twice"],
  ["no such profile", { modbus: ["COM3,id=A,profile=none-such"] }, "There is no profile none-such"],
])("%s: said before anything starts", async (_, given, why) => {
  await expect(checkWires(wiresOf(given))).rejects.toThrow(why);
});

test("what fits together is taken: devices on one bus, another port each, a profile that is there", async () => {
  const wires = {
    serial: ["COM3,id=A"],
    consoles: ["COM5"],
    modbus: ["COM4,id=B", "COM4,unit=2,id=C,profile=keba-p30"],
  };
  await expect(checkWires(wiresOf(wires))).resolves.toBeUndefined();
});

test("how a wire stands is told once each time that it changes, and nothing of one that is not tried yet", () => {
  const pushes: ((value: unknown) => void)[] = [];
  const feed = (snapshot: unknown) => (_input: unknown, push: (value: unknown) => void) => {
    pushes.push(push);
    return { snapshot, close: () => pushes.pop() };
  };
  const setup = { port: "COM3", settings: usualSettings };
  const missing = words("port-missing", { port: "COM3" });
  const bus = { setup: { identity: "W", place: "COM4", profile: "keba-p30" }, state: "starting" };
  const handlers = {
    "serial.lines": feed([{ setup, path: "COM3", state: "trouble" }]),
    "console.list": feed([{ setup, path: "COM5", state: "open" }]),
    "modbus.stations": feed([bus]),
  };
  const told: string[] = [];
  const end = tellWires({ handlers } as unknown as Core, (text) => told.push(text));
  const [line, , stations] = pushes;
  line?.([{ setup, path: "COM3", state: "trouble", trouble: missing }]);
  line?.(() => [{ setup, path: "COM3", state: "trouble", trouble: missing }]);
  line?.([{ setup, path: "COM3", state: "listening" }]);
  stations?.([{ ...bus, state: "silent", trouble: words("modbus-no-answer") }]);
  stations?.([{ ...bus, state: "online" }]);
  end();
  expect(pushes).toEqual([]);
  expect(told).toEqual([
    "COM5 is open: console.",
    "COM3 is not there. Plug the adapter in, or choose one of those that plugside ports lists. It is tried again.",
    "COM3 is open: OCPP line.",
    "W: No answer came. It is tried again.",
    "W is read at COM4 by keba-p30.",
  ]);
});
