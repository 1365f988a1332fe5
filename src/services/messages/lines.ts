import { asItIs, csvLine, jsonLine, type Tell } from "../../redaction/tell.ts";
import type { FrameRecord } from "./contract.ts";
import { tellRecord } from "./logic.ts";

/** The columns of a table of frames. */
export const frameHead = ["seq", "time", "station", "direction", "lane", "action", "text", "findings", "marks"];

/** A frame as a line of JSON. */
export function frameJson(record: FrameRecord, tell: Tell): string {
  // Most lines hold no secret, which is told in one look at the whole.
  const line = jsonLine(record, asItIs);
  return tell(line) === line ? line : jsonLine(tellRecord(record, tell), tell);
}

/** A frame as a line of a table. */
export function frameCsv(record: FrameRecord, tell: Tell): string {
  const { seq, time, station, direction, text, findings, action, lane, marks } = tellRecord(record, tell);
  return csvLine([seq, time, station, direction, lane, action ?? "", text, rulesOf(findings), marks?.join(", ")], tell);
}

/** The rules that a frame breaks, for a cell. */
export function rulesOf(findings: FrameRecord["findings"]): string {
  return findings.map(({ rule }) => rule).join(", ");
}
