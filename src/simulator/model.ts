import type { Clock } from "../lib/clock.ts";
import type { JsonObject } from "../lib/json.ts";
import type { PeerAnswer } from "../ocpp/peer.ts";
import type { QuirkName } from "../services/simulator/contract.ts";
import type { Authorizer, Card, CardInfo } from "./authorizer.ts";
import type { CertificateStore } from "./certificates/certificates.ts";
import type { OwnCertificate } from "./certificates/own-certificate.ts";
import type { Profile } from "./energy/charging-profiles.ts";
import type { Meter, Reading } from "./energy/meter.ts";
import type { Vehicle } from "./energy/vehicle.ts";
import type { Fault } from "./faults.ts";
import type { Random } from "./random.ts";

/** The parts of a virtual station, and what its two halves know of each other: the machine (no version in it) and the
 * speaker (one version's words). */

/** A request as one version says it. */
export type Request = { action: string; payload: JsonObject };

/** A transaction message: kept in order until answered, over link losses and restarts. The payload is made when it is
 * sent, because 1.6 learns a transaction's id from the answer to its first message. */
export type Queued = {
  action: string;
  transaction: string;
  payload(): JsonObject;
  /** May be lost when the station has no room for more: a sample, but no start and no end. */
  sample?: true;
  /** null: given up after the configured attempts. */
  settled?(answer: JsonObject | null): void;
};

/** An answer to the central system; `after` runs when it has gone out. */
export type Answer = { reply: JsonObject; after?: () => void } | { error: string; description: string };

/** What a version answers, by action. */
export type Answers = Record<string, (request: JsonObject) => Answer>;

export type ChargingState = "EVConnected" | "Charging" | "SuspendedEV" | "SuspendedEVSE";
export type StartCause = "card" | "plug" | "remote";
export type StopCause =
  | "local"
  | "unplugged"
  | "remote"
  | "soft-reset"
  | "hard-reset"
  | "deauthorised"
  | "fault"
  | "unlock";
export type SampleContext = "Sample.Periodic" | "Sample.Clock" | "Trigger";
export type BootReason = "PowerUp" | "RemoteReset" | "ScheduledReset" | "Triggered";

export type ActiveTransaction = {
  /** Ours, a UUID; it is 2.x's transaction id. */
  readonly key: string;
  /** The central system's, in 1.6: known once it has answered. Digits exact. */
  number?: number | bigint;
  readonly card: Card;
  readonly startedAt: number;
  readonly meterStart: number;
  readonly remoteStartId?: number;
  readonly reservation?: number;
  state: ChargingState;
  /** The central system took its blessing back: no current. */
  refused: boolean;
  /** Next sequence number of 2.x. */
  sequence: number;
  /** Seconds that current flowed. */
  secondsCharging: number;
};

/** What a transaction goes through; the speaker makes messages of it. */
export type TransactionStep =
  | { kind: "started"; cause: StartCause }
  | { kind: "state" }
  | { kind: "sample"; context: SampleContext }
  | { kind: "ended"; cause: StopCause; fault?: Fault; card?: Card };

export type Reservation = { id: number; evse: number; card: string; group?: string; until: number };

/** An accepted card that waits for a plug. */
export type Presented = { card: Card; remoteStartId?: number; profile?: Profile };

/** One EVSE with its connector; 1.6's connector of the same number. */
export type Outlet = {
  readonly evse: number;
  readonly meter: Meter;
  vehicle: Vehicle | null;
  fault: Fault | null;
  operative: boolean;
  /** A change of availability that waits for the end of the transaction. */
  nextOperative: boolean | null;
  presented: Presented | null;
  /** A card's answer is awaited. */
  asking: boolean;
  transaction: ActiveTransaction | null;
  /** The transaction is over, the cable still in. */
  finished: boolean;
  reservation: Reservation | null;
  /** What the meter read when last looked at, and when that was. */
  reading: Reading;
  steppedAt: number;
  /** The status that the central system was last told. */
  told: string | null;
};

