import { expect, it } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
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

it("says an overflown register at the start, and number 0 in every message", () => {
  const start = { action: "StartTransaction", payload: { meterStart: 5 } };
  expect(misbehaving("start-overflow").misbehaviour.request(start)?.payload).toEqual({ meterStart: 2_147_483_647 });
  expect(misbehaving("sequence-zero").misbehaviour.request(event2("Updated", 1, 4))?.payload.seqNo).toBe(0);
});
