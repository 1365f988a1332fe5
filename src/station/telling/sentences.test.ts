import { describe, expect, it } from "vitest";
import { tellCommand } from "./command-sentences.ts";
import { cut, maybe, place } from "./sentence.ts";
import { tell } from "./sentences.ts";

describe("tell", () => {
  it("says who booted, what was answered and with which firmware", () => {
    expect(
      tell({
        kind: "booted",
        info: { vendor: "Acme", model: "One", firmwareVersion: "1.2" },
        reason: "PowerUp",
        answered: "Accepted",
      }),
    ).toEqual({
      main: { key: "bootedAs", values: { who: "Acme One", answered: "Accepted" } },
      more: [
        { key: "bootReason", values: { value: "PowerUp" } },
        { key: "firmware", values: { value: "1.2" } },
      ],
    });
  });

  it("names the error of a status with the vendor's own", () => {
    expect(
      tell({
        kind: "status",
        evse: 2,
        connector: 1,
        status: "Faulted",
        errorCode: "OtherError",
        vendorErrorCode: "E42",
        info: "RCD",
      }),
    ).toEqual({
      main: {
        key: "statusFaulted",
        values: { place: { key: "placeEvse", values: { evse: 2 } }, status: { state: "Faulted" }, code: "OtherError" },
      },
      more: [
        { key: "vendorError", values: { value: "E42" } },
        { key: "quoted", values: { text: "RCD" } },
      ],
    });
  });

  it("keeps a transaction id as it is and gives the register in watt-hours", () => {
    expect(
      tell({ kind: "transaction-ended", id: "9223372036854775807", reason: "Local", meterStop: 1234, offline: true }),
    ).toEqual({
      main: { key: "transactionEndedBecause", values: { id: "9223372036854775807", reason: "Local" } },
      more: [
        { key: "register", values: { energy: { wattHours: 1234 } } },
        { key: "toldLater", values: {} },
      ],
    });
  });

  it("says who ended the link", () => {
    expect(tell({ kind: "link-closed", connection: 3, code: 1006, reason: "", cause: "ping-unanswered" })).toEqual({
      main: { key: "closedPing", values: {} },
      more: [{ key: "closeCode", values: { code: 1006 } }],
    });
  });

  it("cuts what a station said at 160 characters", () => {
    expect(tell({ kind: "vendor-message", vendorId: "v", data: "x".repeat(200), answered: "Accepted" }).more).toEqual([
      { key: "quoted", values: { text: `${"x".repeat(159)}…` } },
    ]);
  });
});

describe("our own clock", () => {
  it.each([
    [3_600_000, undefined, "ownClockForward"],
    [-3_600_000, undefined, "ownClockBack"],
    [3_600_000, true, "ownClockOrSleep"],
  ] as const)("set by %d ms is told as such", (byMs, orSlept, key) => {
    expect(tell({ kind: "own-clock-set", byMs, ...(orSlept && { orSlept }) })).toEqual({
      main: { key, values: { by: { milliseconds: 3_600_000 } } },
      more: [],
    });
  });
});

describe("tellCommand", () => {
  it("says that nothing came yet", () => {
    expect(tellCommand("start", { evse: 1, token: { value: "AB" } }, undefined)).toEqual({
      main: {
        key: "commandWaiting",
        values: { command: { key: "commandStartWith", values: { token: "AB" } } },
      },
      more: [],
    });
  });

  it("tells a CALLERROR by its code", () => {
    expect(
      tellCommand(
        "raw",
        { action: "Foo" },
        {
          result: "rejected",
          why: "InternalError",
          error: { code: "InternalError", description: "no", details: "{}" },
        },
      ),
    ).toEqual({
      main: {
        key: "commandDone",
        values: {
          command: { key: "commandRawOf", values: { action: "Foo" } },
          result: { key: "resultRejected", values: {} },
        },
      },
      more: [{ key: "callError", values: { code: "InternalError", text: "no" } }],
    });
  });

  it("passes over arguments that it cannot read", () => {
    expect(tellCommand("unlock", {}, { result: "offline" })).toEqual({
      main: {
        key: "commandDone",
        values: { command: { key: "commandUnlock", values: {} }, result: { key: "resultOffline", values: {} } },
      },
      more: [],
    });
  });
});

it("shows a pin to nobody, and the number of a card as it is", () => {
  const told = (token: { value: string; type?: string }) =>
    JSON.stringify([
      tell({ kind: "token", token, decision: "Accepted" } as never),
      tell({ kind: "transaction-started", id: "1", evse: 1, token } as never),
      tell({ kind: "transaction-updated", id: "1", evse: 1, token } as never),
      tell({ kind: "transaction-ended", id: "1", token } as never),
      tellCommand("start", { token }, undefined),
      tellCommand("reserve", { reservation: 7, token, until: "2026-01-31T13:00:00Z" }, undefined),
    ]);
  expect(told({ value: "471147", type: "KeyCode" })).not.toContain("471147");
  expect(told({ value: "471147", type: "ISO14443" }).match(/471147/g)).toHaveLength(6);
});

describe("place", () => {
  it("names the station, an EVSE with its only connector, and a connector beyond the first", () => {
    expect([place(0), place(2, 1), place(2, 2)]).toEqual([
      { key: "placeStation", values: {} },
      { key: "placeEvse", values: { evse: 2 } },
      { key: "placeConnector", values: { evse: 2, connector: 2 } },
    ]);
  });
});

it("says of a report that more follows, until its last part", () => {
  const part = { kind: "variables" as const, part: 1, variables: [] };
  const told = (last: boolean) => tell({ ...part, last }).more.map((one) => "key" in one && one.key);
  expect(told(false)).toEqual(["part", "moreFollows"]);
  expect(told(true)).toEqual(["part"]);
});

describe("a command that nobody at the screen sent", () => {
  const boot = { message: "BootNotification" };
  const command = { key: "commandTriggerOf", values: boot };

  it.each([
    ["no-boot", "ownNoBoot"],
    ["no-status", "ownNoStatus"],
    ["now-accepted", "ownNowAccepted"],
    ["asked-for", "ownAskedFor"],
    ["guarded-change", "ownGuarded"],
  ])("for the reason %s says so", (because, key) => {
    expect(tellCommand("trigger", { ...boot, by: "core", because }, undefined).main.values.command).toEqual({
      key,
      values: { command, ...boot },
    });
  });

  it("on record without a reason says who it was", () => {
    const told = (by: string) => tellCommand("trigger", { ...boot, by }, undefined).main.values.command;
    expect(told("core")).toEqual({ key: "ownAlone", values: { command } });
    expect(told("procedure")).toEqual({ key: "ownGuarded", values: { command } });
  });
});

it("what a station said is cut at 160 characters, and a value that is empty is none", () => {
  expect([cut("x".repeat(160)), cut("x".repeat(161))]).toEqual(["x".repeat(160), `${"x".repeat(159)}…`]);
  expect([undefined, "", "0"].map((value) => maybe("firmware", value).length)).toEqual([0, 0, 1]);
});
