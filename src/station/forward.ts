/** Forward mode: station, laptop, and the real central system above it. Words that the core and the screens share. */

/** What the laptop does with the station's frames while the central system above is away: answer itself, be silent, or hang up so
 * that the station keeps what it has to say. */
export const whenAways = ["answer", "silent", "disconnect"] as const;
export type WhenAway = (typeof whenAways)[number];

/** Whose HTTP Basic credentials go up: those that the station came with, others, or none. */
export const credentialChoices = ["station", "own", "none"] as const;
export type CredentialChoice = (typeof credentialChoices)[number];

/** How a station is forwarded; the password is kept apart. */
export type ForwardSettings = {
  on: boolean;
  /** ws or wss; the identity is put at its end, or in place of `{identity}`. */
  url: string;
  credentials: CredentialChoice;
  /** With `own`; absent: the identity. */
  user?: string;
  /** PEM; trusted beside the public roots. */
  ca?: string;
  /** Any certificate is taken. */
  insecure: boolean;
  whenAway: WhenAway;
};

/** Which way a frame goes: up to the central system, or down to the station. */
export type Way = "up" | "down";

/** What is held back: by way, and by action where `actions` is not empty. An answer has the action of its question. */
export type HoldRule = { up: boolean; down: boolean; actions: string[] };

/** Why the central system above cannot be had, in a word of ours. */
export const upstreamProblems = [
  "unreachable",
  "blocked",
  "unknown-host",
  "no-answer",
  "certificate-unknown",
  "certificate-expired",
  "certificate-name",
  "tls",
  "unauthorized",
  "refused",
  "no-websocket",
  "subprotocol",
  "not-reading",
  "bad-message",
  "closed",
  "failed",
] as const;
export type UpstreamProblem = (typeof upstreamProblems)[number];

/** `detail` is the system's own word, or the other end's. */
export type UpstreamEnd = { problem: UpstreamProblem; detail: string };

/** How the leg to the central system above is. Times are our clock. */
export type LegState =
  /** There is no station to dial for. */
  | { state: "idle" }
  | { state: "connecting"; since: number; tries: number }
  | { state: "open"; since: number; subprotocol?: string }
  | ({ state: "away"; since: number; tries: number; nextTryAt: number } & UpstreamEnd);
