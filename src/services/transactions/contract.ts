import { z } from "zod";
import { call } from "../../lib/contract.ts";
import type { Transaction } from "../../station/model.ts";
import type { HistoryEntry } from "../history/contract.ts";

const station = z.string().min(1).max(255);

export const transactionsContract = {
  /** The transactions that began last, or those before the one that began in frame `before`; newest first. Each as it ended, or is now.
   * `more`: there are earlier ones. Fails with not-found for a station that nobody knows. */
  "transactions.page": call(
    z.object({ station, before: z.number().int().min(1).optional(), limit: z.number().int().min(1).max(200) }),
  ).returns<{ rows: Transaction[]; more: boolean }>(),
  /** What was told of a transaction that began in frame `from`: its begin, its changes, its end, and the cards shown meanwhile; oldest
   * first, the first 500. */
  "transactions.events": call(z.object({ station, id: z.string().max(100), from: z.number().int().min(1) })).returns<
    HistoryEntry[]
  >(),
};
