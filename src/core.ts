import { hostname } from "node:os";
import { join } from "node:path";
import { contactFile } from "./api/contact.ts";
import type { CoreHandlers } from "./api/contract.ts";
import { listenLoopback } from "./api/loopback.ts";
import { type Clock, systemClock } from "./lib/clock.ts";
import { DisposableStore } from "./lib/disposable.ts";
import { createLogger, type Logger } from "./lib/logger.ts";
import { loadSchemas } from "./ocpp/schemas.ts";
import { chooseSubprotocol } from "./ocpp/versions.ts";
import { accessHandlers } from "./services/access/handlers.ts";
import { openAccess } from "./services/access/logic.ts";
import { certificatesHandlers } from "./services/certificates/handlers.ts";
import type { KeyVault } from "./services/certificates/keys.ts";
import { createCertificates } from "./services/certificates/service.ts";
import { announce, createAnnouncer } from "./services/connection/announce.ts";
import { connectionHandlers } from "./services/connection/handlers.ts";
import { type ListenAt, ownUrls, placesOf } from "./services/connection/places.ts";
import { isSelfTest, letSelfTestsIn } from "./services/connection/self-test.ts";
import type { ServiceContext } from "./services/context.ts";
import { faultsHandlers } from "./services/faults/handlers.ts";
import { findingsHandlers } from "./services/findings/handlers.ts";
import { forwardHandlers } from "./services/forward/handlers.ts";
import { historyHandlers } from "./services/history/handlers.ts";
import { messagesHandlers } from "./services/messages/handlers.ts";
import { meteringHandlers } from "./services/metering/handlers.ts";
import { createChecks, proceduresHandlers, type WayIn } from "./services/procedures/handlers.ts";
import { createProcedures } from "./services/procedures/runner.ts";
import { settingsHandlers } from "./services/settings/handlers.ts";
import { openSettings } from "./services/settings/logic.ts";
import { simulatorHandlers } from "./services/simulator/handlers.ts";
import { stationsHandlers } from "./services/stations/handlers.ts";
import { tokensHandlers } from "./services/tokens/handlers.ts";
import { watchAttempts } from "./session/attempt-watch.ts";
import { createDoor } from "./session/door.ts";
import { createFaultBook } from "./session/faults.ts";
import { createForwarding } from "./session/forwarding.ts";
import { createGate } from "./session/gate.ts";
import { createGreeter } from "./session/greeter.ts";
import { createJournal } from "./session/journal.ts";
import { createKnocks } from "./session/knocks.ts";
import type { Manners } from "./session/manners.ts";
import { createPasswords } from "./session/passwords.ts";
import { createPolicy } from "./session/policy.ts";
import { Registry } from "./session/registry.ts";
import { watchReports } from "./session/report-watch.ts";
import { createFleet } from "./simulator/fleet.ts";
import { AccessRepository } from "./store/access.ts";
import { AttemptsRepository, keepAttempts } from "./store/attempts.ts";
import { CertificatesRepository } from "./store/certificates.ts";
import { Database, lockFolder } from "./store/database.ts";
import { EventsRepository } from "./store/events.ts";
import { FindingFramesRepository } from "./store/finding-frames.ts";
import { openForwardStore } from "./store/forward.ts";
import { FramesRepository } from "./store/frames.ts";
import { ProceduresRepository } from "./store/procedures.ts";
import { Recorder } from "./store/recorder.ts";
import { openSecrets } from "./store/secrets.ts";
import { SettingsRepository } from "./store/settings.ts";
import { StationsRepository } from "./store/stations.ts";
import { TokensRepository } from "./store/tokens.ts";
import { stationUrlFrom } from "./transports/addresses.ts";
import { AttemptTracker, attemptsShown } from "./transports/attempts.ts";
import { dialUpstream } from "./transports/upstream.ts";
import { listenWebSocket } from "./transports/websocket.ts";

export type CoreOptions = {
  /** Where the record lives. */
  dataFolder: string;
  /** Where stations connect; by default every address and the port of the settings, or the next free one. Port 0 picks one. */
  listen?: ListenAt | ListenAt[];
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
};

export type Core = {
  ready: {
    /** Where stations connect; the identity comes after the last slash. */
    ocpp: string[];
    /** A one-time link to the screens; null without screens. */
    ui: string | null;
    data: string;
  };
  handlers: CoreHandlers;
  /** A fresh one-time link to the screens; null without screens. */
  newLink(): string | null;
  /** Ends every connection, keeps the state, closes the record. */
  dispose(): Promise<void>;
};

