import { describe, expect, test } from "vitest";
import { awaitsEffect, expectedEffect } from "./effects.ts";
import type { EventBody, StationEvent } from "./events.ts";
import { reduce } from "./fold/reduce.ts";
import { type CommandOutcome, newStation } from "./model.ts";

const start = Date.UTC(2026, 6, 1, 12);
const opened: EventBody = {
  kind: "link-opened",
  connection: 2,
  ocpp: "1.6",
  via: {
    kind: "websocket",
    remoteAddress: "",
    secure: false,
    securityProfile: 0,
    offered: [],
    path: "/CP1",
  },
};
const booted: EventBody = { kind: "booted", info: {}, answered: "Accepted" };
const status = (word: "Available" | "Unavailable" | "Reserved", evse = 1): EventBody => ({
  kind: "status",
  evse,
  connector: 1,
  status: word,
});
const report = (last: boolean): EventBody => ({ kind: "variables", requestId: 7, part: 0, last, variables: [] });
const values = (evse: number): EventBody => ({ kind: "sampled", evse, groups: [] });
const started = (evse: number): EventBody => ({ kind: "transaction-started", id: "7", evse });

/** The command after events that came a second apart each. */
function followed(name: string, args: Record<string, unknown>, result: CommandOutcome["result"], bodies: EventBody[]) {
  const all: EventBody[] = [
    { kind: "command-sent", id: "1", name, args },
    { kind: "command-done", id: "1", name, outcome: { result } },
    ...bodies,
  ];
  const events = all.map((body, at): StationEvent => ({ ...body, at: start + at * 1000, seq: at + 1 }));
  return events.reduce(reduce, newStation("CP1", start)).commands[0];
}

test("what should follow each command, each message that is asked for, and each call that is sent raw", () => {
  const of = (name: string, args: Record<string, unknown> = {}) => expectedEffect({ name, args });
  const each = (name: string, key: string, words: readonly string[]) =>
    Object.fromEntries(words.map((word) => [word, of(name, { [key]: word })]));
  const names = [
    "reset",
    "start",
    "stop",
    "availability",
    "read-configuration",
    "unlock",
    "clear-cache",
    "trigger",
    "raw",
  ];
  expect(Object.fromEntries(names.map((name) => [name, of(name)]))).toEqual({
    ...{ reset: "restart", start: "session-started", stop: "session-ended", availability: "status" },
    ...{ "read-configuration": "report", unlock: null, "clear-cache": null, trigger: null, raw: null },
  });
  expect(each("trigger", "message", messages)).toMatchInlineSnapshot(`
    {
      "BootNotification": "boot",
      "DiagnosticsStatusNotification": "diagnostics-status",
      "FirmwareStatusNotification": "firmware-status",
      "Heartbeat": "heartbeat",
      "LogStatusNotification": "diagnostics-status",
      "MeterValues": "values",
      "SignChargePointCertificate": "signing-requested",
      "SignChargingStationCertificate": "signing-requested",
      "SignCombinedCertificate": "signing-requested",
      "SignV2GCertificate": "signing-requested",
      "StatusNotification": "status",
      "TransactionEvent": null,
      "toString": null,
    }
  `);
  const actions = [
    ...[
      "Reset",
      "RemoteStartTransaction",
      "RequestStartTransaction",
      "RemoteStopTransaction",
      "RequestStopTransaction",
    ],
    ...["ChangeAvailability", "GetBaseReport", "GetReport", "GetMonitoringReport", "GetDiagnostics", "GetLog"],
    ...["UpdateFirmware", "SignedUpdateFirmware", "UnlockConnector", "toString"],
  ];
  expect(each("raw", "action", actions)).toMatchInlineSnapshot(`
    {
      "ChangeAvailability": "status",
      "GetBaseReport": "report",
      "GetDiagnostics": "diagnostics-status",
      "GetLog": "diagnostics-status",
      "GetMonitoringReport": "report",
      "GetReport": "report",
      "RemoteStartTransaction": "session-started",
      "RemoteStopTransaction": "session-ended",
      "RequestStartTransaction": "session-started",
      "RequestStopTransaction": "session-ended",
      "Reset": "restart",
      "SignedUpdateFirmware": "firmware-status",
      "UnlockConnector": null,
      "UpdateFirmware": "firmware-status",
      "toString": null,
    }
  `);
});

