import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { dataFolder, defaultDataFolder, folderToLeave, readHostPort, readListen, UsageError } from "./start-options.ts";

test.each([
  ["9000", { host: "0.0.0.0", port: 9000 }],
  [":9000", { host: "0.0.0.0", port: 9000 }],
  ["10.0.0.5:0", { host: "10.0.0.5", port: 0 }],
  ["laptop.local:65535", { host: "laptop.local", port: 65535 }],
  ["[::1]:9000", { host: "::1", port: 9000 }],
])("%s is the place %o", (given, place) => {
  expect(readHostPort(given, "--listen", "0.0.0.0")).toEqual(place);
});

test.each(["", "host", "host:", "host:65536", "host:99999", "host:123456", "::1:9000", "a:b:9000", "host:-1"])(
  "%j is no place",
  (given) => {
    expect(() => readHostPort(given, "--listen", "0.0.0.0")).toThrow(UsageError);
  },
);

test.each([
  ["9000", "both"],
  ["ws://0.0.0.0:9000", "ws"],
  ["wss://0.0.0.0:9000/", "wss"],
])("%s listens by %s", (given, mode) => {
  expect(readListen(given)).toEqual({ host: "0.0.0.0", port: 9000, mode });
});

test.each(["http://0.0.0.0:9000", "ws://0.0.0.0:9000/CP1", "ws://"])("%s is nowhere to listen", (given) => {
  expect(() => readListen(given)).toThrow(UsageError);
});

test("each system has its place for data, and what is named goes before it", () => {
  expect(defaultDataFolder("linux", {}, "/home/me")).toBe(join("/home/me", ".local", "share", "plugside"));
  expect(defaultDataFolder("linux", { XDG_DATA_HOME: "" }, "/home/me")).toBe(
    join("/home/me", ".local", "share", "plugside"),
  );
  expect(defaultDataFolder("linux", { XDG_DATA_HOME: "/data" }, "/home/me")).toBe(join("/data", "plugside"));
  expect(defaultDataFolder("darwin", {}, "/Users/me")).toBe(
    join("/Users/me", "Library", "Application Support", "Plugside"),
  );
  const env = { APPDATA: "/roaming", LOCALAPPDATA: "/local" };
  expect(defaultDataFolder("win32", env, "/Users/me")).toBe(join("/local", "Plugside"));
  expect(defaultDataFolder("win32", {}, "/Users/me")).toBe(join("/Users/me", "AppData", "Local", "Plugside"));
  const withRecords = (...folders: string[]) =>
    defaultDataFolder("win32", env, "/Users/me", (path) => folders.some((one) => path === join(one, "plugside.db")));
  const [local, roaming] = [join("/local", "Plugside"), join("/roaming", "Plugside")];
  expect([withRecords(roaming), withRecords(roaming, local), withRecords(local)]).toEqual([roaming, local, local]);
  const folder = (given: string, platform: NodeJS.Platform = "linux") => dataFolder(given, platform, "/home/me");
  expect([folder("/data"), folder("~"), folder("~/jobs"), folder("~other")]).toEqual([
    resolve("/data"),
    resolve("/home/me"),
    resolve("/home/me/jobs"),
    resolve("~other"),
  ]);
  expect(() => folder("")).toThrow(UsageError);
});

test.each(["\\\\server\\share\\plugside", "//server/share"])(
  "on Windows %s is on a network, and no place for a record",
  (given) => {
    expect(() => dataFolder(given, "win32", "/home/me")).toThrow(/on a network/);
    expect(() => dataFolder("\\\\?\\C:\\data", "win32", "/home/me")).not.toThrow();
    expect(folderToLeave(given, "win32", "/home/me")).toBe(resolve(given));
  },
);

test("on Windows a folder is no device, and has no quotation mark in its name", () => {
  const folder = (given: string, platform: NodeJS.Platform) => dataFolder(given, platform, "/home/me");
  expect(() => folder("jobs/NUL", "win32")).toThrow(/NUL/);
  expect(() => folder('jobs" --json', "win32")).toThrow(UsageError);
  expect(folder("jobs/NUL", "linux")).toBe(resolve("jobs/NUL"));
});
