import type { Level, RebootSign } from "../model.ts";

/** What is told by the beginning of a line, and so of all of its kind. */
export type Told = { level?: Level; sign?: RebootSign };
/** Lines of one kind. */
export type Group = Told & { kind: number; count: number; first: number; last: number };

/** So many kinds are kept at a time. */
const most = 40_000;

/** Counts lines by their kind. Where there are too many kinds, those are forgotten that came least: what comes often is counted well. */
export class Groups {
  readonly #groups = new Map<number, Group>();
  /** Kinds were forgotten: counts may be too low. */
  isRough = false;

  /** Adds a line to its group.
   * @param tell is asked of the first of a kind alone */
  add(kind: number, line: number, tell: () => Told): Group {
    const known = this.#groups.get(kind);
    if (known) {
      known.count++;
      known.last = line;
      return known;
    }
    if (this.#groups.size >= most) this.#forget();
    const group = { ...tell(), kind, count: 1, first: line, last: line };
    this.#groups.set(kind, group);
    return group;
  }

  /** Those of most lines, most first; of one level, where it is given. */
  top(count: number, level?: Level): Group[] {
    return [...this.#groups.values()]
      .filter((group) => level === undefined || group.level === level)
      .sort((a, b) => b.count - a.count || a.first - b.first)
      .slice(0, count);
  }

  /** Adds the groups of lines that stand further down. */
  merge(groups: Iterable<Group>): void {
    for (const group of groups) {
      const own = this.#groups.get(group.kind);
      if (own) {
        own.count += group.count;
        own.last = group.last;
      } else this.#groups.set(group.kind, { ...group });
    }
  }

  #forget(): void {
    this.isRough = true;
    for (let least = 1; this.#groups.size > most / 2; least *= 2) {
      for (const [kind, { count }] of this.#groups) if (count <= least) this.#groups.delete(kind);
    }
  }
}
