import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { dataFolder, defaultDataFolder } from "../src/api/start-options.ts";
import { cacheFolder, readShellOptions } from "./shell-options.ts";

it("reads the flags of serve and leaves those of Chromium alone", () => {
  expect(
    readShellOptions(["--inspect=0", "--data", "visits", "--listen=0.0.0.0:9001", "--demo", "--no-proxy", "-psn_0_1"]),
  ).toEqual({
    dataFolder: resolve("visits"),
    listen: [{ host: "0.0.0.0", port: 9001, mode: "both" }],
    demo: true,
  });
  expect(readShellOptions([])).toEqual({ dataFolder: defaultDataFolder(), listen: undefined, demo: false });
});

it.each([
  ["9001", { host: "0.0.0.0", port: 9001, mode: "both" }],
  ["localhost:0", { host: "localhost", port: 0, mode: "both" }],
  ["wss://[::1]:9000", { host: "::1", port: 9000, mode: "wss" }],
])("listens at %s", (text, address) => {
  expect(readShellOptions(["--listen", text]).listen).toEqual([address]);
});

it.each(["host", "host:", "host:99999", "::1:9000", "1.2.3.4:x"])("refuses --listen %s with a sentence", (text) => {
  expect(() => readShellOptions([`--listen=${text}`])).toThrow(
    `--listen takes HOST:PORT, for example 0.0.0.0:9000; got "${text}".`,
  );
});

it.each([
  ['C:\\My Folder" --demo', "a folder has no quotation mark"],
  ["NUL", "Windows keeps the name NUL for a device."],
  ["C:/plugside/com1.d", "Windows keeps the name com1.d for a device."],
])("on Windows refuses --data %s with a sentence", (given, sentence) => {
  expect(() => dataFolder(given, "win32")).toThrow(sentence);
  expect(dataFolder(given, "linux")).toBe(resolve(given));
});

it("reads ~ as the home folder where the shell has not", () => {
  expect(["~", "~/visits", "~other"].map((given) => dataFolder(given, "win32", "/home/me"))).toEqual([
    resolve("/home/me"),
    resolve("/home/me/visits"),
    resolve("~other"),
  ]);
});

it("refuses --data without a folder", () => {
  expect(() => readShellOptions(["--data"])).toThrow("--data needs a folder.");
});

it("keeps what Chromium can fetch again out of the roaming profile of Windows", () => {
  const folders = { local: join("/local", "Plugside"), roaming: join("/roaming", "Plugside") };
  const cache = (dataFolder: string, platform: NodeJS.Platform) => cacheFolder(dataFolder, platform, folders);
  expect(cache(folders.roaming, "win32")).toBe(join("/local", "Plugside window"));
  expect([cache(folders.local, "win32"), cache(folders.roaming, "linux")]).toEqual([null, null]);
});
