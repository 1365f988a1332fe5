import { mask } from "../lib/shown-text.ts";
import { ageOf, isBeforeBoot } from "./age.ts";
import type {
  ConnectorState,
  ConnectorStatus,
  DeviceProblem,
  EvseState,
  LinkState,
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

/** How many connectors are in which state, the most telling first. */
export function connectorCounts(state: StationState): [ConnectorWord, number][] {
  const words = state.evses.flatMap((evse) => evse.connectors.map((one) => connectorWord(state, evse, one)));
  return byWeight
    .map((word): [ConnectorWord, number] => [word, words.filter((one) => one === word).length])
    .filter(([, count]) => count > 0);
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

/** An error as it stands: in 1.6 of the status (4.9), in 2.x of the problem told last (N07). `code` is absent where a connector is
 * Faulted and the station names no error. */
export type ConnectorError = {
  code?: string;
  vendorErrorCode?: string;
  vendorId?: string;
  info?: string;
  frame?: number;
};

/** What is wrong at a connector; undefined where nothing is, and for what was said before the station restarted. */
export function connectorError(
  state: Pick<StationState, "boot">,
  connector: ConnectorState,
): ConnectorError | undefined {
  const told = !isBeforeBoot(state, connector.frame);
  const { errorCode, vendorErrorCode, vendorId, info, frame } = connector;
  if (told && errorCode !== undefined) return { code: errorCode, vendorErrorCode, vendorId, info, frame };
  const problem = connector.problems?.findLast((one) => !isBeforeBoot(state, one.frame));
  if (problem) return problemError(problem);
  return told && connector.status === "Faulted" ? { vendorErrorCode, vendorId, info, frame } : undefined;
}

/** Stations begin their words with a code of 1.6, if they have one: "ConnectorLockFailure: lock did not move". */
export function problemError({
  code,
  info,
  component,
  variable,
  frame,
}: Pick<DeviceProblem, "code" | "info" | "component" | "variable"> & { frame?: number }): ConnectorError {
  const word = /^[A-Z][A-Za-z0-9]+(?=$|:)/.exec(info ?? "")?.[0];
  const rest = word === undefined ? info : info?.slice(word.length + 1).trim() || undefined;
  return word === undefined
    ? { code: code ?? `${component} ${variable}`, info: rest, frame }
    : { code: word, vendorErrorCode: code, info: rest, frame };
}

/** What is wrong at a station, the worst: at the connector that is Faulted, else at any that has an error. */
export function stationError(state: StationState): ConnectorError | undefined {
  const connectors = state.evses.flatMap((evse) => evse.connectors);
  if (state.station) connectors.push(state.station);
  const faulted = connectors.filter(({ status }) => status === "Faulted");
  return [...faulted, ...connectors].map((connector) => connectorError(state, connector)).find((error) => error);
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

/** Power drawn now at the station, W, of its sessions that run. Null where none tells,
 * and while the station is away. */
export function powerNow(state: StationState): number | null {
  const told = state.evses.flatMap((evse) => {
    const newest = evse.transaction?.state === "running" ? newestLive(evse) : undefined;
    const power = newest && !ageOf(state, newest.frame) ? livePower(evse) : undefined;
    return power === undefined ? [] : [power];
  });
  return told.length === 0 ? null : told.reduce((sum, power) => sum + power, 0);
}

/** True where a finding of the session at an EVSE says that its power and its register do not go together. */
export function isEnergyDoubted(
  { findings }: Pick<StationState, "findings">,
  { evse, transaction }: EvseState,
): boolean {
  if (!transaction) return false;
  return findings.some(
    ({ rule, where, lastAt }) =>
      rule === "unit-doubt" && where.endsWith(`, EVSE ${evse}`) && lastAt >= transaction.startedAt,
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

/** A token as it may be shown: a pin is not (2.x C04.FR.04). */
export function shownToken({ value, type }: Token): string {
  return type === "KeyCode" ? mask : value;
}

/** Whether a station speaks OCPP on its link, and so can be commanded by it; one that never was here may yet. */
export function takesOcpp({ carrier }: LinkState): boolean {
  return carrier !== "modbus" && carrier !== "console";
}
