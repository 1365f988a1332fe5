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

const arrows = { in: "<", out: ">", unknown: "?" } as const;

/** Which way a frame went, as a sign: from the station `<`, to it `>`; on the leg to the central system above doubled; of one that was
 * printed on a console behind `~`. */
export function frameArrow({ direction, lane }: Pick<FrameRecord, "direction" | "lane">): string {
  const arrow = arrows[direction];
  if (lane === "console") return `~${arrow}`;
  return lane ? arrow + arrow : arrow;
}

/** The rules that a frame breaks, for a cell. */
export function rulesOf(findings: FrameRecord["findings"]): string {
  return findings.map(({ rule }) => rule).join(", ");
}
