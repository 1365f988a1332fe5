import type { Unit } from "../lib/units.ts";
import type { Spoken } from "../lib/words.ts";
import type { InstalledCertificates } from "./certificates.ts";
import type { Finding } from "./findings.ts";

/** One station model for all versions of OCPP, a superset in our own words. Times of ours are milliseconds since 1970 UTC;
 * times of the station's are the text it sent. `frame` is the number (seq) of the frame that a claim rests on. */

export type OcppVersion = "1.6" | "2.0.1" | "2.1";

/** Where something is. evse 0 = the station as a whole. OCPP 1.6 has no EVSE: its connector n is EVSE n, connector 1. */
export type Place = { evse: number; connector?: number };

/** OCPP 1.6 words (4.9 StatusNotification) plus Occupied, which 2.x says for everything between. */
export type ConnectorStatus =
  | "Available"
  | "Preparing"
  | "Charging"
  | "SuspendedEV"
  | "SuspendedEVSE"
  | "Finishing"
  | "Reserved"
  | "Unavailable"
  | "Faulted"
  | "Occupied";

/** ChargePointErrorCode (1.6 7.6) of what is wrong: all but NoError. */
export const errorCodes: ReadonlySet<string> = new Set([
  "ConnectorLockFailure",
  "EVCommunicationError",
  "GroundFailure",
  "HighTemperature",
  "InternalError",
  "LocalListConflict",
  "OtherError",
  "OverCurrentFailure",
  "OverVoltage",
  "PowerMeterFailure",
  "PowerSwitchFailure",
  "ReaderFailure",
  "ResetFailure",
  "UnderVoltage",
  "WeakSignal",
]);

/** How messages stand on the bytes of a line. `lines`: a JSON text and a newline; `length`: a mark and a length before each. */
export type LineFraming = "lines" | "length" | "slip" | "cobs";

/** OCPP 2.x TransactionEvent chargingState; 1.6 states are translated into it. */
export type ChargingState = "Charging" | "EVConnected" | "SuspendedEV" | "SuspendedEVSE" | "Idle";

export type StationInfo = {
  vendor?: string;
  model?: string;
  serialNumber?: string;
  /** 1.6 chargeBoxSerialNumber (deprecated there, still sent). */
  boxSerialNumber?: string;
  firmwareVersion?: string;
  iccid?: string;
  imsi?: string;
  meterType?: string;
  meterSerialNumber?: string;
};

export type LinkState = {
  state: "online" | "offline" | "never";
  /** When the link came up or went down. */
  since?: number;
  /** Number of the connection, counted over the life of the record. */
  connection?: number;
  remoteAddress?: string;
  /** What carries it, where that is no WebSocket; with its port, how that is set, and how messages stand on it. */
  carrier?: "serial" | "modbus" | "console";
  port?: string;
  /** Modbus: the unit on its bus, and the profile that it is read by. */
  unit?: number;
  profile?: string;
  baudRate?: number;
  frame?: string;
  framing?: LineFraming;
  secure?: boolean;
  /** Subprotocols the station offered, as it wrote them. */
  offered?: string[];
  subprotocol?: string;
  path?: string;
  userAgent?: string;
  /** Messages may come and go compressed (RFC 7692). */
  compressed?: true;
  /** Security profile 0 to 3, as this connection has it. */
  securityProfile?: number;
  /** Why it went down, in a word of ours. */
  closed?: { code: number; reason: string; cause: CloseCause };
};

/** Who ended a connection, and why. */
export type CloseCause =
  | "station"
  | "replaced"
  | "ping-unanswered"
  | "over-limit"
  | "slow-frame"
  | "protocol-error"
  | "not-reading"
  | "shutdown"
  | "lost"
  /** The adapter of a serial line was unplugged. */
  | "unplugged"
  /** Nothing came over a serial line for far longer than its heartbeats are apart. */
  | "silent"
  /** It followed a command of ours that brings a station to dial anew. */
  | "own-change"
  /** This program ended without closing anything: when the link went is not known. */
  | "own-end"
  | "asked"
  | "fault";

