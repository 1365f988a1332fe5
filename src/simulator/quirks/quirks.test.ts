import { expect, it } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import type { JsonObject } from "../../lib/json.ts";
import type { QuirkName } from "../../services/simulator/contract.ts";
import type { Request } from "../model.ts";
import { createMisbehaviour } from "./misbehaviour.ts";

function misbehaving(...names: QuirkName[]) {
  const clock = createManualClock();
  const late: Request[] = [];
  let restarts = 0;
  const misbehaviour = createMisbehaviour({
    clock,
    sendLate: (request) => late.push(request),
    restart: () => {
      restarts += 1;
    },
  });
  misbehaviour.set(names);
  return { clock, late, misbehaviour, restarts: () => restarts };
}

const timestamp = "2026-06-01T08:00:00.000Z";
const register = "Energy.Active.Import.Register";

function values16(value: string): Request {
  const sampledValue = [{ value, measurand: register, unit: "Wh" }];
  return {
    action: "MeterValues",
    payload: { connectorId: 1, transactionId: 7, meterValue: [{ timestamp, sampledValue }] },
  };
}

function event2(eventType: string, value: number, seqNo: number): Request {
  const meterValue = [{ timestamp, sampledValue: [{ value, measurand: register }] }];
  return { action: "TransactionEvent", payload: { eventType, timestamp, seqNo, evse: { id: 1 }, meterValue } };
}

function valueIn(request: Request | null): unknown {
  return JSON.parse(JSON.stringify(request)).payload.meterValue[0].sampledValue[0].value;
}

it("changes nothing while it has no quirk", () => {
  const { misbehaviour } = misbehaving();
  const request = values16("1000");
  expect(misbehaviour.request(request)).toBe(request);
  expect(misbehaviour.texts('[3,"1",{}]')).toEqual(['[3,"1",{}]']);
  expect(misbehaviour.answer("Reset", { error: "NotSupported", description: "" })).toEqual({
    error: "NotSupported",
    description: "",
  });
});

it("tells every third value a minute late, as it was then", () => {
  const { clock, late, misbehaviour } = misbehaving("late-values");
  const requests = ["1000", "1100", "1200"].map(values16);
  expect(requests.map((request) => misbehaviour.request(request))).toEqual([requests[0], requests[1], null]);
  clock.advance(60_000);
  expect(late).toEqual([requests[2]]);
});

it("loses every fourth value, and no start", () => {
  const { misbehaviour } = misbehaving("lost-values");
  const sent = [1, 2, 3, 4].map((value) => misbehaviour.request(values16(String(value))) !== null);
  expect([...sent, misbehaviour.request(event2("Started", 5, 0)) !== null]).toEqual([true, true, true, false, true]);
});

it("counts the session in the register of values, from where the transaction began", () => {
  const { misbehaviour } = misbehaving("session-register");
  const start = { action: "StartTransaction", payload: { connectorId: 1, idTag: "A", meterStart: 1000, timestamp } };
  expect(misbehaviour.request(start)).toEqual(start);
  expect(valueIn(misbehaviour.request(values16("1400")))).toBe("400");
  misbehaviour.request(event2("Started", 5000, 0));
  expect(valueIn(misbehaviour.request(event2("Updated", 5600, 1)))).toBe(600);
  // That of the end is of the meter's life, as that of the start.
  expect(valueIn(misbehaviour.request(event2("Ended", 6000, 2)))).toBe(6000);
});

it("says kWh where Wh is meant, in start, values and stop", () => {
  const { misbehaviour } = misbehaving("kwh-as-wh");
  const stop = { action: "StopTransaction", payload: { transactionId: 7, meterStop: 12_400, timestamp } };
  expect(misbehaviour.request(stop)?.payload.meterStop).toBe(12);
  expect(valueIn(misbehaviour.request(values16("12345")))).toBe("12.345");
});

it("never tells an end, in either version's words", () => {
  const { misbehaviour } = misbehaving("no-stop");
  expect(misbehaviour.request({ action: "StopTransaction", payload: {} })).toBeNull();
  expect(misbehaviour.request(event2("Ended", 1, 9))).toBeNull();
  expect(misbehaviour.request(event2("Updated", 1, 8))).not.toBeNull();
});

