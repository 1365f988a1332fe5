import { rmSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { type CentralSystem, createCentralSystem } from "../../../src/core/central-system.ts";
import { type OpenRecord, openRecord } from "../../../src/core/record.ts";
import { createManualClock, type ManualClock } from "../../../src/lib/clock.ts";
import { DisposableStore } from "../../../src/lib/disposable.ts";
import { type AccessBook, openAccess } from "../../../src/services/access/logic.ts";
import { openSettings } from "../../../src/services/settings/logic.ts";
import { Registry } from "../../../src/session/registry.ts";
import type { StationState } from "../../../src/station/model.ts";
import { AccessRepository } from "../../../src/store/access.ts";
import { SettingsRepository } from "../../../src/store/settings.ts";
import { type StationRow, StationsRepository } from "../../../src/store/stations.ts";
import { TokensRepository } from "../../../src/store/tokens.ts";
import { complaintsTo } from "../../harness/complaints.ts";
import { scratchFolder } from "../scratch.ts";

/** The core from the link to the record and back, without sockets, on a clock that is turned by hand. */
export type Central = {
  record: OpenRecord;
  system: CentralSystem;
  access: AccessBook;
  clock: ManualClock;
  /** What the core had to say of itself as an error, since this was last emptied. */
  errors: string[];
  /** Closes the record and folds it anew in another life.
   * @throws when a state is not what it was */
  restart(): Promise<void>;
  dispose(): Promise<void>;
};

/** Opens one on a folder of its own that is removed with it. */
export function openCentral(): Central {
  const dataFolder = scratchFolder();
  const clock = createManualClock(Date.UTC(2026, 6, 1, 12));
  const errors: string[] = [];
  const log = complaintsTo((complaint) => errors.push(complaint));
  const closing = new DisposableStore();
  const record = openRecord({ dataFolder, clock, log }, closing);
  const access = openAccess(new AccessRepository(record.database), log);
  const settings = openSettings(new SettingsRepository(record.database), log);
  const tokens = new TokensRepository(record.database);
  const system = createCentralSystem({ record, settings, access, tokens, dataFolder, clock, log }, closing);
  return {
    record,
    system,
    access,
    clock,
    errors,
    async restart() {
      const before = new Map(record.registry.all().map(({ identity, state }) => [identity, JSON.stringify(state)]));
      await closing.dispose();
      const again = new DisposableStore();
      try {
        const { registry } = openRecord({ dataFolder, clock, log }, again);
        for (const [identity, state] of before) {
          const after = registry.get(identity)?.state;
          if (!isDeepStrictEqual(JSON.parse(state), JSON.parse(JSON.stringify(after ?? null)))) {
            throw new Error(`the state of ${identity} is another after a restart`);
          }
        }
        if (errors.length > 0) throw new Error(errors.join("\n"));
      } finally {
        await again.dispose();
      }
    },
    async dispose() {
      await closing.dispose();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** The state of a station as a restart would make it of the record.
 * @param kept the state that was kept; null folds from the beginning */
export function folded(
  { record, errors }: Central,
  station: { id: number; identity: string },
  kept: StationState | null,
): StationState | undefined {
  const { database, frames, events } = record;
  const row = { ...station, state: kept };
  const registry = new Registry({
    stations: new OneStation(database, row),
    frames,
    events,
    log: complaintsTo((complaint) => errors.push(complaint)),
  });
  registry.restore();
  return registry.get(station.identity)?.state;
}

/** The record's stations, as if there were one alone. */
class OneStation extends StationsRepository {
  readonly #row: StationRow;

  constructor(database: OpenRecord["database"], row: StationRow) {
    super(database);
    this.#row = row;
  }

  override all(): StationRow[] {
    return [this.#row];
  }

  override folded(): number {
    return this.#row.state?.seq ?? Number.MAX_SAFE_INTEGER - 1;
  }
}
