// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { ConsoleProfileView } from "../../../src/services/console/contract.ts";
import { failure } from "../../../src/station/failure.ts";
import { words } from "../../../src/station/phrases.ts";
import type { ConsoleEntry, ConsoleView } from "../../../src/station/serial/console.ts";
import { refused, screensForFile, settled, show, unanswered, type Written } from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { ConsoleScreen } from "./ConsoleScreen.tsx";
import { at, bytes, entries, failuresOf, open } from "./testing/consoles.tsx";
import { terminal } from "./testing/terminal.tsx";

vi.mock("./Terminal.tsx", () => import("./testing/terminal.tsx"));
screensForFile();

function closed(answers: Written["answers"] = {}, list: ConsoleView[] = [], hash = "#/console?port=COM7") {
  const feeds: Written["feeds"] = {
    "console.list": list,
    "serial.ports": { ports: [{ path: "COM3", kind: "built-in" }, { kind: "bridge" }], networks: [] },
    "stations.list": [summaryOf(onlineStation())],
  };
  return show(<ConsoleScreen />, { feeds, answers: { "console.recorded": [], ...answers } }, hash);
}
const rapi: ConsoleProfileView = {
  ...{ name: "rapi", maker: "Acme", device: "B", source: "a page", proven: "document", asks: true },
  ...{ baud: 9600, frame: "7E1" },
  commands: [
    { send: "$GE", shows: "configuration", says: { en: "Settings", sv: "Inställningar" } },
    { send: "$GS", shows: "status", says: { en: "State", sv: "Tillstånd" } },
  ],
};
const profiles = { "console.profiles": [rapi] };

test("a console is opened as it is typed in, and then shown", async () => {
  const screen = await closed({ ...profiles, "console.open": open }, [open]);
  await expect(screen.text()).toMatchFileSnapshot("told/closed.txt");
  expect(await screen.choices()).toMatchInlineSnapshot(`
    [
      "Baud: 2400, 4800, 9600, 19200, 38400, 57600, 74880, 115200, 230400, 460800, 921600, 1500000",
      "Frame: 8N1, 8E1, 8O1, 8N2, 7E1, 7O1",
      "Flow control: none, RTS/CTS, XON/XOFF",
      "Profile: none, only the console, rapi",
    ]
  `);
  expect([...document.querySelectorAll("datalist option")].map((one) => one.getAttribute("value"))).toEqual(["COM3"]);
  screen.asked();
  await screen.type("Port", "");
  await screen.press("Open");
  expect(screen.says()).toContain("Name a port.");
  await screen.type("Port", " COM3 ");
  await screen.choose("Profile", "rapi");
  await screen.choose("Flow control", "RTS/CTS");
  await screen.type("Station", "CP9");
  expect(screen.says()).toEqual(expect.arrayContaining(["Baud: 9600", "Frame: 7E1"]));
  await screen.press("Open");
  const frame = { dataBits: 7, parity: "even", stopBits: 1 };
  expect(screen.asked()).toEqual([
    ["console.open", { port: "COM3", baudRate: 9600, ...frame, flow: "rtscts", station: "CP9", profile: "rapi" }],
  ]);
  expect(window.location.hash).toBe("#/console?port=COM3");
});

test("a console is opened once, and a make that is taken back leaves the speed it had", async () => {
  const screen = await closed({ ...profiles, "console.open": unanswered });
  await screen.choose("Profile", "rapi");
  await screen.choose("Profile", "none, only the console");
  await screen.type("Port", "");
  await screen.press("Open");
  expect(screen.says()).toContain("Port: (not right)");
  await screen.type("Port", "COM3");
  expect(screen.says()).toContain("Port: COM3");
  screen.asked();
  await screen.press("Open");
  await screen.press("Open");
  const frame = { dataBits: 7, parity: "even", stopBits: 1 };
  expect(screen.asked()).toEqual([["console.open", { port: "COM3", baudRate: 9600, ...frame, flow: "none" }]]);
});

test("a console is opened at the speed and in the frame that are chosen", async () => {
  const screen = await closed({ "console.open": unanswered });
  await screen.choose("Baud", "74880");
  await screen.choose("Frame", "8N2");
  screen.asked();
  await screen.press("Open");
  const frame = { dataBits: 8, parity: "none", stopBits: 2 };
  expect(screen.asked()).toEqual([["console.open", { port: "COM7", baudRate: 74_880, ...frame, flow: "none" }]]);
});

