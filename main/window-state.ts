import { readFileSync } from "node:fs";
import type { Rectangle } from "electron";
import { replaceFile } from "../src/lib/write-file.ts";

/** Where the window was, in device-independent pixels. */
export type WindowState = { bounds: Rectangle; maximized: boolean };

/** Where a new window goes; without x and y the system centres it. */
export type Placement = { width: number; height: number; x?: number; y?: number; maximized: boolean };

export const smallest = { width: 800, height: 560 };
const usual = { width: 1280, height: 840 };
/** This much of the window must be on a display for it to be found and dragged. */
const graspable = { width: 120, height: 48 };

/** Places a window where it was last, unless that display is gone or has shrunk.
 * @param saved what `readWindowState` gave
 * @param workAreas of the displays that are there now, the primary one first */
export function placeWindow(saved: WindowState | null, workAreas: readonly Rectangle[]): Placement {
  const primary = workAreas[0] ?? { x: 0, y: 0, ...usual };
  if (!saved) return { ...fitInto(usual, primary), maximized: false };
  const area = workAreas.find((one) => isGraspable(saved.bounds, one));
  if (!area) return { ...fitInto(saved.bounds, primary), maximized: saved.maximized };
  return { ...fitInto(saved.bounds, area), x: saved.bounds.x, y: saved.bounds.y, maximized: saved.maximized };
}

/** Reads the saved state.
 * @returns null where there is none or it makes no sense */
export function readWindowState(file: string): WindowState | null {
  try {
    const { bounds, maximized } = JSON.parse(readFileSync(file, "utf8"));
    const { x, y, width, height } = bounds;
    if (![x, y, width, height].every(Number.isInteger) || width < 1 || height < 1) return null;
    return { bounds: { x, y, width, height }, maximized: maximized === true };
  } catch {
    return null;
  }
}

/** Saves the state; a power cut leaves the old one.
 * @throws the file system's error */
export function writeWindowState(file: string, state: WindowState): void {
  replaceFile(file, JSON.stringify(state));
}

function fitInto(size: { width: number; height: number }, area: Rectangle): { width: number; height: number } {
  return {
    width: Math.min(Math.max(size.width, smallest.width), Math.max(area.width, smallest.width)),
    height: Math.min(Math.max(size.height, smallest.height), Math.max(area.height, smallest.height)),
  };
}

/** Whether the top of the window, where its title bar is, can be taken hold of on this display. */
function isGraspable(bounds: Rectangle, area: Rectangle): boolean {
  const across = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const down = Math.min(bounds.y + graspable.height, area.y + area.height) - Math.max(bounds.y, area.y);
  return across >= graspable.width && down >= graspable.height / 2;
}
