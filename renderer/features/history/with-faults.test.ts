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
    expect(seen(entry(1, 0, faulted), entry(2, 6000, problem))).toHaveLength(2);
    expect(seen(entry(1, 0, named), entry(2, 40, problem))).toHaveLength(2);
  });

  it("leaves everything else as it is", () => {
    const entries = [entry(1, 0, faulted), entry(2, 1, { kind: "heartbeat" })];
    expect(withFaults(entries)).toBe(entries);
  });
});
