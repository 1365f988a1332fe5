import type { Spoken, Words } from "../lib/words.ts";
import type { InstalledCertificate } from "./certificates.ts";
import type { CommandOutcome } from "./commands.ts";
import type { Fault } from "./faults.ts";
import type { Finding } from "./findings.ts";
import type {
  ChargingState,
  CloseCause,
  ConnectorStatus,
  LineFraming,
  OcppVersion,
  RegistrationStatus,
  SampleGroup,
  StationInfo,
  Token,
  TokenStatus,
} from "./model.ts";
import type { ConsoleSign } from "./serial/signs.ts";

/** What happened, in one language for all versions. A dialect makes the body; the session adds when and on which frame's word. */
export type StationEvent = EventBody & {
  /** Our clock, milliseconds since 1970 UTC. */
  at: number;
  /** Our clock, when it happened, where it was told late; on the time line alone. */
  ownAt?: number;
  /** The record's number: of the frame it rests on, or of the core's own entry (link, command). */
  seq: number;
};

export type EventBody =
  | LinkOpened
  | LinkClosed
  | Booted
  | Identified
  | Heartbeat
  | StatusReported
  | Sampled
  | TransactionStarted
  | TransactionUpdated
  | TransactionEnded
  | TokenPresented
  | FirmwareStatus
  | DiagnosticsStatus
  | SecurityEvent
  | DeviceEvent
  | VariablesReported
  | ConfigurationReported
  | SigningRequested
  | CertificatesListed
  | VendorMessage
  | ReservationOver
  | Noticed
  | CommandSent
  | CommandDone
  | FaultInjected
  | ForwardChanged
  | OwnClockSet
  | ConsoleTold
  | ConsoleNoted
  | ConsoleHeard
  | Found;

export type EventKind = EventBody["kind"];

export type LinkOpened = {
  kind: "link-opened";
  connection: number;
  /** Absent for a device that speaks no OCPP. */
  ocpp?: OcppVersion;
  via: Via;
};
/** What carries a link, and the way in as the station chose it; each carrier tells what it knows. */
export type Via = OcppVia | ModbusVia | ConsoleVia;
/** What carries OCPP. */
export type OcppVia = WebSocketVia | SerialVia;
export type WebSocketVia = {
  kind: "websocket";
  remoteAddress: string;
  secure: boolean;
  securityProfile: number;
  /** Subprotocols offered, in the station's order. */
  offered: string[];
  /** The one agreed on. */
  subprotocol?: string;
  /** The request's path as sent. */
  path: string;
  userAgent?: string;
  /** Messages may come and go compressed (RFC 7692). */
  compressed?: true;
  /** The attempt that it came of. */
  attempt?: number;
};
/** A serial line. There is no request in which a station says what it speaks: it says it in a hello of Plugside's own, or it is set,
 * or guessed by its first message. */
