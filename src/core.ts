import { join } from "node:path";
import { contactFile, readContact } from "./api/contact.ts";
import type { CoreHandlers } from "./api/contract.ts";
import { listenLoopback } from "./api/loopback.ts";
import { windowsFolders } from "./api/start-options.ts";
import { createCentralSystem } from "./core/central-system.ts";
import { openConsoles } from "./core/consoles.ts";
import { openEntrance } from "./core/entrance.ts";
import { careForFolder } from "./core/folder-care.ts";
import { assembleHandlers } from "./core/handlers.ts";
import { settleHeap } from "./core/heap.ts";
import { openModbus } from "./core/modbus.ts";
import type { CoreOptions } from "./core/options.ts";
import { openOutbox } from "./core/outbox.ts";
import { openRecord } from "./core/record.ts";
import { openSerial } from "./core/serial.ts";
import { createUploads } from "./core/uploads.ts";
import { type Bugs, createBugs } from "./lib/bugs.ts";
import { guardedClock, systemClock } from "./lib/clock.ts";
import { DisposableStore } from "./lib/disposable.ts";
import { createEmitter, type Emitter } from "./lib/emitter.ts";
import { createLogger } from "./lib/logger.ts";
import type { Words } from "./lib/words.ts";
import { loadSchemas } from "./ocpp/schemas.ts";
import { loggerWithoutSecrets } from "./redaction/logger.ts";
import { followBootPlans } from "./services/access/boot-plan.ts";
import { openAccess } from "./services/access/logic.ts";
import { createCertificates } from "./services/certificates/service.ts";
import { createFirewall } from "./services/connection/firewall/firewall.ts";
import { ownUrls, samePorts } from "./services/connection/places.ts";
import { followPortHolders } from "./services/connection/port-holders.ts";
import type { ServiceContext } from "./services/context.ts";
import { createFilePlaces } from "./services/files/places.ts";
import { createGuardedChanges } from "./services/procedures/guarded-change.ts";
import { createChecks, type WayIn } from "./services/procedures/handlers.ts";
import { OpenLogs } from "./services/reader/open-logs.ts";
import { openSettings } from "./services/settings/logic.ts";
import { createForgetter } from "./services/stations/forget.ts";
import { createFleet } from "./simulator/fleet.ts";
import { english } from "./station/phrases.ts";
import { AccessRepository } from "./store/access.ts";
import { CertificatesRepository } from "./store/certificates.ts";
import { FileStore } from "./store/files/file-store.ts";
import { FilesRepository } from "./store/files/files.ts";
import { ForgetRepository } from "./store/forget.ts";
import { ProceduresRepository } from "./store/procedures.ts";
import { SettingsRepository } from "./store/settings.ts";
import { whatWasSkipped } from "./store/skipped.ts";
import { TokensRepository } from "./store/tokens.ts";
import { adapterNames, localAddresses, stationUrlFrom } from "./transports/addresses.ts";
import { createAdapters } from "./transports/system/adapters.ts";
import { askSystem } from "./transports/system/ask.ts";
import { portHolder } from "./transports/system/port-holder.ts";

export type { CoreOptions };

export type Core = {
  ready: {
    /** Where stations connect; the identity comes after the last slash. */
    ocpp: string[];
    /** A one-time link to the screens; null without screens. */
    ui: string | null;
    data: string;
    /** What befell the record or the keys and nobody has seen yet, in English. */
    notices: string[];
  };
  /** Why the record cannot be written, when that changes; null when it can again. */
  recordProblem: Emitter<Words | null>;
  handlers: CoreHandlers;
  /** Somebody asks for the end of Plugside: whoever started the core disposes of it. */
  stopAsked: Emitter<void>;
  /** How many screens are open, when that changes. */
  screens: Emitter<number>;
  /** The faults of our own since the start. */
  bugs: Bugs;
  /** The computer has slept: asks every link for a sign of life now, so that one that is dead is known within seconds. */
  resumed(): void;
  /** A fresh one-time link to the screens; null without screens. */
  newLink(): string | null;
  /** Ends every connection, keeps the state, closes the record. */
  dispose(): Promise<void>;
};

const loadSchemasAfterMs = 2000;

/** Starts the central system: the only place, with its rooms in `core/`, that wires parts together.
 * @throws FailureError `conflict` when another core uses the folder, `unavailable` when it cannot be used or no port can be had */
