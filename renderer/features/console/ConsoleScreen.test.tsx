// @vitest-environment happy-dom
import { cleanup, fireEvent, screen as page } from "@testing-library/react";
import { useImperativeHandle, useState } from "react";
import { expect, test, vi } from "vitest";
import type { ConsoleProfileView } from "../../../src/services/console/contract.ts";
import { failure } from "../../../src/station/failure.ts";
import { words } from "../../../src/station/phrases.ts";
import type { ConsoleEntry, ConsoleView } from "../../../src/station/serial/console.ts";
import {
  inSwedish,
  refused,
  screensForFile,
  settled,
  show,
  unanswered,
  type Written,
} from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { ConsoleScreen } from "./ConsoleScreen.tsx";
import type { Terminal } from "./Terminal.tsx";

/** What the stand-in was asked for, beside what it shows. */
const terminal = vi.hoisted(() => ({ done: [] as string[] }));
// What draws letters needs a canvas: a plain one stands in for it, that shows what it is given.
vi.mock("./Terminal.tsx", () => ({
  Terminal: ({ label, marks, onKeys, onFound, handle }: Parameters<typeof Terminal>[0]) => {
    const [text, setText] = useState("");
    useImperativeHandle(handle, () => ({
      clear() {
        terminal.done.push("clear");
        setText("");
      },
      top: () => terminal.done.push("top"),
      write: (more) => setText((before) => before + more.replaceAll("\x1b", "␛")),
      focus() {},
      find: (wanted, back) => onFound(back ? 1 : 2, text.split(wanted).length - 1),
    }));
    return (
      <>
        <section aria-label={label}>{`${text} marked: ${marks.join(",")}`}</section>
        <input
          aria-label="keys"
          value=""
          onChange={({ currentTarget: { value } }) => onKeys?.(value.replaceAll("⏎", "\r"))}
        />
      </>
    );
  },
}));
screensForFile();

const open: ConsoleView = {
  setup: {
    port: "COM3",
    settings: { baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1, flow: "none" },
    station: "CP1",
  },
  ...{ path: "COM4", state: "open", since: 1000, counts: { received: 12_345, sent: 6 } },
};
const bytes = (text: string) => btoa(text);
const entries: ConsoleEntry[] = [
  { id: 1, at: 1000, kind: "in", base64: bytes("boot ok\n") },
  { id: 2, at: 2000, kind: "out", base64: bytes("help") },
  { id: 3, at: 3000, kind: "note", note: words("no-core") },
];

function at(view: ConsoleView, answers: Written["answers"] = {}) {
  const feeds = { "console.list": [view], "console.live": entries, "stations.list": [summaryOf(onlineStation())] };
  return show(<ConsoleScreen />, { feeds, answers }, "#/console?port=COM3");
}

const sentOf = (asked: [string, unknown][]) =>
  asked.flatMap(([name, input]) => (name === "console.send" ? [atob((input as { base64: string }).base64)] : []));
const failuresOf = (lines: string[]) => lines.filter((line) => line.startsWith("!"));

test("an open console: how it stands, what came, and what can be done", async () => {
  const screen = await at(open);
  await expect(screen.text()).toMatchFileSnapshot("told/open.txt");
  expect(await screen.choices()).toMatchInlineSnapshot(`
    [
      "Enter sends: CR, LF, CR LF, nothing",
    ]
  `);
  screen.tell("console.list", [
    { ...open, state: "unplugged", trouble: words("no-core"), signals: { dtr: true, rts: false } },
  ]);
  await expect(screen.text()).toMatchFileSnapshot("told/unplugged.txt");
  screen.tell("console.list", [{ ...open, plain: true, setup: { ...open.setup, station: undefined as never } }]);
  await expect(screen.text()).toMatchFileSnapshot("told/plain.txt");
});

