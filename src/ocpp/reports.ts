import { readFrame } from "./frame.ts";
import { exactInteger, text } from "./read.ts";

/** Requests of 2.x that are answered at once and then reported on in messages of their own (B07, B08, N02). */
const reporting: ReadonlySet<string> = new Set(["GetBaseReport", "GetReport"]);

/** True for a request that a report follows. */
export function asksForReport(action: string | null): boolean {
  return action !== null && reporting.has(action);
}

/** The id of the report that a station has promised with its answer; null when it promised none.
 * @param question our request and
 * @param answer its answer as they stood on the wire */
export function promisedReport(question: string, answer: string): number | string | null {
  const asked = readFrame(question);
  const answered = readFrame(answer);
  if (asked.type !== "call" || answered.type !== "result") return null;
  if (text(answered.payload, "status") !== "Accepted") return null;
  return exactInteger(asked.payload, "requestId") ?? null;
}
