import type { Clock } from "../lib/clock.ts";
import type { DisposableStore } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import { type Consoles, type ConsolesOptions, createConsoles } from "../services/console/consoles.ts";
import { createOverhearing } from "../services/console/heard/overhear.ts";
import { type KeptConsoles, keepConsoles } from "../services/console/kept-consoles.ts";
import { ConsoleStations } from "../services/console/stations/stations.ts";
import { ConsoleRepository } from "../store/kept/console.ts";
import { SettingsRepository } from "../store/settings.ts";
import type { OpenRecord } from "./record.ts";
import type { Serial } from "./serial.ts";

/** The consoles that are open, those that are kept, and what is on record of all. */
export type OpenConsoles = { consoles: Consoles; kept: KeptConsoles; repository: ConsoleRepository };

export type ConsoleParts = { record: OpenRecord; serial: Serial; clock: Clock; log: Logger };

/** Puts together what opens consoles and keeps them on record. */
export function openConsoles({ record, serial, clock, log }: ConsoleParts, closing: DisposableStore): OpenConsoles {
  const look = () => serial.ports.look();
  const { consoles, repository } = recordedConsoles({ record, open: serial.open, look, clock, log }, closing);
  const stations = closing.add(new ConsoleStations({ consoles, ...record, clock, log }));
  consoles.told.on(({ setup, entries }) => stations.take(setup, entries));
  const kept = keepConsoles({ consoles, settings: new SettingsRepository(record.database), log });
  return { consoles, kept, repository };
}

/** Consoles of which all that comes is on record: their bytes, the messages of OCPP among them, and in a station's time line its boots
 * and faults. */
export function recordedConsoles(
  { record, ...options }: { record: OpenRecord } & Omit<ConsolesOptions, "book" | "heard">,
  closing: DisposableStore,
): Pick<OpenConsoles, "consoles" | "repository"> {
  const repository = new ConsoleRepository(record.database);
  const heard = createOverhearing(record);
  const consoles = closing.add(createConsoles({ ...options, book: repository, heard }));
  return { consoles, repository };
}