test("what is shown, and how", async () => {
  const screen = await at(open);
  const shown = () => screen.says("[aria-label^=Terminal]").map((line) => line.replace(/[\d:]{8}\.000/g, "TIME"));
  expect(shown()).toMatchInlineSnapshot(`
    [
      "{Terminal of COM3. Shift+Tab leaves it.}",
      "boot ok ␛[2m[no core runs on this folder]␛[0m marked:",
    ]
  `);
  await screen.tick("Show what is sent");
  expect(shown()).toMatchInlineSnapshot(`
    [
      "{Terminal of COM3. Shift+Tab leaves it.}",
      "boot ok help ␛[2m[no core runs on this folder]␛[0m marked:",
    ]
  `);
  await screen.tick("Hex");
  expect(shown()).toMatchInlineSnapshot(`
    [
      "{Terminal of COM3. Shift+Tab leaves it.}",
      "␛[2mTIME␛[0m < 62 6f 6f 74 20 6f 6b 0a boot ok. ␛[2mTIME␛[0m > 68 65 6c 70 help ␛[2m[no core runs on this folder]␛[0m marked:",
    ]
  `);
  terminal.done = [];
  await screen.type("Mark", "fail  boot");
  expect(shown().at(-1)).toMatch(/marked: fail,boot$/);
  // What stands there already is marked too: it is written anew.
  expect(terminal.done).toEqual(["clear"]);
  await screen.tick("With times");
  await inSwedish();
  await settled();
  expect(shown().at(-1)).toMatch(/^␛\[2mTIME␛\[0m boot ok ␛\[2mTIME␛\[0m help ␛\[2m\[ingen kärna /);
});

test("what is typed is sent with the end of line that was chosen, and what fails says so", async () => {
  const screen = await at(open, { "console.send": null });
  await screen.type("keys", "a⏎");
  for (const end of ["LF", "CR LF", "nothing"]) {
    await screen.choose("Enter sends", end);
    await screen.type("keys", "a⏎");
  }
  // An Enter that sends nothing is not sent.
  await screen.type("keys", "⏎");
  expect(sentOf(screen.asked())).toEqual(["a\r", "a\n", "a\r\n", "a"]);
  cleanup();
  let fails = true;
  const failing = await at(open, { "console.send": () => (fails ? refused() : null) });
  await failing.type("keys", "a");
  expect(failuresOf(failing.says())).toMatchInlineSnapshot(`
    [
      "! It was not sent. no core runs on this folder",
    ]
  `);
  fails = false;
  await failing.type("keys", "b");
  expect(failuresOf(failing.says())).toEqual([]);
});

test("what is typed is sent in its order: a piece waits for the one before it", async () => {
  const taken: (() => void)[] = [];
  const screen = await at(open, { "console.send": () => new Promise((done) => taken.push(() => done(null))) });
  await screen.type("keys", "a");
  await screen.type("keys", "b");
  expect(sentOf(screen.asked())).toEqual(["a"]);
  taken.shift()?.();
  await settled();
  expect(sentOf(screen.asked())).toEqual(["b"]);
});

test("a text is looked for, on and back", async () => {
  const screen = await at(open);
  await screen.type("Search", "boot");
  const said = () => screen.says().filter((line) => /^….* (of|found)/.test(line));
  expect(said()).toEqual(["… 2 of 1"]);
  await screen.press("Previous");
  expect(said()).toEqual(["… 1 of 1"]);
  await screen.key("Search", "Enter");
  expect(said()).toEqual(["… 2 of 1"]);
  fireEvent.keyDown(page.getByLabelText("Search"), { key: "Enter", shiftKey: true });
  expect(said()).toEqual(["… 1 of 1"]);
  await screen.key("Search", "x");
  expect(said()).toEqual(["… 1 of 1"]);
  await screen.press("Next");
  expect(said()).toEqual(["… 2 of 1"]);
  await screen.type("Search", "nowhere");
  expect(said()).toEqual(["… not found"]);
  await screen.type("Search", "");
  expect(said()).toEqual([]);
});

test("a macro is kept, sent and taken away", async () => {
  const screen = await at(open, { "console.send": null });
  await screen.type("New macro", "reset\\x1b");
  await screen.press("Keep");
  await screen.press("reset\\x1b");
  expect(sentOf(screen.asked())).toEqual(["reset\x1b\r"]);
  expect(screen.says()).toContain("New macro:");
  cleanup();
  const again = await at(open);
  expect(again.says()).toContain("[reset\\x1b]");
  await again.type("New macro", "reset\\x1b");
  await again.press("Keep");
  expect(again.says().filter((line) => line === "[reset\\x1b]")).toHaveLength(1);
  await again.press("Remove reset\\x1b");
  expect(again.says()).not.toContain("[reset\\x1b]");
  cleanup();
  expect((await at(open)).says()).not.toContain("[reset\\x1b]");
});

test("macros end with the line end that was chosen, and as many are kept as there is room for", async () => {
  const kept = (macros: unknown) => localStorage.setItem("plugside.console.macros", JSON.stringify(macros));
  const numbered = Array.from({ length: 25 }, (_, at) => `m${at}`);
  kept([7, "x".repeat(201), ...numbered.slice(0, 22), "y".repeat(200)]);
  const screen = await at(open, { "console.send": null });
  const macros = () => screen.says("[aria-labelledby=console-macros]").filter((line) => /^\[[mxy]/.test(line));
  expect(macros()).toEqual([...numbered.slice(0, 22), "y".repeat(200)].map((one) => `[${one}]`));
  await screen.choose("Enter sends", "CR LF");
  await screen.press("m1");
  await screen.type("New macro", "last");
  await screen.press("Keep");
  await screen.press("last");
  expect(sentOf(screen.asked())).toEqual(["m1\r\n", "last\r\n"]);
  await screen.type("New macro", "none");
  expect(screen.says()).toEqual(expect.arrayContaining(["[Keep] (off)", "At most 24 macros."]));
  fireEvent.submit(page.getByLabelText("New macro"));
  expect([macros().length, screen.says()]).toEqual([23, expect.not.arrayContaining(["[none]"])]);
  cleanup();
  kept(numbered);
  const full = await at(open);
  expect(full.says()).toEqual(expect.arrayContaining(["[m23]", "[Remove m23]"]));
  expect(full.says()).not.toContain("[m24]");
  for (const odd of ["{", '"m"', "{}"]) {
    cleanup();
    localStorage.setItem("plugside.console.macros", odd);
    expect((await at(open)).says("[aria-labelledby=console-macros]")[1]).toBe("New macro:");
  }
  localStorage.clear();
});

test("the lines of the port are moved by hand; what fails says so", async () => {
  const screen = await at({ ...open, signals: { dtr: true, rts: false } });
  screen.asked();
  await screen.press("Send a break");
  await screen.press(/^DTR/);
  await screen.press(/^RTS/);
  await screen.press("Close COM3");
  expect(screen.asked()).toEqual([
    ["console.break", { port: "COM3" }],
    ["console.signals", { port: "COM3", dtr: false }],
    ["console.signals", { port: "COM3", rts: true }],
    ["console.close", { port: "COM3" }],
  ]);
  expect(failuresOf(screen.says())).toMatchInlineSnapshot(`
    [
      "! The console could not be closed. no core runs on this folder",
      "! The port did not do that. no core runs on this folder",
    ]
  `);
  cleanup();
  const untouched = await at(open);
  untouched.asked();
  await untouched.press(/^DTR/);
  expect(untouched.asked()).toEqual([["console.signals", { port: "COM3", dtr: false }]]);
});

test("a file that the adapter's end cuts short says how far it came, why it ended and what to do", async () => {
  let taken = 0;
  const screen = await at(open, {
    "console.send": () => {
      if (++taken > 2) throw failure("unavailable", words("port-gone", { port: "COM4" }));
      return null;
    },
  });
  const file = new File(["x".repeat(5000)], "firmware.bin");
  fireEvent.change(document.querySelector("input[type=file]") as Element, { target: { files: [file] } });
  await page.findByRole("alert", {}, { timeout: 10_000 });
  const said = screen.says();
  expect(said).toContainEqual(expect.stringMatching(/Broke off after 2\.0 kB of 5\.0 kB$/));
  expect(failuresOf(said)).toEqual([
    "! The file was not sent whole. COM4 is gone: the adapter was unplugged. Plug it in again.",
  ]);
  expect(said.join("\n")).not.toContain("connection to Plugside");
});

/** Chooses a file to be sent. */
function give(name: string, length: number): void {
  const field = document.querySelector("input[type=file]");
  if (field) fireEvent.change(field, { target: { files: [new File(["x".repeat(length)], name)] } });
}

test("a file is sent piece after piece; the next begins without what was said of the one before", async () => {
  let fails = true;
  const screen = await at(open, { "console.send": () => (fails ? refused() : null) });
  give("early.bin", 10);
  await page.findByRole("alert");
  expect(screen.says()).toContain("… Broke off after 0 B of 10 B");
  fails = false;
  screen.asked();
  give("firmware\u202e.bin", 2500);
  await page.findByText("firmware\\u202e.bin was sent: 2.5 kB", {}, { timeout: 10_000 });
  expect(failuresOf(screen.says())).toEqual([]);
  const file = { name: "firmware\u202e.bin", size: 2500 };
  expect(screen.asked()).toEqual(
    [0, 1024, 2048].map((at) => {
      const base64 = bytes("x".repeat(Math.min(1024, 2500 - at)));
      return ["console.send", { port: "COM3", base64, file: { ...file, at } }];
    }),
  );
});

test("a file that is cancelled stops after the piece on its way, and the record is told where", async () => {
  const taken: (() => void)[] = [];
  const screen = await at(open, { "console.send": () => new Promise((done) => taken.push(() => done(null))) });
  give("firmware.bin", 2500);
  await expect.poll(() => taken.length).toBe(1);
  expect(screen.says()).toEqual(
    expect.arrayContaining(["[Send a file] (off)", "[Cancel]", "… Sending firmware.bin: 0 B of 2.5 kB"]),
  );
  taken.shift()?.();
  await expect.poll(() => taken.length).toBe(1);
  expect(screen.says()).toContain("… Sending firmware.bin: 1.0 kB of 2.5 kB");
  await screen.press("Cancel");
  screen.asked();
  taken.shift()?.();
  await expect.poll(() => taken.length).toBe(1);
  const stopped = { name: "firmware.bin", size: 2500, at: 2048, stopped: true };
  expect(screen.asked()).toEqual([["console.send", { port: "COM3", base64: "", file: stopped }]]);
  taken.shift()?.();
  await page.findByText("Stopped after 2.0 kB of 2.5 kB");
  expect(screen.says()).toEqual(expect.arrayContaining(["[Send a file]"]));
  expect(screen.says()).not.toContain("[Cancel]");
  give("other.bin", 2500);
  await expect.poll(() => taken.length).toBe(1);
  cleanup();
  screen.asked();
  taken.shift()?.();
  // Nobody waits for it any more.
  await expect.poll(() => screen.asked()).toEqual([["console.send", expect.objectContaining({ base64: "" })]]);
});

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
