import { EventEmitter } from "node:events";
import type { BrowserWindow } from "electron";
import { expect, it } from "vitest";
import { focusWindow, keepWindow, linkToSamePlace, windowOptions } from "./window.ts";

const placement = { x: 1, y: 2, width: 900, height: 700, maximized: true };

it("is a browser for one address: no Node, no preload, in the sandbox, in the colour of the system", () => {
  expect(windowOptions(placement, true, "icon.png")).toMatchInlineSnapshot(`
    {
      "backgroundColor": "#1a1b1e",
      "height": 700,
      "icon": "icon.png",
      "minHeight": 560,
      "minWidth": 800,
      "show": false,
      "title": "Plugside",
      "webPreferences": {
        "contextIsolation": true,
        "nodeIntegration": false,
        "nodeIntegrationInSubFrames": false,
        "nodeIntegrationInWorker": false,
        "sandbox": true,
        "spellcheck": false,
        "webSecurity": true,
        "webviewTag": false,
      },
      "width": 900,
      "x": 1,
      "y": 2,
    }
  `);
  expect(windowOptions(placement, false, undefined)).toMatchObject({ backgroundColor: "#ffffff", show: false });
  expect("icon" in windowOptions(placement, false, undefined)).toBe(false);
});

it("comes back to the screen that was open, of the same core alone", () => {
  const link = "http://127.0.0.1:2/once?key=b";
  const home = "http://127.0.0.1:1/once?key=a";
  expect(linkToSamePlace(link, "http://127.0.0.1:1/#/meters", home)).toBe(`${link}#/meters`);
  expect(linkToSamePlace(link, "http://127.0.0.1:1/#/meters", null)).toBe(link);
  expect(linkToSamePlace(link, "http://elsewhere/#/meters", home)).toBe(link);
  expect(linkToSamePlace(link, "", home)).toBe(link);
});

it("is shown once it has something to show, as large as it was, and brought forward as it is", () => {
  const bounds = { x: 1, y: 2, width: 900, height: 700 };
  const done: string[] = [];
  const window = Object.assign(new EventEmitter(), {
    ...{ maximize: () => done.push("maximize"), show: () => done.push("show"), focus: () => done.push("focus") },
    ...{ isMinimized: () => false, restore: () => done.push("restore") },
    ...{ getNormalBounds: () => bounds, isMaximized: () => true },
  });
  const saved: object[] = [];
  keepWindow(window as unknown as BrowserWindow, placement, (state) => saved.push(state));
  expect(done).toEqual([]);
  for (let load = 0; load < 2; load++) window.emit("ready-to-show");
  expect(done.splice(0)).toEqual(["maximize", "show"]);
  window.emit("close");
  expect(saved).toEqual([{ bounds, maximized: true }]);
  focusWindow(window as unknown as BrowserWindow);
  expect(done).toEqual(["show", "focus"]);
});
