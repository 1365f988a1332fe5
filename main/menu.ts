import type { MenuItemConstructorOptions } from "electron";
import { type Language, wordsOf } from "./words.ts";

/** What the menu can do beyond Electron's own roles. */
export type MenuActions = { openInBrowser(): void; showDataFolder(): void; showLog(): void };

/** The native menu. Roles bring the behaviour and the platform's keys; the labels are ours, in the user's language. */
export function menuTemplate(
  language: Language,
  platform: NodeJS.Platform,
  actions: MenuActions,
): MenuItemConstructorOptions[] {
  const words = wordsOf(language);
  const isMac = platform === "darwin";
  const separator: MenuItemConstructorOptions = { type: "separator" };
  const application: MenuItemConstructorOptions = {
    label: "Plugside",
    submenu: [
      { role: "about", label: words.about },
      separator,
      { role: "services", label: words.services },
      separator,
      { role: "hide", label: words.hide },
      { role: "hideOthers", label: words.hideOthers },
      { role: "unhide", label: words.showAll },
      separator,
      { role: "quit", label: words.quit },
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: words.file,
    submenu: [
      { label: words.openInBrowser, accelerator: "CmdOrCtrl+Shift+B", click: () => actions.openInBrowser() },
      { label: words.showDataFolder, click: () => actions.showDataFolder() },
      { label: words.showLog, click: () => actions.showLog() },
      separator,
      isMac ? { role: "close", label: words.closeWindow } : { role: "quit", label: words.quit },
    ],
  };
  const edit: MenuItemConstructorOptions = {
    label: words.edit,
    submenu: [
      { role: "undo", label: words.undo },
      { role: "redo", label: words.redo },
      separator,
      { role: "cut", label: words.cut },
      { role: "copy", label: words.copy },
      { role: "paste", label: words.paste },
      { role: "selectAll", label: words.selectAll },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: words.view,
    submenu: [
      { role: "reload", label: words.reload },
      separator,
      { role: "zoomIn", label: words.zoomIn },
      { role: "zoomOut", label: words.zoomOut },
      { role: "resetZoom", label: words.actualSize },
      separator,
      { role: "togglefullscreen", label: words.fullScreen },
      { role: "toggleDevTools", label: words.developerTools },
    ],
  };
  const window: MenuItemConstructorOptions = {
    label: words.window,
    submenu: [
      { role: "minimize", label: words.minimize },
      { role: "close", label: words.closeWindow },
    ],
  };
  const help: MenuItemConstructorOptions = { label: words.help, submenu: [{ role: "about", label: words.about }] };
  return isMac ? [application, file, edit, view, window] : [file, edit, view, window, help];
}
