import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import type { KeyVault } from "../services/certificates/keys.ts";
import type { ListenAt } from "../services/connection/places.ts";
import type { Waits } from "../services/diagnostics/patience.ts";
import type { ConsoleSetup } from "../station/serial/console.ts";
import type { LineSetup } from "../station/serial/lines.ts";
import type { ModbusSetup } from "../station/serial/modbus-stations.ts";
import type { OpenSerial } from "../transports/serial/port.ts";

/** What whoever starts a core may ask for. */
export type CoreOptions = {
  /** Where the record lives. */
  dataFolder: string;
  /** Whether that is the folder that Plugside made for itself: nobody else is let into it then. */
  ownFolder?: boolean;
  /** Where stations connect; by default every address and the port of the settings, or the next free one. Port 0 picks one. */
  listen?: ListenAt | ListenAt[];
  /** Serial lines that OCPP is spoken over from the start. */
  serialLines?: readonly LineSetup[];
  /** Devices that are read over Modbus from the start. */
  modbusStations?: readonly ModbusSetup[];
  /** Serial consoles that are open from the start. */
  consoles?: readonly ConsoleSetup[];
  /** Stands in for what opens serial ports. */
  openPort?: OpenSerial;
  /** Ports for FTP while a station is asked for a log, the first that can be had; 0 takes a free one. */
  uploadPorts?: readonly number[];
  /** How long a station is waited for that was asked for a log. */
  uploadWaits?: Partial<Waits>;
  /** Where the screens are served; by default a free loopback port. `false`: no screens. */
  ui?: { host: string; port: number } | false;
  /** The built screens. */
  screensFolder?: string;
  /** Adds a virtual station that lives through a day. */
  demo?: boolean;
  version?: string;
  /** The operating system's key store; without one our private keys are files that only this user reads. */
  keyVault?: KeyVault;
  clock?: Clock;
  log?: Logger;
  /** The file that `log` goes to, if it does: it is shown. */
  logFile?: string;
  /** This core takes the place of one that ended by itself: it keeps that one's ports and lets its screens in, and says so. */
  again?: boolean;
};
