import { accessHandlers } from "../services/access/handlers.ts";
import { bookmarksHandlers } from "../services/bookmarks/handlers.ts";
import { callsHandlers } from "../services/calls/handlers.ts";
import { certificatesHandlers } from "../services/certificates/handlers.ts";
import { configurationHandlers } from "../services/configuration/handlers.ts";
import { connectionHandlers } from "../services/connection/handlers.ts";
import { consoleHandlers } from "../services/console/handlers.ts";
import type { ServiceContext } from "../services/context.ts";
import { diagnosticsHandlers } from "../services/diagnostics/handlers.ts";
import { exportHandlers } from "../services/export/handlers.ts";
import { faultsHandlers } from "../services/faults/handlers.ts";
import { filesHandlers } from "../services/files/handlers.ts";
import { findingsHandlers } from "../services/findings/handlers.ts";
import { forwardHandlers } from "../services/forward/handlers.ts";
import { historyHandlers } from "../services/history/handlers.ts";
import { messagesHandlers } from "../services/messages/handlers.ts";
import { meteringHandlers } from "../services/metering/handlers.ts";
import { modbusHandlers } from "../services/modbus/handlers.ts";
import { outboxHandlers } from "../services/outbox/handlers.ts";
import { createRedacting } from "../services/outbox/redacting.ts";
import { proceduresHandlers } from "../services/procedures/handlers.ts";
import { readerHandlers } from "../services/reader/handlers.ts";
import { serialHandlers } from "../services/serial/handlers.ts";
import { settingsHandlers } from "../services/settings/handlers.ts";
import { stationsHandlers } from "../services/stations/handlers.ts";
import { tokensHandlers } from "../services/tokens/handlers.ts";
import { transactionsHandlers } from "../services/transactions/handlers.ts";
import { simulatorHandlers } from "../simulator/handlers.ts";
import { FindingFramesRepository } from "../store/finding-frames.ts";
import { BookmarksRepository } from "../store/kept/bookmarks.ts";
import { SavedCallsRepository } from "../store/kept/saved-calls.ts";
import { MomentsRepository } from "../store/moments/moments.ts";
import type { Database } from "../store/sqlite/database.ts";
import { type CentralSystem, upstreamLimit } from "./central-system.ts";
import type { openConsoles } from "./consoles.ts";
import type { openSerial } from "./serial.ts";

type Procedures = Parameters<typeof proceduresHandlers>[0];
type Files = Parameters<typeof filesHandlers>[0];

/** What the services work with. */
export type Parts = {
  context: ServiceContext;
  database: Database;
  dataFolder: string;
  central: CentralSystem;
  /** Facts of the core itself. */
  core: Parameters<typeof connectionHandlers>[1];
  access: Parameters<typeof accessHandlers>[1]["access"];
  certificates: Parameters<typeof certificatesHandlers>[1];
  procedures: Procedures["procedures"] & Pick<Parameters<typeof accessHandlers>[1], "chosen">;
  wayIn: Procedures["wayIn"];
  forgetter: Parameters<typeof stationsHandlers>[1]["forgetter"];
  fleet: Parameters<typeof simulatorHandlers>[0];
  attempts: Parameters<typeof exportHandlers>[1]["attempts"];
  files: Files["files"] & Parameters<typeof readerHandlers>[0]["files"];
  places: Files["places"];
  diagnostics: Parameters<typeof diagnosticsHandlers>[0]["diagnostics"];
  outbox: Parameters<typeof outboxHandlers>[0];
  logs: Parameters<typeof readerHandlers>[0]["logs"];
  serial: ReturnType<typeof openSerial>;
  consoles: ReturnType<typeof openConsoles>;
  modbus: Omit<Parameters<typeof modbusHandlers>[0], "open" | "clock" | "log">;
};

/** Everything that a front door can ask, of all services. Whoever adds one adds its line here. */
export function assembleHandlers(parts: Parts) {
  const { context, database, central, access, procedures, wayIn, attempts, files, places, serial } = parts;
  const { clock, log, registry } = context;
  const { passwords, waitingStations, policy, forwarding, faults, dial } = central;
  const changing = (identity: string) => procedures.underWay(identity);
  const moments = new MomentsRepository(database);
  return {
    ...connectionHandlers(context, parts.core),
    ...accessHandlers(context, { access, waitingStations, passwords, policy, changing, chosen: procedures.chosen }),
    ...proceduresHandlers({ registry, clock, access, passwords, procedures, wayIn }),
    ...certificatesHandlers(context, parts.certificates),
    ...findingsHandlers(context, { index: new FindingFramesRepository(database), access }),
    ...stationsHandlers(context, { forgetter: parts.forgetter, moments, forwarding, faults }),
    ...messagesHandlers(context),
    ...bookmarksHandlers(context, new BookmarksRepository(database)),
    ...callsHandlers(new SavedCallsRepository(database), log),
    ...historyHandlers(context),
    ...configurationHandlers(context),
    ...filesHandlers({ files, places, registry }),
    ...diagnosticsHandlers({ diagnostics: parts.diagnostics, registry }),
    ...outboxHandlers(parts.outbox, createRedacting({ files, registry, dataFolder: parts.dataFolder })),
    ...exportHandlers(context, { attempts, places, moments }),
    ...readerHandlers({ files, logs: parts.logs }),
    ...meteringHandlers(context, (station) => parts.modbus.stations.referencesOf(station)),
    ...tokensHandlers(context),
    ...transactionsHandlers(context, moments),
    ...settingsHandlers(context.settings),
    ...simulatorHandlers(parts.fleet),
    ...forwardHandlers({ registry, forwarding, clock, dial, messageLimit: upstreamLimit }),
    ...faultsHandlers({ registry, faults }),
    ...serialHandlers({ ...serial, isConsole: (port) => parts.consoles.consoles.has(port) }),
    ...modbusHandlers({ ...parts.modbus, open: serial.open, clock, log }),
    ...consoleHandlers({ ...parts.consoles, lines: serial.lines, registry, open: serial.open, clock }),
  };
}
