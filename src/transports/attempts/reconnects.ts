import type { Attempt, Cause } from "../../station/attempts.ts";
import type { CloseCause } from "../../station/model.ts";
import { middle } from "./groups.ts";

type Connection = {
  id: number;
  at: number;
  address: string;
  version: string;
  booted: boolean;
  closedAt?: number;
  cause?: CloseCause;
};

const livesKept = 6;
const identitiesKept = 500;
const shortMs = 5 * 60_000;
const longestPauseMs = 25 * 60_000;
const probeMs = 60_000;

/** The last connections of each identity: tells loops and probes from a station's ordinary coming and going. */
export class Reconnects {
  readonly #byIdentity = new Map<string, Connection[]>();

  /** A connection has opened, with this subprotocol. Gives what its predecessors make of it. */
  opened(attempt: Attempt, version: string, now: number): { causes: Cause[]; gapMs?: number } {
    const identity = attempt.identity ?? "";
    const before = this.#byIdentity.get(identity) ?? [];
    const life: Connection = {
      id: attempt.id,
      at: attempt.at,
      address: attempt.remoteAddress,
      version,
      booted: false,
    };
    this.#byIdentity.delete(identity);
    this.#byIdentity.set(identity, [...before, life].slice(-livesKept));
    if (this.#byIdentity.size > identitiesKept) this.#byIdentity.delete(this.#byIdentity.keys().next().value ?? "");
    const causes: Cause[] = [];
    const last = before.at(-1);
    if (last && isProbe(last, life, now))
      causes.push({ code: "version-probe", said: `${last.version}, ${life.version}` });
    const loop = loopOf([...before, life]);
    if (!loop) return { causes };
    causes.push({ code: "reconnect-loop", said: `${(loop.pauseMs / 1000).toFixed(loop.pauseMs < 10_000 ? 1 : 0)} s` });
    return { causes, gapMs: loop.gapMs };
  }

  /** A connection has closed. */
  closed(attempt: Attempt, now: number, cause: CloseCause): void {
    const life = this.#byIdentity.get(attempt.identity ?? "")?.find(({ id }) => id === attempt.id);
    if (!life) return;
    life.closedAt = now;
    life.cause = cause;
    life.booted = attempt.boot !== undefined;
  }
}

/** One version first and then another, and the first did not get to a boot. */
function isProbe(last: Connection, life: Connection, now: number): boolean {
  if (last.address !== life.address || last.version === life.version || last.booted) return false;
  return now - (last.closedAt ?? last.at) <= probeMs;
}

/** The third short connection in a row, none of which we ended, and not one for each version: the pause before it, and the time from one to the next. */
function loopOf(reconnects: Connection[]): { pauseMs: number; gapMs: number } | null {
  const last = reconnects.slice(-3);
  const [first, second, third] = last;
  if (!first || !second || !third) return null;
  if (new Set(last.map(({ version }) => version)).size === last.length) return null;
  const pauses: number[] = [];
  for (const [index, life] of [first, second].entries()) {
    const next = last[index + 1];
    if (!next || life.closedAt === undefined || (life.cause !== "station" && life.cause !== "lost")) return null;
    if (life.closedAt - life.at > shortMs || next.at - life.closedAt > longestPauseMs) return null;
    pauses.push(Math.max(0, next.at - life.closedAt));
  }
  return { pauseMs: middle(pauses), gapMs: middle([second.at - first.at, third.at - second.at]) };
}
