import type { JsonObject } from "../../lib/json.ts";
import type { EventBody } from "../../station/events.ts";
import { newStation, type StationState, type Transaction } from "../../station/model.ts";
import { newTransaction } from "../../station/transactions/ledger.ts";
import type { AnswerContext, Dialect, TokenDecision } from "../dialect.ts";

/** For tests: our clock, 2026-01-31T12:00:00Z. */
export const noon = Date.UTC(2026, 0, 31, 12);

/** For tests: a station with one running transaction on EVSE 2. */
export function stationCharging(id: string, more: Partial<Transaction> = {}): StationState {
  const station = newStation("CP1", noon);
  const transaction = { ...newTransaction(id, 2, noon, 1), ...more };
  station.transactions.push(transaction);
  station.evses.push({ evse: 1, connectors: [], live: [] }, { evse: 2, connectors: [], live: [], transaction });
  return station;
}

/** For tests: what a reply may depend on. */
export function answerContext(
  station = newStation("CP1", noon),
  decision: TokenDecision = { status: "Accepted" },
): AnswerContext {
  return {
    now: noon,
    boot: { status: "Accepted", intervalSeconds: 300 },
    signs: () => false,
    station,
    decide: () => decision,
    newTransactionId: () => 1,
  };
}

/** For tests: a request in, the reply and the events out. */
export function exchange(
  dialect: Dialect,
  action: string,
  request: JsonObject,
  context: AnswerContext = answerContext(),
): { reply: JsonObject; events: EventBody[] } {
  const handler = dialect.handlers[action];
  if (!handler) throw new Error(`OCPP ${dialect.version} has no handler for ${action}`);
  const reply = handler.reply(request, context);
  const events = handler.events?.(request, reply, { at: context.now, station: context.station }) ?? [];
  return { reply, events };
}
