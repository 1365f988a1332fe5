// @vitest-environment happy-dom
import { act } from "@testing-library/react";
import { expect, onTestFinished, test, vi } from "vitest";
import { setLanguage } from "../../i18n/index.ts";
import { inSwedish, type Shown, screensForFile, settled, show } from "../../ui/testing/screen.tsx";
import { HelpPage } from "./HelpPage.tsx";

/** A test may hand the help over itself. */
const fetching = vi.hoisted(() => ({ of: null as ((language: string) => Promise<unknown>) | null }));
vi.mock("./load.ts", async (whole) => {
  const { loadHelp } = await whole<typeof import("./load.ts")>();
  return { loadHelp: (language: "en" | "sv") => fetching.of?.(language) ?? loadHelp(language) };
});
screensForFile();

/** The help is fetched as it is wanted. */
async function opened(topic: Parameters<typeof HelpPage>[0]["topic"], hash = "#/tokens"): Promise<Shown> {
  const screen = await show(<HelpPage topic={topic} />, {}, hash);
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

test("the help of a place that is no screen is that of the first", async () => {
  const screen = await opened(null, "#/nowhere");
  expect(screen.says()[0]).toBe("Overview");
});

test("of two languages the one on screen counts, whichever comes last; until it is there one waits, and it may fail", async () => {
  const { loadHelp } = await vi.importActual<typeof import("./load.ts")>("./load.ts");
  const english = await loadHelp("en");
  const come: Record<string, () => void> = {};
  const fail: Record<string, () => void> = {};
  onTestFinished(() => {
    fetching.of = null;
  });
  fetching.of = (language) =>
    new Promise((resolve, reject) => {
      come[language] = () => resolve(english);
      fail[language] = () => reject(new Error("gone"));
    });
  const screen = await show(<HelpPage topic={null} />, {}, "#/tokens");
  const says = async (): Promise<string | undefined> => {
    await settled();
    return screen.says()[0];
  };
  expect(await says()).toBe("… Fetching from the record");
  await act(() => setLanguage("sv"));
  expect(await says()).toBe("… Hämtar ur loggen");
  come.sv?.();
  expect(await says()).toBe("Taggar");
  come.en?.();
  expect(await says()).toBe("Taggar");
  await act(() => setLanguage("en"));
  expect(await says()).toBe("… Fetching from the record");
  fail.sv?.();
  fail.en?.();
  expect(await says()).toBe("! The help could not be fetched. the system says “gone”");
});

test("the glossary opens at a word, which is brought into view", async () => {
  const seen = vi.spyOn(HTMLElement.prototype, "scrollIntoView").mockImplementation(() => undefined);
  await opened({ word: "evse" as never });
  expect(seen).toHaveBeenCalledTimes(1);
  expect(seen).toHaveBeenCalledWith({ block: "center" });
  const words = [...document.querySelectorAll("dt")].map(({ textContent }) => textContent ?? "");
  expect(words).toEqual([...words].sort((a, b) => a.localeCompare(b, "en")));
  expect([...document.querySelectorAll("[data-at] dt")].map(({ textContent }) => textContent)).toEqual(["EVSE"]);
});

test("the glossary stands in the order of its language", async () => {
  await inSwedish();
  await opened({ word: null });
  const words = [...document.querySelectorAll("dt")].map(({ textContent }) => textContent ?? "");
  expect(words).toEqual([...words].sort((a, b) => a.localeCompare(b, "sv")));
  expect(words.indexOf("Mätvärde")).toBeGreaterThan(words.indexOf("Meddelande"));
});
