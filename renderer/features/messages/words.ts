import type { MessageRow } from "../../../src/services/messages/contract.ts";
import { tellsFault } from "../../../src/services/messages/filter.ts";
import { severityOf } from "../../../src/station/findings.ts";

/** What a row is coloured by: an error, a warning, or nothing. Notices keep the colour of the text. */
export function rowTone(row: MessageRow): "faulted" | "waiting" | null {
  const severities = [...row.findings, ...(row.answer?.findings ?? [])].map(severityOf);
  if (row.kind === "error" || row.kind === "unreadable" || row.answer?.kind === "error") return "faulted";
  if (severities.includes("error") || tellsFault(row)) return "faulted";
  return severities.includes("warning") ? "waiting" : null;
}

/** The findings of both halves. */
export function findingCount(row: MessageRow): number {
  return row.findings.length + (row.answer?.findings.length ?? 0);
}

/** The index of the row that holds a frame, as its question or its answer; -1 when none does. */
export function indexHolding(rows: readonly MessageRow[], seq: number): number {
  return rows.findIndex((row) => row.seq === seq || row.answer?.seq === seq);
}

/** The height of a row, px: an unfolded one shows its answer on a line of its own. */
export function rowHeight(row: MessageRow | undefined, unfolded: ReadonlySet<number>): number {
  return row?.answer && unfolded.has(row.seq) ? 64 : 32;
}

/** Where the selection goes by a key; null for a key that does not walk. */
export function walk(key: string, index: number, count: number, page: number): number | null {
  const last = count - 1;
  switch (key) {
    case "ArrowDown":
      return Math.min(last, index + 1);
    case "ArrowUp":
      return index === -1 ? last : Math.max(0, index - 1);
    case "PageDown":
      return Math.min(last, index + page);
    case "PageUp":
      return Math.max(0, index - page);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}
