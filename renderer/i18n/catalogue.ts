import { access } from "./en/access.ts";
import { attempts } from "./en/attempts.ts";
import { certificates } from "./en/certificates.ts";
import { configuration } from "./en/configuration.ts";
import { connection } from "./en/connection.ts";
import { faults } from "./en/faults.ts";
import { files } from "./en/files.ts";
import { findings } from "./en/findings-screen.ts";
import { forward } from "./en/forward.ts";
import { history } from "./en/history.ts";
import { diagnostics } from "./en/logs/diagnostics.ts";
import { outbox } from "./en/logs/outbox.ts";
import { messages } from "./en/messages.ts";
import { metering } from "./en/metering.ts";
import { network } from "./en/network.ts";
import { reader } from "./en/reader.ts";
import { serial } from "./en/serial.ts";
import { settings } from "./en/settings.ts";
import { common } from "./en/shell/common.ts";
import { errors } from "./en/shell/errors.ts";
import { help } from "./en/shell/help.ts";
import { palette } from "./en/shell/palette.ts";
import { simulator } from "./en/simulator.ts";
import { stations } from "./en/stations.ts";
import { tokens } from "./en/tokens.ts";
import { transactions } from "./en/transactions.ts";
import { consoleScreen } from "./en/wires/console.ts";
import { modbus } from "./en/wires/modbus.ts";

/** All English strings, a block per feature: `t("stations.waiting.title")`. A block of `sv` has the type of its English twin,
 * so that a key missing there does not compile. */
export const english = {
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

export type Catalogue = typeof english;
