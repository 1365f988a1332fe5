import { useMediaQuery } from "@mantine/hooks";
import { useEffect, useLayoutEffect } from "react";
import type { Settings } from "../../../src/services/settings/contract.ts";
import { useWatch } from "../../core/core.tsx";
import { setLanguage } from "../../i18n/index.ts";

/** Applies the settings' theme and language to the document; by the system's wish until chosen. Returns Mantine's scheme. */
export function useAppearance(): "light" | "dark" {
  const settings = useWatch("settings.values", {});
  const dark = useMediaQuery("(prefers-color-scheme: dark)", undefined, { getInitialValueInEffect: false });
  const wanted: Settings["theme"] = settings.value?.theme ?? "system";
  const language: Settings["language"] = settings.value?.language ?? "system";
  const theme = wanted === "system" ? (dark ? "dark" : "light") : wanted;
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  useEffect(() => void setLanguage(language), [language]);
  return theme === "dark" ? "dark" : "light";
}