export type SerialVia = {
  kind: "serial";
  /** /dev/ttyUSB0, COM3, tcp://host:port. */
  port: string;
  /** Bits a second. */
  baudRate: number;
  /** Data bits, parity, stop bits: 8N1. */
  frame: string;
  framing: LineFraming;
  offered: string[];
  subprotocol: string;
  /** It was neither said nor set. */
  guessed?: true;
  userAgent?: string;
};
/** A device that speaks Modbus, and is asked by us. */
export type ModbusVia = {
  kind: "modbus";
  /** /dev/ttyUSB0, tcp://host:port for RTU; host:port for Modbus TCP. */
  port: string;
  unit: number;
  /** The device profile that it is read by. */
  profile: string;
  /** Bits a second, and data bits, parity and stop bits; absent over TCP. */
  baudRate?: number;
  frame?: string;
};
/** A station that is asked by us over its console. */
export type ConsoleVia = {
  kind: "console";
  port: string;
  /** The console profile that it is asked by. */
  profile: string;
  baudRate: number;
  frame: string;
};
/** `change`: the command of ours that it follows. */
export type LinkClosed = {
  kind: "link-closed";
  connection: number;
  code: number;
  reason: string;
  cause: CloseCause;
  change?: string;
};
/** BootNotification and what we answered (1.6 4.2; 2.0.1 B01-B03). */
export type Booted = {
  kind: "booted";
  info: StationInfo;
  reason?: string;
  answered: RegistrationStatus;
  intervalSeconds?: number;
};
/** What a device that tells of no boot says that it is. */
export type Identified = { kind: "identified"; info: StationInfo };
export type Heartbeat = { kind: "heartbeat" };
/** StatusNotification (1.6 4.9; 2.0.1 G01). evse 0 = the station as a whole. */
export type StatusReported = {
  kind: "status";
  evse: number;
  connector: number;
  status: ConnectorStatus;
  /** OCPP's errorCode; absent for NoError. */
  errorCode?: string;
  vendorErrorCode?: string;
  vendorId?: string;
  info?: string;
  stationTime?: string;
};
/** Measured values: MeterValues, TransactionEvent, transaction data, meterStart and meterStop. */
export type Sampled = {
  kind: "sampled";
  evse: number;
  connector?: number;
  transaction?: string;
  groups: SampleGroup[];
  /** Told after the fact: the station was offline when it measured. */
  offline?: boolean;
  /** 2.x: of the message of the transaction that it came in. */
  seqNo?: number;
};
export type TransactionStarted = {
  kind: "transaction-started";
  id: string;
  evse: number;
  connector?: number;
  token?: Token;
  /** What we answered about the token, where we were asked. */
  tokenStatus?: TokenStatus;
  /** Wh */
  meterStart?: number;
  stationTime?: string;
  chargingState?: ChargingState;
  trigger?: string;
  reservationId?: number;
  remoteStartId?: number;
  offline?: boolean;
  seqNo?: number;
};
export type TransactionUpdated = {
  kind: "transaction-updated";
  id: string;
  evse?: number;
  connector?: number;
  token?: Token;
  stationTime?: string;
  chargingState?: ChargingState;
  trigger?: string;
  offline?: boolean;
  seqNo?: number;
};
export type TransactionEnded = {
  kind: "transaction-ended";
  id: string;
  evse?: number;
  connector?: number;
  token?: Token;
  /** Wh */
  meterStop?: number;
  stationTime?: string;
  reason?: string;
  trigger?: string;
  offline?: boolean;
  seqNo?: number;
};
/** A card (or other token) and our decision on it, each time one was asked. */
export type TokenPresented = {
  kind: "token";
  token: Token;
  decision: TokenStatus;
  /** The OCPP action it came in. */
  source: string;
  group?: string;
  expiry?: string;
};
/** A number that a message gives itself or its request; its digits as text where a number would round them. */
export type RequestId = number | string;
export type FirmwareStatus = { kind: "firmware-status"; status: string; requestId?: RequestId };
/** 1.6 DiagnosticsStatusNotification and LogStatusNotification. */
export type DiagnosticsStatus = { kind: "diagnostics-status"; status: string; requestId?: RequestId };
export type SecurityEvent = { kind: "security-event"; type: string; stationTime?: string; techInfo?: string };
/** One entry of 2.x NotifyEvent (N07). */
export type DeviceEvent = {
  kind: "device-event";
  component: string;
  variable: string;
  value: string;
  trigger: string;
  evse?: number;
  connector?: number;
  cleared?: boolean;
  techCode?: string;
  techInfo?: string;
  severity?: number;
  stationTime?: string;
};
/** One part of a 2.x report (B08: NotifyReport, and answers of GetVariables). */
export type VariablesReported = {
  kind: "variables";
  requestId?: RequestId;
  part?: number;
  last: boolean;
  variables: ReportedVariable[];
};
export type ReportedVariable = {
  component: string;
  componentInstance?: string;
  evse?: number;
  connector?: number;
  variable: string;
  instance?: string;
  attribute: string;
  value?: string;
  mutability?: string;
  unit?: string;
  dataType?: string;
};
/** 1.6 GetConfiguration's answer. */
export type ConfigurationReported = {
  kind: "configuration";
  keys: { key: string; readonly: boolean; value?: string }[];
  unknown: string[];
};
/** SignCertificate: the station asks for a certificate. */
export type SigningRequested = {
  kind: "signing-requested";
  csr: string;
  certificateType?: string;
  /** 2.1 */
  requestId?: number;
  answered: string;
};
/** GetInstalledCertificateIds' answer: all that are installed of the uses named, or of all uses. */
export type CertificatesListed = { kind: "certificates-listed"; uses?: string[]; installed: InstalledCertificate[] };
/** DataTransfer, in either version. */
export type VendorMessage = {
  kind: "vendor-message";
  vendorId: string;
  messageId?: string;
  data?: string;
  answered: string;
};
/** 2.x H03, H04: the station ended a reservation by itself. `why`: OCPP's word, Expired, Removed or (2.1) NoTransaction. */
export type ReservationOver = { kind: "reservation-over"; reservation: RequestId; why: string };
/** Any other message that tells something: the action, and the fields that matter in words. */
export type Noticed = { kind: "noticed"; action: string; summary: Spoken; stationTime?: string };
export type CommandSent = { kind: "command-sent"; id: string; name: string; args: Record<string, unknown> };
export type CommandDone = { kind: "command-done"; id: string; name: string; outcome: CommandOutcome };
/** A fault on purpose was turned on, turned off, or ended by itself. `once`: done there and then. */
export type FaultInjected = {
  kind: "fault-injected";
  fault: Fault;
  state: "on" | "off" | "over" | "once";
  until?: number;
};
/** Forward mode was turned on or off, or the leg to the central system above came up or went away. `why` is a word of ours. */
export type ForwardChanged = {
  kind: "forward-changed";
  state: "on" | "off" | "connected" | "away";
  /** Never with credentials. */
  url: string;
  why?: string;
  detail?: string;
};
/** Our own clock was set, by so much. `orSlept`: it may be that the computer slept instead; the system does not tell. */
export type OwnClockSet = { kind: "own-clock-set"; byMs: number; orSlept?: true };
/** What its console printed of a boot or a reset, or of a fault. */
export type ConsoleTold = { kind: "console-boot" | "console-fault"; port: string } & ConsoleSign;
/** What a person did on its console, or what became of the port. */
export type ConsoleNoted = { kind: "console-noted"; port: string; note: Words };
/** Messages of OCPP are printed on its console: from here on they stand among its frames, and none of them changes its state. */
export type ConsoleHeard = { kind: "console-heard"; port: string };
/** A tolerated deviation. */
export type Found = { kind: "found"; finding: Finding };
