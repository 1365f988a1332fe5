import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StationState } from "../station/model.ts";
import { openBench } from "./testing/bench.ts";

/** What a station says, in the order it says it, over ten minutes that lie before the first of it comes: a queue that is worked off. The
 * times are those of the bench's clock. */
const begun = Date.UTC(2026, 0, 1) - 600_000;
const at = (second: number) => new Date(begun + second * 1000).toISOString();

const boot201 = { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } };
const status201 = (second: number, connectorStatus: string) => ({
  timestamp: at(second),
  connectorStatus,
  evseId: 1,
  connectorId: 1,
});

function values(second: number, register: number, watts: number): object[] {
  const sampledValue = [{ value: register }, { value: watts, measurand: "Power.Active.Import" }];
  return [{ timestamp: at(second), sampledValue }];
}

function event(id: string, seqNo: number, second: number, state: string, register: number): [string, object] {
  const eventType = seqNo === 0 ? "Started" : state === "" ? "Ended" : "Updated";
  const transactionInfo = state === "" ? { transactionId: id } : { transactionId: id, chargingState: state };
  return [
    "TransactionEvent",
    {
      eventType,
      timestamp: at(second),
      triggerReason: "MeterValuePeriodic",
      seqNo,
      transactionInfo,
      evse: { id: 1, connectorId: 1 },
      meterValue: values(second, register, state === "Charging" ? 7000 : 0),
    },
  ];
}

const said201: [string, object][] = [
  ["StatusNotification", status201(0, "Occupied")],
  event("A", 0, 1, "EVConnected", 1000),
  event("A", 1, 60, "Charging", 1100),
  event("A", 2, 120, "SuspendedEV", 1200),
  event("A", 3, 180, "", 1200),
  ["StatusNotification", status201(181, "Available")],
  ["StatusNotification", status201(240, "Occupied")],
  event("B", 0, 241, "EVConnected", 1200),
  event("B", 1, 300, "Charging", 1300),
  event("B", 2, 590, "Charging", 1900),
  event("B", 3, 598, "SuspendedEVSE", 1910),
];

/** By what was said, and not by when it came or on which frame's word. */
function seen(state: StationState): unknown {
  return {
    transactions: state.transactions
      .map(({ id, state: word, chargingState, meterStart, meterNow, energyWh, energyFrom, powerW, missing }) => ({
        id,
        word,
        chargingState,
        meterStart,
        meterNow,
        energyWh,
        energyFrom,
        powerW,
        missing,
      }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    standing: state.evses.map(({ transaction }) => transaction?.id),
    connectors: state.evses.map(({ connectors }) => connectors.map(({ connector, status }) => [connector, status])),
    live: state.evses.map(({ live }) => live.map(({ measurand, value }) => [measurand, value])),
  };
}

async function told(version: "1.6" | "2.0.1", boot: object, messages: readonly [string, object][]): Promise<unknown> {
  const bench = await openBench(version);
  for (const [n, [action, payload]] of [["BootNotification", boot] as const, ...messages].entries()) {
    bench.say(JSON.stringify([2, `m${n}`, action, payload]));
  }
  return seen(bench.state());
}

function shuffled<T>(messages: readonly T[]): fc.Arbitrary<T[]> {
  return fc.shuffledSubarray([...messages], { minLength: messages.length });
}

/** Sixty records each: on a busy machine that takes longer than a test has. */
const timeout = 90_000;

describe("the state is the same in whatever order a record comes", { timeout }, () => {
  test("2.0.1: two sessions, all of whose messages may come in any order", async () => {
    const expected = await told("2.0.1", boot201, said201);
    expect(expected).toMatchObject({
      transactions: [
        { id: "A", word: "ended", energyWh: 200 },
        { id: "B", word: "running", energyWh: 710, powerW: 0, chargingState: "SuspendedEVSE" },
      ],
      standing: ["B"],
      connectors: [[[1, "Occupied"]]],
    });
    await fc.assert(
      fc.asyncProperty(shuffled(said201), async (messages) => {
        expect(await told("2.0.1", boot201, messages)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  test("1.6: a session's values and statuses, once its start was answered", async () => {
    const boot = { chargePointVendor: "V", chargePointModel: "M" };
    const value = (second: number, register: string, watts: string): [string, object] => {
      const sampledValue = [{ value: register }, { value: watts, measurand: "Power.Active.Import", unit: "W" }];
      return [
        "MeterValues",
        { connectorId: 1, transactionId: 5, meterValue: [{ timestamp: at(second), sampledValue }] },
      ];
    };
    const status = (second: number, word: string): [string, object] => [
      "StatusNotification",
      { connectorId: 1, errorCode: "NoError", status: word, timestamp: at(second) },
    ];
    const start: [string, object] = [
      "StartTransaction",
      { connectorId: 1, idTag: "A", meterStart: 1000, timestamp: at(1) },
    ];
    const rest = [
      status(2, "Charging"),
      value(60, "400", "7000"),
      value(120, "900", "7000"),
      value(180, "1200", "7000"),
      status(590, "SuspendedEV"),
      value(595, "1300", "0"),
    ];
    const expected = await told("1.6", boot, [start, ...rest]);
    expect(expected).toMatchObject({
      transactions: [
        { id: "5", word: "running", energyWh: 1300, energyFrom: "session-counter", chargingState: "SuspendedEV" },
      ],
      connectors: [[[1, "SuspendedEV"]]],
    });
    await fc.assert(
      fc.asyncProperty(shuffled(rest), async (messages) => {
        expect(await told("1.6", boot, [start, ...messages])).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});
