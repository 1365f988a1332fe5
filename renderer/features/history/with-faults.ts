import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import type { DeviceEvent, StationEvent, StatusReported } from "../../../src/station/events.ts";
import { problemOf } from "../../../src/station/fold/problems.ts";
import { problemError } from "../../../src/station/views.ts";

/** A status and the event that names its error come within this time of each other, ms. */
const togetherMs = 5000;

type Faulted = Extract<StationEvent, { kind: "status" }>;
type Device = Extract<StationEvent, { kind: "device-event" }>;

/** `lastedMs`: how long the problem lasted whose end the event tells. */
export type FaultEntry = HistoryEntry & { lastedMs?: number };

/** The entries with one for a fault of 2.x, where a station says Faulted and names the error in an event of its own (N07): the status
 * with that error stands at the place of the first of the two, and reads as a fault of 1.6. */
export function withFaults(entries: readonly HistoryEntry[]): readonly FaultEntry[] {
  if (!entries.some(({ event }) => event.kind === "device-event")) return entries;
  const joined = new Map<HistoryEntry, FaultEntry>();
  const gone = new Set<HistoryEntry>();
  const begun = new Map<string, number>();
  for (const problem of entries) {
    const { event, station } = problem;
    const what = event.kind === "device-event" ? problemOf(event) : undefined;
    if (event.kind !== "device-event" || !what) continue;
    const { component, variable, evse, connector } = event;
    const which = JSON.stringify([station, component, variable, evse, connector]);
    const since = begun.get(which);
    if (what === "over") {
      begun.delete(which);
      if (since !== undefined) joined.set(problem, { ...problem, lastedMs: event.at - since });
      continue;
    }
    if (since === undefined) begun.set(which, event.at);
    const status = entries.find(
      (entry) => !joined.has(entry) && !gone.has(entry) && entry.station === station && isSameFault(entry.event, event),
    );
    if (!status) continue;
    const [first, second] = status.event.seq < event.seq ? [status, problem] : [problem, status];
    joined.set(first, { station, event: named(status.event as Faulted, event) });
    gone.add(second);
  }
  return entries.filter((entry) => !gone.has(entry)).map((entry) => joined.get(entry) ?? entry);
}

function isSameFault(event: StationEvent, problem: Device): boolean {
  return (
    event.kind === "status" &&
    event.status === "Faulted" &&
    event.errorCode === undefined &&
    isSamePlace(event, problem) &&
    Math.abs(event.at - problem.at) <= togetherMs
  );
}

function isSamePlace(status: StatusReported, { evse, connector }: DeviceEvent): boolean {
  return status.evse === (evse ?? 0) && (connector === undefined || connector === status.connector);
}

/** The status with the error that the event names; it leads to the frame that names it. */
function named(status: Faulted, problem: Device): Faulted {
  const { component, variable, techCode, techInfo, seq } = problem;
  const error = problemError({ component, variable, code: techCode, info: techInfo });
  const { code, vendorErrorCode, info } = error;
  return { ...status, seq, errorCode: code, vendorErrorCode, info };
}