const messages = [
  ...["BootNotification", "StatusNotification", "MeterValues", "Heartbeat", "FirmwareStatusNotification"],
  ...["DiagnosticsStatusNotification", "LogStatusNotification", "SignChargePointCertificate"],
  ...[
    "SignChargingStationCertificate",
    "SignV2GCertificate",
    "SignCombinedCertificate",
    "TransactionEvent",
    "toString",
  ],
];

describe("a command that was taken", () => {
  test.each([
    ["reset", {}, [opened, booted], "restart", 4],
    ["trigger", { message: "BootNotification" }, [booted], "boot", 3],
    ["trigger", { message: "StatusNotification", evse: 2 }, [status("Available"), status("Available", 2)], "status", 4],
    ["start", { evse: 2 }, [started(1), started(2)], "session-started", 4],
    ["stop", { transaction: "7" }, [started(1), { kind: "transaction-ended", id: "7" }], "session-ended", 4],
    ["availability", { evse: 1, operative: false }, [status("Available"), status("Unavailable")], "status", 4],
    ["availability", { evse: 1, operative: true }, [status("Unavailable"), status("Available")], "status", 4],
    ["reserve", { evse: 2 }, [status("Available", 2), status("Reserved"), status("Reserved", 2)], "status", 5],
    ["raw", { action: "GetLog" }, [{ kind: "diagnostics-status", status: "Uploading" }], "diagnostics-status", 3],
    ["raw", { action: "Reset" }, [opened, booted], "restart", 4],
    ["raw", { action: "RemoteStopTransaction" }, [{ kind: "transaction-ended", id: "8" }], "session-ended", 3],
    ["raw", { action: "UpdateFirmware" }, [{ kind: "firmware-status", status: "Downloading" }], "firmware-status", 3],
    ["raw", { action: "ChangeAvailability" }, [status("Unavailable", 2)], "status", 3],
    ["raw", { action: "GetReport" }, [report(false), report(true)], "report", 4],
    ["read-configuration", {}, [{ kind: "configuration", keys: [], unknown: [] }], "report", 3],
    ["read-configuration", {}, [report(false), report(true)], "report", 4],
    ["trigger", { message: "Heartbeat" }, [{ kind: "heartbeat" }], "heartbeat", 3],
    ["trigger", { message: "MeterValues", evse: 2 }, [values(1), values(2)], "values", 4],
    ["trigger", { message: "MeterValues" }, [values(1)], "values", 3],
    [
      ...["trigger", { message: "LogStatusNotification" }],
      ...[[{ kind: "diagnostics-status", status: "Idle" }], "diagnostics-status", 3],
    ],
    [
      ...["trigger", { message: "SignV2GCertificate" }],
      ...[[{ kind: "signing-requested", csr: "", answered: "Rejected" }], "signing-requested", 3],
    ],
  ] as [string, Record<string, unknown>, EventBody[], string, number][])(
    "%s %o is followed by its effect",
    (name, args, bodies, what, frame) => {
      const command = followed(name, args, "accepted", bodies);
      expect(command?.effect).toEqual({ what, at: start + (frame - 1) * 1000, frame });
      expect(command && awaitsEffect(command)).toBe(false);
    },
  );

  test.each([
    ["reset", {}, [booted]],
    ["trigger", { message: "StatusNotification" }, [{ kind: "heartbeat" }]],
    ["start", { evse: 2 }, [started(1)]],
    ["availability", { evse: 1, operative: false }, [status("Available")]],
    ["availability", { evse: 1, operative: true }, [status("Unavailable"), status("Available", 2)]],
    ["stop", { transaction: "7" }, [{ kind: "transaction-ended", id: "8" }]],
    ["trigger", { message: "MeterValues", evse: 2 }, [values(1)]],
    ["trigger", { message: "Heartbeat" }, [booted, values(1)]],
    ["read-configuration", {}, [report(false)]],
    ["reserve", { evse: 2 }, [status("Available", 2)]],
  ] as [string, Record<string, unknown>, EventBody[]][])(
    "%s %o waits on after what is something else",
    (name, args, bodies) => {
      const command = followed(name, args, "accepted", bodies);
      expect([command?.effect, command && awaitsEffect(command)]).toEqual([undefined, true]);
    },
  );
});

