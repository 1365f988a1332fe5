import type { StationSummary } from "../../../src/services/stations/contract.ts";
import type { Attempt } from "../../../src/station/attempts.ts";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";

/** The moment of these tests. */
export const now = Date.now();
/** Stations around the screens of a test: one online, one that is away, one with a fault. */
export const online: StationSummary = {
  ...summaryOf(onlineStation()),
  ...{ lastSeenAt: now - 61_000, ocpp: "1.6", findings: 3, onPurpose: ["faults"] },
};
export const away: StationSummary = {
  ...online,
  identity: "CP2",
  link: { state: "offline", since: 1000 },
  onPurpose: ["forward"],
};
export const faulted: StationSummary = {
  ...online,
  identity: "CP3",
  status: "Faulted",
  errorCode: "GroundFailure",
  onPurpose: [],
};
/** One that was turned away. */
export const refusedOne = {
  ...{
    id: 1,
    at: now - 5000,
    lastAt: now - 5000,
    remoteAddress: "10.0.0.9",
    identity: "CP9",
    state: "stopped",
    passed: "tcp",
  },
  ...{ causes: [{ code: "url-in-path" }], times: {}, repeats: 1, bytes: 0 },
} as unknown as Attempt;

/** Times of day are the machine's, and lengths of time grow. */
export const steady = (text: string) =>
  text
    .replace(/\d\d:\d\d:\d\d/g, "TIME")
    .replace(/heard .+? ago/g, "heard AGE ago")
    .replace(/\d+:\d\d(?=\W)/g, "AGO");
