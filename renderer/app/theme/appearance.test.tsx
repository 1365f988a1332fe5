// @vitest-environment happy-dom
import { defaultVariantColorsResolver, useMantineColorScheme, useMantineTheme } from "@mantine/core";
import { cleanup } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { defaultSettings, type Settings } from "../../../src/services/settings/contract.ts";
import { useCore } from "../../core/core.tsx";
import { screensForFile, show, type Written } from "../../ui/testing/screen.tsx";
import { App } from "../App.tsx";
import { mantineTheme } from "./mantine.ts";
import { useAppearance } from "./use-appearance.ts";

vi.mock("../Shell.tsx", () => ({
  Shell: () => <p>{`${useMantineColorScheme().colorScheme} ${useMantineTheme().primaryColor}`}</p>,
}));
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

function Whole() {
  return <App client={useCore()} />;
}

test("the whole window is in our greys, and follows the theme that is chosen", async () => {
  const screen = await show(<Whole />, { feeds: { "settings.values": { ...defaultSettings, theme: "light" } } });
  expect(screen.says()).toEqual(["light ink"]);
  screen.tell("settings.values", { ...defaultSettings, theme: "dark" });
  expect(screen.says()).toEqual(["dark ink"]);
});

/** How bright a colour is, by WCAG 2.2, "relative luminance". */
function brightness(colour: string): number {
  const parts = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = parts.map((one) =>
    one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
const contrast = (one: string, other: string) => {
  const [dark = 0, light = 0] = [brightness(one), brightness(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

test("what is pressed stands out from the page, in each scheme, and there are four sizes of type", () => {
  const { colors, primaryShade, fontSizes, autoContrast, respectReducedMotion } = mantineTheme;
  const shade = primaryShade as { light: number; dark: number };
  const pages = { light: "#ffffff", dark: colors?.dark?.[7] ?? "" };
  for (const scheme of ["light", "dark"] as const)
    expect(contrast(colors?.ink?.[shade[scheme]] ?? "", pages[scheme])).toBeGreaterThan(10);
  const sizes = Object.values(fontSizes ?? {}).map((size) => Number.parseFloat(size ?? ""));
  expect(sizes).toEqual([0.875, 0.875, 1, 1.25, 2]);
  expect([autoContrast, respectReducedMotion]).toEqual([true, true]);
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