export type RegistrationStatus = "Accepted" | "Pending" | "Rejected";

export type BootState = {
  at: number;
  frame: number;
  /** 2.x reason, e.g. PowerUp. */
  reason?: string;
  answered: RegistrationStatus;
  intervalSeconds?: number;
  /** What of ours it followed: a request for the message, or a restart. Absent: of its own accord. */
  asked?: "trigger" | "reset";
  /** When it booted shortly before, oldest first: a loop shows in them. */
  before?: number[];
};

/** One measured value in its base unit. */
export type Sample = {
  /** OCPP's word, e.g. Energy.Active.Import.Register. */
  measurand: string;
  /** L1, L2, L3, N, L1-N, L2-N, L3-N, L1-L2, L2-L3, L3-L1; absent = the total or unknown. */
  phase?: string;
  /** Outlet (default), Inlet, Body, Cable, EV, Upstream. */
  location?: string;
  /** Sample.Periodic (default), Transaction.Begin, Interruption.End, Trigger ... as said. */
  context?: string;
  unit: Unit;
  /** In base units. */
  value: number;
  /** The digits as the station sent them, in the unit it sent. */
  said: string;
  /** The unit as the station sent it, where it differs from the base unit. */
  saidUnit?: string;
  /** A signed value is kept byte for byte; the digits are then unknown to us. */
  signed?: { format: string; data: string; encodingMethod?: string; publicKey?: string; signingMethod?: string };
};

/** Values that were measured at one time. */
export type SampleGroup = { stationTime?: string; samples: Sample[] };

/** A sample as it stands. `at`: our clock, when it came; `measuredAt`: our clock, when it was measured (station-time.ts). */
export type LiveSample = Sample & { at: number; measuredAt: number; stationTime?: string; frame: number };

export type Token = {
  /** As the station wrote it. */
  value: string;
  /** 2.x type, e.g. ISO14443; absent in 1.6. */
  type?: string;
};

export type TokenStatus = "Accepted" | "Blocked" | "Expired" | "Invalid" | "ConcurrentTx";

/** What is known of how a transaction stands. `not-ended`: it is over, and the station never told its end; `displaced`: another one
 * took its place, and nothing says that it is over. */
export type TransactionState = "running" | "ended" | "not-ended" | "displaced";

/** How it is known that a transaction is over whose end was not told: its connector is free, it is free after a restart, or another
 * transaction began there. `frame` is the frame that says so. */
export type NotEnded = { because: "free" | "boot" | "next-start"; at: number; frame: number };

/** Where a session's energy comes from: the register less the start, a counter that begins at 0 with each session, the register less
 * its first value (the start is unknown, overflown or of another register), or the sum of the phases' registers. */
export type EnergySource = "register" | "session-counter" | "first-register" | "phase-sum";

/** A register's value, Wh, with when it was measured by our clock. */
export type Reading = { value: number; at: number; frame: number };

/** What was measured within a session. */
export type SessionMeter = {
  /** The earliest and the highest register told in it. */
  first?: Reading;
  last?: Reading;
  /** Values that name the transaction have come: others on its EVSE are of another meter. */
  named?: true;
  /** The register is the sum of so many phases. */
  phases?: number;
  /** Energy flowed by intervals (Energy.Active.Import.Interval): a register that was told at the start alone is not of now. */
  flowed?: true;
  /** Power over time since `since`, Wh, and the register then; to hold against the register. */
  flow?: { since: number; wh: number; register: number };
};

