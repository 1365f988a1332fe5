import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { placeWindow, readWindowState, type WindowState, writeWindowState } from "./window-state.ts";

const laptop = { x: 0, y: 0, width: 1366, height: 728 };
const external = { x: 1366, y: -200, width: 2560, height: 1400 };

function saved(x: number, y: number, width = 1000, height = 700, maximized = false): WindowState {
  return { bounds: { x, y, width, height }, maximized };
}

it("starts at the usual size, or as much of it as the display has", () => {
  expect(placeWindow(null, [external])).toEqual({ width: 1280, height: 840, maximized: false });
  expect(placeWindow(null, [laptop])).toEqual({ width: 1280, height: 728, maximized: false });
});

it("comes back where it was, on the second display too", () => {
  const state = saved(1600, 100, 1500, 900, true);
  expect(placeWindow(state, [laptop, external])).toEqual({
    x: 1600,
    y: 100,
    width: 1500,
    height: 900,
    maximized: true,
  });
});

it("comes back centred on the primary display, and no larger than it, when its display is gone", () => {
  expect(placeWindow(saved(1600, 100, 1500, 900, true), [laptop])).toEqual({
    width: 1366,
    height: 728,
    maximized: true,
  });
});

it("is centred when its title bar would be out of reach", () => {
  const centred = { width: 1000, height: 700, maximized: false };
  expect(placeWindow(saved(200, -300), [laptop])).toEqual(centred);
  expect(placeWindow(saved(-950, 100), [laptop])).toEqual(centred);
  expect(placeWindow(saved(1300, 100), [laptop])).toEqual(centred);
  expect(placeWindow(saved(200, 727), [laptop])).toEqual(centred);
});

it("may hang over an edge as long as it can be dragged back", () => {
  expect(placeWindow(saved(-800, 100), [laptop])).toEqual({
    x: -800,
    y: 100,
    width: 1000,
    height: 700,
    maximized: false,
  });
});

it("can be taken hold of by 120 pixels of its title bar's width and half of its height", () => {
  const stays = (x: number, y: number) => "x" in placeWindow(saved(x, y), [laptop]);
  expect([stays(-880, 100), stays(-881, 100), stays(1246, 100), stays(1247, 100)]).toEqual([true, false, true, false]);
  expect([stays(0, -24), stays(0, -25), stays(0, 704), stays(0, 705)]).toEqual([true, false, true, false]);
});

it("goes where there is room as it is usual, where no display is told of", () => {
  expect(placeWindow(null, [])).toEqual({ width: 1280, height: 840, maximized: false });
  expect(placeWindow(saved(0, 0, 2000, 2000), [{ ...laptop, width: 640, height: 480 }])).toEqual({
    ...{ x: 0, y: 0, width: 800, height: 560, maximized: false },
  });
});

it("never becomes smaller than the screens can be used at", () => {
  expect(placeWindow(saved(0, 0, 300, 200), [laptop])).toEqual({
    x: 0,
    y: 0,
    width: 800,
    height: 560,
    maximized: false,
  });
});

it("is read as it was saved, and is none where what is there makes no sense", () => {
  const folder = mkdtempSync(join(tmpdir(), "plugside-window-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "window.json");
  expect(readWindowState(file)).toBeNull();
  for (const state of [saved(-5, 7, 1, 1, true), saved(1600, 100)]) {
    writeWindowState(file, state);
    expect(readWindowState(file)).toEqual(state);
  }
  const bounds = { x: 1, y: 2, width: 900, height: 700 };
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(saved(1600, 100));
  for (const [text, read] of [
    [JSON.stringify({ bounds: { ...bounds, more: 1 } }), { bounds, maximized: false }],
    [JSON.stringify({ bounds, maximized: "yes" }), { bounds, maximized: false }],
    [JSON.stringify({ bounds: { ...bounds, x: 0.5 } }), null],
    [JSON.stringify({ bounds: { ...bounds, y: "2" } }), null],
    [JSON.stringify({ bounds: { ...bounds, width: 0 } }), null],
    [JSON.stringify({ bounds: { ...bounds, height: 0 } }), null],
    [JSON.stringify({ maximized: true }), null],
    ['{"bounds":', null],
  ] as const) {
    writeFileSync(file, text);
    expect([text, readWindowState(file)]).toEqual([text, read]);
  }
});
