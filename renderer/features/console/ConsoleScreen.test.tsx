// @vitest-environment happy-dom
import { cleanup, fireEvent, screen as page } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { failure } from "../../../src/station/failure.ts";
import { words } from "../../../src/station/phrases.ts";
import { inSwedish, refused, screensForFile, settled } from "../../ui/testing/screen.tsx";
import { at, bytes, failuresOf, open, sentOf } from "./testing/consoles.tsx";
import { terminal } from "./testing/terminal.tsx";

vi.mock("./Terminal.tsx", () => import("./testing/terminal.tsx"));
screensForFile();

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

/** A file is read in its own time. */
const patience = { timeout: 10_000 };

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
  await page.findByRole("alert", {}, patience);
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
  await page.findByRole("alert", {}, patience);
  expect(screen.says()).toContain("… Broke off after 0 B of 10 B");
  fails = false;
  screen.asked();
  give("firmware\u202e.bin", 2500);
  await page.findByText("firmware\\u202e.bin was sent: 2.5 kB", {}, patience);
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
  await page.findByText("Sending firmware.bin: 0 B of 2.5 kB", {}, patience);
  expect(screen.says()).toEqual(expect.arrayContaining(["[Send a file] (off)", "[Cancel]"]));
  taken.shift()?.();
  await expect.poll(() => taken.length).toBe(1);
  await page.findByText("Sending firmware.bin: 1.0 kB of 2.5 kB", {}, patience);
  await screen.press("Cancel");
  screen.asked();
  taken.shift()?.();
  await expect.poll(() => taken.length).toBe(1);
  const stopped = { name: "firmware.bin", size: 2500, at: 2048, stopped: true };
  expect(screen.asked()).toEqual([["console.send", { port: "COM3", base64: "", file: stopped }]]);
  taken.shift()?.();
  await page.findByText("Stopped after 2.0 kB of 2.5 kB", {}, patience);
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