/** What the machine takes from the configuration. */
export type Knobs = {
  heartbeatSeconds: number;
  sampleSeconds: number;
  /** 0 = none. */
  alignedSeconds: number;
  connectionTimeoutSeconds: number;
  authorizeRemote: boolean;
  localPreAuthorize: boolean;
  localAuthorizeOffline: boolean;
  unknownOffline: boolean;
  listEnabled: boolean;
  cacheEnabled: boolean;
  stopOnInvalid: boolean;
  stopOnUnplug: boolean;
  attempts: number;
  retrySeconds: number;
  pingSeconds: number;
  /** A */
  maxCurrent: number;
  /** The operator's name in signing requests. */
  organisation: string;
};

export type JobStatus = { status: string; requestId?: number; signed: boolean };

/** One version of OCPP from the station's side: makes requests, answers the central system's. */
export type Speaker = {
  readonly subprotocol: string;
  /** Characters that a card may have. */
  readonly longestCard: number;
  knobs(): Knobs;
  /** The boot answer's interval becomes the configured one. */
  setHeartbeat(seconds: number): void;
  /** What waited for a restart takes effect. */
  restarted(): void;
  /** A password as it goes out in HTTP Basic. */
  passwordBytes(password: string): Uint8Array;
  /** The central system could not be reached so many times in a row. */
  unreachable(failures: number): void;
  boot(reason: BootReason): Request;
  heartbeat(): Request;
  /** @param outlet null = the station as a whole */
  status(outlet: Outlet | null): Request[];
  faultChanged(outlet: Outlet, fault: Fault, cleared: boolean): Request[];
  securityEvent(type: string, info: string): Request;
  /** @param csr PEM */
  signCertificate(csr: string): Request;
  authorize(card: Card): Request;
  readAuthorization(answer: JsonObject): CardInfo;
  transaction(outlet: Outlet, transaction: ActiveTransaction, step: TransactionStep): Queued[];
  /** Meter values outside of a transaction. */
  values(outlet: Outlet, context: SampleContext): Request;
  firmware(job: JobStatus): Request;
  log(job: JobStatus): Request;
  reservationEnded(reservation: Reservation, how: "Expired" | "Removed"): Request[];
  /** An answer to one of the central system's actions, or null for one that this version's station does not have. */
  answer(action: string, request: JsonObject): Answer | null;
};

/** What goes out. */
export type Mail = {
  /** Linked and accepted by the central system. */
  readonly ready: boolean;
  readonly linked: boolean;
  /** Accepted since power-up; a link loss does not change it. */
  readonly registered: boolean;
  /** Transaction messages that wait. */
  readonly queued: number;
  holds(transaction: string): boolean;
  /** Sends once; lost when the link is down or the station not accepted. */
  tell(request: Request): void;
  /** Sends once, whatever the registration, and hands back what became of it. */
  ask(request: Request): Promise<PeerAnswer>;
  queue(message: Queued): void;
  /** Lets the queue go on, after a boot or a link loss. */
  flush(): void;
};

/** A way to connect. */
export type Network = {
  /** Security profile 0 to 3. */
  profile: number;
  /** Without the identity; null: the address it was given by hand. */
  url: string | null;
};

/** What a version's halves need of the machine. */
export type Machine = {
  readonly identity: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly outlets: readonly Outlet[];
  readonly authorizer: Authorizer;
  readonly certificates: CertificateStore;
  readonly own: OwnCertificate;
  readonly mail: Mail;
  /** Whether it does this wrong on purpose now. */
  has(quirk: QuirkName): boolean;
  readonly speaker: Speaker;
  profiles: Profile[];
  jobs: { firmware: JobStatus; log: JobStatus };
  /** The station as a whole is in service. */
  operative: boolean;
  nextOperative: boolean | null;
  /** The one that the next connection authenticates with; a change dials anew. */
  password: string | undefined;
  changePassword(password: string): void;
  /** How the next connection is made. */
  network: Network;
  /** Connects in another way from the next connection on. `redial`: ends this one, once the answer has gone out. */
  changeNetwork(network: Network, redial: boolean): void;
  readonly registration: { readonly status: string; bootNow(): void };
  /** Powered on: false while it restarts. */
  powered: boolean;
  /** The state changed: statuses are told, screens follow. */
  refresh(): void;
  /** A setting changed: intervals are armed anew. */
  rearm(): void;
  /** The central system's word on the card of a running transaction. */
  cardAnswered(transaction: ActiveTransaction, info: CardInfo): void;
  log(line: string): void;
};
