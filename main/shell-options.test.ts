import { resolve } from "node:path";
import { expect, it } from "vitest";
import { defaultDataFolder } from "../src/api/start-options.ts";
import { readShellOptions } from "./shell-options.ts";

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

it("refuses --data without a folder", () => {
  expect(() => readShellOptions(["--data"])).toThrow("--data needs a folder.");
});
