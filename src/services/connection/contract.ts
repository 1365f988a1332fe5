import { z } from "zod";
import { call, feed } from "../../lib/contract.ts";

/** One address of the laptop and what to type into a station that is reached through it. */
export type OwnAddress = {
  /** e.g. 192.168.1.20 or fe80::1 */
  address: string;
  family: 4 | 6;
  /** The system's name, e.g. eth0. */
  network: string;
  kind: "ethernet" | "wifi" | "usb" | "virtual" | "loopback" | "other";
  linkLocal: boolean;
  /** How likely it is the right one for a station. */
  likelihood: "likely" | "possible" | "unlikely";
  /** Ends in a slash; the station's identity comes after it. */
  url: string;
};

export type CoreStatus = {
  version: string;
  startedAt: number;
  dataFolder: string;
  /** Where stations connect. `wanted` differs from `port` when that was taken. */
  listening: { host: string; port: number; wanted: number }[];
  addresses: OwnAddress[];
  /** Set while the record cannot be written: nothing is answered until it can. */
  storeProblem?: string;
};

/** One knock at an own address. `why`: the system's error code, or no-answer. */
export type SelfTestResult = { url: string; ms: number; ok: boolean; why?: string };

export const connectionContract = {
  /** The core itself: where it listens, under which addresses it is reached. Follows changes of network. */
  "connection.status": feed(z.object({})).of<CoreStatus>(),
  /** Knocks at each own address as a station would. */
  "connection.selfTest": call(z.object({})).returns<SelfTestResult[]>(),
  /** A fresh one-time link to the screens. */
  "connection.link": call(z.object({})).returns<{ url: string | null }>(),
};
