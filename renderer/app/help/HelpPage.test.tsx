// @vitest-environment happy-dom
import { act } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { setLanguage } from "../../i18n/index.ts";
import { type Shown, screensForFile, show } from "../../ui/testing/screen.tsx";
import { HelpPage } from "./HelpPage.tsx";

screensForFile();

/** The help is fetched as it is wanted. */
async function opened(topic: Parameters<typeof HelpPage>[0]["topic"]): Promise<Shown> {
  const screen = await show(<HelpPage topic={topic} />, {}, "#/tokens");
  await expect.poll(() => screen.says().length).toBeGreaterThan(3);
  return screen;
}

test("the help of the screen in view: what for, steps, words, keys; and the way to the glossary and back", async () => {
  const screen = await opened(null);
  expect(screen.says()[0]).toBe("Tokens");
  const keys = screen.says().slice(screen.says().indexOf("Keys on the keyboard"));
  expect(keys).toMatchInlineSnapshot(`
    [
      "Keys on the keyboard",
      "Ctrl+K, ⌘K: find any command, screen or station",
      "1 – 9, 0: go to a screen",
      "/: to the filter of the screen",
      "↑ ↓: walk a list",
      "← →: move the cursor of a chart",
      "Enter: open",
      "Esc: close the drawer",
      "?, F1: show this help",
    ]
  `);
  await screen.press("All words");
  expect(screen.says().slice(0, 2)).toEqual(["[Help for the screen in view]", "All words"]);
  await screen.press("Help for the screen in view");
  expect(screen.says()[0]).toBe("Tokens");
});

test("it follows the language", async () => {
  const screen = await opened({ screen: "meters" });
  expect(screen.says()[0]).toBe("Meters");
  await act(() => setLanguage("sv"));
  await expect.poll(() => screen.says()[0]).toBe("Mätvärden");
  await act(() => setLanguage("en"));
  await expect.poll(() => screen.says()[0]).toBe("Meters");
});

test("the glossary opens at a word, which is brought into view", async () => {
  const seen = vi.fn();
  HTMLElement.prototype.scrollIntoView = seen;
  await opened({ word: "evse" as never });
  expect(seen).toHaveBeenCalledTimes(1);
  expect(seen).toHaveBeenCalledWith({ block: "center" });
  const words = [...document.querySelectorAll("dt")].map(({ textContent }) => textContent ?? "");
  expect(words).toEqual([...words].sort((a, b) => a.localeCompare(b, "en")));
});
