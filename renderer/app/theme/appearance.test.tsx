// @vitest-environment happy-dom
import { defaultVariantColorsResolver } from "@mantine/core";
import { cleanup } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { defaultSettings, type Settings } from "../../../src/services/settings/contract.ts";
import { screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { mantineTheme } from "./mantine.ts";
import { useAppearance } from "./use-appearance.ts";

screensForFile();

let isDark = false;
beforeEach(() => {
  vi.spyOn(window, "matchMedia").mockImplementation(
    (query) =>
      ({
        matches: query.includes("dark") && isDark,
        addEventListener: () => {},
        removeEventListener: () => {},
      }) as never,
  );
});

function Scheme() {
  return <p>{useAppearance()}</p>;
}

test.each<[Settings["theme"] | null, dark: boolean, shown: string, scheme: string]>([
  [null, false, "light", "light"],
  [null, true, "dark", "dark"],
  ["system", true, "dark", "dark"],
  ["system", false, "light", "light"],
  ["light", true, "light", "light"],
  ["dark", false, "dark", "dark"],
  ["sunlight", true, "sunlight", "light"],
])("the theme %s, on a system that is dark: %s, is shown as %s", async (theme, dark, shown, scheme) => {
  isDark = dark;
  const feeds: Written["feeds"] = theme ? { "settings.values": { ...defaultSettings, theme } } : {};
  const screen = await show(<Scheme />, { feeds });
  expect([document.documentElement.dataset.theme, ...screen.says()]).toEqual([shown, scheme]);
});

test("the language is the one that is chosen", async () => {
  const screen = await show(<Scheme />, { feeds: { "settings.values": { ...defaultSettings, language: "sv" } } });
  await expect.poll(() => document.documentElement.lang).toBe("sv");
  screen.tell("settings.values", { ...defaultSettings, language: "en" });
  await expect.poll(() => document.documentElement.lang).toBe("en");
  cleanup();
});

test("what one presses has the colour that stands out from its own ground, in each scheme", () => {
  const resolve = mantineTheme.variantColorResolver as NonNullable<typeof mantineTheme.variantColorResolver>;
  const theme = { colors: mantineTheme.colors, primaryColor: "ink", primaryShade: { light: 8, dark: 1 } };
  const of = (variant: string, color: string) => ({ variant, color, theme, autoContrast: true }) as never;
  const filled = resolve(of("filled", "ink"));
  expect(filled.color).toBe("var(--mantine-primary-color-contrast)");
  for (const [variant, color] of [
    ["filled", "dark"],
    ["default", "ink"],
  ] as const)
    expect(resolve(of(variant, color))).toEqual(defaultVariantColorsResolver(of(variant, color)));
  expect(mantineTheme.components?.PasswordInput?.vars?.({} as never, {} as never, {} as never)).toEqual({
    root: { "--psi-button-size": "40px" },
  });
  const sizes = Object.values(mantineTheme.components ?? {}).map((one) => one?.defaultProps);
  expect(sizes).toEqual([
    { size: "md", px: 16, fw: 500 },
    { size: "md" },
    { size: "md" },
    { size: "md", allowDeselect: false },
    { size: "md" },
  ]);
});
