import type { JsonObject } from "../../src/lib/json.ts";
import type { AnswerContext, Dialect } from "../../src/ocpp/dialect.ts";
import type { EventBody } from "../../src/station/events.ts";
import { newStation, type StationState, type Transaction } from "../../src/station/model.ts";
import { newTransaction } from "../../src/station/transactions/ledger.ts";

/** Our clock in tests of dialects. */
export const noon = Date.UTC(2026, 6, 1, 12);

/** One request put to a dialect as a session does it: the reply, then the events that rest on both.
 * By default the station is new, the boot accepted, every token accepted, and the next transaction id 7. */
export function exchange(
  dialect: Dialect,
  action: string,
  request: JsonObject,
  given: Partial<AnswerContext> = {},
): { reply: JsonObject; events: EventBody[] } {
  const handler = dialect.handlers[action];
  if (!handler) throw new Error(`no handler for ${action}`);
  const context: AnswerContext = {
    now: noon,
    boot: { status: "Accepted", intervalSeconds: 300 },
    station: newStation("CP1", noon),
    decide: () => ({ status: "Accepted" }),
    signs: () => false,
    newTransactionId: () => 7,
    ...given,
  };
  const reply = handler.reply(request, context);
  const events = handler.events?.(request, reply, { at: context.now, station: context.station }) ?? [];
  return { reply, events };
}

/** A station with a transaction on EVSE 1, connector 1, started at 11:00 by card 04A1 at 1000 Wh under the id 7. */
export function charging(change: Partial<Transaction> = {}): StationState {
  const transaction: Transaction = {
    ...newTransaction("7", 1, noon - 3_600_000, 3),
    connector: 1,
    token: { value: "04A1" },
    stationStart: "2026-07-01T11:00:00Z",
    meterStart: 1000,
    ...change,
  };
  return {
    ...newStation("CP1", noon),
    evses: [{ evse: 1, connectors: [{ connector: 1, status: "Charging" }], live: [], transaction }],
    transactions: [transaction],
  };
}
