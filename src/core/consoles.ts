import type { Clock } from "../lib/clock.ts";
import type { DisposableStore } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import { type Consoles, createConsoles } from "../services/console/consoles.ts";
import { type KeptConsoles, keepConsoles } from "../services/console/kept-consoles.ts";
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
  const kept = keepConsoles({ consoles, settings: new SettingsRepository(record.database), log });
  return { consoles, kept, repository };
}