export type Transaction = {
  /** Decimal digits in 1.6 (exact, up to 2^63-1 and negative), the station's own text in 2.x. */
  id: string;
  state: TransactionState;
  evse: number;
  connector?: number;
  token?: Token;
  /** Our clock, when it began: the station's own time, corrected, where it was told late. */
  startedAt: number;
  startFrame: number;
  /** The station's clock. */
  stationStart?: string;
  /** Register at start and end as told, Wh. */
  meterStart?: number;
  meterStop?: number;
  /** Latest register of the session, Wh. */
  meterNow?: number;
  meter: SessionMeter;
  /** Wh so far; null: not known. */
  energyWh: number | null;
  energyFrom: EnergySource | null;
  /** W, as last measured within the session; null: none told in it. */
  powerW: number | null;
  powerAt?: number;
  chargingState?: ChargingState;
  /** Of the last word that moved its state: the station's counter and time, our clock and the frame. */
  word: { seqNo?: number; time?: number; at: number; frame: number };
  /** The frame of the last value of now that names it, which shows as well that it runs. */
  valueFrame?: number;
  /** seqNo that have not come, as [from, to]. */
  missing?: [number, number][];
  /** The station's seqNo does not count: order is by time. */
  seqNoStuck?: true;
  /** Our clock, as startedAt. */
  endedAt?: number;
  endFrame?: number;
  stationEnd?: string;
  /** OCPP's word for why it ended, e.g. EVDisconnected; absent where the station said none. */
  endReason?: string;
  /** Ended by our own stop, where the station gave no reason. */
  ownStop?: true;
  notEnded?: NotEnded;
  /** The transaction that took its place. */
  displacedBy?: string;
  /** Told after the fact: the station was offline when it happened. */
  offline?: boolean;
  /** Told when it was over: a later one had begun. */
  historic?: true;
  /** 2.x remoteStartId. */
  remoteStartId?: number;
  /** Nobody told us of its start: learnt from a meter value or an end. */
  foreign?: boolean;
};

/** A problem that a station of 2.x told of by an event (N07), until it is cleared. */
export type DeviceProblem = {
  component: string;
  variable: string;
  /** The maker's code and words. */
  code?: string;
  info?: string;
  /** Our clock, when it was first told. */
  since: number;
  frame: number;
};

export type ConnectorState = {
  connector: number;
  status?: ConnectorStatus;
  /** Our clock: since when it has this status and this error. Saying the same again does not move it. */
  statusAt?: number;
  /** Of the last word on it; `at` is our clock. */
  stationTime?: string;
  at?: number;
  frame?: number;
  /** OCPP errorCode; absent when there is none. */
  errorCode?: string;
  vendorErrorCode?: string;
  vendorId?: string;
  info?: string;
  /** What it told of by events of their own, and has not cleared; newest last. */
  problems?: DeviceProblem[];
};

export type EvseState = {
  evse: number;
  connectors: ConnectorState[];
  /** Latest value of each measurand, phase and location. */
  live: LiveSample[];
  /** The transaction that stands here: the running one, or the last one. The same as in the station's `transactions`. */
  transaction?: Transaction;
};

/** The station's clock beside ours, from the last frame that said what time it was and was not told late. */
export type ClockState = { offsetMs: number; at: number; frame: number; stationTime: string };

export type ProgressState = { status: string; requestId?: number | string; at: number; frame: number };

/** A report in parts. `parts` are the numbers that came, as [from, to]; `last` the number of the one that said it is the last. */
export type ReportState = {
  requestId: string;
  parts: [number, number][];
  last?: number;
  /** Numbers that have not come, once the last one has. */
  missing?: [number, number][];
  /** The station's seqNo does not count: whether parts are missing is not known. */
  seqNoStuck?: true;
  at: number;
  frame: number;
};

/** Equal findings counted as one: same rule, same place. */
export type FindingGroup = Finding & {
  count: number;
  firstAt: number;
  lastAt: number;
  firstFrame?: number;
  lastFrame?: number;
};

/** Counts the shapes that a kept state had: one of another shape is not taken up, and the record is folded anew. */
export const stateShape = 4;

