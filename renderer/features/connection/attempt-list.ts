import type { OwnAddress } from "../../../src/services/connection/contract.ts";
import type { Attempt } from "../../../src/station/attempts.ts";
import { type AttemptStage, attemptStages } from "../../../src/words/stages.ts";
import type { Tone } from "../../ui/status.ts";

/** The rows as they stand now, the latest first: the same id replaces, and what was counted in another row is gone. */
export function foldAttempts(log: readonly Attempt[]): Attempt[] {
  const rows = new Map<number, Attempt>();
  for (const attempt of log) {
    if (attempt.into === undefined) rows.set(attempt.id, attempt);
    else rows.delete(attempt.id);
  }
  return [...rows.values()].sort((a, b) => b.lastAt - a.lastAt || b.id - a.id);
}

/** True for who is not this laptop itself.
 * @param own the laptop's addresses */
export function isFromOutside(
  { remoteAddress }: Pick<Attempt, "remoteAddress">,
  own: readonly Pick<OwnAddress, "address">[],
): boolean {
  if (remoteAddress === "::1" || remoteAddress.startsWith("127.")) return false;
  return !own.some(({ address }) => address === remoteAddress);
}

/** The stages that an attempt has before it: TLS only where it was spoken. */
export function stagesOf({ hello, tls }: Pick<Attempt, "hello" | "tls">): AttemptStage[] {
  return attemptStages.filter((stage) => stage !== "tls" || hello !== undefined || tls !== undefined);
}

/** What a state means, as a colour. */
export function toneOf({ state, causes }: Pick<Attempt, "state" | "causes">): Tone {
  if (state === "stopped") return "faulted";
  if (state === "connected") return causes.length === 0 ? "available" : "waiting";
  return state === "under-way" ? "waiting" : "quiet";
}

/** Milliseconds until the next try is likely: negative when it is late, null when nothing can be said.
 * @param now our clock */
export function untilNext(attempt: Attempt, now: number): number | null {
  const { gapMs, state, lastAt, repeats } = attempt;
  if (!gapMs || repeats < 2 || state === "connected" || state === "under-way") return null;
  const left = lastAt + gapMs - now;
  // A whole round late: it does not come any more.
  return left < -gapMs - 5000 ? null : left;
}

/** The bytes of a base64 text. */
export function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Bytes as lines of sixteen: offset, hex, and the characters that can be shown. */
export function hexLines(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const part = [...bytes.subarray(at, at + 16)];
    const hex = part.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const text = part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".")).join("");
    lines.push(`${at.toString(16).padStart(4, "0")}  ${hex.padEnd(47)}  ${text}`);
  }
  return lines.join("\n");
}
