import { describe, expect, it } from "vitest";
import { applyAfterRestart, type Setting, writeSetting } from "./settings.ts";

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
  ])("of %j refuses %s: %3$s", (over, value, why) => {
    const setting = { ...number, ...over };
    expect(writeSetting(setting, value)).toEqual({ result: "rejected", why });
    expect(setting.value).toBe("10");
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
});
