import { z } from "zod";
import { call, feed } from "../../lib/contract.ts";

/** What can be set; each with its range. Changes take effect at once unless it says otherwise. */
export const settingsShape = z.object({
  language: z.enum(["system", "en", "sv"]),
  theme: z.enum(["system", "light", "dark", "sunlight"]),
  /** What the system tells while somebody looks elsewhere: nothing, or a notice when a station faults, goes, comes back or is turned away,
   * without a sound or with one. */
  notices: z.enum(["off", "silent", "sound"]),
  /** Port stations connect to, on every network, unless `listeners` names others. Links that are up stay up. */
  port: z.number().int().min(1).max(65535),
  /** Where stations connect, instead of `port`: several places, each for ws, wss, or both told apart by the first byte. */
  listeners: z
    .array(
      z.object({
        host: z.string().trim().min(1).max(255),
        port: z.number().int().min(1).max(65535),
        mode: z.enum(["both", "ws", "wss"]),
      }),
    )
    .max(8),
  /** WebSocket ping to each station, seconds; 0 = none. */
  pingSeconds: z.number().int().min(0).max(3600),
  /** Heartbeat interval told in the boot answer, seconds. */
  heartbeatSeconds: z.number().int().min(1).max(86_400),
  /** How long we wait for the answer to a call, seconds. */
  answerSeconds: z.number().int().min(1).max(600),
  /** Largest frame taken, bytes; a larger one ends the link. */
  frameLimit: z
    .number()
    .int()
    .min(1024)
    .max(64 * 1024 * 1024),
  /** Whether compression is agreed to where a station offers it (RFC 7692; required of a CSMS by 2.0.1 part 4, 3.4). Links that are up
   * stay as they are. */
  compression: z.boolean(),
  /** Tell the local network by mDNS where stations connect. */
  announce: z.boolean(),
  /** The registration status in the boot answer. */
  bootStatus: z.enum(["Accepted", "Pending", "Rejected"]),
  /** How stations are treated that have no choice of their own: deviations are refused as the specification says, or read as
   * they are meant. */
  strict: z.boolean(),
  /** A station that was never let in: let in, held until somebody decides, or refused. */
  unknownStations: z.enum(["accept", "ask", "refuse"]),
  /** Whether our time is told with milliseconds. */
  timeMilliseconds: z.boolean(),
  /** Whether the core asks for the boot and the statuses that do not come after a connect. */
  triggerAfterConnect: z.boolean(),
  /** A station asks for a certificate: sign it when it is in order, let somebody decide, or refuse. */
  signCsr: z.enum(["auto", "ask", "refuse"]),
  /** The organisation that a signing request must name; empty: any (security whitepaper, CpoName). */
  csrOrganisation: z.string().trim().max(64),
  /** An RSA root and server certificate beside the ECDSA ones, for stations that take RSA only. */
  rsaCertificate: z.boolean(),
  /** TLS 1.0 and 1.1, with their ciphers, where the runtime has them. They are broken: for old stations only. */
  oldTls: z.boolean(),
  /** Names or addresses to put into the server certificate beside the laptop's own. */
  serverNames: z
    .array(
      z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9:]([A-Za-z0-9:.-]{0,251}[A-Za-z0-9:])?$/, "a host name or an address"),
    )
    .max(20),
});

export type Settings = z.infer<typeof settingsShape>;

export const defaultSettings: Settings = {
  language: "system",
  theme: "system",
  notices: "silent",
  port: 9000,
  listeners: [],
  pingSeconds: 30,
  heartbeatSeconds: 300,
  answerSeconds: 30,
  frameLimit: 1024 * 1024,
  compression: true,
  announce: false,
  bootStatus: "Accepted",
  strict: false,
  unknownStations: "accept",
  timeMilliseconds: true,
  triggerAfterConnect: true,
  signCsr: "auto",
  csrOrganisation: "",
  rsaCertificate: false,
  oldTls: false,
  serverNames: [],
};

export const settingsContract = {
  "settings.values": feed(z.object({})).of<Settings>(),
  "settings.change": call(settingsShape.partial()).returns<Settings>(),
};
