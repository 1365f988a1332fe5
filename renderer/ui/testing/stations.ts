import type { StationSummary } from "../../../src/services/stations/contract.ts";
import type { EventBody } from "../../../src/station/events.ts";
import { reduce } from "../../../src/station/fold/reduce.ts";
import { newStation, type StationState } from "../../../src/station/model.ts";

/** A station of a test that is online. */
export function onlineStation(identity = "CP1"): StationState {
  return { ...newStation(identity, 0), link: { state: "online", since: 0, connection: 1, remoteAddress: "10.0.0.7" } };
}

/** The row of a station in the list of all. */
export function summaryOf({ identity, link, lastSeenAt, transactions }: StationState): StationSummary {
  const running = transactions.filter(({ state }) => state === "running").length;
  return { identity, link, lastSeenAt, status: "Available", findings: 0, running, powerW: null, onPurpose: [] };
}

/** A station as it is once it has said all this, a second and a number of the record after the other, from the first second on. */
export function stationAfter(events: readonly EventBody[], begin: StationState = newStation("CP1", 0)): StationState {
  return events.reduce(
    (state, event, at) => reduce(state, { ...event, at: (at + 1) * 1000, seq: state.seq + 1 }),
    begin,
  );
}

/** The link of a station of a test, opened. */
export const linkOpened: EventBody = {
  ...{ kind: "link-opened", connection: 1, ocpp: "1.6" },
  via: {
    ...{ kind: "websocket", remoteAddress: "10.0.0.7", path: "/CP1" },
    ...{ secure: true, securityProfile: 2, offered: ["ocpp1.6"], subprotocol: "ocpp1.6", compressed: true },
  },
};