it("spoils the text on the wire", () => {
  const texts = (name: QuirkName, text: string) => misbehaving(name).misbehaviour.texts(text);
  expect(texts("trailing-comma", '[2,"1","Heartbeat",{}]')).toEqual(['[2,"1","Heartbeat",{},]']);
  expect(texts("trailing-comma", '[2,"1","X",{"a":[{}]}]')).toEqual(['[2,"1","X",{"a":[{}]},]']);
  expect(texts("sent-twice", '[2,"1","Heartbeat",{}]')).toHaveLength(2);
  expect(texts("sent-twice", '[3,"1",{}]')).toHaveLength(1);
  expect(texts("wrong-answer-id", '[3,"1",{}]')).toEqual(['[3,"0",{}]']);
  expect(texts("null-error", '[4,"1","NotSupported","",{}]')).toEqual(['[4,"1",null,"",{}]']);
});

it("answers as it should, and does nothing", () => {
  const { misbehaviour } = misbehaving("accepts-only");
  let done = false;
  const answer = misbehaviour.answer("Reset", {
    reply: { status: "Accepted" },
    after: () => {
      done = true;
    },
  });
  if ("reply" in answer) answer.after?.();
  expect([answer, done]).toEqual([{ reply: { status: "Accepted" } }, false]);
});

it("restarts every minute, until it no longer shall", () => {
  const { clock, misbehaviour, restarts } = misbehaving("boot-loop");
  clock.advance(120_000);
  misbehaviour.set([]);
  clock.advance(120_000);
  expect(restarts()).toBe(2);
});

it("tells times of 1970, of no zone, and numbers as texts", () => {
  const status = { action: "StatusNotification", payload: { connectorId: 1, timestamp } };
  const told = (name: QuirkName) => misbehaving(name).misbehaviour.request(status)?.payload;
  expect(told("clock-1970")).toMatchObject({ timestamp: "1970-01-01T00:00:00.000Z" });
  expect(told("local-time")).toMatchObject({ timestamp: "2026-06-01T10:00:00" });
  expect(told("text-numbers")).toEqual({ connectorId: "1", timestamp });
});

it("tells the end of a session a day before it was, and nothing else of it", () => {
  const told = (action: string, payload: JsonObject) =>
    misbehaving("clock-back").misbehaviour.request({ action, payload: { ...payload, timestamp } })?.payload.timestamp;
  expect(told("StopTransaction", {})).toBe("2026-05-31T08:00:00.000Z");
  expect(told("TransactionEvent", { eventType: "Ended" })).toBe("2026-05-31T08:00:00.000Z");
  expect([told("StartTransaction", {}), told("TransactionEvent", { eventType: "Updated" })]).toEqual([
    timestamp,
    timestamp,
  ]);
});

it("says an overflown register at the start, and number 0 in every message", () => {
  const start = { action: "StartTransaction", payload: { meterStart: 5 } };
  expect(misbehaving("start-overflow").misbehaviour.request(start)?.payload).toEqual({ meterStart: 2_147_483_647 });
  expect(misbehaving("sequence-zero").misbehaviour.request(event2("Updated", 1, 4))?.payload.seqNo).toBe(0);
});

const group = (...sampledValue: object[]) => ({ timestamp, sampledValue });
const reading = (value: string | number, measurand?: string) => ({ value, ...(measurand ? { measurand } : {}) });
const values = (action: string, payload: object): Request => ({ action, payload: payload as Request["payload"] });

