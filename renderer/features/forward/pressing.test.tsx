// @vitest-environment happy-dom
import { cleanup, fireEvent } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { ForwardState, ForwardTest } from "../../../src/services/forward/contract.ts";
import { screensForFile, settled, show, unanswered } from "../../ui/testing/screen.tsx";
import { ForwardBanner } from "./ForwardBanner.tsx";
import { at, held, off, on, setup, shown } from "./testing/shown.tsx";

screensForFile();

test.each<[string, ForwardState, object]>([
  ["Turn off", on, { identity: "CP1", on: false }],
  ["Turn on", off, { identity: "CP1", on: true }],
])("%s", async (name, state, input) => {
  const screen = await shown(state);
  await screen.press(name);
  expect(screen.asked()).toEqual([["forward.turn", input]]);
});

test("the banner is there while it is on, with how many frames wait", async () => {
  const screen = await show(<ForwardBanner identity="CP1" />, { feeds: { "forward.state": off } });
  expect(screen.says()).toEqual([]);
  screen.tell("forward.state", on);
  expect(screen.says()).toMatchInlineSnapshot(`
    [
      "{Forward mode}",
      "<Forwarding to wss://csms.example/ocpp/> #/forward?station=CP1",
      "~available ~available connected 2 frames wait",
    ]
  `);
  screen.tell("forward.state", { ...on, held: [held] });
  expect(screen.says().at(-1)).toMatch(/connected 1 frame waits$/);
  screen.tell("forward.state", { ...on, held: [] });
  expect(screen.says().at(-1)).toMatch(/connected$/);
  screen.tell("forward.state", { ...on, leg: { state: "idle" } });
  expect(screen.says().at(-1)).toMatch(/^~quiet/);
});

test("what is held back is set at once, and what is typed goes with the next choice", async () => {
  const screen = await shown(on, { "forward.hold": null });
  await screen.tick("From the central system");
  await screen.type("Only these actions", "Heartbeat Authorize");
  await screen.press("Hold");
  await screen.press("Step by step");
  await screen.press("Let all go on");
  expect(screen.asked().map(([, input]) => input)).toMatchInlineSnapshot(`
    [
      {
        "actions": [
          "Reset",
        ],
        "down": true,
        "identity": "CP1",
        "up": true,
      },
      {
        "actions": [
          "Heartbeat",
          "Authorize",
        ],
        "down": true,
        "identity": "CP1",
        "up": true,
      },
      {
        "actions": [],
        "down": true,
        "identity": "CP1",
        "up": true,
      },
      {
        "actions": [],
        "down": false,
        "identity": "CP1",
        "up": false,
      },
    ]
  `);
});

test("a frame that waits goes on as it is or as changed by hand, or is thrown away", async () => {
  const screen = await shown({ ...on, held: [held] }, { "forward.release": null });
  await screen.press("Let go on");
  await screen.press("Change");
  await screen.type("Text on the wire", "[3]", 0);
  await screen.press("Let go on as changed");
  await screen.press("Throw away");
  expect(screen.asked()).toEqual([
    ["forward.release", { identity: "CP1", seq: 41 }],
    ["forward.release", { identity: "CP1", seq: 41, text: "[3]" }],
    ["forward.drop", { identity: "CP1", seq: 41 }],
  ]);
});

test("what is asked to be held counts at once, until the core says what it holds, or that it could not", async () => {
  const boxes = (screen: Awaited<ReturnType<typeof shown>>) =>
    screen.says().filter((line) => /^\[[x ]\] From/.test(line));
  const waiting = await shown(on, { "forward.hold": unanswered });
  await waiting.tick("From the station");
  expect(boxes(waiting)).toEqual(["[ ] From the station", "[ ] From the central system"]);
  await waiting.tick("From the central system");
  expect(waiting.asked().map(([, input]) => input)).toEqual([
    { identity: "CP1", up: false, down: false, actions: ["Reset"] },
    { identity: "CP1", up: false, down: true, actions: ["Reset"] },
  ]);
  waiting.tell("forward.state", { ...on, hold: { up: false, down: true, actions: ["Reset"] } });
  waiting.tell("forward.state", { ...on, hold: { up: true, down: false, actions: [] } });
  expect(boxes(waiting)).toEqual(["[x] From the station", "[ ] From the central system"]);
  expect(waiting.says()).toContain("Only these actions:");
  cleanup();
  const failing = await shown(on);
  await failing.tick("From the station");
  expect(boxes(failing)).toEqual(["[x] From the station", "[ ] From the central system"]);
  expect(failing.says()).toContain("! It could not be done. no core runs on this folder");
  cleanup();
  const nothing = await shown({ ...on, hold: { up: false, down: false, actions: [] } });
  expect(nothing.says()).toEqual(expect.arrayContaining(["[Hold] (off)", "[Let all go on] (off)"]));
});

