import { mostCertificates } from "../bounds.ts";
import { withEffects } from "../effects.ts";
import type {
  CertificatesListed,
  CommandDone,
  CommandSent,
  LinkClosed,
  LinkOpened,
  StationEvent,
  StatusReported,
} from "../events.ts";
import { findEvse, withConnector, withEvse } from "../evses.ts";
import type { FrameDirection } from "../marks.ts";
import type { ConnectorState, LinkState, StationState } from "../model.ts";
import { fitEvent } from "../reading/room.ts";
import { readStationTime } from "../time.ts";
import type { Stamped } from "../transactions/ledger.ts";
import { isOlder, ownTime } from "../transactions/own-time.ts";
import { foldBooted } from "./boot.ts";
import { foldClock } from "./clock.ts";
import { foldFound } from "./findings.ts";
import { foldOwnClock } from "./own-clock.ts";
import { foldProblem } from "./problems.ts";
import { foldReport } from "./reports.ts";
import { foldSampled } from "./samples.ts";
import { foldConnector, foldEnded, foldStarted, foldUpdated } from "./transactions.ts";

const commandLimit = 20;

/** Folds one event into the state. Pure: the input stays as it is, and what did not change is shared with it. */
export function reduce(state: StationState, event: StationEvent): StationState {
  const { event: fitting } = fitEvent(state, event);
  const next = fitting ? withEffects(fold(state, fitting), fitting) : state;
  const seq = Math.max(state.seq, event.seq);
  const lastSeenAt = isSignOfLife(event) ? Math.max(next.lastSeenAt, event.at) : next.lastSeenAt;
  if (next.seq === seq && next.lastSeenAt === lastSeenAt) return next;
  return { ...next, seq, lastSeenAt };
}

/** A row of the record: a frame, and our answer to it where it had one at once, which has the next number. */
export type CountedRow = { seq: number; direction: FrameDirection; at: number; answer: { at: number } | null };

/** Counts a frame with its answer; one that came in is a sign of life. */
export function countFrame(state: StationState, { seq, direction, at, answer }: CountedRow): StationState {
  const { frames } = state;
  const isIn = direction === "in";
  return {
    ...state,
    frames: { in: frames.in + (isIn ? 1 : 0), out: frames.out + (isIn ? 0 : 1) + (answer ? 1 : 0) },
    lastSeenAt: isIn ? Math.max(state.lastSeenAt, at) : state.lastSeenAt,
    seq: Math.max(state.seq, answer ? seq + 1 : seq),
  };
}

const lifeless = new Set<StationEvent["kind"]>([
  "link-closed",
  "command-sent",
  "command-done",
  "fault-injected",
  "forward-changed",
  "own-clock-set",
  "console-boot",
  "console-fault",
  "console-noted",
  "console-heard",
  "found",
]);

/** What is ours alone, or the absence of the station, shows no life. A finding's frame is counted by itself. */
function isSignOfLife(event: StationEvent): boolean {
  return !lifeless.has(event.kind);
}

function fold(state: StationState, event: StationEvent): StationState {
  switch (event.kind) {
    case "link-opened":
      return { ...state, firstSeenAt: firstSeen(state, event), ocpp: event.ocpp, link: openedLink(event) };
    case "link-closed":
      return foldClosed(state, event);
    case "booted":
      return foldBooted(state, event);
    case "identified":
      return { ...state, info: { ...state.info, ...event.info } };
    case "status":
      return foldStatus(foldClock(state, event), event);
    case "sampled":
      return foldSampled(foldClock(state, event), event);
    case "transaction-started":
      return foldStarted(foldClock(state, event), event);
    case "transaction-updated":
      return foldUpdated(foldClock(state, event), event);
    case "transaction-ended":
      return foldEnded(foldClock(state, event), event);
    case "noticed":
      return foldClock(state, event);
    case "firmware-status":
      return { ...state, firmware: progress(event) };
    case "diagnostics-status":
      return { ...state, diagnostics: progress(event) };
    case "certificates-listed":
      return { ...state, certificates: listed(state, event) };
    case "command-sent":
      return foldCommandSent(state, event);
    case "command-done":
      return foldCommandDone(state, event);
    case "found":
      return { ...state, findings: foldFound(state.findings, event) };
    case "variables":
      return foldReport(state, event);
    case "own-clock-set":
      return foldOwnClock(state, event);
    case "device-event":
      return foldProblem(state, event);
    case "heartbeat":
    case "token":
    case "security-event":
    case "configuration":
    case "signing-requested":
    case "vendor-message":
    case "reservation-over":
    case "fault-injected":
    case "forward-changed":
    case "console-boot":
    case "console-fault":
    case "console-noted":
    case "console-heard":
      return state;
  }
}

/** A station is first seen when its first link opens. */
function firstSeen(state: StationState, event: Stamped<LinkOpened>): number {
  return state.link.state === "never" ? event.at : state.firstSeenAt;
}