it.each<[QuirkName, string, Request, object | null]>([
  ["late-values", "no value", values("Heartbeat", {}), {}],
  ["sequence-zero", "a message without a number", values("Heartbeat", {}), {}],
  ["sequence-zero", "a number of 0", event2("Ended", 1, 0), event2("Ended", 1, 0).payload],
  [
    "session-register",
    "values before any start",
    values("MeterValues", { connectorId: 1, meterValue: [group(reading("5"))] }),
    { connectorId: 1, meterValue: [group(reading("5"))] },
  ],
  [
    "kwh-as-wh",
    "every register, also where its name is left out, and nothing else",
    values("StopTransaction", {
      meterStart: 1499,
      meterStop: 2500,
      transactionData: [
        group(reading("1234", register), reading(999), reading("230", "Voltage"), { measurand: register }),
      ],
    }),
    {
      meterStart: 1,
      meterStop: 3,
      transactionData: [
        group(reading("1.234", register), reading(0.999), reading("230", "Voltage"), { measurand: register }),
      ],
    },
  ],
  ["start-overflow", "a start of 2.x", event2("Started", 5, 0), event2("Started", 2_147_483_647, 0).payload],
  ["start-overflow", "a later event", event2("Updated", 5, 1), event2("Updated", 5, 1).payload],
  ["start-overflow", "an end of 1.6", values("StopTransaction", { meterStop: 5 }), { meterStop: 5 }],
  [
    "empty-values",
    "voltages alone",
    values("MeterValues", { meterValue: [group(reading("230", "Voltage"), reading("1", register), reading("5"))] }),
    { meterValue: [group(reading("", "Voltage"), reading("1", register), reading("5"))] },
  ],
  [
    "text-numbers",
    "one level deep",
    values("TransactionEvent", { seqNo: 1, evse: { id: 1 }, offline: true }),
    { seqNo: "1", evse: { id: 1 }, offline: true },
  ],
  [
    "local-time",
    "every time, however deep, and no other text",
    values("NotifyEvent", { generatedAt: timestamp, text: timestamp, eventData: [{ timestamp, list: [1, "x"] }] }),
    {
      generatedAt: "2026-06-01T10:00:00",
      text: timestamp,
      eventData: [{ timestamp: "2026-06-01T10:00:00", list: [1, "x"] }],
    },
  ],
  ["no-stop", "an end", values("StopTransaction", {}), null],
])("%s: %s", (name, _, request, payload) => {
  const { action } = request;
  expect(misbehaving(name).misbehaviour.request(request)).toEqual(payload && { action, payload });
});

it("counts a session by its outlet, whatever the version calls it, and never below nothing", () => {
  const { misbehaviour } = misbehaving("session-register");
  const begins = (connectorId: number, meterStart: number) =>
    misbehaviour.request(values("StartTransaction", { connectorId, meterStart }));
  begins(1, 1000);
  begins(2, 500);
  misbehaviour.request(
    values("TransactionEvent", {
      eventType: "Started",
      evse: { id: 3 },
      meterValue: [group(reading(20, "Voltage"), reading(70))],
    }),
  );
  const told = (place: object) =>
    valueIn(misbehaviour.request(values("MeterValues", { ...place, meterValue: [group(reading(1100))] })));
  expect([
    told({ connectorId: 1 }),
    told({ connectorId: 2 }),
    told({ evseId: 3 }),
    told({ evse: { id: 2 } }),
    told({}),
  ]).toEqual([100, 600, 1030, 600, 100]);
  expect(valueIn(misbehaviour.request(values16("999")))).toBe("0");
});

it("remembers nothing of one station at another, and lists what it has in the order that it works", () => {
  const { misbehaviour } = misbehaving("lost-values");
  for (let count = 0; count < 3; count++) misbehaviour.request(values16("1"));
  expect(misbehaving("lost-values").misbehaviour.request(values16("1"))).not.toBeNull();
  misbehaviour.set(["sent-twice", "no-stop", "late-values"]);
  expect(misbehaviour.names).toEqual(["late-values", "no-stop", "sent-twice"]);
});

it("has several quirks at once: the one spoils what the other left", () => {
  const { misbehaviour } = misbehaving("kwh-as-wh", "text-numbers", "trailing-comma", "sent-twice", "accepts-only");
  expect(misbehaviour.request(values("StartTransaction", { meterStart: 12_000 }))?.payload).toEqual({
    meterStart: "12",
  });
  expect(misbehaviour.texts('[2,"1","Heartbeat",{}]')).toEqual(Array(2).fill('[2,"1","Heartbeat",{},]'));
  const refusal = { error: "NotSupported", description: "" };
  expect(misbehaviour.answer("Reset", refusal)).toBe(refusal);
});

it("tells a time since it was switched on where its clock never was set", () => {
  const { clock, misbehaviour } = misbehaving("clock-1970");
  clock.advance(61_500);
  expect(misbehaviour.request(values("Heartbeat", { timestamp }))?.payload).toEqual({
    timestamp: "1970-01-01T00:01:01.500Z",
  });
});

it("stops what it does by itself with the station", () => {
  const { clock, misbehaviour, restarts } = misbehaving("boot-loop");
  clock.advance(59_999);
  expect(restarts()).toBe(0);
  clock.advance(1);
  misbehaviour.stop();
  clock.advance(600_000);
  expect(restarts()).toBe(1);
});
