import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import { tellCommand } from "../../../src/station/telling/command-sentences.ts";
import type { SentenceValue } from "../../../src/station/telling/sentence.ts";
import { tell } from "../../../src/station/telling/sentences.ts";
import { shownToken } from "../../../src/station/views.ts";

/** What happened while one measured: a vertical line with a short label. */
export type Mark = { at: number; kind: MarkKind; label: SentenceValue };
export type MarkKind = "status" | "transaction" | "fault" | "command" | "card";

/** The marks among the entries of the time line. A status says of which outlet it is where there are several. */
export function marksOf(entries: readonly HistoryEntry[]): Mark[] {
  const outlets = new Set(
    entries.flatMap(({ event }) => (event.kind === "status" ? `${event.evse} ${event.connector}` : [])),
  );
  return entries.flatMap(({ event }): Mark | [] => {
    switch (event.kind) {
      case "status": {
        const kind = event.errorCode !== undefined || event.status === "Faulted" ? "fault" : "status";
        if (outlets.size > 1) return { at: event.ownAt ?? event.at, kind, label: tell(event).main };
        return { at: event.ownAt ?? event.at, kind, label: event.errorCode ?? { state: event.status } };
      }
      case "transaction-started":
        return { at: event.ownAt ?? event.at, kind: "transaction", label: tell(event).main };
      case "transaction-ended":
        return { at: event.ownAt ?? event.at, kind: "transaction", label: tell({ ...event, reason: undefined }).main };
      case "command-sent": {
        const label = tellCommand(event.name, event.args, undefined).main.values.command;
        return label === undefined ? [] : { at: event.ownAt ?? event.at, kind: "command", label };
      }
      case "token":
        return { at: event.ownAt ?? event.at, kind: "card", label: shownToken(event.token) };
      default:
        return [];
    }
  });
}

/** How far from the cursor a mark is that it points at, px. */
export const nearMark = 6;

/** A mark as it is drawn: `lane` is the line of text its label stands in and `labelX` where, absent where there is no room. */
export type PlacedMark<M> = { mark: M; x: number; label?: { lane: number; x: number } };

/** Places labels so that none lies on another or on the line of a mark that is named above it: faults first, then the newest, for
 * they matter most. A label stands right of its mark, or left of it where the edge leaves no room.
 * @param room from where to where there is room, the same measure as `x` */
export function placeMarks<M extends { kind: Mark["kind"] }>(
  marks: readonly { mark: M; x: number; width: number }[],
  room: { from: number; to: number; lanes: number; between: number },
): PlacedMark<M>[] {
  const seen = marks.filter(({ x }) => x >= room.from && x <= room.to);
  const first = [...seen].sort((a, b) => urgency(b.mark) - urgency(a.mark) || b.x - a.x);
  const taken: { lane: number; from: number; to: number; stem: number }[] = [];
  const labels = new Map<(typeof seen)[number], { lane: number; x: number }>();
  for (const item of first) {
    const x = item.x + item.width <= room.to ? item.x : Math.max(room.from, item.x - item.width);
    const mine = { from: x, to: x + item.width, stem: item.x };
    for (let lane = 0; lane < room.lanes; lane++) {
      const free = taken.every((other) => {
        if (other.lane === lane) return mine.to + room.between <= other.from || other.to + room.between <= mine.from;
        const [upper, lower] = other.lane > lane ? [other, mine] : [mine, other];
        return upper.stem <= lower.from || upper.stem >= lower.to;
      });
      if (!free) continue;
      taken.push({ ...mine, lane });
      labels.set(item, { lane, x });
      break;
    }
  }
  return [...seen]
    .sort((a, b) => a.x - b.x)
    .map((item) => {
      const label = labels.get(item);
      return label ? { mark: item.mark, x: item.x, label } : { mark: item.mark, x: item.x };
    });
}

/** Marks that lie so near to each other that they are one tick: how many they are, and of which kind the gravest is. */
export type MarkTick = { x: number; kind: MarkKind; count: number };

/** Gathers marks into ticks.
 * @param marks by their x
 * @param near the same measure as `x` */
export function gatherMarks(marks: readonly { mark: { kind: MarkKind }; x: number }[], near: number): MarkTick[] {
  const ticks: MarkTick[] = [];
  for (const { mark, x } of marks) {
    const last = ticks.at(-1);
    if (!last || x - last.x >= near) {
      ticks.push({ x, kind: mark.kind, count: 1 });
      continue;
    }
    last.count++;
    if (urgency(mark) > urgency(last)) last.kind = mark.kind;
  }
  return ticks;
}

/** How high a tick of so many marks is, px: it grows with each doubling. */
export function tickHeight(count: number): number {
  return Math.min(24, 6 + 3 * Math.log2(count));
}

function urgency(mark: { kind: Mark["kind"] }): number {
  return mark.kind === "fault" ? 1 : 0;
}
