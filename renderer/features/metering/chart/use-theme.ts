import { useSyncExternalStore } from "react";

/** The theme on the document, for what is drawn on a canvas. */
export function useTheme(): string {
  return useSyncExternalStore(onTheme, () => document.documentElement.dataset.theme ?? "light");
}

function onTheme(listener: () => void): () => void {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
