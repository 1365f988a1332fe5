import { join } from "node:path";
import type { Clock } from "../lib/clock.ts";
import type { DisposableStore } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import { createNewcomers } from "../services/access/admission/newcomers.ts";
import { createAuthentication, type StationAuthentication } from "../services/access/authentication.ts";
import type { AccessBook } from "../services/access/logic.ts";
import { createPasswords, type Passwords } from "../services/access/passwords.ts";
import { createWaitingStations, type WaitingStations } from "../services/access/waiting-stations.ts";
import { looksLikeRequest } from "../services/certificates/csr.ts";
import type { SettingsBook } from "../services/settings/logic.ts";
import { createLinkAcceptor, type LinkAcceptor } from "../session/accept.ts";
import { createFaultBook, type FaultBook } from "../session/faults/fault-book.ts";
import { createForwarding, type Forwarding } from "../session/forward/forwarding.ts";
import { watchOwnClock } from "../session/own-clock.ts";
import { createPolicy, type Policy } from "../session/policy.ts";
import { watchReports } from "../session/report-watch.ts";
import { watchStops } from "../session/stop-watch.ts";
import type { Strictness } from "../session/strictness.ts";
import { createTriggerAfterConnect } from "../session/trigger-after-connect.ts";
import { openForwardStore } from "../store/forward.ts";
import { openSecrets } from "../store/secrets.ts";
import { SettingsRepository } from "../store/settings.ts";
import type { TokensRepository } from "../store/tokens.ts";
import { createDial, type Dial } from "../transports/websocket/client.ts";
import type { OpenRecord } from "./record.ts";

const upstreamBytes = 16 * 1024 * 1024;
/** The largest message taken from the central system above, bytes. */
export const upstreamLimit = () => upstreamBytes;

/** What makes a connection a session: who is let in, what is answered, and what is done to it on purpose. */
export type CentralSystem = {
  policy: Policy;
  accessControl: StationAuthentication;
  acceptor: LinkAcceptor;
  passwords: Passwords;
  waitingStations: WaitingStations;
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
  const waitingStations = createWaitingStations(log);
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
  const accessControl = createAuthentication({
    find: (identity) => access.find(identity),
    known: (identity) => registry.get(identity) !== undefined,
    policy: () => settings.values.unknownStations,
    strict: () => settings.values.strict,
    refuses: (identity) => faults.refuses(identity),
    passwords,
    waitingStations,
    newcomers: createNewcomers({ clock, known: () => registry.size }),
    clock,
    log,
  });
  // In forward mode it is for the central system above to ask.
  const asking = (identity: string) => settings.values.triggerAfterConnect && forwarding.relay(identity) === null;
  closing.add(watchReports({ registry, recorder, frames, journal, clock }));
  closing.add(watchStops({ registry, journal, clock }));
  closing.add(createTriggerAfterConnect({ registry, journal, clock, log, wanted: asking }));
  const strictness = (identity: string): Strictness => {
    const row = access.find(identity);
    return { strict: row?.strict ?? settings.values.strict, emptyAnswers: row?.emptyAnswers ?? false };
  };
  const acceptor = createLinkAcceptor({
    registry,
    recorder,
    journal,
    policy,
    strictness,
    forwarding,
    faults,
    clock,
    ownClock: closing.add(watchOwnClock({ registry, journal, clock, log })),
    log,
    // A number of the record: never given twice, whatever is killed when.
    newTransactionId: () => recorder.take(),
  });
  return { policy, accessControl, acceptor, passwords, waitingStations, faults, forwarding, dial };
}
