import { join } from "node:path";
import type { Clock } from "../lib/clock.ts";
import type { DisposableStore } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import type { AccessBook } from "../services/access/logic.ts";
import { looksLikeRequest } from "../services/certificates/csr.ts";
import type { SettingsBook } from "../services/settings/logic.ts";
import { createNewcomers } from "../session/admission/newcomers.ts";
import { createDoor, type Door } from "../session/door.ts";
import { createFaultBook, type FaultBook } from "../session/faults.ts";
import { createForwarding, type Forwarding } from "../session/forwarding.ts";
import { createGate, type StationGate } from "../session/gate.ts";
import { createGreeter } from "../session/greeter.ts";
import { createKnocks, type Knocks } from "../session/knocks.ts";
import type { Manners } from "../session/manners.ts";
import { watchOwnClock } from "../session/own-clock.ts";
import { createPasswords, type Passwords } from "../session/passwords.ts";
import { createPolicy, type Policy } from "../session/policy.ts";
import { watchReports } from "../session/report-watch.ts";
import { watchStops } from "../session/stop-watch.ts";
import { openForwardStore } from "../store/forward.ts";
import { openSecrets } from "../store/secrets.ts";
import { SettingsRepository } from "../store/settings.ts";
import type { TokensRepository } from "../store/tokens.ts";
import { createDial, type Dial } from "../transports/upstream.ts";
import type { OpenRecord } from "./record.ts";

/** The largest message taken from the central system above, bytes. */
export const upstreamLimit = () => 16 * 1024 * 1024;

/** What makes a connection a session: who is let in, what is answered, and what is done to it on purpose. */
export type CentralSystem = {
  policy: Policy;
  gate: StationGate;
  door: Door;
  passwords: Passwords;
  knocks: Knocks;
  faults: FaultBook;
  forwarding: Forwarding;
  dial: Dial;
};

export type CentralSystemOptions = {
  record: OpenRecord;
  settings: SettingsBook;
  access: AccessBook;
  tokens: TokensRepository;
  dataFolder: string;
  clock: Clock;
  log: Logger;
};

/** Puts together the central system that stations meet. */
export function createCentralSystem(options: CentralSystemOptions, closing: DisposableStore): CentralSystem {
  const { record, settings, access, tokens, dataFolder, clock, log } = options;
  const { database, recorder, frames, registry, journal } = record;
  const policy = createPolicy({
    settings: () => settings.values,
    find: (value) => tokens.find(value),
    acceptAll: () => settings.acceptAll,
    readsRequest: looksLikeRequest,
    bootOf(identity) {
      const row = access.find(identity);
      const planned = row?.bootPlan?.[0];
      return (
        row && { status: planned?.status ?? row.bootStatus, intervalSeconds: planned?.interval ?? row.bootInterval }
      );
    },
  });
  const passwords = createPasswords();
  const knocks = createKnocks(log);
  const faults = closing.add(createFaultBook({ journal, clock, log }));
  const dial = createDial();
  const secrets = openSecrets(join(dataFolder, "secrets.json"));
  closing.add(
    record.file.reopened.on(({ folder }) => {
      if (folder) secrets.writeAgain();
    }),
  );
  const forwarding = createForwarding({
    store: openForwardStore(new SettingsRepository(database)),
    secrets,
    journal,
    clock,
    log,
    dial,
    faults: (identity) => faults.active(identity),
    answerMs: policy.answerMs,
    messageLimit: upstreamLimit,
  });
  const gate = createGate({
    find: (identity) => access.find(identity),
    known: (identity) => registry.get(identity) !== undefined,
    policy: () => settings.values.unknownStations,
    strict: () => settings.values.strict,
    refuses: (identity) => faults.refuses(identity),
    passwords,
    knocks,
    newcomers: createNewcomers({ clock, known: () => registry.size }),
    clock,
    log,
  });
  // In forward mode it is for the central system above to ask.
  const asking = (identity: string) => settings.values.triggerAfterConnect && forwarding.man(identity) === null;
  closing.add(watchReports({ registry, recorder, frames, journal, clock }));
  closing.add(watchStops({ registry, journal, clock }));
  closing.add(createGreeter({ registry, journal, clock, log, wanted: asking }));
  const manners = (identity: string): Manners => {
    const row = access.find(identity);
    return { strict: row?.strict ?? settings.values.strict, emptyAnswers: row?.emptyAnswers ?? false };
  };
  const door = createDoor({
    registry,
    recorder,
    journal,
    policy,
    manners,
    forwarding,
    faults,
    clock,
    ownClock: closing.add(watchOwnClock({ registry, journal, clock, log })),
    log,
    // A number of the record: never given twice, whatever is killed when.
    newTransactionId: () => recorder.take(),
  });
  return { policy, gate, door, passwords, knocks, faults, forwarding, dial };
}
