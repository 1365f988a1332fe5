import { join } from "node:path";
import { expect, test } from "vitest";
import { openScreens } from "./screens.ts";

/** Screens of these files; `read` is what was read of them, in order. */
function screensOf(names: readonly string[]) {
  const read: string[] = [];
  const screens = openScreens("/built", (path) => {
    read.push(path);
    return Buffer.from(path.endsWith("files.json") ? JSON.stringify(names) : path);
  });
  return { screens, read };
}

test.each([
  ["index.html", "text/html; charset=utf-8"],
  ["a.js", "text/javascript; charset=utf-8"],
  ["a.css", "text/css; charset=utf-8"],
  ["a.svg", "image/svg+xml"],
  ["a.png", "image/png"],
  ["a.ico", "image/x-icon"],
  ["a.woff2", "font/woff2"],
  ["a.json", "application/json"],
  ["a.webmanifest", "application/manifest+json"],
  ["a.wasm", "application/octet-stream"],
])("%s is sent as %s", (name, type) => {
  expect(screensOf([name]).screens.get(`/${name}`)?.type).toBe(type);
});

test("what the build has listed is read when it is first asked for, once, and what has its hash in its name is kept for ever", () => {
  const { screens, read } = screensOf(["index.html", "assets/a-1.js", "sv/assets/b.js"]);
  const list = join("/built", "files.json");
  expect([screens.size, read]).toEqual([3, [list]]);
  const page = screens.get("/");
  expect(page).toBe(screens.get("/index.html"));
  expect(page).toEqual({
    body: Buffer.from(join("/built", "index.html")),
    type: "text/html; charset=utf-8",
    immutable: false,
  });
  expect(["/assets/a-1.js", "/sv/assets/b.js"].map((path) => screens.get(path)?.immutable)).toEqual([true, false]);
  expect(read).toEqual([
    list,
    ...["index.html", join("assets", "a-1.js"), join("sv", "assets", "b.js")].map((name) => join("/built", name)),
  ]);
  for (const path of ["/files.json", "/../a", "assets/a-1.js", "/assets/", "/assets/A-1.js"])
    expect(screens.get(path)).toBeUndefined();
});

test("where the screens are not built there are none", () => {
  const screens = openScreens("/built", () => {
    throw new Error("ENOENT");
  });
  expect([screens.size, screens.get("/")]).toEqual([0, undefined]);
});