test("a frame that is being changed: nothing empty goes on, what is as it was is not called changed, and it is taken back", async () => {
  const screen = await shown({ ...on, held: [held] }, { "forward.release": unanswered, "forward.drop": unanswered });
  const buttons = () => screen.says("li").filter((line) => /^\[(Let|Change|Cancel|Throw)/.test(line));
  expect(buttons()).toEqual(["[Let go on]", "[Change]", "[Throw away]"]);
  await screen.press("Change");
  expect([screen.says("li").find((line) => line.startsWith("Text")), ...buttons()]).toEqual([
    "Text on the wire: [2]",
    ...["[Let go on]", "[Cancel]", "[Throw away]"],
  ]);
  await screen.type("Text on the wire", "", 0);
  expect(buttons()[0]).toBe("[Let go on as changed] (off)");
  await screen.press("Cancel");
  expect(buttons()).toEqual(["[Let go on]", "[Change]", "[Throw away]"]);
  await screen.press("Let go on");
  await screen.press("Throw away");
  expect(buttons()).toEqual(["[Let go on] (off)", "[Change]", "[Throw away] (off)"]);
});

test("what was tried or saved of one address is not said of the next; Enter saves as it is, off or on", async () => {
  vi.spyOn(Date, "now").mockReturnValue(at);
  const answers = {
    "forward.test": { result: "open", address: "wss://a/", ms: 12 } as const,
    "forward.set": { ...setup, on: false, url: "wss://saved.example/" },
  };
  const screen = await shown(off, answers);
  const told = () => screen.says().filter((line) => /wss:\/\/a\/|^… Saved/.test(line)).length;
  await screen.press("Test");
  await screen.type("Password", "secret-1");
  expect(told()).toBe(0);
  await screen.press("Test");
  screen.asked();
  fireEvent.submit(document.querySelector("form") as Element);
  await settled();
  expect(told()).toBe(2);
  expect(screen.says()).toEqual(
    expect.arrayContaining(["URL of the central system: wss://saved.example/", "Password:"]),
  );
  await screen.type("User name", "other");
  expect(told()).toBe(0);
  expect(screen.asked().map(([name, input]) => [name, (input as { on: boolean }).on])).toEqual([
    ["forward.set", false],
  ]);
  cleanup();
  const fresh = await shown({ ...off, setup: null });
  fireEvent.submit(document.querySelector("form") as Element);
  await settled();
  expect(fresh.asked().map(([name, input]) => [name, (input as { on: boolean }).on])).toEqual([["forward.set", false]]);
  expect(fresh.says().some((line) => line.startsWith("! It was not saved"))).toBe(true);
  await fresh.type("URL of the central system", "wss://x");
  expect(fresh.says().some((line) => line.startsWith("!"))).toBe(false);
});

test("while it is asked for, nothing is turned, saved, tried or put in for a second time", async () => {
  const answers = {
    ...{ "forward.turn": unanswered, "forward.set": unanswered, "forward.test": unanswered },
    "forward.inject": unanswered,
  };
  const screen = await shown({ ...on, held: [] }, answers);
  for (const name of ["Turn off", "Save", "Test", "Put in"]) await screen.press(name);
  expect(screen.says().filter((line) => line.endsWith("] (off)"))).toEqual(
    ["Turn off", "Hold", "Save", "Test", "Put in"].map((name) => `[${name}] (off)`),
  );
  cleanup();
  const other = await shown(off, answers);
  await other.press("Save and turn on");
  expect(other.says()).toContain("[Save and turn on] (off)");
});

const tests: [string, ForwardTest][] = [
  ["open", { result: "open", address: "wss://a/", ms: 12 }],
  ["open with", { result: "open", address: "wss://a/", ms: 12, subprotocol: "ocpp1.6" }],
  [
    "failed",
    { result: "failed", address: "wss://a/", ms: 12, problem: "refused", detail: "ECONNREFUSED" } as ForwardTest,
  ],
];
test.each(tests)("a test that is %s says so", async (name, value) => {
  const screen = await shown(off, { "forward.test": value });
  await screen.press("Test");
  expect(screen.asked().map(([name]) => name)).toEqual(["forward.test"]);
  await expect(
    `${screen
      .says()
      .filter((line) => /wss:\/\/a\/|ECONN/.test(line))
      .join("\n")}\n`,
  ).toMatchFileSnapshot(`told/test-${name}.txt`);
});

test("where to is saved as it is typed, turned on where one wants it, and what fails says so", async () => {
  vi.spyOn(Date, "now").mockReturnValue(at);
  const screen = await shown(off, { "forward.set": { ...setup, url: "wss://other.example/" } });
  await screen.type("URL of the central system", "wss://other.example/");
  await screen.type("Password", "secret-1");
  const eye = document.querySelector<HTMLElement>('[aria-label="Show or hide what is typed"]');
  expect([eye?.tabIndex, eye?.getAttribute("aria-pressed")]).toEqual([0, "false"]);
  fireEvent.keyDown(eye as HTMLElement, { key: "Enter" });
  expect(document.querySelector<HTMLInputElement>("input[value='secret-1']")?.type).toBe("text");
  await screen.choose("While the central system is away", /hangs up/);
  await screen.tick("Take any certificate");
  await screen.press("Save and turn on");
  const typed = { url: "wss://other.example/", credentials: "own", user: "cp", password: "secret-1", ca: "PEM" };
  expect(screen.asked()).toEqual([
    ["forward.set", { identity: "CP1", on: true, whenAway: "disconnect", insecure: false, ...typed }],
  ]);
  expect(screen.says()).toContain("… Saved 10:02:11");
  const failing = await shown(on);
  await failing.press("Save", 1);
  expect(failing.asked().map(([, input]) => (input as { on: boolean }).on)).toEqual([true]);
  expect(failing.says()).toContain("! It was not saved. no core runs on this folder");
});

test("a frame is put in towards either end, and what fails says so", async () => {
  vi.spyOn(Date, "now").mockReturnValue(at);
  const screen = await shown({ ...on, held: [] }, { "forward.inject": null });
  await screen.tick("the central system");
  await screen.type("Text on the wire", "[9]");
  await screen.press("Put in");
  expect(screen.asked()).toEqual([["forward.inject", { identity: "CP1", to: "upstream", text: "[9]" }]]);
  expect(screen.says()).toContain("… Put in 10:02:11");
  await screen.type("Text on the wire", "");
  expect(screen.says()).toContain("[Put in] (off)");
  let fails = true;
  const failing = await shown({ ...on, held: [] }, { "forward.inject": () => (fails ? unanswered() : null) });
  fails = false;
  await failing.press("Put in", 1);
  fails = true;
  await failing.press("Put in", 1);
  expect(failing.says().filter((line) => line.startsWith("… Put in"))).toEqual([]);
});

test("what belongs to another choice is not sent with it; what could not be tried or put in says so", async () => {
  const screen = await shown(off, { "forward.test": { result: "open", address: "wss://a/", ms: 1 } });
  await screen.type("Certificate of its authority (PEM)", "OTHER");
  await screen.choose("User name and password", "None");
  await screen.press("Test");
  expect(screen.asked()).toEqual([
    ["forward.test", { identity: "CP1", url: setup.url, credentials: "none", insecure: true, ca: "OTHER" }],
  ]);
  expect(screen.says().some((line) => line.startsWith("Password"))).toBe(false);
  cleanup();
  const failing = await shown({ ...on, held: [] });
  await failing.press("Test");
  await failing.press("Put in");
  const said = failing.says().join("\n");
  expect(said).toContain("! The test could not be run. no core runs on this folder");
  expect(said).toContain("! It was not put in. no core runs on this folder");
});
