import type { SummaryLabel } from "../../station/model.ts";
import type { FramesRepository, StoredFrame } from "../../store/frames.ts";
import type { FrameRecord, SummaryField } from "./contract.ts";
import { summaryOf, toRecords } from "./logic.ts";

/** Of so many with the same action the same place is looked for. */
const mostLookedAt = 500;
const piece = 50;
const places: readonly SummaryLabel[] = ["evse", "connector"];

/** The frame before one that is of the same kind: of the same station, direction, action and place, question or answer as it is.
 * @param row that holds it */
export function previousOf(row: StoredFrame, record: FrameRecord, frames: FramesRepository): FrameRecord | undefined {
  const { station, direction, action, lane } = row;
  if (action === null) return undefined;
  const half = record.seq - row.seq;
  // An answer tells no place: its question does.
  const question = row.question === null ? row : (frames.holding(row.question) ?? row);
  const wanted = placeOf(question);
  const { first } = frames.bounds();
  let before = row.seq;
  for (let looked = 0; looked < mostLookedAt; looked += piece) {
    const rows = frames.newest(first, before, { station, direction, action }, piece);
    for (const one of rows) {
      if (one.lane !== lane || (one.question === null) !== (row.question === null)) continue;
      const asked = one.question === null ? one : (frames.holding(one.question) ?? one);
      const found = placeOf(asked) === wanted ? toRecords(one, record.station)[half] : undefined;
      if (found) return found;
    }
    const last = rows.at(-1);
    if (!last || rows.length < piece) return undefined;
    before = last.seq;
  }
  return undefined;
}

function placeOf(row: StoredFrame): string {
  const [own] = toRecords(row, "");
  const summary: SummaryField[] = own ? summaryOf(own) : [];
  return places.map((label) => summary.find((field) => field.label === label)?.value ?? "").join(" ");
}