const keepStateMs = 5000;
/** The largest message taken from the central system above, bytes. */
const upstreamLimit = () => 16 * 1024 * 1024;

/** Starts the central system: the only place that wires parts together.
 * @throws FailureError `conflict` when another core uses the folder; the system's error when no port can be had */
export async function startCore(options: CoreOptions): Promise<Core> {
  const { dataFolder } = options;
  const clock = options.clock ?? systemClock;
  const log = options.log ?? createLogger();
  const closing = new DisposableStore();
  try {
    closing.add(lockFolder(join(dataFolder, "lock.db")));
    const database = closing.add(new Database(join(dataFolder, "plugside.db")));
    const recorder = closing.add(new Recorder({ database, clock, log }));
    const frames = new FramesRepository(database);
    const events = new EventsRepository(database);
    const tokens = new TokensRepository(database);
    const findingFrames = new FindingFramesRepository(database);
    const settings = openSettings(new SettingsRepository(database));
    const registry = new Registry({ stations: new StationsRepository(database), frames, events, log });
    const journal = createJournal({ registry, recorder, clock });
    registry.restore();
    endLostLinks(registry, journal);

    function keepState(): void {
      recorder.flush();
      if (recorder.trouble !== null) return;
      registry.save();
      if (recorder.takeWritten()) database.checkpoint();
    }
    closing.add({ dispose: keepState });
    const keeping = clock.every(keepStateMs, () => guard(log, keepState));
    closing.add({ dispose: () => keeping.stop() });

    const access = openAccess(new AccessRepository(database));
    const manners = (identity: string): Manners => {
      const row = access.find(identity);
      return { strict: row?.strict ?? settings.values.strict, emptyAnswers: row?.emptyAnswers ?? false };
    };
    const policy = createPolicy({
      settings: () => settings.values,
      find: (value) => tokens.find(value),
      acceptAll: () => settings.acceptAll,
      bootOf(identity) {
        const row = access.find(identity);
        return row && { status: row.bootStatus, intervalSeconds: row.bootInterval };
      },
    });
    const certificates = closing.add(
      createCertificates({
        clock,
        log,
        registry,
        journal,
        recorder,
        settings,
        repository: new CertificatesRepository(database),
        dataFolder,
        vault: options.keyVault ?? null,
      }),
    );
    await certificates.authority.open();
    const passwords = createPasswords();
    const knocks = createKnocks();
    const faults = closing.add(createFaultBook({ journal, clock }));
    const forwarding = createForwarding({
      store: openForwardStore(new SettingsRepository(database)),
      secrets: openSecrets(join(dataFolder, "secrets.json")),
      journal,
      clock,
      dial: dialUpstream,
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
      clock,
    });
    // In forward mode it is for the central system above to ask.
    const asking = (identity: string) => settings.values.triggerAfterConnect && forwarding.man(identity) === null;
    closing.add(watchReports({ registry, recorder, frames, journal, clock }));
    closing.add(createGreeter({ registry, journal, clock, log, wanted: asking }));
    const door = createDoor({
      registry,
      recorder,
      journal,
      policy,
      manners,
      forwarding,
      faults,
      clock,
      log,
      frameLimit: () => settings.values.frameLimit,
      tolerated: (identity) => gate.takeFindings(identity),
      // A number of the record: never given twice, whatever is killed when.
      newTransactionId: () => recorder.take(),
    });
    const attempts = new AttemptsRepository(database);
    const tracker = new AttemptTracker({
      clock,
      past: attempts.newest(attemptsShown),
      lastId: attempts.lastId(),
      ignored: isSelfTest,
      onError: (error) => log.error("a listener of the attempts failed", { error }),
    });
    closing.add(keepAttempts({ repository: attempts, changed: tracker.changed, clock, log }));
    closing.add(tracker);
    closing.add(watchAttempts(recorder, tracker));
    closing.add({ dispose: () => door.closed() });
    let places = placesOf(options.listen, settings.values);
    // A port for wss alone is no port before there is a certificate.
    if (places.some(({ mode }) => mode === "wss")) await certificates.authority.keep();
    const transport = closing.add(
      await listenWebSocket({
        places,
        clock,
        log,
        gate: letSelfTestsIn(gate),
        tls: certificates.authority,
        tracker,
        pingSeconds: () => settings.values.pingSeconds,
        frameLimit: () => settings.values.frameLimit,
        chooseSubprotocol,
        onLink: (link) => (isSelfTest(link.hello.identity) ? link.close(1000, "", "asked") : void door.open(link)),
      }),
    );

    closing.add(
      settings.changed.on((values) => {
        const wanted = placesOf(options.listen, values);
        if (JSON.stringify(wanted) === JSON.stringify(places)) return;
        places = wanted;
        transport
          .apply(wanted)
          .catch((error: unknown) => log.error("no port can be had for stations", { error }))
          .finally(() => announcer.update());
      }),
    );
    const context: ServiceContext = { clock, log, registry, journal, recorder, frames, events, tokens, settings };
    const urls = () => ownUrls(transport.listening());
    const fleet = closing.add(createFleet({ url: () => urls()[0] ?? "", clock, log: (line) => log.info(line) }));
    for (const { port, wanted } of transport.listening()) {
      if (wanted !== port) log.warn(`port ${wanted} is taken; stations connect to port ${port}`);
    }
    const wayIn: WayIn = {
      open: () => transport.listening().some(({ problem }) => problem === undefined),
      secure: () => transport.secure,
      url: (remoteAddress, secure) => stationUrlFrom(remoteAddress, transport.port, secure),
    };
    const procedures = closing.add(
      createProcedures({
        registry,
        journal,
        clock,
        log,
        access,
        repository: new ProceduresRepository(database),
        check: createChecks({ access, wayIn, certificates }),
      }),
    );
    gate.admitted.on((admitted) => procedures.admitted(admitted));
    const changing = (identity: string) => procedures.underWay(identity);
    const handlers: CoreHandlers = {
      ...connectionHandlers(context, {
        version: options.version ?? "0",
        startedAt: clock.now(),
        dataFolder,
        listening: () => transport.listening(),
        secure: () => transport.secure,
        attempts: { tracker, repository: attempts },
        newLink: () => loopback.newLink(),
      }),
      ...accessHandlers(context, { access, knocks, passwords, policy, changing }),
      ...proceduresHandlers({ registry, clock, access, passwords, procedures, wayIn }),
      ...certificatesHandlers(context, certificates),
      ...findingsHandlers(context, { index: findingFrames, access }),
      ...stationsHandlers(context),
      ...messagesHandlers(context),
      ...historyHandlers(context),
      ...meteringHandlers(context),
      ...tokensHandlers(context),
      ...settingsHandlers(context),
      ...simulatorHandlers(fleet),
      ...forwardHandlers({ registry, forwarding, clock, dial: dialUpstream, messageLimit: upstreamLimit }),
      ...faultsHandlers({ registry, faults }),
    };
    const ui = options.ui === undefined ? { host: "127.0.0.1", port: 0 } : options.ui;
    const loopback = closing.add(
      await listenLoopback({
        host: ui ? ui.host : "127.0.0.1",
        port: ui ? ui.port : 0,
        screensFolder: ui ? (options.screensFolder ?? null) : null,
        handlers,
        clock,
        log,
      }),
    );
    closing.add(contactFile(dataFolder, { url: loopback.apiUrl, secret: loopback.secret, pid: process.pid }));
    const announcer = closing.add(
      createAnnouncer({
        wanted: () => settings.values.announce,
        listening: () => transport.listening(),
        open: (what) => announce(what, hostname(), log),
      }),
    );
    closing.add(settings.changed.on(() => announcer.update()));
    announcer.update();
    if (options.demo)
      fleet.start({ identity: "DEMO-1", ocpp: "1.6", scenario: "day", speed: 1, seed: 1, connectors: 2 });
    certificates.authority.start();
    // The first station should not wait for its version's schemas.
    clock.after(0, () => void Promise.all((["1.6", "2.0.1", "2.1"] as const).map(loadSchemas)));

    return {
      ready: { ocpp: urls(), ui: loopback.newLink(), data: dataFolder },
      handlers,
      newLink: () => loopback.newLink(),
      dispose: () => closing.dispose(),
    };
  } catch (error) {
    await closing.dispose().catch((failure) => log.error("closing after a failed start", { error: failure }));
    throw error;
  }
}

/** Links that were up when the last life ended are over. */
function endLostLinks(registry: Registry, journal: ReturnType<typeof createJournal>): void {
  for (const entry of registry.all()) {
    const { link } = entry.state;
    if (link.state !== "online") continue;
    const connection = link.connection ?? 0;
    journal.write(entry, { kind: "link-closed", connection, code: 1006, reason: "", cause: "lost" });
  }
}

function guard(log: Logger, task: () => void): void {
  try {
    task();
  } catch (error) {
    log.error("the state could not be kept", { error });
  }
}