export type StationState = {
  /** `stateShape` when it was folded. */
  shape: number;
  identity: string;
  ocpp?: OcppVersion;
  firstSeenAt: number;
  /** Last sign of life: any frame, or the link coming up. */
  lastSeenAt: number;
  link: LinkState;
  info: StationInfo;
  boot?: BootState;
  clock?: ClockState;
  /** A time further back than the clock: told late, or of a clock that was set back. */
  clockDoubt?: ClockState;
  /** How far our own clock was set in all since the station last agreed with it. */
  ownClock?: { movedMs: number; at: number; frame: number };
  /** Status of the station as a whole (1.6 connector 0). */
  station?: ConnectorState;
  /** Values for the station as a whole (EVSE 0: its mains meter). */
  live: LiveSample[];
  evses: EvseState[];
  /** All transactions that run, and the last ones that do not, in order of our learning of them. */
  transactions: Transaction[];
  /** The last reports of 2.x (B07, B08), by their requestId. */
  reports?: ReportState[];
  firmware?: ProgressState;
  diagnostics?: ProgressState;
  /** As far as it was asked. */
  certificates?: InstalledCertificates;
  /** When the core asked by itself for what was not told, our clock; `refused`: the station does not take such questions. */
  asked?: { boot?: number; status?: number; refused?: true };
  /** The last commands, newest last, at most 20. */
  commands: CommandRecord[];
  findings: FindingGroup[];
  frames: { in: number; out: number };
  /** The record's number up to which this state is folded. */
  seq: number;
};

/** What shows that a command was carried out: when, our clock, and in which frame. */
export type CommandEffect = {
  what:
    | "restart"
    | "boot"
    | "session-started"
    | "session-ended"
    | "status"
    | "values"
    | "heartbeat"
    | "report"
    | "firmware-status"
    | "diagnostics-status"
    | "signing-requested";
  at: number;
  frame: number;
};

/** A command as the record tells it. */
export type CommandRecord = {
  id: string;
  name: string;
  /** The command's arguments, JSON-safe. */
  args: Record<string, unknown>;
  sentAt: number;
  doneAt?: number;
  outcome?: CommandOutcome;
  /** What followed and shows that it was carried out. */
  effect?: CommandEffect;
};

/** The one outcome of a command. "Not supported", "no answer", "unreadable" (an answer came, and cannot be read) and "offline" are
 * different words. */
export type CommandOutcome = {
  result: "accepted" | "scheduled" | "rejected" | "unsupported" | "unreadable" | "no-answer" | "offline";
  /** The station's own word (status, reasonCode, error code), or words of ours where it said none. */
  why?: Spoken;
  /** The frame that went out, and the one that came back. */
  frame?: number;
  answerFrame?: number;
  latencyMs?: number;
  /** The answer's payload, JSON text with its exact digits. */
  answer?: string;
  /** Set when the station answered with CALLERROR. */
  error?: { code: string; description: string; details: string };
};

/** What a field of a message's summary is; the screens have a word for each. */
export const summaryLabels = [
  "event",
  "evse",
  "connector",
  "status",
  "errorCode",
  "vendorError",
  "reasonCode",
  "transaction",
  "chargingState",
  "reason",
  "trigger",
  "token",
  "power",
  "energy",
  "current",
  "soc",
  "key",
  "value",
  "unknownKey",
  "count",
  "type",
  "message",
  "vendor",
  "model",
  "firmware",
  "serial",
  "interval",
  "purpose",
  "limit",
  "vendorId",
  "messageId",
  "data",
  "location",
  "version",
  "request",
  "reservation",
  "expiry",
  "duration",
  "cost",
  "info",
  "time",
] as const;
export type SummaryLabel = (typeof summaryLabels)[number];

/** A field of a message that matters, e.g. connector 1. */
export type SummaryField = { label: SummaryLabel; value: string };

/** The state of a station nobody has heard of yet. */
export function newStation(identity: string, at: number): StationState {
  return {
    shape: stateShape,
    identity,
    firstSeenAt: at,
    lastSeenAt: at,
    link: { state: "never" },
    info: {},
    live: [],
    evses: [],
    transactions: [],
    commands: [],
    findings: [],
    frames: { in: 0, out: 0 },
    seq: 0,
  };
}

/** A file that is kept with the record. */
export type KeptFile = {
  id: number;
  /** Whose it is; none where it is of no one station. */
  station?: string;
  /** As it was given; on disk it goes by its number. */
  name: string;
  bytes: number;
  /** Hex; of what came, once it has ended. */
  sha256?: string;
  /** When it began to come, our clock. */
  at: number;
  /** partial: it broke off, and what came is kept. */
  state: "coming" | "whole" | "partial";
  note?: string;
};
