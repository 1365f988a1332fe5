import type { ConsoleSign } from "../../station/serial/signs.ts";
import { signIn } from "./sign-in.ts";

/** The same sign is told once in this time, and then with how often it came meanwhile, milliseconds. */
const sameMs = 60_000;
/** A start that follows another sign of the same start within so long is not told by itself. */
const oneStartMs = 10_000;
/** So many starts within so long are a loop. */
const loopStarts = 4;
const loopMs = 180_000;
/** Different signs told in a minute: a console may print anything, and each is an entry of the record. */
const mostInAMinute = 30;

type Known = { toldAt: number; passed: number };

/** Follows the lines of one console: tells each boot, reset and fault once, and a loop as one. */
export class SignWatch {
  readonly #known = new Map<string, Known>();
  #starts: number[] = [];
  #startAt = new Map<string, number>();
  #loopToldAt = Number.NEGATIVE_INFINITY;
  #minute = Number.NEGATIVE_INFINITY;
  #inMinute = 0;

  /** Takes a line; hands back what it tells that is news.
   * @param at our clock, milliseconds */
  line(text: string, at: number): ConsoleSign[] {
    const sign = signIn(text);
    if (!sign) return [];
    const told: ConsoleSign[] = [];
    const isStart = sign.sign === "started" || sign.sign === "reset";
    if (isStart && this.#isSameStart(sign, at)) return told;
    const news = this.#news(sign, at);
    if (news) told.push(news);
    if (isStart) told.push(...this.#loop(sign, at));
    return told;
  }

  /** A reset is told by the processor's ROM, and the start after it by what it loads. */
  #isSameStart({ system, sign }: ConsoleSign, at: number): boolean {
    const last = this.#startAt.get(system);
    if (sign === "reset") {
      this.#startAt.set(system, at);
      return false;
    }
    this.#startAt.set(system, at);
    return last !== undefined && at - last < oneStartMs;
  }

  #news(sign: ConsoleSign, at: number): ConsoleSign | null {
    const key = `${sign.system} ${sign.sign} ${sign.cause ?? ""} ${sign.detail ?? ""}`;
    const known = this.#known.get(key);
    if (known && at - known.toldAt < sameMs && at >= known.toldAt) {
      known.passed++;
      return null;
    }
    if (at - this.#minute >= sameMs || at < this.#minute) {
      this.#minute = at;
      this.#inMinute = 0;
      for (const [old, { toldAt }] of this.#known) if (at - toldAt > loopMs) this.#known.delete(old);
    }
    if (++this.#inMinute > mostInAMinute) return null;
    this.#known.set(key, { toldAt: at, passed: 0 });
    return known && known.passed > 0 ? { ...sign, again: known.passed } : sign;
  }

  #loop({ system, said }: ConsoleSign, at: number): ConsoleSign[] {
    this.#starts = [...this.#starts.filter((start) => at - start < loopMs && start <= at), at].slice(-loopStarts);
    if (this.#starts.length < loopStarts || at - this.#loopToldAt < loopMs) return [];
    this.#loopToldAt = at;
    return [{ system, sign: "boot-loop", said }];
  }
}