export async function startCore(options: CoreOptions): Promise<Core> {
  const { dataFolder, version = "0" } = options;
  const given = options.clock ?? systemClock;
  const bugs = createBugs({ log: options.log ?? createLogger(), clock: given, version });
  const log = loggerWithoutSecrets(bugs.log);
  // The one edge of every timer of the core.
  const clock = guardedClock(given, (error) => log.bug("a timer failed", { error }));
  const closing = new DisposableStore();
  const stopAsked = createEmitter<void>(log);
  const before = options.again ? readContact(dataFolder) : null;
  try {
    const record = openRecord({ dataFolder, clock, log }, closing);
    const { database, recorder, frames, events, registry, journal } = record;
    const folder = careForFolder(dataFolder, {
      own: options.ownFolder ?? false,
      profile: windowsFolders(),
      tell: record.tell,
      log,
    });
    const tokens = new TokensRepository(database);
    const settings = openSettings(new SettingsRepository(database), log);
    const access = openAccess(new AccessRepository(database), log);
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
        folder,
        tell: record.tell,
      }),
    );
    const { authority } = certificates;
    await authority.open();
    const central = createCentralSystem({ record, settings, access, tokens, dataFolder, clock, log }, closing);
    const { accessControl, waitingStations, faults, forwarding } = central;
    const uploads = createUploads({ ports: options.uploadPorts, certificates });
    const { transport, attempts } = await openEntrance(
      {
        record,
        central,
        settings,
        authority,
        listen: samePorts(options.listen, before?.ports ?? []),
        uploads: uploads.receivers.http,
        clock,
        log,
      },
      closing,
    );
    closing.add(uploads.receivers);
    const urls = () => ownUrls(transport.listening());
    const fleet = closing.add(createFleet({ url: () => urls()[0] ?? "", clock, log }));
    const wayIn: WayIn = {
      open: () => transport.listening().some(({ problem }) => problem === undefined),
      secure: () => transport.secure,
      url: (remoteAddress, secure) => stationUrlFrom(remoteAddress, transport.port, secure),
    };
    const procedures = closing.add(
      createGuardedChanges({
        registry,
        journal,
        clock,
        log,
        access,
        store: new ProceduresRepository(database),
        check: createChecks({ access, wayIn, certificates }),
      }),
    );
    closing.add(followBootPlans({ recorder, access }));
    accessControl.admitted.on((admitted) => procedures.admitted(admitted));
    const files = closing.add(
      new FileStore({ folder: join(dataFolder, "files"), repository: new FilesRepository(database), clock, log }),
    );
    const outbox = closing.add(openOutbox({ files, database, dataFolder, vault: options.keyVault, clock, log }));
    const logs = closing.add(new OpenLogs());
    files.changed.on(({ id, file }) => {
      if (file === null) void logs.closeFile(id);
    });
    const diagnostics = closing.add(
      uploads.open({ record, files, transport, tracker: attempts.tracker, waits: options.uploadWaits, clock, log }),
    );
    const forgetter = closing.add(
      createForgetter({
        registry,
        recorder,
        repository: new ForgetRepository(database),
        access,
        procedures,
        forwarding,
        faults,
        waitingStations,
        files,
        log,
      }),
    );

    const places = createFilePlaces(clock);
    const adapters = createAdapters({ platform: process.platform, ask: askSystem }, adapterNames);
    const holders = closing.add(
      followPortHolders({
        listening: () => transport.listening(),
        changed: transport.changed,
        ask: portHolder,
        log,
      }),
    );
    const serial = openSerial({ adapters, record, central, settings, open: options.openPort, clock, log }, closing);
    serial.kept.restore(options.serialLines ?? []);
    const consoles = openConsoles({ record, serial, clock, log }, closing);
    consoles.kept.restore(options.consoles ?? []);
    const modbus = openModbus({ record, open: serial.open, named: options.modbusStations ?? [], clock, log }, closing);
    const firewall = createFirewall(() => transport.listening().map(({ port }) => port), log);
    const context: ServiceContext = { clock, log, registry, journal, recorder, frames, events, tokens, settings };
    const handlers: CoreHandlers = assembleHandlers({
      context,
      database,
      dataFolder,
      central,
      core: {
        version,
        startedAt: clock.now(),
        dataFolder,
        logFile: options.logFile,
        listening: () => holders.told(transport.listening()),
        secure: () => transport.secure,
        attempts,
        newLink: () => loopback.newLink(),
        stop: () => stopAsked.emit(),
        bugs,
        startedAgain: options.again ?? false,
        notices: record.notices,
        firewall,
        addresses: () => localAddresses(undefined, adapters.kinds()),
      },
      ...{ access, certificates, procedures, wayIn, forgetter, fleet, attempts },
      ...{ files, places, diagnostics, outbox, logs, serial, modbus, consoles },
    });
    const ui = options.ui === undefined ? { host: "127.0.0.1", port: 0 } : options.ui;
    const loopback = closing.add(
      await listenLoopback({
        host: ui ? ui.host : "127.0.0.1",
        port: ui ? ui.port : 0,
        before,
        screensFolder: ui ? (options.screensFolder ?? null) : null,
        handlers,
        files: { files, places },
        clock,
        log,
      }),
    );
    const contact = {
      url: loopback.apiUrl,
      secret: loopback.secret,
      pid: process.pid,
      ports: transport.listening().map(({ port }) => port),
    };
    closing.add(contactFile(dataFolder, contact));
    closing.add(
      record.file.reopened.on(({ folder }) => {
        if (!folder) return;
        contactFile(dataFolder, contact);
        authority.keysLost().catch((error: unknown) => log.error("the keys could not be written again", { error }));
      }),
    );
    if (options.demo)
      fleet.start({ identity: "DEMO-1", ocpp: "1.6", scenario: "day", speed: 1, seed: 1, connectors: 2, quirks: [] });
    authority.start();
    // A station that comes back should not wait for its version's schemas, nor the first screen for them. Those of a version that
    // nobody speaks stay out of memory.
    clock.after(loadSchemasAfterMs, () => {
      const spoken = new Set(registry.all().flatMap(({ state }) => state.ocpp ?? []));
      void Promise.all([...spoken].map(loadSchemas));
    });

    const skipped = whatWasSkipped(database);
    if (skipped) record.tell(skipped);
    settleHeap();
    const notices = record.notices.list().map(({ words }) => english(words));
    return {
      ready: { ocpp: urls(), ui: loopback.newLink(), data: dataFolder, notices },
      recordProblem: recorder.problem,
      stopAsked,
      screens: loopback.screens,
      handlers,
      bugs,
      resumed() {
        transport.resumed();
        // What failed for the want of a network may find one now.
        outbox.run();
      },
      newLink: () => loopback.newLink(),
      dispose: () => closing.dispose(),
    };
  } catch (error) {
    await closing.dispose().catch((failure) => log.error("closing after a failed start", { error: failure }));
    throw error;
  }
}