test("another port is another console: nothing of the one before stays", async () => {
  const other = { ...open, setup: { ...open.setup, port: "COM8" } };
  const feeds: Written["feeds"] = {
    "console.list": [open, other],
    "console.live": entries,
    "serial.ports": { ports: [], networks: [] },
  };
  const screen = await show(<ConsoleScreen />, { feeds, answers: { "console.recorded": [] } }, "#/console?port=COM3");
  const goTo = async (port: string) => {
    window.location.hash = `#/console?port=${port}`;
    await settled();
  };
  await screen.choose("Enter sends", "LF");
  await screen.type("Search", "boot");
  await goTo("COM8");
  expect(screen.says()).toEqual(expect.arrayContaining(["Enter sends: CR", "Search:", "[Close COM8]"]));
  expect(screen.watched()).toEqual([
    ["console.list", {}],
    ["console.live", { port: "COM8" }],
  ]);
  await goTo("COM7");
  expect(screen.says()).toContain("Port: COM7");
  await screen.type("Port", "COM70");
  screen.asked();
  await goTo("COM6");
  expect(screen.says()).toContain("Port: COM6");
  expect(screen.asked().map(([name]) => name)).toContain("console.recorded");
});

test("a make's commands that only show stand below the terminal, by what they show", async () => {
  const setup = { ...open.setup, profile: "rapi" };
  const screen = await at({ ...open, setup }, { ...profiles, "console.show": null });
  const told = screen.says().filter((line) => /Acme|Status|Configuration|\$G|Source|tried/.test(line));
  expect(told).toMatchInlineSnapshot(`
    [
      "Commands of Acme that only show",
      "Status",
      "[State $GS]",
      "Configuration",
      "[Settings $GE]",
      "Source: a page. Taken from it; not tried on a device by us.",
    ]
  `);
  const headings = [...document.querySelectorAll("section[aria-labelledby=console-commands] h3")];
  expect(headings.map(({ textContent }) => textContent)).toEqual(["Status", "Configuration"]);
  screen.asked();
  await screen.press(/State/);
  expect(screen.asked()).toEqual([["console.show", { port: "COM3", command: "$GS" }]]);
  cleanup();
  const away = await at({ ...open, setup, state: "unplugged" }, profiles);
  expect(away.says()).toContain("[State $GS] (off)");
  cleanup();
  const failing = await at({ ...open, setup }, profiles);
  await failing.press(/State/);
  expect(failuresOf(failing.says())).toEqual(["! It was not sent. no core runs on this folder"]);
  cleanup();
  const bare = await at({ ...open, setup }, { "console.profiles": [{ ...rapi, commands: [] }] });
  expect(bare.says().join()).not.toContain("Acme");
  cleanup();
  const unnamed = await at(open, profiles);
  expect(unnamed.asked().map(([name]) => name)).not.toContain("console.profiles");
});

test("what is on record of consoles that are not open is listed, and its text read, from before too", async () => {
  const past = (port: string) => ({
    port,
    first: Date.UTC(2026, 0, 1, 12),
    last: Date.UTC(2026, 0, 1, 13),
    bytes: 2500,
  });
  const recorded = { "console.recorded": [past("COM3"), past("COM9")] };
  const list = await closed(recorded, [open], "#/console");
  expect(list.says().slice(list.says().indexOf("Consoles"))).toMatchInlineSnapshot(`
    [
      "Consoles",
      "<COM3> #/console?port=COM3",
      "open since 1970-01-01T00:00:01.000Z CP1",
      "On record",
      "<COM9> #/console?port=COM9",
      "2026-01-01T12:00:00.000Z – 2026-01-01T13:00:00.000Z 2.5 kB",
    ]
  `);
  cleanup();
  let asked = 0;
  const before = () => (asked++ === 0 ? [{ id: 1, at: 500, kind: "in" as const, base64: bytes("earlier\n") }] : []);
  const feeds = { "console.list": [], "stations.list": [], "console.live": [{ ...entries[0], id: 7 } as ConsoleEntry] };
  const answers = { ...recorded, "console.before": before };
  const one = await show(<ConsoleScreen />, { feeds, answers }, "#/console?port=COM9");
  const text = () => one.says().filter((line) => /marked:|begins/.test(line));
  expect(one.says()).toContain("On record of COM9");
  await one.press("Show earlier");
  expect(text()).toMatchInlineSnapshot(`
    [
      "earlier boot ok marked:",
    ]
  `);
  await one.press("Show earlier");
  expect(text()).toMatchInlineSnapshot(`
    [
      "earlier boot ok marked:",
      "… Here the record of this port begins.",
    ]
  `);
  expect(one.says()).toContain("[Show earlier] (off)");
  expect(one.says().join()).not.toContain("leaves the terminal");
  // What comes anew may have something before it.
  one.tell("console.live", [{ ...entries[0], id: 9 } as ConsoleEntry]);
  expect(one.says()).toContain("[Show earlier]");
  cleanup();
  const failing = await closed({ "console.recorded": failure("unavailable", words("no-core")) });
  expect(failuresOf(failing.says())).toEqual([
    "! What is on record could not be asked for. no core runs on this folder",
  ]);
  failing.asked();
  await failing.press("Try again");
  expect(failing.asked()).toEqual([["console.recorded", {}]]);
});

