import type { Catalogue } from "./catalogue.ts";
import { access } from "./sv/access.ts";
import { attempts } from "./sv/attempts.ts";
import { certificates } from "./sv/certificates.ts";
import { configuration } from "./sv/configuration.ts";
import { connection } from "./sv/connection.ts";
import { faults } from "./sv/faults.ts";
import { files } from "./sv/files.ts";
import { findings } from "./sv/findings-screen.ts";
import { forward } from "./sv/forward.ts";
import { history } from "./sv/history.ts";
import { diagnostics } from "./sv/logs/diagnostics.ts";
import { outbox } from "./sv/logs/outbox.ts";
import { messages } from "./sv/messages.ts";
import { metering } from "./sv/metering.ts";
import { network } from "./sv/network.ts";
import { reader } from "./sv/reader.ts";
import { serial } from "./sv/serial.ts";
import { settings } from "./sv/settings.ts";
import { common } from "./sv/shell/common.ts";
import { errors } from "./sv/shell/errors.ts";
import { help } from "./sv/shell/help.ts";
import { palette } from "./sv/shell/palette.ts";
import { simulator } from "./sv/simulator.ts";
import { stations } from "./sv/stations.ts";
import { tokens } from "./sv/tokens.ts";
import { transactions } from "./sv/transactions.ts";
import { consoleScreen } from "./sv/wires/console.ts";
import { modbus } from "./sv/wires/modbus.ts";

/** All Swedish strings. */
export const swedish: Catalogue = {
  access,
  attempts,
  certificates,
  common,
  configuration,
  connection,
  console: consoleScreen,
  diagnostics,
  errors,
  faults,
  files,
  findings,
  forward,
  help,
  history,
  messages,
  metering,
  network,
  outbox,
  palette,
  reader,
  serial,
  modbus,
  settings,
  simulator,
  stations,
  tokens,
  transactions,
};
