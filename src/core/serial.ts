import type { Clock } from "../lib/clock.ts";
import type { DisposableStore } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import { introductionIn } from "../ocpp/introduce.ts";
import { type KeptLines, keepLines } from "../services/serial/kept-lines.ts";
import type { SettingsBook } from "../services/settings/logic.ts";
import { SettingsRepository } from "../store/settings.ts";
import { createSerialLines, type SerialLines } from "../transports/serial/line/serial-lines.ts";
import { createOpener } from "../transports/serial/open-port.ts";
import { loadBinding, type OpenSerial } from "../transports/serial/port.ts";
import { followPorts, type PortWatch } from "../transports/serial/ports/follow-ports.ts";
import { listPorts } from "../transports/serial/ports/list-ports.ts";
import { linuxPlaces } from "../transports/serial/ports/sysfs.ts";
import type { Adapters } from "../transports/system/adapters.ts";
import type { CentralSystem } from "./central-system.ts";
import type { OpenRecord } from "./record.ts";

/** The serial ports of this laptop, what opens them, and the lines that OCPP is spoken over. */
export type Serial = { ports: PortWatch; open: OpenSerial; lines: SerialLines; kept: KeptLines };

export type SerialOptions = {
  adapters: Adapters;
  record: OpenRecord;
  central: CentralSystem;
  settings: SettingsBook;
  /** Stands in for what opens ports. */
  open?: OpenSerial;
  clock: Clock;
  log: Logger;
};

/** The longest message over a serial line, bytes: more takes minutes. */
const longestMessage = 1024 * 1024;
/** A station is silent when nothing came for so many of its heartbeats, and this more. */
const heartbeatsMissed = 2;
const graceSeconds = 30;
const usualHeartbeatSeconds = 300;

/** How long nothing may come from a station before it is silent, seconds.
 * @param heartbeatSeconds what it was asked for; undefined: nothing yet */
export function quietSecondsFor(heartbeatSeconds = usualHeartbeatSeconds): number {
  return heartbeatsMissed * heartbeatSeconds + graceSeconds;
}

/** Puts together what knows, opens and speaks over serial ports. Nothing is looked at or loaded before somebody asks. */
export function openSerial(options: SerialOptions, closing: DisposableStore): Serial {
  const { adapters, record, central, settings, open = createOpener(), clock, log } = options;
  const { registry } = record;
  const usbNetworks = () => [...adapters.kinds()].filter(([, kind]) => kind === "usb").map(([name]) => name);
  const ports = closing.add(
    followPorts({
      list: () => listPorts({ platform: process.platform, load: loadBinding, places: linuxPlaces, usbNetworks }),
      clock,
      log,
    }),
  );
  const stateOf = (identity: string | undefined) =>
    identity === undefined ? undefined : registry.get(identity)?.state;
  const lines = closing.add(
    createSerialLines({
      open,
      look: () => ports.look(),
      introduce: (text, identity) => introductionIn(text, stateOf(identity)?.ocpp ?? null),
      remembered(port) {
        const known = registry.all().map(({ state }) => state);
        const on = known.filter(({ link }) => link.carrier === "serial" && link.port === port);
        const last = on.sort((a, b) => b.lastSeenAt - a.lastSeenAt)[0];
        return last ? { identity: last.identity, framing: last.link.framing ?? "lines" } : null;
      },
      quietSeconds: (identity) => quietSecondsFor(stateOf(identity)?.boot?.intervalSeconds),
      frameLimit: () => Math.min(settings.values.frameLimit, longestMessage),
      onLink: (link) => void central.acceptor.open(link),
      clock,
      log,
    }),
  );
  const kept = keepLines({ lines, settings: new SettingsRepository(record.database), log });
  return { ports, open, lines, kept };
}
