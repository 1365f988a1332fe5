import { networkInterfaces } from "node:os";
import { join } from "node:path";
import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import { type KeyVault, openKeyFiles } from "../services/certificates/keys.ts";
import { Outbox } from "../services/outbox/outbox.ts";
import { openDestinationSecrets } from "../services/outbox/secrets.ts";
import type { FileStore } from "../store/files/file-store.ts";
import { OutboxRepository } from "../store/kept/outbox.ts";
import type { Database } from "../store/sqlite/database.ts";

export type OpenOutboxOptions = {
  files: FileStore;
  database: Database;
  dataFolder: string;
  vault: KeyVault | undefined;
  clock: Clock;
  log: Logger;
};

/** Opens the outbox. The secrets of its destinations lie beside the record, and never in it. */
export function openOutbox({ files, database, dataFolder, vault, clock, log }: OpenOutboxOptions): Outbox {
  const keys = openKeyFiles(join(dataFolder, "keys"), vault ?? null);
  return new Outbox({
    files,
    repository: new OutboxRepository(database),
    secrets: openDestinationSecrets(keys),
    networks,
    clock,
    log,
  });
}

/** The addresses of this computer. */
function networks(): string {
  const addresses = Object.values(networkInterfaces()).flatMap((one = []) => one.map(({ cidr }) => cidr));
  return addresses.sort().join(" ");
}
