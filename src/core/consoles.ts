import type { Clock } from "../lib/clock.ts";
import type { DisposableStore } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import { type Consoles, createConsoles } from "../services/console/consoles.ts";
import { type KeptConsoles, keepConsoles } from "../services/console/kept-consoles.ts";
import { ConsoleStations } from "../services/console/stations/stations.ts";
import type { ConsoleEntry, ConsoleSetup } from "../station/serial/console.ts";
import { isFaultSign } from "../station/serial/signs.ts";
import { ConsoleRepository } from "../store/kept/console.ts";
import { SettingsRepository } from "../store/settings.ts";
import type { OpenRecord } from "./record.ts";
import type { Serial } from "./serial.ts";

/** The consoles that are open, those that are kept, and what is on record of all. */
export type OpenConsoles = { consoles: Consoles; kept: KeptConsoles; repository: ConsoleRepository };

export type ConsoleParts = { record: OpenRecord; serial: Serial; clock: Clock; log: Logger };

/** Puts together what opens consoles and keeps them on record. */
export function openConsoles({ record, serial, clock, log }: ConsoleParts, closing: DisposableStore): OpenConsoles {
  const repository = new ConsoleRepository(record.database);
  const consoles = closing.add(
    createConsoles({ open: serial.open, look: () => serial.ports.look(), book: repository, clock, log }),
  );
  const stations = closing.add(new ConsoleStations({ consoles, ...record, clock, log }));
  consoles.told.on(({ setup, entries }) => stations.take(setup, entries));
  consoles.told.on(({ setup, entries }) => tellStation(setup, entries, record, clock));
  const kept = keepConsoles({ consoles, settings: new SettingsRepository(record.database), log });
  return { consoles, kept, repository };
}

/** What a console of a station told of a boot or a fault is on its time line. */
function tellStation(
  { port, station }: ConsoleSetup,
  entries: readonly ConsoleEntry[],
  { registry, journal }: OpenRecord,
  clock: Clock,
): void {
  if (station === undefined) return;
  for (const entry of entries) {
    if (entry.kind !== "sign") continue;
    const kind = isFaultSign(entry.sign) ? "console-fault" : "console-boot";
    journal.write(registry.ensure(station, clock.now()), { kind, port, ...entry.sign }, undefined, entry.at);
  }
}
