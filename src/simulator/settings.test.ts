import { describe, expect, it } from "vitest";
import { applyAfterRestart, readSetting, type Setting, writeSetting } from "./settings.ts";

const number: Setting = { value: "10", kind: "integer", access: "both", min: 1, max: 60 };

describe("a setting", () => {
  it.each<[Partial<Setting>, string, string]>([
    [{}, "5.5", "it takes a whole number"],
    [{}, "0", "it takes 1 or more"],
    [{}, "61", "it takes at most 60"],
    [{ access: "read" }, "20", "it is read-only"],
    [{ kind: "boolean" }, "yes", "it takes true or false"],
    [{ kind: "list", allowed: ["A", "B"] }, "A,C", "C is not among its choices"],
    [{ kind: "choice", allowed: ["A"] }, "B", "B is not among its choices"],
    [{ kind: "string", max: 3 }, "four", "it takes at most 3 characters"],
    [{ kind: "time" }, "noon", "it takes a time"],
    [{}, "", "it takes a whole number"],
    [{}, "1e1", "it takes a whole number"],
    [{ kind: "decimal" }, "1.", "it takes a number"],
    [{ kind: "decimal" }, "0.9", "it takes 1 or more"],
    [{ kind: "decimal" }, "60.1", "it takes at most 60"],
    [{ kind: "string", max: undefined }, "x".repeat(1001), "it takes at most 1000 characters"],
    [{ kind: "choice", allowed: undefined }, "A", "A is not among its choices"],
    [{ check: (value) => `not ${value}` }, "20", "not 20"],
    [{ check: (value) => `not ${value}` }, "61", "it takes at most 60"],
  ])("of %j refuses %s: %3$s", (over, value, why) => {
    const setting = { ...number, ...over };
    expect(writeSetting(setting, value)).toEqual({ result: "rejected", why });
    expect(setting.value).toBe("10");
  });

  it.each<[Partial<Setting>, string]>([
    [{}, "1"],
    [{}, "60"],
    [{ min: undefined, max: undefined }, "-7"],
    [{ kind: "decimal" }, "1.0"],
    [{ kind: "decimal" }, "59.99"],
    [{ kind: "boolean" }, "false"],
    [{ kind: "list", allowed: ["A", "B"] }, "B,A"],
    [{ kind: "list" }, "anything"],
    [{ kind: "list", allowed: ["A"] }, ""],
    [{ kind: "choice", allowed: ["A", "B"] }, "B"],
    [{ kind: "time" }, "2026-06-01T08:00:00Z"],
    [{ kind: "string", max: 3 }, "a,b"],
    [{ kind: "string", max: 3 }, " A "],
    [{ kind: "string", max: undefined }, "x".repeat(1000)],
    [{ access: "write" }, "20"],
    [{ check: () => null }, "20"],
  ])("of %j takes %s at once, and tells whom it concerns", (over, value) => {
    const told: string[] = [];
    const setting: Setting = { ...number, ...over, changed: (now) => told.push(now) };
    expect(writeSetting(setting, value)).toEqual({ result: "accepted" });
    expect([setting.value, told]).toEqual([value, [value]]);
  });

  it("is read as it is now, where it changes by itself", () => {
    expect([readSetting(number), readSetting({ ...number, read: () => "live" })]).toEqual(["10", "live"]);
  });

  it("tidies what it takes", () => {
    const list: Setting = { ...number, kind: "list", allowed: ["A", "B"] };
    writeSetting(list, " A , B,");
    const flag: Setting = { ...number, kind: "boolean" };
    writeSetting(flag, "TRUE");
    expect([list.value, flag.value]).toEqual(["A,B", "true"]);
  });

  it("that needs a restart keeps its value until then", () => {
    const setting: Setting = { ...number, reboot: true };
    expect(writeSetting(setting, "20")).toEqual({ result: "reboot" });
    expect(setting.value).toBe("10");
    applyAfterRestart([setting]);
    expect(setting.value).toBe("20");
  });

  it("that waits for a restart is told once, and those that do not wait are let be", () => {
    const told: string[] = [];
    const waits: Setting = { ...number, reboot: true, changed: (now) => told.push(now) };
    const rests: Setting = { ...number, changed: (now) => told.push(now) };
    writeSetting(waits, "20");
    expect(told).toEqual([]);
    applyAfterRestart([rests, waits]);
    applyAfterRestart([rests, waits]);
    expect([told, rests.value, waits.next]).toEqual([["20"], "10", undefined]);
  });
});
