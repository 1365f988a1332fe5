// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { focusCommand } from "./focus-command.ts";

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

/** Resolves when changes of the page have been told to all who watched before. */
function changesTold(): Promise<void> {
  return new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      observer.disconnect();
      resolve();
    });
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

test("what comes after a key was pressed is left alone", async () => {
  focusCommand("reset");
  window.dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));
  const told = changesTold();
  place(1, "reset");
  await told;
  expect(document.activeElement).toBe(document.body);
});