test("a reservation of any outlet has its answer, and nothing more is waited for", () => {
  const command = followed("reserve", {}, "accepted", [status("Reserved")]);
  expect([command?.effect, command && awaitsEffect(command)]).toEqual([undefined, false]);
});

test("a reset without an answer is followed all the same, and one that was refused is not", () => {
  expect(followed("reset", {}, "no-answer", [opened, booted])?.effect?.what).toBe("restart");
  expect(followed("reset", {}, "unreadable", [opened, booted])?.effect?.what).toBe("restart");
  expect(followed("reset", {}, "rejected", [opened, booted])?.effect).toBe(undefined);
});

test.each(["rejected", "unsupported", "offline"] as const)("nothing follows a command that was %s", (result) => {
  const command = followed("trigger", { message: "Heartbeat" }, result, [{ kind: "heartbeat" }]);
  expect([command?.effect, command && awaitsEffect(command)]).toEqual([undefined, false]);
});

test("what was told before a command, by our clock, does not follow it, and a restart may come in its very moment", () => {
  const sent = (name: string): StationEvent => ({ kind: "command-sent", id: "1", name, args: {}, at: start, seq: 1 });
  const after = (name: string, ...bodies: [EventBody, number][]) => {
    const events = bodies.map(([body, ms], n): StationEvent => ({ ...body, at: start + ms, seq: n + 2 }));
    return [sent(name), ...events].reduce(reduce, newStation("CP1", start)).commands[0]?.effect?.what;
  };
  const configuration: EventBody = { kind: "configuration", keys: [], unknown: [] };
  expect([after("read-configuration", [configuration, -1]), after("read-configuration", [configuration, 0])]).toEqual([
    undefined,
    "report",
  ]);
  expect([after("reset", [opened, -1], [booted, 5]), after("reset", [opened, 0], [booted, 5])]).toEqual([
    undefined,
    "restart",
  ]);
});

test("nothing is waited for where the answer is all that is told", () => {
  const command = followed("unlock", { evse: 1, connector: 1 }, "accepted", [status("Available")]);
  expect([command?.effect, command && awaitsEffect(command)]).toEqual([undefined, false]);
});

test("a start that was kept while offline is of nobody's asking", () => {
  expect(followed("start", { evse: 1 }, "accepted", [{ ...started(1), offline: true } as EventBody])?.effect).toBe(
    undefined,
  );
});

test.each([
  { result: "accepted", after: 10 * 60_000, follows: true },
  { result: "accepted", after: 10 * 60_000 + 1, follows: false },
  { result: "scheduled", after: 24 * 3_600_000, follows: true },
] as const)(
  "what comes $after ms after a command that was $result follows it: $follows",
  ({ result, after, follows }) => {
    const events: StationEvent[] = [
      { kind: "command-sent", id: "1", name: "availability", args: { evse: 1, operative: false }, at: start, seq: 1 },
      { kind: "command-done", id: "1", name: "availability", outcome: { result }, at: start, seq: 2 },
      { ...status("Unavailable"), at: start + after, seq: 3 },
    ];
    const state = events.reduce(reduce, newStation("CP1", start));
    expect(state.commands[0]?.effect !== undefined).toBe(follows);
  },
);
