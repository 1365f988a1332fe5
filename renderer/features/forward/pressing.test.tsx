// @vitest-environment happy-dom
import { fireEvent } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { ForwardState, ForwardTest } from "../../../src/services/forward/contract.ts";
import { screensForFile, show } from "../../ui/testing/screen.tsx";
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
  screen.tell("forward.state", { ...on, held: [] });
  expect(screen.says()).toHaveLength(3);
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
});
