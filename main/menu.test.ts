import type { MenuItemConstructorOptions } from "electron";
import { expect, it } from "vitest";
import { menuTemplate } from "./menu.ts";
import { chooseLanguage, type Language, wordsOf } from "./words.ts";

const nothing = { openInBrowser() {}, showDataFolder() {}, showLog() {} };

function outline(language: Language, platform: NodeJS.Platform): [string, string[]][] {
  return menuTemplate(language, platform, nothing).map((menu) => {
    const items = menu.submenu as MenuItemConstructorOptions[];
    return [menu.label ?? "", items.map((item) => item.label ?? "-")];
  });
}

it("is Swedish where Swedish is wanted", () => {
  expect(outline("sv", "win32")).toEqual([
    ["Arkiv", ["Öppna i webbläsaren", "Visa datamappen", "Visa driftloggen", "-", "Avsluta Plugside"]],
    ["Redigera", ["Ångra", "Gör om", "-", "Klipp ut", "Kopiera", "Klistra in", "Markera allt"]],
    ["Visa", ["Läs in igen", "-", "Zooma in", "Zooma ut", "Verklig storlek", "-", "Helskärm", "Utvecklarverktyg"]],
    ["Fönster", ["Minimera", "Stäng fönstret"]],
    ["Hjälp", ["Om Plugside"]],
  ]);
  expect(outline("sv", "darwin")[0]).toEqual([
    "Plugside",
    ["Om Plugside", "-", "Tjänster", "-", "Göm Plugside", "Göm övriga", "Visa alla", "-", "Avsluta Plugside"],
  ]);
  const { saveAs, notOpened } = wordsOf("sv");
  expect([saveAs, notOpened("/a")]).toEqual(["Spara som", "Plugside kan inte öppna den här filen: /a"]);
});

it("is English otherwise, with the application menu on a Mac", () => {
  expect(outline("en", "darwin")).toEqual([
    [
      "Plugside",
      ["About Plugside", "-", "Services", "-", "Hide Plugside", "Hide others", "Show all", "-", "Quit Plugside"],
    ],
    ["File", ["Open in the browser", "Show the data folder", "Show Plugside's log", "-", "Close window"]],
    ["Edit", ["Undo", "Redo", "-", "Cut", "Copy", "Paste", "Select all"]],
    ["View", ["Reload", "-", "Zoom in", "Zoom out", "Actual size", "-", "Full screen", "Developer tools"]],
    ["Window", ["Minimize", "Close window"]],
  ]);
});

it("has a word of its own for every item in both languages", () => {
  const flat = (language: Language) => outline(language, "darwin").flatMap(([label, items]) => [label, ...items]);
  const same = flat("sv").filter((label, index) => label === flat("en")[index]);
  expect(same).toEqual(["Plugside", "-", "-", "-", "-", "-", "-", "-"]);
});

it("does what each item says: by Electron's own roles, or by what it is given", () => {
  const done: string[] = [];
  const actions = {
    openInBrowser: () => void done.push("browser"),
    showDataFolder: () => void done.push("folder"),
    showLog: () => void done.push("log"),
  };
  const items = (platform: NodeJS.Platform) =>
    menuTemplate("en", platform, actions).flatMap(({ submenu }) => submenu as MenuItemConstructorOptions[]);
  const told = ({ role, accelerator, label, click }: MenuItemConstructorOptions) =>
    [role ?? (click && "ours"), accelerator, label].filter(Boolean).join(": ");
  expect(items("linux").map(told).filter(Boolean)).toMatchInlineSnapshot(`
    [
      "ours: CmdOrCtrl+Shift+B: Open in the browser",
      "ours: Show the data folder",
      "ours: Show Plugside's log",
      "quit: Quit Plugside",
      "undo: Undo",
      "redo: Redo",
      "cut: Cut",
      "copy: Copy",
      "paste: Paste",
      "selectAll: Select all",
      "reload: Reload",
      "zoomIn: Zoom in",
      "zoomOut: Zoom out",
      "resetZoom: Actual size",
      "togglefullscreen: Full screen",
      "toggleDevTools: Developer tools",
      "minimize: Minimize",
      "close: Close window",
      "about: About Plugside",
    ]
  `);
  expect(
    items("darwin")
      .map(told)
      .filter((item) => /^(hide|unhide|services|about|quit|close)/.test(item)),
  ).toMatchInlineSnapshot(`
    [
      "about: About Plugside",
      "services: Services",
      "hide: Hide Plugside",
      "hideOthers: Hide others",
      "unhide: Show all",
      "quit: Quit Plugside",
      "close: Close window",
      "close: Close window",
    ]
  `);
  for (const { click } of items("linux")) (click as (() => void) | undefined)?.();
  expect(done).toEqual(["browser", "folder", "log"]);
});

it("follows the first language of the list that we have", () => {
  expect(chooseLanguage(["de-DE", "sv-FI", "en-US"])).toBe("sv");
  expect(chooseLanguage(["en-GB", "sv-SE"])).toBe("en");
  expect(chooseLanguage(["SV"])).toBe("sv");
  expect(chooseLanguage(["fi"])).toBe("en");
  expect(chooseLanguage([])).toBe("en");
});