test("what came before is fetched once at a time, and shown from its beginning", async () => {
  const older: ConsoleEntry[] = [{ id: 0, at: 500, kind: "in", base64: bytes("earlier\n") }];
  let answer: ((entries: ConsoleEntry[]) => void) | undefined;
  const screen = await at(open, { "console.before": () => new Promise((done) => (answer = done)) });
  screen.asked();
  await screen.press("Show earlier");
  expect(screen.says()).toContain("[Show earlier] (off)");
  terminal.done = [];
  answer?.(older);
  await settled();
  expect(screen.says()).toContain("[Show earlier]");
  expect(terminal.done).toEqual(["clear", "top"]);
  await screen.press("Show earlier");
  terminal.done = [];
  answer?.([]);
  await settled();
  expect(terminal.done).toEqual(["clear"]);
  expect(screen.asked()).toEqual([
    ["console.before", { port: "COM3", before: 1 }],
    ["console.before", { port: "COM3", before: 0 }],
  ]);
  cleanup();
  const failing = await at(open);
  await failing.press("Show earlier");
  expect(failuresOf(failing.says())).toEqual(["! What came before could not be fetched. no core runs on this folder"]);
});

test("of a console that says much, the last five thousand pieces are at hand", async () => {
  const screen = await at(open);
  const piece = (id: number): ConsoleEntry => ({ id, at: 0, kind: "in", base64: bytes(`${id}\n`) });
  screen.tell("console.live", [piece(1)]);
  screen.tell(
    "console.live",
    [],
    Array.from({ length: 5000 }, (_, more) => piece(2 + more)),
  );
  await screen.tick("Show what is sent");
  expect(screen.says("[aria-label^=Terminal]").join(" ").slice(0, 60)).toMatch(/^\{.*\} 2 3 4 /);
});

test("what the core does not tell or do says so", async () => {
  const screen = await closed();
  await screen.press("Open");
  expect(failuresOf(screen.says())).toMatchInlineSnapshot(`
    [
      "! The console could not be opened. no core runs on this folder",
    ]
  `);
  cleanup();
  const failed = await show(<ConsoleScreen />, { feeds: { "console.list": refused() } });
  expect(failuresOf(failed.says())).toMatchInlineSnapshot(`
    [
      "! The consoles could not be asked for. no core runs on this folder",
    ]
  `);
  cleanup();
  expect((await show(<ConsoleScreen />, {})).says()).toContain("… Fetching from the record");
});

test("the speed of a port is found by listening to it", async () => {
  const heard = { bytes: 1234, text: 0.99, parity: "even" as const };
  const screen = await closed({
    "console.listen": ({ baudRate }) => (baudRate === 9600 ? heard : { bytes: 5, text: 0.1 }),
  });
  screen.asked();
  await screen.press("Find baud and parity by listening");
  expect(screen.asked()).toEqual([
    ["console.listen", { port: "COM7", baudRate: 115_200, dataBits: 8, parity: "none" }],
    ["console.listen", { port: "COM7", baudRate: 9600, dataBits: 8, parity: "none" }],
  ]);
  expect(screen.says()).toEqual(expect.arrayContaining(["Baud: 9600", "Frame: 7E1"]));
  const said = (one: typeof screen) => one.says().filter((line) => line.startsWith("…"));
  expect(said(screen)).toMatchInlineSnapshot(`
    [
      "… 9,600 baud, 7E1: 99 % of 1,234 bytes read as text.",
    ]
  `);
  cleanup();
  const both = await closed({ "console.listen": { bytes: 200, text: 1 } });
  await both.press("Find baud and parity by listening");
  expect(said(both)).toMatchInlineSnapshot(`
    [
      "… 115,200 baud, 8N1: 100 % of 200 bytes read as text. Not ruled out: 8E1, 8O1. The same was read so, or nothing was heard meanwhile; try them if what you type is not understood.",
    ]
  `);
  cleanup();
  const plain = await closed({ "console.listen": { bytes: 200, text: 1, plain: true } });
  await plain.press("Find baud and parity by listening");
  expect(said(plain)).toMatchInlineSnapshot(`
    [
      "… This port passes bytes alone: it has no speed and no parity to find. 200 bytes were heard.",
    ]
  `);
  cleanup();
  const noise = await closed({ "console.listen": { bytes: 50, text: 0.1 } });
  await noise.press("Find baud and parity by listening");
  expect(said(noise)).toMatchInlineSnapshot(`
    [
      "… 50 bytes were heard, and at no speed did they read as text: other wires, another level (RS-485, inverted), or no console.",
    ]
  `);
  cleanup();
  const silent = await closed({ "console.listen": { bytes: 0, text: 0 } });
  await silent.press("Find baud and parity by listening");
  expect(said(silent)).toMatchInlineSnapshot(`
    [
      "… Nothing was heard. Let the board say something: restart it while this listens.",
    ]
  `);
  cleanup();
  const failed = await closed();
  await failed.press("Find baud and parity by listening");
  expect(failuresOf(failed.says())).toMatchInlineSnapshot(`
    [
      "! The port could not be listened to. no core runs on this folder",
    ]
  `);
  cleanup();
  expect((await closed({}, [], "#/console")).says()).toContain("[Find baud and parity by listening] (off)");
});

