import { mostReports } from "../bounds.ts";
import type { VariablesReported } from "../events.ts";
import type { ReportState, StationState } from "../model.ts";
import type { Stamped } from "../transactions/ledger.ts";
import { gapsUpTo, has, withNumber } from "../transactions/ranges.ts";

/** Takes note of one part of a report (2.x B08): which of its numbers came, and, once the last one has, which did not. A report that
 * begins anew under the same id is another one. */
export function foldReport(state: StationState, event: Stamped<VariablesReported>): StationState {
  if (event.requestId === undefined) return state;
  const requestId = String(event.requestId);
  const others = (state.reports ?? []).filter((report) => report.requestId !== requestId);
  const known = state.reports?.find((report) => report.requestId === requestId);
  return { ...state, reports: [...others, withPart(known, requestId, event)].slice(-mostReports) };
}

/** The report with one more part. */
export function withPart(
  known: ReportState | undefined,
  requestId: string,
  { part, last, at, seq }: Stamped<VariablesReported>,
): ReportState {
  const before: ReportState = known && !isAnew(known, part) ? known : { requestId, parts: [], at, frame: seq };
  const next: ReportState = { ...before, at, frame: seq };
  if (part === undefined || has(before.parts, part)) next.seqNoStuck = true;
  if (part !== undefined) next.parts = withNumber(before.parts, part);
  if (last) next.last = part ?? 0;
  const missing = next.last === undefined || next.seqNoStuck ? [] : gapsUpTo(next.parts, next.last);
  if (missing.length > 0) next.missing = missing;
  else delete next.missing;
  return next;
}

/** True for the first part of another report under the same id: after the last part of one, or in the midst of one that was broken off.
 * Nothing but parts 0 is a station that does not count. */
export function isAnew({ last, parts }: ReportState, part: number | undefined): boolean {
  return part === 0 && has(parts, 0) && (last !== undefined || (parts.at(-1)?.[1] ?? 0) > 0);
}
