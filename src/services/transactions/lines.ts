import type { Cell } from "../../lib/csv.ts";
import { isoTime } from "../../lib/units.ts";
import type { Transaction } from "../../station/model.ts";
import { shownToken } from "../../station/views.ts";

/** The columns of a table of transactions. Energy and meters are in Wh. */
export const transactionHead = [
  "began",
  "ended",
  "station",
  "evse",
  "connector",
  "transaction",
  "token",
  "state",
  "energyWh",
  "energyFrom",
  "meterStart",
  "meterStop",
  "reason",
  "toldLate",
  "frame",
];

/** A transaction as a row of a table. */
export function transactionCells(station: string, one: Transaction): Cell[] {
  const { startedAt, endedAt, evse, connector, id, token, state, energyWh, energyFrom, meterStart, meterStop } = one;
  return [
    isoTime(startedAt),
    endedAt === undefined ? undefined : isoTime(endedAt),
    station,
    evse,
    connector,
    id,
    token && shownToken(token),
    state,
    energyWh ?? undefined,
    energyFrom ?? undefined,
    meterStart,
    meterStop,
    one.endReason,
    one.offline || one.historic ? "yes" : undefined,
    one.startFrame,
  ];
}

/** A transaction as scripts are told of it: a pin is not in it. */
export function toldTransaction(station: string, one: Transaction): Transaction & { station: string } {
  return { station, ...one, ...(one.token && { token: { ...one.token, value: shownToken(one.token) } }) };
}
