import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import { type SentenceValue, tell, tellCommand } from "../history/sentences.ts";

/** What happened while one measured: a vertical line with a short label. */
export type Mark = { at: number; kind: "status" | "fault" | "command" | "card"; label: SentenceValue };

/** The marks among the entries of the time line. */
export function marksOf(entries: readonly HistoryEntry[]): Mark[] {
  return entries.flatMap(({ event }): Mark | [] => {
    switch (event.kind) {
      case "status":
        if (event.errorCode !== undefined || event.status === "Faulted") {
          return { at: event.at, kind: "fault", label: event.errorCode ?? event.status };
        }
        return { at: event.at, kind: "status", label: { state: event.status } };
      case "transaction-started":
        return { at: event.at, kind: "status", label: tell(event).main };
      case "transaction-ended":
        return { at: event.at, kind: "status", label: tell({ ...event, reason: undefined }).main };
      case "command-sent": {
        const label = tellCommand(event.name, event.args, undefined).main.values.command;
        return label === undefined ? [] : { at: event.at, kind: "command", label };
      }
      case "token":
        return { at: event.at, kind: "card", label: event.token.value };
      default:
        return [];
    }
  });
}

/** A mark as it is drawn: `lane` is the line of text its label stands in and `labelX` where, absent where there is no room. */
export type PlacedMark<M> = { mark: M; x: number; label?: { lane: number; x: number } };

/** Places labels so that none lies on another: each in the first lane that has room, newest first, for they matter most. A label
 * stands right of its mark, or left of it where the edge leaves no room.
 * @param room from where to where there is room, the same measure as `x` */
export function placeMarks<M>(
  marks: readonly { mark: M; x: number; width: number }[],
  room: { from: number; to: number; lanes: number; between: number },
): PlacedMark<M>[] {
  const free: number[] = new Array(room.lanes).fill(room.to);
  const placed: PlacedMark<M>[] = [];
  for (const { mark, x, width } of [...marks].sort((a, b) => b.x - a.x)) {
    if (x < room.from || x > room.to) continue;
    const at = x + width <= room.to ? x : Math.max(room.from, x - width);
    const lane = free.findIndex((edge) => at + width <= edge);
    if (lane === -1) placed.push({ mark, x });
    else {
      free[lane] = at - room.between;
      placed.push({ mark, x, label: { lane, x: at } });
    }
  }
  return placed.reverse();
}
