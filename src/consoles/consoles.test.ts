import { describe, expect, it } from "vitest";
import { opened, sealed, written } from "./check.ts";
import { asksStation } from "./profile.ts";
import { consoleProfiles } from "./shipped.ts";
import { tellAnswers } from "./told.ts";

const rapi = consoleProfiles().find(({ name }) => name === "openevse-rapi");
if (!rapi) throw new Error("no profile of RAPI");

function tell(...answers: [asked: string, answer: string][]) {
  const answered = answers.map(([asked, answer]) => {
    const ask = rapi?.asks.find(({ send }) => send === asked);
    if (!ask) throw new Error(`${asked} is not asked`);
    return { ask, answer };
  });
  return tellAnswers(rapi as NonNullable<typeof rapi>, answered);
}

describe("the profiles that are shipped", () => {
  it.each(consoleProfiles().map((profile) => [profile.name, profile] as const))("%s only shows", (_name, profile) => {
    const { commands, asks, check } = profile;
    expect(commands.length).toBeGreaterThan(0);
    // A profile of ours holds no word that changes anything.
    const changes =
      /\b(?:rm|mv|cp|dd|reboot|reset|restart|set\w*|save\w*|erase|write|kill|mw|nand|log_level)\b|[>;&]|^\$[^G]/;
    for (const { send } of [...commands, ...asks]) expect(send.replace("2>/dev/null", "")).not.toMatch(changes);
    expect(new Set(commands.map(({ send }) => send)).size).toBe(commands.length);
    expect(asksStation(profile)).toBe(check === "xor");
  });

  it.each([
    ["linux-shell", "root@charger:~# "],
    ["linux-shell", "$ "],
    ["u-boot", "=> "],
    ["u-boot", "STM32MP> "],
    ["esp-idf", "esp32> "],
    ["zephyr", "uart:~$ "],
  ])("%s waits with %s", (name, line) => {
    const prompt = consoleProfiles().find((one) => one.name === name)?.prompt;
    expect(prompt?.test(line)).toBe(true);
    expect(prompt?.test("I (29) boot: ESP-IDF v4.4.2 2nd stage bootloader")).toBe(false);
  });
});

describe("the check of RAPI", () => {
  it("is behind what is sent, as the firmware's own header gives it", () => {
    expect(sealed("$GV", "xor")).toBe("$GV^35");
    expect(sealed("$GS", "xor")).toBe("$GS^30");
    expect(sealed("$GS", "none")).toBe("$GS");
    expect((["cr", "lf", "crlf"] as const).map((ends) => written({ check: "xor", ends }, "$GS"))).toEqual([
      ...["$GS^30\r", "$GS^30\n", "$GS^30\r\n"],
    ]);
  });

  it("is taken off an answer that it fits, or that has none, and off no other", () => {
    expect(opened(sealed("$OK 1 0", "xor"), "xor")).toBe("$OK 1 0");
    // Of its letters either case.
    expect(["$GO^2c", "$GO^2C", "$GO^2d"].map((line) => opened(line, "xor"))).toEqual(["$GO", "$GO", null]);
    expect(opened("$OK 1 0^22", "xor")).toBeNull();
    expect(opened("$OK 1 0^2", "xor")).toBeNull();
    expect(opened("$OK 1 0", "xor")).toBe("$OK 1 0");
  });
});

describe("what RAPI tells", () => {
  it.each([
    ["01 0 FF 0", { status: "Available" }],
    ["3 1234", { status: "Charging" }],
    [
      "06 0 FF 0",
      { status: "Faulted", errorCode: "GroundFailure", vendorErrorCode: "06", info: "Ground fault (GFCI)" },
    ],
    ["0a", { status: "Faulted", errorCode: "HighTemperature", vendorErrorCode: "0a" }],
    ["fe", { status: "Unavailable", info: "Asleep" }],
  ])("state %s", (answer, status) => {
    expect(tell(["$GS", `$OK ${answer}`]).statuses).toEqual([
      { evse: 1, ...status, ...(answer === "0a" && { info: "Over temperature" }) },
    ]);
  });

  it("current, voltage and energy in base units; what it does not measure is not zero", () => {
    expect(tell(["$GG", "$OK 15920 238100"], ["$GU", "$OK 3600 1234567"]).samples[0]?.samples).toEqual([
      { measurand: "Current.Import", unit: "A", value: 15.92, said: "15.92" },
      { measurand: "Voltage", unit: "V", value: 238.1, said: "238.1" },
      { measurand: "Energy.Active.Import.Register", unit: "Wh", value: 1_234_567, said: "1234567" },
    ]);
    expect(tell(["$GG", "$OK 0 -1"]).samples[0]?.samples).toMatchObject([{ measurand: "Current.Import", value: 0 }]);
  });

  it("who it is, and nothing of what it does not know", () => {
    expect(tell(["$GV", "$OK 8.2.1 5.2.1"]).info).toEqual({ vendor: "OpenEVSE", firmwareVersion: "8.2.1" });
    expect(tell(["$GS", "$OK 0 0"], ["$GG", "$NK"], ["$GU", "$OK x"])).toEqual({ statuses: [], samples: [] });
  });
});
