import { useEffect } from "react";
import { go, parseRoute } from "../navigation/routes.ts";
import { screens } from "./screens.ts";

export type KeyMeaning = { do: "screen"; id: string } | { do: "filter" } | { do: "help" } | { do: "close" } | null;

/** What a key means to the window. Typing into a field means nothing to it, Esc aside. */
export function keyMeaning(key: string, typing: boolean, modified: boolean): KeyMeaning {
  if (modified) return null;
  if (key === "Escape") return { do: "close" };
  if (key === "F1") return { do: "help" };
  if (typing) return null;
  if (key === "/") return { do: "filter" };
  if (key === "?") return { do: "help" };
  const screen = screens.find((entry) => entry.digit === key);
  return screen ? { do: "screen", id: screen.id } : null;
}

/** How long a screen that is still loading may take to show its filter. */
const filterWaitMs = 3000;

/** Digits switch screens, `/` goes to the element marked `data-filter`, Esc closes, `?` and F1 help. */
export function useKeys(on: { close: () => void; help: () => void }): void {
  useEffect(() => {
    let leaveFilter = () => {};
    function press(event: KeyboardEvent) {
      leaveFilter();
      if (event.defaultPrevented) return;
      const target = event.target instanceof HTMLElement ? event.target : null;
      const typing = target?.matches("input, textarea, select, [contenteditable]") ?? false;
      const meaning = keyMeaning(event.key, typing, event.ctrlKey || event.metaKey || event.altKey);
      if (!meaning) return;
      if (meaning.do === "screen") go(meaning.id);
      else if (meaning.do === "close") on.close();
      else if (meaning.do === "help") on.help();
      else leaveFilter = goToFilter();
      if (meaning.do !== "close") event.preventDefault();
    }
    window.addEventListener("keydown", press);
    return () => {
      leaveFilter();
      window.removeEventListener("keydown", press);
    };
  }, [on]);
}

/** Goes to the filter of the screen that the route names. One who presses `4` and `/` is faster than the screen: its filter is
 * waited for, until another key or a click comes, or the time is up. */
function goToFilter(): () => void {
  if (focusFilter()) return () => {};
  const observer = new MutationObserver(() => focusFilter() && end());
  const waiting = setTimeout(end, filterWaitMs);
  function end(): void {
    observer.disconnect();
    clearTimeout(waiting);
    window.removeEventListener("pointerdown", end);
  }
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ["data-screen"] });
  window.addEventListener("pointerdown", end);
  return end;
}

/** The screen of the route alone counts: the one before it may still stand. */
function focusFilter(): boolean {
  const { path } = parseRoute(window.location.hash);
  const filter = document.querySelector<HTMLElement>(`[data-screen="${CSS.escape(path)}"] [data-filter]`);
  const field = filter?.matches("input, textarea") ? filter : filter?.querySelector<HTMLElement>("input, textarea");
  field?.focus();
  return field != null;
}
