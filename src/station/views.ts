import { mask } from "../lib/shown-text.ts";
import { isBeforeBoot } from "./age.ts";
import type {
  ConnectorState,
  ConnectorStatus,
  EvseState,
  LiveSample,
  StationState,
  Token,
  Transaction,
} from "./model.ts";
import { type PhaseRow, phasesOf, powerOf, powerOfPhases } from "./power.ts";

/** What the screens, the command line and the station list read off a state. Pure, and without words of any language. */

/** The state of a connector in one word: 1.6's words, also for a station that only says Occupied. */
export type ConnectorWord = ConnectorStatus | "Unknown";

/** The state of a station in one word. */
export type StationWord = ConnectorWord | "Offline" | "Never";

/** The most telling first. */
const byWeight = [
  "Faulted",
  "Charging",
  "SuspendedEV",
  "SuspendedEVSE",
  "Finishing",
  "Preparing",
  "Occupied",
  "Reserved",
  "Unavailable",
  "Available",
  "Unknown",
] as const satisfies readonly ConnectorWord[];

/** The word for a connector. Occupied (2.x) becomes what its transaction says: Preparing before energy flowed, Charging or
 * Suspended, Finishing after. What was said before the station restarted is not known any more. */
export function connectorWord(
  state: Pick<StationState, "boot">,
  evse: EvseState,
  connector: ConnectorState,
): ConnectorWord {
  if (isBeforeBoot(state, connector.frame)) return "Unknown";
  const { status } = connector;
  if (status !== undefined && status !== "Occupied") return status;
  const transaction = evse.transaction;
  const other = transaction?.connector !== undefined && transaction.connector !== connector.connector;
  if (!transaction || other) return status === undefined ? "Unknown" : "Preparing";
  if (transaction.state !== "running") {
    if (status === undefined) return "Unknown";
    // Occupied since before the end: the same car is still there.
    return (connector.statusAt ?? 0) <= (transaction.endedAt ?? 0) ? "Finishing" : "Preparing";
  }
  const { chargingState } = transaction;
  if (chargingState === undefined) return status ?? "Unknown";
  if (chargingState !== "EVConnected" && chargingState !== "Idle") return chargingState;
  return (transaction.energyWh ?? 0) > 0 ? "Finishing" : "Preparing";
}

/** The word for a station: that of its most telling connector, or Offline, or Never (never seen). */
export function stationWord(state: StationState): StationWord {
  if (state.link.state === "never") return "Never";
  if (state.link.state === "offline") return "Offline";
  const words: ConnectorWord[] = state.evses.flatMap((evse) =>
    evse.connectors.map((connector) => connectorWord(state, evse, connector)),
  );
  const { station } = state;
  if (station?.status !== undefined && !isBeforeBoot(state, station.frame)) words.push(station.status);
  return byWeight.find((word) => words.includes(word)) ?? "Unknown";
}

/** The connector that a station's word rests on, where it is Faulted: the one with the error. */
export function faultyConnector(state: StationState): ConnectorState | undefined {
  const connectors = state.evses.flatMap((evse) => evse.connectors);
  if (state.station) connectors.push(state.station);
  return worstOf(connectors.filter(({ frame }) => !isBeforeBoot(state, frame)));
}

function worstOf(connectors: readonly ConnectorState[]): ConnectorState | undefined {
  return (
    connectors.find((connector) => connector.status === "Faulted") ??
    connectors.find((connector) => connector.errorCode !== undefined)
  );
}

/** Power drawn now, W: as told in total, else the sum of the phases, else volts times amperes. Undefined when the station does not
 * tell, and when it last told before the transaction that runs, or before the end of the one that ran. */
export function livePower(evse: EvseState): number | undefined {
  const live = liveOf(evse);
  const total = live.find(({ measurand, phase }) => measurand === powerMeasurand && phase === undefined);
  return total && !isOutlived(total, live) ? powerOf(live) : (powerOfPhases(live) ?? total?.value);
}

const powerMeasurand = "Power.Active.Import";

/** The newest value that the power and the phases rest on. */
export function newestLive(evse: EvseState): LiveSample | undefined {
  return liveOf(evse)
    .filter(
      ({ measurand }) => measurand === powerMeasurand || measurand === "Current.Import" || measurand === "Voltage",
    )
    .reduce<LiveSample | undefined>(
      (best, item) => (best && best.measuredAt >= item.measuredAt ? best : item),
      undefined,
    );
}

/** Volts, amperes and watts by phase, as livePower; only phases of which something is told. */
export function livePhases(evse: EvseState): PhaseRow[] {
  return phasesOf(liveOf(evse));
}

/** What was measured at the outlet in the transaction that runs, or since the end of the last one. Closing values are of the end: no
 * power any more. */
function liveOf({ live, transaction }: EvseState): LiveSample[] {
  const outlet = live.filter(({ location }) => location === undefined || location === "Outlet");
  if (!transaction) return outlet;
  if (transaction.state === "running") {
    return outlet.filter(({ measuredAt }) => measuredAt >= transaction.startedAt - startMs);
  }
  const { endedAt } = transaction;
  if (endedAt === undefined) return outlet;
  return outlet.filter(({ measuredAt, context }) => measuredAt > endedAt && context !== "Transaction.End");
}

/** Whole seconds, and what a station needs to write a start down. */
const startMs = 2000;

/** True for a total that phases were told after. */
function isOutlived(total: LiveSample, live: readonly LiveSample[]): boolean {
  return live.some(
    ({ measurand, phase, measuredAt }) =>
      measurand === powerMeasurand && phase !== undefined && measuredAt > total.measuredAt,
  );
}

/** Transactions under way, in order of our learning of them. */
export function runningTransactions(state: StationState): Transaction[] {
  return state.transactions.filter((transaction) => transaction.state === "running");
}

/** What a connector is called. A station whose EVSEs have one connector each numbers its connectors by EVSE. */
export type ConnectorLabel =
  | { kind: "station" }
  | { kind: "connector"; connector: number }
  | { kind: "evse"; evse: number }
  | { kind: "evse-connector"; evse: number; connector: number };

/** What to call a place of this station. evse 0 = the station as a whole. */
export function connectorLabel(state: StationState, evse: number, connector?: number): ConnectorLabel {
  if (evse < 1) return { kind: "station" };
  const single = state.evses.every(({ connectors }) => connectors.every((item) => item.connector === 1));
  if (single && (connector === undefined || connector <= 1)) return { kind: "connector", connector: evse };
  return connector === undefined || connector < 1
    ? { kind: "evse", evse }
    : { kind: "evse-connector", evse, connector };
}

/** A token as it may be shown: a pin is not (2.x C04.FR.04). */
export function shownToken({ value, type }: Token): string {
  return type === "KeyCode" ? mask : value;
}
