import type { BrowserWindow, BrowserWindowConstructorOptions } from "electron";
import { type Placement, smallest, type WindowState } from "./window-state.ts";

/** A window without Node, without a preload, in Chromium's sandbox: it is a browser for one address.
 * @param icon a picture, where the system does not take the program's own */
export function windowOptions(
  placement: Placement,
  isDark: boolean,
  icon: string | undefined,
): BrowserWindowConstructorOptions {
  const { maximized: _, ...bounds } = placement;
  return {
    ...bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: "Plugside",
    ...(icon !== undefined && { icon }),
    backgroundColor: isDark ? "#1a1b1e" : "#ffffff",
    webPreferences: {
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  };
}

/** Shows the window once it has something to show, and tells `save` where it is when it closes. */
export function keepWindow(window: BrowserWindow, placement: Placement, save: (state: WindowState) => void): void {
  window.once("ready-to-show", () => {
    if (placement.maximized) window.maximize();
    window.show();
  });
  window.on("close", () => save({ bounds: window.getNormalBounds(), maximized: window.isMaximized() }));
}

/** The link with the place of the page that is open, so that a restarted core comes back to the same screen.
 * @param current what the window shows now
 * @param home the link that page came from; null for none */
export function linkToSamePlace(link: string, current: string, home: string | null): string {
  if (home === null || !URL.canParse(current) || new URL(current).origin !== new URL(home).origin) return link;
  const next = new URL(link);
  next.hash = new URL(current).hash;
  return next.href;
}

/** Brings the window before the user, whatever state it is in. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
