import { useMemo, useSyncExternalStore } from "react";
import type { Unit } from "../../../src/lib/units.ts";
import { bytesText, dayText, numberText, quantityParts, quantityText } from "../../../src/words/format.ts";
import { useLanguage } from "../../i18n/index.ts";

/** The formats that differ by language, in the language on screen. */
export function useFormat() {
  const language = useLanguage();
  return useMemo(
    () => ({
      number: (value: number, digits?: number) => numberText(language, value, digits),
      quantity: (value: number, unit: Unit) => quantityText(language, value, unit),
      parts: (value: number, unit: Unit) => quantityParts(language, value, unit),
      day: (at: number) => dayText(language, at),
      bytes: (bytes: number) => bytesText(language, bytes),
    }),
    [language],
  );
}

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let now = Date.now();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const tick of listeners) tick();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || !timer) return;
    clearInterval(timer);
    timer = null;
  };
}

/** Our clock, once a second, one timer for the whole window. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => (timer ? now : refresh()));
}

function refresh(): number {
  const fresh = Date.now();
  if (fresh - now > 1000) now = fresh;
  return now;
}
