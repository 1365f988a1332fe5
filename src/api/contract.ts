import type { AskedOf, CallNames, FeedNames, Handlers, OutputOf, ValueOf } from "../lib/contract.ts";
import type { Words } from "../lib/words.ts";
import { accessContract } from "../services/access/contract.ts";
import { bookmarksContract } from "../services/bookmarks/contract.ts";
import { callsContract } from "../services/calls/contract.ts";
import { certificatesContract } from "../services/certificates/contract.ts";
import { configurationContract } from "../services/configuration/contract.ts";
import { connectionContract } from "../services/connection/contract.ts";
import { consoleContract } from "../services/console/contract.ts";
import { diagnosticsContract } from "../services/diagnostics/contract.ts";
import { exportContract } from "../services/export/contract.ts";
import { faultsContract } from "../services/faults/contract.ts";
import { filesContract } from "../services/files/contract.ts";
import { findingsContract } from "../services/findings/contract.ts";
import { forwardContract } from "../services/forward/contract.ts";
import { historyContract } from "../services/history/contract.ts";
import { messagesContract } from "../services/messages/contract.ts";
import { meteringContract } from "../services/metering/contract.ts";
import { modbusContract } from "../services/modbus/contract.ts";
import { outboxContract } from "../services/outbox/contract.ts";
import { proceduresContract } from "../services/procedures/contract.ts";
import { readerContract } from "../services/reader/contract.ts";
import { serialContract } from "../services/serial/contract.ts";
import { settingsContract } from "../services/settings/contract.ts";
import { simulatorContract } from "../services/simulator/contract.ts";
import { stationsContract } from "../services/stations/contract.ts";
import { tokensContract } from "../services/tokens/contract.ts";
import { transactionsContract } from "../services/transactions/contract.ts";

/** Everything a front door can ask of the core. */
export const contract = {
  ...accessContract,
  ...proceduresContract,
  ...certificatesContract,
  ...connectionContract,
  ...stationsContract,
  ...messagesContract,
  ...bookmarksContract,
  ...callsContract,
  ...configurationContract,
  ...filesContract,
  ...diagnosticsContract,
  ...outboxContract,
  ...exportContract,
  ...readerContract,
  ...findingsContract,
  ...historyContract,
  ...meteringContract,
  ...tokensContract,
  ...transactionsContract,
  ...settingsContract,
  ...simulatorContract,
  ...forwardContract,
  ...faultsContract,
  ...serialContract,
  ...consoleContract,
  ...modbusContract,
};

export type CoreContract = typeof contract;
export type CoreHandlers = Handlers<CoreContract>;
export type CallName = CallNames<CoreContract>;
export type FeedName = FeedNames<CoreContract>;
export type CallInput<N extends CallName> = AskedOf<CoreContract[N]>;
export type CallOutput<N extends CallName> = OutputOf<CoreContract[N]>;
export type FeedInput<N extends FeedName> = AskedOf<CoreContract[N]>;
export type FeedValue<N extends FeedName> = ValueOf<CoreContract[N]>;

/** Client to core, one JSON object a message. */
export type ClientMessage =
  | { id: number; call: string; input: unknown }
  | { id: number; watch: string; input: unknown }
  | { id: number; unwatch: true };

/** Core to client. `snapshot` comes first and again whenever the client was too slow for the changes; `key` is there for a table.
 * `change` is the value anew, `added` what a log has more at its end, `rows` and `gone` what is new or not there any more in a table. */
export type ServerMessage =
  | { id: number; value: unknown }
  | { id: number; failure: { code: string; message: string; details?: unknown; words?: Words } }
  | { id: number; snapshot: unknown; key?: string }
  | { id: number; change: unknown }
  | { id: number; added: unknown[] }
  | { id: number; rows: unknown[]; gone: string[] };
