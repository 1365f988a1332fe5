import { expect, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import type { JsonObject } from "../lib/json.ts";
import { findFault } from "./faults.ts";
import { createMachine, type MachineOptions } from "./machine.ts";
import type { Machine, Mail, Request } from "./model.ts";
import { because } from "./v2/payloads.ts";

/** A station that is put together by hand; `did`: what it does at its link, and tells. */
function machineOf(more: Partial<MachineOptions> = {}) {
  const clock = createManualClock(Date.UTC(2026, 5, 1));
  const did: unknown[] = [];
  const state = { ready: true, answer: "result" };
  const mail = {
    get ready() {
      return state.ready;
    },
    tell: ({ payload }: Request) => did.push([payload.connectorId, payload.status]),
    ask({ payload }: Request) {
      did.push([payload.connectorId, payload.status]);
      return Promise.resolve({ type: state.answer, payload: {}, plain: {} });
    },
    queue: () => undefined,
    queued: 0,
  } as unknown as Mail;
  const { machine, operations } = createMachine({
    ...{ identity: "CP1", ocpp: "1.6", connectors: 2, seed: 1, clock, password: undefined, secure: false },
    ...{ clientCertificate: undefined, mail, registration: { status: "Accepted", bootNow: () => undefined } },
    link: {
      open: () => did.push("open"),
      close: (abrupt) => did.push(`close ${abrupt}`),
      redial: () => did.push("redial"),
    },
    powerUp: (reason) => did.push(reason),
    rearmHeartbeat: () => did.push("rearmed"),
    has: () => false,
    onChange: () => did.push("changed"),
    log: (line) => did.push(line),
    ...more,
  });
  const after = async (ms: number) => {
    clock.advance(ms);
    await new Promise((resolve) => setImmediate(resolve));
    return did.splice(0);
  };
  return { machine, operations, did, after, state };
}

const certificate = { certificate: "c", key: "k" };

test.each([
  [{}, 0],
  [{ password: "p" }, 1],
  [{ secure: true }, 0],
  [{ secure: true, password: "p" }, 2],
  [{ secure: true, password: "p", clientCertificate: certificate }, 3],
  [{ secure: true, clientCertificate: certificate }, 3],
  [{ password: "p", clientCertificate: certificate }, 1],
])("the way in that was given by hand, %j, is of security profile %i", (more, profile) => {
  const { machine } = machineOf(more);
  expect([machine.network, machine.operative, machine.powered, machine.outlets.map(({ evse }) => evse)]).toEqual([
    { profile, url: null },
    ...[true, true, [1, 2]],
  ]);
});

test("another password, or another way in, is dialled with half a second later", async () => {
  const { machine, after } = machineOf({ password: "old" });
  machine.changePassword("new");
  expect([machine.password, await after(499), await after(1)]).toEqual(["new", [], ["redial"]]);
  machine.changeNetwork({ profile: 1, url: "ws://x/" }, false);
  expect([machine.network, await after(1000)]).toEqual([{ profile: 1, url: "ws://x/" }, []]);
  machine.changeNetwork({ profile: 2, url: null }, true);
  expect([machine.network.profile, await after(499), await after(1)]).toEqual([2, [], ["redial"]]);
});

test("a status is told once, again where nobody heard it, and not while there is nobody to hear", async () => {
  const { machine, after, state } = machineOf();
  state.ready = false;
  machine.refresh();
  expect(await after(0)).toEqual(["changed"]);
  state.ready = true;
  state.answer = "no-answer";
  machine.refresh();
  expect(await after(0)).toEqual([[0, "Available"], [1, "Available"], [2, "Available"], "changed"]);
  state.answer = "closed";
  machine.refresh();
  expect(await after(0)).toEqual([[1, "Available"], [2, "Available"], "changed"]);
  state.answer = "error";
  machine.refresh();
  expect(await after(0)).toEqual([[1, "Available"], [2, "Available"], "changed"]);
  machine.refresh();
  expect(await after(0)).toEqual(["changed"]);
  machine.operative = false;
  machine.refresh();
  expect(await after(0)).toEqual([[0, "Unavailable"], [1, "Unavailable"], [2, "Unavailable"], "changed"]);
});

test("what changed in the settings is armed anew, for samples and for heartbeats", async () => {
  const { machine, after } = machineOf();
  machine.rearm();
  expect(await after(0)).toEqual(["rearmed"]);
});

test("a restart is away for eight seconds, tells nothing meanwhile, and comes up with its reason", async () => {
  const { machine, operations, after } = machineOf();
  machine.refresh();
  await after(0);
  operations.power.restart("soft-reset");
  operations.power.restart("hard-reset");
  expect([await after(999), machine.powered]).toEqual([[], true]);
  expect([await after(1), machine.powered]).toEqual([["restarts", "close false", "changed"], false]);
  operations.power.restart("soft-reset");
  machine.refresh();
  expect(await after(7999)).toEqual(["changed"]);
  expect(await after(1)).toEqual([
    "RemoteReset",
    "open",
    [0, "Available"],
    [1, "Available"],
    [2, "Available"],
    "changed",
  ]);
  expect(machine.powered).toBe(true);
});

test("a soft restart waits for what is not answered, five seconds at most; a hard one for nothing", async () => {
  for (const [cause, waits] of [
    ["soft-reset", 6000],
    ["hard-reset", 1000],
  ] as const) {
    const { machine, operations, after } = machineOf();
    (machine.mail as { queued: number }).queued = 1;
    operations.power.restart(cause);
    await after(waits - 1);
    expect(machine.powered).toBe(true);
    await after(1);
    expect(machine.powered).toBe(false);
  }
  const { machine, operations, after } = machineOf();
  const mail = machine.mail as { queued: number };
  mail.queued = 1;
  operations.power.restart("soft-reset");
  await after(1000);
  mail.queued = 0;
  await after(499);
  expect(machine.powered).toBe(true);
  await after(1);
  expect(machine.powered).toBe(false);
});

test("a restart that waits until nothing is charged comes a second after the last end, and says that it was waited for", async () => {
  const { machine, operations, after } = machineOf();
  const [first, second] = machine.outlets as [(typeof machine.outlets)[0], (typeof machine.outlets)[0]];
  for (const outlet of [first, second]) operations.charging.start(outlet, { card: { value: "A" } }, "card");
  operations.power.restartWhenIdle();
  await after(60_000);
  operations.charging.end(first, "local");
  await after(60_000);
  first.presented = { card: { value: "B" } };
  operations.charging.end(second, "local");
  await after(999);
  expect([machine.powered, first.presented]).toEqual([true, { card: { value: "B" } }]);
  expect(await after(1)).toEqual(["restarts", "close false", "changed"]);
  expect([machine.powered, first.presented, first.told]).toEqual([false, null, null]);
  expect((await after(8000)).slice(0, 2)).toEqual(["ScheduledReset", "open"]);
  // It is done once.
  expect((await after(60_000)).includes("restarts")).toBe(false);
});

test("who restarts at once has no restart before it that waits, and one that began in the last second ends with it", async () => {
  const { machine, operations, after } = machineOf();
  const [outlet] = machine.outlets as [(typeof machine.outlets)[0]];
  operations.charging.start(outlet, { card: { value: "A" } }, "card");
  operations.power.restartWhenIdle();
  operations.power.restart("hard-reset");
  expect(outlet.transaction).toBeNull();
  operations.charging.start(outlet, { card: { value: "B" } }, "card");
  await after(1000);
  expect([machine.powered, outlet.transaction]).toEqual([false, null]);
  const told = await after(60_000);
  expect(told.filter((one) => one === "RemoteReset" || one === "ScheduledReset" || one === "restarts")).toEqual([
    "RemoteReset",
  ]);
});

test("values that are aligned to the clock come at its quarters, whenever that was set, and no more once it is off", async () => {
  const { machine, did, after } = machineOf();
  const every = (value: string) => {
    machine.speaker.answer("ChangeConfiguration", { key: "ClockAlignedDataInterval", value });
    machine.rearm();
    did.length = 0;
  };
  await after(100_000);
  every("900");
  const values = [
    [1, undefined],
    [2, undefined],
  ];
  expect([await after(799_999), await after(1), await after(899_999), await after(1)]).toEqual([
    [],
    values,
    [],
    values,
  ]);
  every("0");
  expect(await after(3_600_000)).toEqual([]);
});

test.each(["1.6", "2.0.1", "2.1"] as const)(
  "of the messages of a transaction in %s samples alone may be lost",
  (ocpp) => {
    const { machine, operations } = machineOf({ ocpp });
    const queued: [string, boolean][] = [];
    machine.mail.queue = ({ action, sample = false }) => queued.push([action, sample]);
    const [outlet] = machine.outlets as [(typeof machine.outlets)[0]];
    operations.charging.start(outlet, { card: { value: "A" } }, "card");
    operations.charging.sample(outlet, "Sample.Periodic");
    operations.charging.sample(outlet, "Sample.Clock");
    operations.charging.end(outlet, "local");
    const [start, sample, stop] =
      ocpp === "1.6"
        ? ["StartTransaction", "MeterValues", "StopTransaction"]
        : Array.from({ length: 3 }, () => "TransactionEvent");
    expect(queued).toEqual([
      [start, false],
      [sample, true],
      [sample, true],
      [stop, false],
    ]);
  },
);

test.each(["2.0.1", "2.1"] as const)(
  "in %s a reset on idle comes at once where nothing is charged, and one message that waits is told",
  (ocpp) => {
    const { machine } = machineOf({ ocpp });
    expect(replyOf(machine, "Reset", { type: "OnIdle" })).toEqual({ status: "Accepted" });
    const waiting = (queued: number) => {
      (machine.mail as { queued: number }).queued = queued;
      return replyOf(machine, "GetTransactionStatus", {});
    };
    expect([waiting(0), waiting(1)]).toEqual([{ messagesInQueue: false }, { messagesInQueue: true }]);
  },
);

test("why something was refused is told in the length that a schema has for it", () => {
  expect(because("a".repeat(20), "b".repeat(512))).toEqual({
    statusInfo: { reasonCode: "a".repeat(20), additionalInfo: "b".repeat(512) },
  });
  expect(because("a".repeat(21), "b".repeat(513))).toEqual(because("a".repeat(20), "b".repeat(512)));
  expect(because("a")).toEqual({ statusInfo: { reasonCode: "a" } });
});

/** What a station replies to a request of the central system's. */
function replyOf(machine: Machine, action: string, request: object): unknown {
  const answer = machine.speaker.answer(action, request as JsonObject);
  return answer && "reply" in answer ? answer.reply : answer;
}

test("the least and the most that a key of 1.6 takes, and what is beyond", () => {
  const { machine } = machineOf();
  const change = (key: string, value: number) =>
    (replyOf(machine, "ChangeConfiguration", { key, value: String(value) }) as { status: string }).status;
  const bounds = [
    ...(["ClockAlignedDataInterval", "HeartbeatInterval", "MeterValueSampleInterval"] as const).map((key) => [
      key,
      0,
      86_400,
    ]),
    ...[
      ["ConnectionTimeOut", 1, 3600],
      ["WebSocketPingInterval", 0, 3600],
    ],
    ...[
      ["TransactionMessageAttempts", 1, 100],
      ["TransactionMessageRetryInterval", 1, 3600],
    ],
    ["PlugsideMaxCurrent", 6, 32],
  ] as [string, number, number][];
  const told = bounds.map(([key, least, most]) => [
    key,
    ...[least - 1, least, most, most + 1].map((value) => change(key, value)),
  ]);
  expect(told).toEqual(
    bounds.map(([key]) => {
      const taken = key === "PlugsideMaxCurrent" ? "RebootRequired" : "Accepted";
      return [key, "Rejected", taken, taken, "Rejected"];
    }),
  );
});

test("the least and the most that a variable of 2.x takes, and what is beyond", () => {
  const { machine } = machineOf({ ocpp: "2.0.1" });
  const set = (component: string, name: string, value: number, instance?: string) => {
    const one = { component: { name: component }, variable: { name, ...(instance && { instance }) } };
    const reply = replyOf(machine, "SetVariables", { setVariableData: [{ ...one, attributeValue: String(value) }] });
    return (reply as { setVariableResult: { attributeStatus: string }[] }).setVariableResult[0]?.attributeStatus;
  };
  const bounds: [component: string, name: string, least: number, most: number, instance?: string][] = [
    ["OCPPCommCtrlr", "HeartbeatInterval", 1, 86_400],
    ["OCPPCommCtrlr", "WebSocketPingInterval", 0, 3600],
    ["OCPPCommCtrlr", "MessageAttempts", 1, 100, "TransactionEvent"],
    ["OCPPCommCtrlr", "MessageAttemptInterval", 1, 3600, "TransactionEvent"],
    ["TxCtrlr", "EVConnectionTimeOut", 1, 3600],
    ["SampledDataCtrlr", "TxUpdatedInterval", 0, 86_400],
    ["AlignedDataCtrlr", "Interval", 0, 86_400],
    ["ChargingStation", "MaxCurrent", 6, 32],
  ];
  for (const [component, name, least, most, instance] of bounds) {
    const taken = name === "MaxCurrent" ? "RebootRequired" : "Accepted";
    expect([name, ...[least - 1, least, most, most + 1].map((value) => set(component, name, value, instance))]).toEqual(
      [...[name, "Rejected", taken, taken, "Rejected"]],
    );
  }
});

test("a password of 2.x has sixteen characters at least and sixty-four at most", () => {
  const { machine } = machineOf({ ocpp: "2.0.1" });
  const set = (attributeValue: string) => {
    const place = { component: { name: "SecurityCtrlr" }, variable: { name: "BasicAuthPassword" } };
    const reply = replyOf(machine, "SetVariables", { setVariableData: [{ ...place, attributeValue }] });
    return (reply as { setVariableResult: { attributeStatus: string }[] }).setVariableResult[0]?.attributeStatus;
  };
  expect([15, 16, 64, 65].map((length) => set("p".repeat(length)))).toEqual([
    ...["Rejected", "Accepted", "Accepted", "Rejected"],
  ]);
});

test("a fault of one outlet is the station's problem, its own and its connector's, and there is no connector but the first", () => {
  const { machine } = machineOf({ ocpp: "2.0.1" });
  const places = [
    { name: "ChargingStation" },
    ...[1, 2].flatMap((id) => [
      { name: "EVSE", evse: { id } },
      { name: "connector", evse: { id, connectorId: 1 } },
    ]),
    { name: "Connector", evse: { id: 1, connectorId: 2 } },
    { name: "Connector", evse: { id: 1 } },
  ];
  const problems = () => {
    const getVariableData = places.map((component) => ({ component, variable: { name: "Problem" } }));
    const { getVariableResult } = replyOf(machine, "GetVariables", { getVariableData }) as {
      getVariableResult: { attributeStatus: string; attributeValue?: string }[];
    };
    return getVariableResult.map(({ attributeStatus, attributeValue }) => attributeValue ?? attributeStatus);
  };
  const none = ["UnknownComponent", "UnknownComponent"];
  expect(problems()).toEqual(["false", "false", "false", "false", "false", ...none]);
  const [, second] = machine.outlets;
  if (second) second.fault = findFault("OtherError");
  expect(problems()).toEqual(["true", "false", "false", "true", "true", ...none]);
});

test("where no use is named all certificates are told, and else those of the uses that are", () => {
  const { machine } = machineOf({ ocpp: "2.1" });
  const uses: unknown[] = [];
  machine.certificates.list = (wanted) => {
    uses.push(wanted);
    return [];
  };
  for (const request of [{}, { certificateType: ["V2GRootCertificate"] }])
    expect(replyOf(machine, "GetInstalledCertificateIds", request)).toEqual({ status: "NotFound" });
  expect(uses).toEqual([undefined, ["V2GRootCertificate"]]);
});
