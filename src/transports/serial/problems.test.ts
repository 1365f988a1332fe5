import { expect, test } from "vitest";
import { english } from "../../station/phrases.ts";
import { deniedWords, openingFailure } from "./problems.ts";

const linux = { platform: "linux" } as const;

test.each([
  ["Error: Permission denied, cannot open /dev/x", { ...linux, group: "dialout" }, "usermod -aG dialout"],
  ["Error: Permission denied, cannot open /dev/x", { ...linux, group: "root" }, "udev rule"],
  ["Error: Permission denied, cannot open /dev/x", { platform: "darwin" as const }, "/dev/cu."],
  ["Error Resource temporarily unavailable Cannot lock port", { ...linux, heldBy: "picocom" }, "in use by picocom"],
  [
    "Error Resource temporarily unavailable Cannot lock port",
    { ...linux, heldBy: "node", ours: true },
    "Plugside itself",
  ],
  ["Error: Resource busy, cannot open /dev/cu.x", { platform: "darwin" as const }, "in use by another program"],
  ["Opening COM3: Access denied", { platform: "win32" as const }, "in use by another program"],
  ["Opening COM9: File not found", { platform: "win32" as const }, "is not there"],
  ["Error: No such file or directory, cannot open /dev/x", linux, "is not there"],
  ["Error: Inappropriate ioctl for device, cannot open /dev/null", linux, "is no serial port"],
  ["Error: Is a directory, cannot open /dev", linux, "is no serial port"],
  ["Error: setting custom baud rate of 7 failed: Invalid argument", linux, "does not take these settings"],
  ["Opening COM3: Unknown error code 31", { platform: "win32" as const }, "does not take these settings"],
  ["Opening COM3: Unknown error code 87", { platform: "win32" as const }, "does not take these settings"],
  ["Opening COM3: Unknown error code 311", { platform: "win32" as const }, "the system says"],
  ["connect ECONNREFUSED 127.0.0.1:1", linux, "cannot be reached"],
  ["something new", linux, "the system says “something new”"],
])("%s", (said, system, told) => {
  const failed = openingFailure("/dev/x", new Error(said), system);
  expect(failed).toMatchObject({ code: "unavailable", message: expect.stringContaining(told) });
});

test("who is denied hears what lets them in", () => {
  expect(english(deniedWords("COM3", { platform: "win32" }))).toContain("administrator");
});
