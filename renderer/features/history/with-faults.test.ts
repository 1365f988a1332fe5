import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import type { EventBody } from "../../../src/station/events.ts";
import { tell } from "../../../src/station/telling/sentences.ts";
import { withFaults } from "./with-faults.ts";

function entry(seq: number, ms: number, body: EventBody): HistoryEntry {
  return { station: "CP1", event: { ...body, seq, at: ms } };
}
const faulted: EventBody = { kind: "status", evse: 1, connector: 1, status: "Faulted" };
const problem: EventBody = {
  kind: "device-event",
  component: "Connector",
  variable: "Problem",
  value: "true",
  trigger: "Delta",
  evse: 1,
  connector: 1,
  techCode: "E101",
  techInfo: "ConnectorLockFailure: did not move",
};
const cleared: EventBody = { ...problem, cleared: true, value: "false" };
const seen = (...entries: HistoryEntry[]) => withFaults(entries).map(({ event, lastedMs }) => tell(event, lastedMs));
const place = { key: "placeEvse", values: { evse: 1 } };
const fault = {
  main: { key: "statusFaulted", values: { place, status: { state: "Faulted" }, code: "ConnectorLockFailure" } },
  more: [
    { key: "vendorError", values: { value: "E101" } },
    { key: "quoted", values: { text: "did not move" } },
  ],
};

describe("a fault of 2.x", () => {
  it("is one entry, whichever of status and event came first, and leads to the frame that names it", () => {
    expect(seen(entry(1, 0, faulted), entry(2, 40, problem))).toEqual([fault]);
    expect(seen(entry(1, 0, problem), entry(2, 40, faulted))).toEqual([fault]);
    expect(withFaults([entry(1, 0, faulted), entry(2, 40, problem)])[0]?.event.seq).toBe(2);
  });

  it("says when it is cleared how long it lasted", () => {
    expect(seen(entry(1, 0, faulted), entry(2, 40, problem), entry(9, 21_040, cleared))[1]).toEqual({
      main: { key: "faultCleared", values: { place, code: "ConnectorLockFailure", time: { milliseconds: 21_000 } } },
      more: [],
    });
    expect(seen(entry(9, 21_040, cleared))[0]?.main.key).toBe("deviceEventCleared");
  });

  it("is two where the place is another, the time is not the same, or the status names an error itself", () => {
    const other = { ...problem, connector: 2 };
    const named = { ...faulted, errorCode: "GroundFailure" };
    expect(seen(entry(1, 0, faulted), entry(2, 40, other))).toHaveLength(2);
    for (const [first, second] of [
      [faulted, problem],
      [problem, faulted],
    ] as const) {
      expect(seen(entry(1, 0, first), entry(2, 5000, second))).toHaveLength(1);
      expect(seen(entry(1, 0, first), entry(2, 5001, second))).toHaveLength(2);
    }
    expect(seen(entry(1, 0, { ...faulted, status: "Unavailable" }), entry(2, 40, problem))).toHaveLength(2);
    expect(seen(entry(1, 0, { ...faulted, evse: 2 }), entry(2, 40, problem))).toHaveLength(2);
    expect(seen(entry(1, 0, faulted), { ...entry(2, 40, problem), station: "CP2" })).toHaveLength(2);
    expect(seen(entry(1, 0, named), entry(2, 40, problem))).toHaveLength(2);
  });

  it("is of the whole station where the event names no place, and of any connector where it names none", () => {
    const whole = { ...faulted, evse: 0, connector: 0 };
    const {
      evse: _evse,
      connector: _connector,
      ...placeless
    } = problem as Extract<EventBody, { kind: "device-event" }>;
    expect(seen(entry(1, 0, whole), entry(2, 40, placeless))).toHaveLength(1);
    expect(seen(entry(1, 0, faulted), entry(2, 40, placeless))).toHaveLength(2);
    expect(seen(entry(1, 0, { ...faulted, connector: 3 }), entry(2, 40, { ...placeless, evse: 1 }))).toHaveLength(1);
  });

  it("takes each status once, and counts what lasts from when it was first told", () => {
    const second = { ...problem, techCode: "E102" };
    const entries = [entry(1, 0, faulted), entry(2, 40, problem), entry(3, 50, second), entry(4, 60, faulted)];
    expect(withFaults(entries).map(({ event }) => [event.kind, event.seq])).toEqual([
      ["status", 2],
      ["status", 3],
    ]);
    const again = [
      entry(1, 1000, problem),
      entry(2, 9000, problem),
      entry(3, 21_000, cleared),
      entry(4, 30_000, cleared),
    ];
    expect(withFaults(again).map(({ lastedMs }) => lastedMs)).toEqual([undefined, undefined, 20_000, undefined]);
    const elsewhere = [entry(1, 1000, problem), { ...entry(2, 3000, cleared), station: "CP2" }];
    expect(withFaults(elsewhere)[1]?.lastedMs).toBeUndefined();
  });

  it("leaves everything else as it is", () => {
    const entries = [entry(1, 0, faulted), entry(2, 1, { kind: "heartbeat" })];
    expect(withFaults(entries)).toBe(entries);
  });
});
