import { useEffect } from "react";
import { go } from "./routes.ts";
import { screens } from "./screens.ts";

export type KeyMeaning = { do: "screen"; id: string } | { do: "filter" } | { do: "help" } | { do: "close" } | null;

/** What a key means to the window. Typing into a field means nothing to it, Esc aside. */
export function keyMeaning(key: string, typing: boolean, modified: boolean): KeyMeaning {
  if (modified) return null;
  if (key === "Escape") return { do: "close" };
  if (typing) return null;
  if (key === "/") return { do: "filter" };
  if (key === "?") return { do: "help" };
  const screen = screens.find((entry) => entry.digit === key);
  return screen ? { do: "screen", id: screen.id } : null;
}

/** Digits switch screens, `/` goes to the element marked `data-filter`, Esc closes, `?` helps. */
export function useKeys(on: { close: () => void; help: () => void }): void {
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.defaultPrevented) return;
      const target = event.target instanceof HTMLElement ? event.target : null;
      const typing = target?.matches("input, textarea, select, [contenteditable]") ?? false;
      const meaning = keyMeaning(event.key, typing, event.ctrlKey || event.metaKey || event.altKey);
      if (!meaning) return;
      if (meaning.do === "screen") go(meaning.id);
      else if (meaning.do === "close") on.close();
      else if (meaning.do === "help") on.help();
      else if (!focusFilter()) return;
      if (meaning.do !== "close") event.preventDefault();
    }
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [on]);
}

function focusFilter(): boolean {
  const filter = document.querySelector<HTMLElement>("[data-filter]");
  const field = filter?.matches("input, textarea") ? filter : filter?.querySelector<HTMLElement>("input, textarea");
  field?.focus();
  return field != null;
}
