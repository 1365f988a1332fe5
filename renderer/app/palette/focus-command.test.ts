// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from "vitest";
import { focusCommand, press } from "./focus-command.ts";

afterEach(() => {
  document.body.replaceChildren();
});

function place(evse: number, command: string, disabled = false): HTMLButtonElement {
  const box = document.createElement("div");
  box.dataset.evse = String(evse);
  const button = document.createElement("button");
  button.dataset.command = command;
  button.disabled = disabled;
  box.append(button);
  document.body.append(box);
  return button;
}

/** Those that watch: this page, unlike a browser's, forgets an observer that nobody else holds. */
const watching = new Set<MutationObserver>();

/** Resolves when changes of the page have been told to all who watched before. */
function changesTold(): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect();
      watching.delete(observer);
      resolve();
    });
    watching.add(observer);
    observer.observe(document.body, { childList: true });
  });
}

test("a command's button at its own EVSE gets the focus", () => {
  place(1, "stop");
  const second = place(2, "stop");
  focusCommand("stop", 2);
  expect(document.activeElement).toBe(second);
});

test("a button that is not on screen yet gets it when it comes", async () => {
  focusCommand("reset");
  const told = changesTold();
  const button = place(1, "reset");
  await told;
  expect(document.activeElement).toBe(button);
});

test("a button that cannot be pressed is passed over", () => {
  place(1, "unlock", true);
  const second = place(2, "unlock");
  focusCommand("unlock");
  expect(document.activeElement).toBe(second);
});

test.each<[string, () => void]>([
  ["a key", () => window.dispatchEvent(new KeyboardEvent("keydown", { key: "a" }))],
  ["a click", () => window.dispatchEvent(new Event("pointerdown"))],
  ["another that came and took the focus", () => void 0],
])("what comes after %s is left alone", async (what, comes) => {
  focusCommand("reset");
  let told = changesTold();
  const first = what.startsWith("another") ? place(1, "reset") : null;
  if (first) await told;
  comes();
  first?.blur();
  told = changesTold();
  place(2, "reset");
  await told;
  expect(document.activeElement).toBe(document.body);
});

test("a button is waited for no longer than three seconds, and brought into view", async () => {
  const seen = vi.spyOn(HTMLElement.prototype, "scrollIntoView").mockImplementation(() => undefined);
  for (const [ms, found] of [
    [2999, true],
    [3000, false],
  ] as const) {
    document.body.replaceChildren();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    focusCommand("reset");
    vi.advanceTimersByTime(ms);
    vi.useRealTimers();
    const told = changesTold();
    const button = place(1, "reset");
    await told;
    const scrolled = seen.mock.contexts.splice(0).map((one) => one === button);
    expect([ms, document.activeElement === button, scrolled]).toEqual([ms, found, found ? [true] : []]);
  }
  expect(seen.mock.calls).toEqual([[{ block: "nearest" }]]);
});

test("a button is pressed by what marks it, and has the focus; where there is none nothing is", () => {
  const button = place(1, "reset");
  let pressed = 0;
  button.onclick = () => pressed++;
  press("[data-command=stop]");
  expect([pressed, document.activeElement]).toEqual([0, document.body]);
  press("[data-command=reset]");
  expect([pressed, document.activeElement]).toEqual([1, button]);
});
