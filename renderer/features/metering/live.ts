import type { LiveSample, StationState } from "../../../src/station/model.ts";
import { byPlace, type LineName, lineName } from "./chart/lines.ts";

/** One line of the table. `again`: the measurand is that of the line above. */
export type LiveRow = LiveSample & Pick<LineName, "key" | "evse" | "connector"> & { again: boolean };

/** The latest values of a station as lines of a table: by outlet, measurand and phase. */
export function liveRows(state: StationState): LiveRow[] {
  const places = [{ evse: 0, live: state.live }, ...state.evses];
  const rows = places.flatMap(({ evse, live }) =>
    live.map((sample) => ({ ...sample, evse, key: lineName({ ...sample, evse }).key, again: false })),
  );
  rows.sort(byPlace);
  for (const [index, row] of rows.entries()) {
    const above = rows[index - 1];
    row.again = above?.evse === row.evse && above.measurand === row.measurand && above.location === row.location;
  }
  return rows;
}

export type LivePlace = { key: string; evse: number; connector?: number; rows: LiveRow[] };

/** The lines by outlet. */
export function placesOf(rows: readonly LiveRow[]): LivePlace[] {
  const places = new Map<string, LivePlace>();
  for (const row of rows) {
    const key = `${row.evse} ${row.connector ?? ""}`;
    const place = places.get(key);
    if (place) place.rows.push(row);
    else places.set(key, { key, evse: row.evse, connector: row.connector, rows: [row] });
  }
  return [...places.values()];
}
