import type { Attempt } from "../../station/attempts.ts";

type Group = { row: Attempt; starts: number[] };

const groupsKept = 500;
const startsKept = 9;
/** Later than this it is another story. */
const longestGapMs = 30 * 60_000;
/** These depend on what came before, and do not make one attempt unlike another. */
const circumstance = new Set(["reconnect-loop", "version-probe", "same-identity"]);

/** A flood comes under ever new names: it is one row for each address. */
const floods = new Set(["too-many-links", "too-many-new"]);

/** Counts attempts of one kind from one address in one row. */
export class Repeats {
  readonly #groups = new Map<string, Group>();

  /** Takes in a row of an earlier life. */
  remember(row: Attempt): void {
    this.#set(keyOf(row), { row, starts: [row.lastAt] });
  }

  /** The row that an attempt which is over belongs to: its own, or an earlier one's, with the facts of the latest. */
  count(attempt: Attempt): Attempt {
    const key = keyOf(attempt);
    const group = this.#groups.get(key);
    const last = group?.starts.at(-1) ?? 0;
    const gap = attempt.at - last;
    if (!group || gap > Math.max(longestGapMs, 3 * (group.row.gapMs ?? 0))) {
      this.#set(key, { row: attempt, starts: [attempt.at] });
      return attempt;
    }
    const starts = [...group.starts, attempt.at].slice(-startsKept);
    const { id, at, repeats } = group.row;
    const row: Attempt = { ...attempt, id, at, repeats: repeats + 1, lastAt: Math.max(last, attempt.at) };
    row.gapMs = middle(starts.slice(1).map((start, index) => start - (starts[index] ?? start)));
    this.#set(key, { row, starts });
    return row;
  }

  #set(key: string, group: Group): void {
    this.#groups.delete(key);
    this.#groups.set(key, group);
    if (this.#groups.size > groupsKept) this.#groups.delete(this.#groups.keys().next().value ?? "");
  }
}

function keyOf({ remoteAddress, identity, passed, state, causes }: Attempt): string {
  const codes = causes.map(({ code }) => code).filter((code) => !circumstance.has(code));
  const who = codes.some((code) => floods.has(code)) ? "" : (identity ?? "");
  return [remoteAddress, who, passed, state, ...codes.sort()].join(" ");
}

/** The median, in whole milliseconds. */
export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0);
}
