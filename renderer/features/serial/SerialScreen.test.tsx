// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test } from "vitest";
import { words } from "../../../src/station/phrases.ts";
import type { ConsoleView } from "../../../src/station/serial/console.ts";
import type { LineView } from "../../../src/station/serial/lines.ts";
import type { PortsReport, SerialPortInfo } from "../../../src/station/serial/ports.ts";
import { refused, screensForFile, show, unanswered, type Written } from "../../ui/testing/screen.tsx";
import { SerialScreen } from "./SerialScreen.tsx";

screensForFile();

const adapter: SerialPortInfo = {
  ...{ path: "/dev/ttyUSB0", kind: "rs485", chip: "FTDI FT232R", maker: "FTDI", product: "FT232R USB UART" },
  ...{ serialNumber: "A50285BI", vendorId: "0403", productId: "6001" },
};
const report: PortsReport = {
  ports: [
    { ...adapter, heldBy: "minicom" },
    { path: "COM3", kind: "built-in", ours: true },
    { kind: "bridge", product: "Board", heldBy: "minicom", trouble: words("no-core") },
  ],
  networks: [{ name: "usb0", driver: "RNDIS" }, { name: "usb1" }],
};
const line: LineView = {
  setup: {
    port: "/dev/ttyUSB0",
    settings: { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1, flow: "none" },
    framing: "auto",
  },
  ...{ path: "/dev/ttyUSB1", state: "online", since: 0, framing: "slip", identity: "CP1" },
  counts: { frames: 1234, damaged: 1, damagedBytes: 20, text: 1 },
};
const quiet: LineView = {
  ...line,
  ...{ setup: { ...line.setup, port: "COM9" }, path: "COM9", state: "trouble", trouble: words("no-core") },
  ...{ framing: undefined, identity: undefined, counts: { frames: 0, damaged: 0, damagedBytes: 0, text: 0 } },
};

test("ports, networks and lines are told as they are", async () => {
  const screen = await show(<SerialScreen />, { feeds: { "serial.ports": report, "serial.lines": [line, quiet] } });
  await expect(screen.text()).toMatchFileSnapshot("told/full.txt");
  expect(await screen.choices()).toMatchInlineSnapshot(`
    [
      "Baud: 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600",
      "Framing: by itself, lines, length before each, SLIP, COBS",
      "OCPP: by itself, 1.6, 2.0.1, 2.1",
    ]
  `);
  const free = [...document.querySelectorAll("datalist option")].map((option) => option.getAttribute("value"));
  expect(free).toEqual(["COM3"]);
});

test("where there is no port, what to look for", async () => {
  const nothing: PortsReport = { ports: [], networks: [], hint: words("no-core") };
  const screen = await show(<SerialScreen />, { feeds: { "serial.ports": nothing, "serial.lines": [] } });
  expect(screen.says("section")).toEqual(["Ports", "No serial port", "no core runs on this folder"]);
});

test("the first look takes a while, and what fails says so", async () => {
  const looking = await show(<SerialScreen />, { feeds: { "serial.ports": null } });
  expect(looking.says("section")).toEqual(["Ports", "… Looking at the ports"]);
  cleanup();
  const failed = await show(<SerialScreen />, { feeds: { "serial.ports": refused(), "serial.lines": refused() } });
  expect(failed.says().filter((said) => /^[!…]/.test(said))).toEqual([
    "! The ports could not be listed. no core runs on this folder",
    "! The lines could not be asked for. no core runs on this folder",
  ]);
});

test("a line is closed by its port", async () => {
  const screen = await show(<SerialScreen />, { feeds: { "serial.lines": [line] } });
  await screen.press("Close /dev/ttyUSB0");
  expect(screen.asked()).toEqual([["serial.closeLine", { port: "/dev/ttyUSB0" }]]);
  expect(screen.says()).toContain("! The line could not be closed. no core runs on this folder");
});

test("a line is opened as it is typed in, and the form is empty again; one that fails stays", async () => {
  const answers = { "serial.openLine": line };
  const screen = await show(<SerialScreen />, { feeds: { "serial.lines": [] }, answers });
  await screen.type("Port", "COM4");
  await screen.choose("Baud", "9600");
  await screen.choose("Framing", "SLIP");
  await screen.choose("OCPP", "2.0.1");
  await screen.type("Identity", "CP7");
  await screen.press("Open");
  const asked = { port: "COM4", baudRate: 9600, framing: "slip", ocpp: "2.0.1", identity: "CP7" };
  expect(screen.asked()).toEqual([["serial.openLine", asked]]);
  const fields = () => screen.says().filter((said) => /^(Port|Baud|Framing|OCPP|Identity):/.test(said));
  expect(fields()).toEqual(["Port:", "Baud: 115200", "Framing: by itself", "OCPP: by itself", "Identity:"]);
  cleanup();
  const failing = await show(<SerialScreen />, { feeds: { "serial.lines": [] } });
  await failing.type("Port", "COM4");
  await failing.press("Open");
  expect(failing.says()).toContain("! The line could not be opened. no core runs on this folder");
  expect(failing.says()).toContain("Port: COM4");
});

test("a form that is on its way is not sent a second time; a port that a line has is not offered", async () => {
  const feeds: Written["feeds"] = {
    "serial.ports": report,
    "serial.lines": [{ ...line, setup: { ...line.setup, port: "COM3" } }],
  };
  const screen = await show(<SerialScreen />, { feeds, answers: { "serial.openLine": unanswered } });
  expect([...document.querySelectorAll("datalist option")].map((one) => one.getAttribute("value"))).toEqual([
    "/dev/ttyUSB0",
  ]);
  await screen.type("Port", "COM4");
  await screen.press("Open");
  await screen.press("Open");
  expect(screen.asked()).toHaveLength(1);
});

test("the consoles that are open stand beside the ports, each with its way there", async () => {
  const setup = { port: "COM3", settings: line.setup.settings, station: "CP1" };
  const console: ConsoleView = { setup, path: "COM4", state: "open", since: 0, counts: { received: 0, sent: 0 } };
  const screen = await show(<SerialScreen />, {
    feeds: {
      "console.list": [console, { ...console, setup: { ...setup, port: "COM5", station: undefined as never } }],
    },
  });
  expect(screen.says("[aria-labelledby=serial-consoles]")).toMatchInlineSnapshot(`
    [
      "Consoles",
      "<COM3> #/console?port=COM3",
      "open since 1970-01-01T00:00:00.000Z CP1",
      "<COM5> #/console?port=COM5",
      "open since 1970-01-01T00:00:00.000Z",
      "<Open a console> #/console",
    ]
  `);
  screen.tell("console.list", []);
  expect(screen.says("[aria-labelledby=serial-consoles]")).toMatchInlineSnapshot(`
    [
      "Consoles",
      "No console is open",
      "<Open a console> #/console",
    ]
  `);
});

test("what is typed wrong is named at its field, and nothing is opened", async () => {
  const screen = await show(<SerialScreen />, { feeds: { "serial.lines": [] } });
  await screen.press("Open");
  expect(screen.says()).toContain("Port: (not right)");
  expect(screen.says()).toContain("Name a port.");
  await screen.type("Port", "COM4");
  await screen.type("Identity", "a b");
  expect(screen.says()).not.toContain("Name a port.");
  await screen.press("Open");
  expect(screen.says()).toContain("Identity: a b (not right)");
  expect(screen.says()).toContain("At most 48 characters, no blanks and none of / \\ ? #");
  expect(screen.asked()).toEqual([]);
});
