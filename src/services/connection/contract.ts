import { z } from "zod";
import { call, feed, logFeed } from "../../lib/contract.ts";
import type { Spoken, Words } from "../../lib/words.ts";
import type { Attempt } from "../../station/attempts.ts";

/** One address of the laptop and what to type into a station that is reached through it. */
export type OwnAddress = {
  /** e.g. 192.168.1.20 or fe80::1 */
  address: string;
  family: 4 | 6;
  /** The system's name, e.g. eth0. */
  network: string;
  kind: "ethernet" | "wifi" | "usb" | "virtual" | "loopback" | "other";
  linkLocal: boolean;
  /** The number of its zone, of an IPv6 link-local address. */
  scope?: number;
  /** How likely it is the right one for a station. */
  likelihood: "likely" | "possible" | "unlikely";
  /** Ends in a slash; the station's identity comes after it. ws where the place takes it, or else wss. */
  url: string;
  /** What can be typed now: ws for security profile 0 and 1, wss for 2 and 3. wss is there only while TLS is spoken. */
  urls: { ws?: string; wss?: string };
};

/** A place where stations connect. */
export type ListeningPlace = {
  host: string;
  port: number;
  wanted: number;
  /** `both`: ws and wss are told apart by the first byte. */
  mode: "both" | "ws" | "wss";
  /** Why nobody listens there now (the system's error code); it is tried again. */
  problem?: string;
  /** Another program has this port on 127.0.0.1: what comes from this laptop, as a virtual station does, goes to that one. */
  shadowed?: true;
  /** The program that has the port that was wanted, as the system calls it, where that is known. */
  heldBy?: string;
};

/** What the laptop can see of the way in when nothing arrives. */
export type PortReport = {
  /** False when no place is open at all. */
  open: boolean;
  listening: ListeningPlace[];
  /** The addresses that lead there, the likeliest first; the loopback is not among them. */
  addresses: OwnAddress[];
  /** The last attempt from another machine, and the last at all. */
  lastFromOutside: Attempt | null;
  last: Attempt | null;
};

export type CoreStatus = {
  version: string;
  startedAt: number;
  dataFolder: string;
  /** Where what Plugside says about itself is kept, if whoever started it keeps it. */
  logFile?: string;
  /** Where stations connect. `wanted` differs from `port` when that was taken. */
  listening: ListeningPlace[];
  /** Whether wss is spoken, where a place takes it. */
  secure: boolean;
  addresses: OwnAddress[];
  /** Set while the record cannot be written: why, and what to do. Nothing is answered until it can. */
  storeProblem?: Words;
  /** What befell the record or the keys, until somebody has seen it; oldest first. */
  notices: Notice[];
  /** The first fault of Plugside's own since the start, and when that was; `text` is what to report. */
  bug?: { at: number; text: string };
  /** Set where the core was started again after it had ended by itself. */
  startedAgain?: true;
};

/** `at`: our clock. */
export type Notice = { id: number; at: number; words: Words };

/** One knock at an own address. `why`: the system's error code, or words of ours. */
export type SelfTestResult = { url: string; ms: number; ok: boolean; why?: Spoken };

/** What a firewall does with a station that calls. `not-allowed`: nothing lets it in, so it is dropped; `blocked`: a rule keeps it out,
 * and beats every rule that lets it in. */
export type FirewallState = "allowed" | "blocked" | "not-allowed" | "off" | "unknown";

export type FirewallReport = {
  /** The one that was asked; null where there is none that can be. */
  firewall: "windows" | "macos" | "firewalld" | "ufw" | null;
  /** The worst of all networks. */
  state: FirewallState;
  /** The program that listens, which is the one that a rule must name. */
  program: string;
  ports: number[];
  /** Each network that the laptop is on, where the firewall tells them apart. `profile`: Windows' word (Public, Private, Domain). */
  networks?: { name: string; profile: string; state: FirewallState }[];
  /** The names of the rules that block. */
  blockedBy?: string[];
  /** Set by a company's policy: only its administrators can change it. */
  byPolicy?: true;
  /** What lets stations in, for an administrator's PowerShell or shell, in this order. */
  commands: string[];
};

export const connectionContract = {
  /** The core itself: where it listens, under which addresses it is reached. Follows changes of network. */
  "connection.status": feed(z.object({})).of<CoreStatus>(),
  /** Tries each own address as a station would, by ws and by wss where it takes both. */
  "connection.selfTest": call(z.object({})).returns<SelfTestResult[]>(),
  /** What the firewall does with stations; null until it has answered. It is asked when somebody begins to watch, and when the
   * networks of the laptop change. */
  "connection.firewall": feed(z.object({})).of<FirewallReport | null>(),
  /** Asks the firewall now. */
  "connection.askFirewall": call(z.object({})).returns<FirewallReport>(),
  /** Attempts to connect: the last 200, then those that come or change; the same id replaces, and one with `into` is gone into that
   * row. The raw bytes come with `connection.attempt`. */
  "connection.attempts": logFeed(z.object({})).of<Attempt>(),
  /** One attempt with all that is known of it. Fails with not-found. */
  "connection.attempt": call(z.object({ id: z.number().int().min(1) })).returns<Attempt>(),
  /** What the laptop can see when there is no contact at all. */
  "connection.port": call(z.object({})).returns<PortReport>(),
  /** Somebody has seen a notice: it goes. */
  "connection.noticeSeen": call(z.object({ id: z.number().int() })).returns<null>(),
  /** Ends the core in good order, with the window that shows its screens. Answers before it does. */
  "connection.stop": call(z.object({})).returns<null>(),
  /** A fresh one-time link to the screens. */
  "connection.link": call(z.object({})).returns<{ url: string | null }>(),
};
