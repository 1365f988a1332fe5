import type { ConnectorState, ConnectorStatus, EvseState, LiveSample, StationState, Transaction } from "./model.ts";

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
 * Suspended, Finishing after. */
export function connectorWord(evse: EvseState, connector: ConnectorState): ConnectorWord {
  const { status } = connector;
  if (status !== undefined && status !== "Occupied") return status;
  const transaction = evse.transaction;
  const other = transaction?.connector !== undefined && transaction.connector !== connector.connector;
  if (!transaction || other) return status === undefined ? "Unknown" : "Preparing";
  if (transaction.endedAt !== undefined) {
    if (status === undefined) return "Unknown";
    // Occupied since before the end: the same car is still there.
    return (connector.statusAt ?? 0) <= transaction.endedAt ? "Finishing" : "Preparing";
  }
  const { chargingState } = transaction;
  if (chargingState === undefined) return status ?? "Unknown";
  if (chargingState !== "EVConnected" && chargingState !== "Idle") return chargingState;
  return (transactionEnergy(transaction) ?? 0) > 0 ? "Finishing" : "Preparing";
}

/** The word for a station: that of its most telling connector, or Offline, or Never (never seen). */
export function stationWord(state: StationState): StationWord {
  if (state.link.state === "never") return "Never";
  if (state.link.state === "offline") return "Offline";
  const words: ConnectorWord[] = state.evses.flatMap((evse) =>
    evse.connectors.map((connector) => connectorWord(evse, connector)),
  );
  if (state.station?.status !== undefined) words.push(state.station.status);
  return byWeight.find((word) => words.includes(word)) ?? "Unknown";
}

/** The connector that a station's word rests on, where it is Faulted: the one with the error. */
export function faultyConnector(state: StationState): ConnectorState | undefined {
  const connectors = state.evses.flatMap((evse) => evse.connectors);
  if (state.station) connectors.push(state.station);
  return (
    connectors.find((connector) => connector.status === "Faulted") ??
    connectors.find((connector) => connector.errorCode !== undefined)
  );
}

/** Power drawn now, W: as told in total, else the sum of the phases, else volts times amperes. Undefined when the station
 * does not tell, and when it last told before the transaction ended. */
export function livePower(evse: EvseState): number | undefined {
  const total = find(evse, "Power.Active.Import");
  const phases = livePhases(evse).filter((row) => row.phase !== undefined);
  const parts = phases.flatMap((row) => row.power ?? []);
  if (total && !(parts.length > 0 && isOlder(total, evse))) return total.value;
  if (parts.length > 0) return sum(parts);
  const products = livePhases(evse).flatMap((row) =>
    row.voltage === undefined || row.current === undefined ? [] : row.voltage * row.current,
  );
  return products.length > 0 ? sum(products) : undefined;
}

/** One phase as measured now: V, A, W. Without `phase`, the station did not say which. */
export type PhaseRow = { phase?: "L1" | "L2" | "L3"; voltage?: number; current?: number; power?: number };

/** Volts, amperes and watts by phase; only phases of which something is told. */
export function livePhases(evse: EvseState): PhaseRow[] {
  const rows = (["L1", "L2", "L3"] as const).map((phase) => phaseRow(evse, phase)).filter((row) => row !== undefined);
  if (rows.length > 0) return rows;
  const voltage = find(evse, "Voltage")?.value;
  const current = find(evse, "Current.Import")?.value;
  return voltage === undefined && current === undefined ? [] : [{ voltage, current }];
}

function phaseRow(evse: EvseState, phase: "L1" | "L2" | "L3"): PhaseRow | undefined {
  const [voltage, current, power] = ["Voltage", "Current.Import", "Power.Active.Import"].map(
    (measurand) => (find(evse, measurand, phase) ?? find(evse, measurand, `${phase}-N`))?.value,
  );
  return voltage === undefined && current === undefined && power === undefined
    ? undefined
    : { phase, voltage, current, power };
}

/** The latest value at the outlet, unless it is from before the end of the transaction. */
function find(evse: EvseState, measurand: string, phase?: string): LiveSample | undefined {
  const sample = evse.live.find(
    (item) =>
      item.measurand === measurand &&
      item.phase === phase &&
      (item.location === undefined || item.location === "Outlet"),
  );
  const ended = evse.transaction?.endedAt;
  if (!sample || ended === undefined) return sample;
  return sample.at <= ended || sample.context === "Transaction.End" ? undefined : sample;
}

function isOlder(total: LiveSample, evse: EvseState): boolean {
  return evse.live.some((item) => item.measurand === total.measurand && item.phase !== undefined && item.at > total.at);
}

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Energy of a transaction so far, Wh. Undefined when its start or its register is not known. A register that stands below the
 * start counts the session by itself (told as `session-energy`); a difference of 1 Wh is rounding. */
export function transactionEnergy(transaction: Transaction): number | undefined {
  const { meterStart, meterNow, meterStop } = transaction;
  const last = meterStop ?? meterNow;
  if (meterStart === undefined || last === undefined) return undefined;
  return last < meterStart - 1 ? Math.max(0, last) : Math.max(0, last - meterStart);
}

/** Transactions under way, in order of their EVSEs. */
export function runningTransactions(state: StationState): Transaction[] {
  return state.evses.flatMap(({ transaction }) =>
    transaction && transaction.endedAt === undefined ? [transaction] : [],
  );
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