test("listening for the speed is once at a time, can be stopped, and ends with the screen", async () => {
  let answer: ((heard: { bytes: number; text: number }) => void) | undefined;
  const screen = await closed({ "console.listen": () => new Promise((done) => (answer = done)) });
  const said = () => screen.says().filter((line) => line.startsWith("…"));
  const begin = "Find baud and parity by listening";
  screen.asked();
  await screen.press(begin);
  expect(screen.says()).toEqual(expect.arrayContaining([`[${begin}] (off)`, "[Cancel]"]));
  expect(said()).toMatchInlineSnapshot(`
    [
      "… Listening at 115,200 baud, 8N1 (1 of 14)",
    ]
  `);
  await screen.press("Cancel");
  answer?.({ bytes: 5, text: 0.1 });
  await settled();
  expect([said(), screen.asked().length]).toEqual([[], 1]);
  expect(screen.says()).toContain(`[${begin}]`);
  expect(screen.says()).not.toContain("[Cancel]");
  await screen.press(begin);
  answer?.({ bytes: 5, text: 0.1 });
  await settled();
  expect(said()).toMatchInlineSnapshot(`
    [
      "… Listening at 9,600 baud, 8N1 (2 of 14)",
    ]
  `);
  screen.asked();
  cleanup();
  answer?.({ bytes: 5, text: 0.1 });
  await settled();
  expect(screen.asked()).toEqual([]);
});

test("boots, faults and messages that were printed are told, the newest first, and lead to the messages", async () => {
  const sign = (id: number, what: object): ConsoleEntry =>
    ({ id, at: id * 1000, kind: "sign", sign: { system: "esp32", said: `line ${id}`, ...what } }) as ConsoleEntry;
  const frame = (id: number, of: object): ConsoleEntry =>
    ({ id, at: id * 1000, kind: "frame", frame: { type: "call", text: `[2,"${id}"]`, ...of } }) as ConsoleEntry;
  const screen = await at(open);
  const part = "[aria-labelledby=console-seen]";
  expect(screen.says(part)).toHaveLength(2);
  screen.tell("console.live", [], [sign(3, { sign: "started" })]);
  expect(screen.says(part).join()).not.toContain("Messages");
  const printed = [
    sign(4, { sign: "reset", cause: "watchdog" }),
    sign(5, { sign: "panic", detail: "LoadProhibited", again: 3 }),
    frame(6, { action: "Heartbeat", id: "a", direction: "in" }),
    frame(7, { type: "result", id: "b", direction: "out" }),
    frame(8, { type: "unreadable" }),
  ];
  screen.tell("console.live", [], printed);
  await expect(screen.text(part)).toMatchFileSnapshot("told/recognised.txt");
  screen.tell("console.list", [{ ...open, setup: { port: "COM3", settings: open.setup.settings } }]);
  expect(screen.says(part).slice(1, 3)).toMatchInlineSnapshot(`
    [
      "<All in Messages> #/messages?filter=on%3Aconsole+station%3A*",
      "They are read only, and of no station: none is named for this console.",
    ]
  `);
  screen.tell(
    "console.live",
    [],
    Array.from({ length: 120 }, (_, more) => sign(10 + more, { sign: "started" })),
  );
  const lines = screen.says(part).filter((line) => line.startsWith("line ") || line.includes(" line "));
  expect([lines.length, lines.at(-1)?.endsWith("line 30"), lines[0]?.endsWith("line 129")]).toEqual([100, true, true]);
});

test("what was recognised before is told as well once it is fetched", async () => {
  const sign = (id: number): ConsoleEntry =>
    ({
      id,
      at: id * 1000,
      kind: "sign",
      sign: { system: "esp32", sign: "started", said: `line ${id}` },
    }) as ConsoleEntry;
  const screen = await at(open, { "console.before": [sign(0)] });
  screen.tell("console.live", [], [sign(9)]);
  const told = () => screen.says("[aria-labelledby=console-seen]").filter((line) => line.startsWith("line "));
  expect(told()).toEqual(["line 9"]);
  await screen.press("Show earlier");
  expect(told()).toEqual(["line 9", "line 0"]);
  screen.tell("console.live", [sign(20)]);
  expect(told()).toEqual(["line 20"]);
});