function openedLink(event: Stamped<LinkOpened>): LinkState {
  const { connection, at, via } = event;
  if (via.kind === "modbus") {
    const { port, unit, profile, baudRate, frame } = via;
    const line = baudRate === undefined ? {} : { baudRate, frame };
    return { state: "online", since: at, connection, carrier: "modbus", port, unit, profile, ...line };
  }
  if (via.kind === "console") {
    const { port, profile, baudRate, frame } = via;
    return { state: "online", since: at, connection, carrier: "console", port, profile, baudRate, frame };
  }
  if (via.kind === "serial") {
    const { port, baudRate, frame, framing, offered, subprotocol, userAgent } = via;
    const line = { carrier: "serial" as const, port, baudRate, frame, framing };
    return { state: "online", since: at, connection, ...line, offered, subprotocol, userAgent };
  }
  const { remoteAddress, secure, securityProfile, offered, subprotocol, path, userAgent, compressed } = via;
  return {
    ...(compressed && { compressed }),
    state: "online",
    since: at,
    connection,
    remoteAddress,
    secure,
    securityProfile,
    offered,
    subprotocol,
    path,
    userAgent,
  };
}

/** The end of a link that another has replaced is no end: the newer one stands. */
function foldClosed(state: StationState, event: Stamped<LinkClosed>): StationState {
  const { link } = state;
  if (link.connection !== undefined && link.connection !== event.connection) return state;
  const { code, reason, cause, connection, at } = event;
  return { ...state, link: { ...link, state: "offline", since: at, connection, closed: { code, reason, cause } } };
}

/** A status that is older than the one that stands goes on record alone. */
function foldStatus(state: StationState, event: Stamped<StatusReported>): StationState {
  if (event.evse < 1) {
    if (isPast(state, event, state.station)) return state;
    return { ...state, station: connectorState(state.station, event, event.connector) };
  }
  // A station that names an EVSE without a connector has one.
  const connector = Math.max(event.connector, 1);
  const before = findEvse(state, event.evse)?.connectors.find((item) => item.connector === connector);
  if (isPast(state, event, before)) return state;
  const next = withEvse(state, event.evse, (evse) =>
    withConnector(evse, connector, (known) => connectorState(known, event, connector)),
  );
  return foldConnector(next, event, before);
}

/** True for a status from before the one that stands, by the station's own time. What was said before a restart does not count. */
function isPast(state: StationState, event: Stamped<StatusReported>, standing: ConnectorState | undefined): boolean {
  if (standing?.stationTime === undefined || standing.at === undefined) return false;
  if ((standing.frame ?? 0) < (state.boot?.frame ?? 0)) return false;
  const ownAt = ownTime(state, event.stationTime, event.at);
  const told = { ownAt, time: readStationTime(event.stationTime) };
  const standingAt = ownTime(state, standing.stationTime, standing.at);
  return isOlder(told, { ownAt: standingAt, time: readStationTime(standing.stationTime) });
}

function connectorState(
  known: ConnectorState | undefined,
  event: Stamped<StatusReported>,
  connector: number,
): ConnectorState {
  const { status, errorCode, vendorErrorCode, vendorId, info, stationTime, at, seq } = event;
  const same = known?.status === status && known.errorCode === errorCode;
  const statusAt = same ? (known.statusAt ?? at) : at;
  return {
    connector,
    status,
    statusAt,
    stationTime,
    at,
    frame: seq,
    errorCode,
    vendorErrorCode,
    vendorId,
    info,
    ...(known?.problems && { problems: known.problems }),
  };
}

function progress(event: Stamped<{ status: string; requestId?: number | string }>): StationState["firmware"] {
  return { status: event.status, requestId: event.requestId, at: event.at, frame: event.seq };
}

/** What was not asked about stays as it was told before. */
function listed(state: StationState, event: Stamped<CertificatesListed>): StationState["certificates"] {
  const { uses, installed, at, seq } = event;
  const others = uses ? (state.certificates?.installed ?? []).filter(({ use }) => !uses.includes(use)) : [];
  return { at, frame: seq, installed: [...others, ...installed].slice(-mostCertificates) };
}

/** The core asks by itself once: that it did is kept longer than the command. */
function foldCommandSent(state: StationState, event: Stamped<CommandSent>): StationState {
  const commands = [...state.commands, commandRecord(event)].slice(-commandLimit);
  const { because } = event.args;
  if (because !== "no-boot" && because !== "no-status") return { ...state, commands };
  return { ...state, commands, asked: { ...state.asked, [because === "no-boot" ? "boot" : "status"]: event.at } };
}

function commandRecord(event: Stamped<CommandSent>): StationState["commands"][number] {
  return { id: event.id, name: event.name, args: event.args, sentAt: event.at };
}

function foldCommandDone(state: StationState, event: Stamped<CommandDone>): StationState {
  const place = state.commands.findIndex((command) => command.id === event.id);
  const sent = state.commands[place];
  if (!sent) return state;
  const done = { ...sent, doneAt: event.at, outcome: event.outcome };
  const commands = state.commands.with(place, done);
  const { because } = sent.args;
  const refused = event.outcome.result === "unsupported" || event.outcome.result === "rejected";
  if (!refused || (because !== "no-boot" && because !== "no-status")) return { ...state, commands };
  return { ...state, commands, asked: { ...state.asked, refused: true } };
}
