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
import { announce, createAnnouncer } from "./services/connection/announce.ts";
import { connectionHandlers } from "./services/connection/handlers.ts";
import { isSelfTest } from "./services/connection/self-test.ts";
import type { ServiceContext } from "./services/context.ts";
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
import { createDoor } from "./session/door.ts";
import { createGate } from "./session/gate.ts";
import { createGreeter } from "./session/greeter.ts";
import { createJournal } from "./session/journal.ts";
import { createKnocks } from "./session/knocks.ts";
import { createPasswords } from "./session/passwords.ts";
import { createPolicy } from "./session/policy.ts";
import { Registry } from "./session/registry.ts";
import { createFleet } from "./simulator/fleet.ts";
import { AccessRepository } from "./store/access.ts";
import { Database, lockFolder } from "./store/database.ts";
import { EventsRepository } from "./store/events.ts";
import { FramesRepository } from "./store/frames.ts";
import { ProceduresRepository } from "./store/procedures.ts";
import { Recorder } from "./store/recorder.ts";
import { SettingsRepository } from "./store/settings.ts";
import { StationsRepository } from "./store/stations.ts";
import { TokensRepository } from "./store/tokens.ts";
import { localAddresses, stationUrl } from "./transports/addresses.ts";
import { listenWebSocket, type WebSocketTransport } from "./transports/websocket.ts";

export type CoreOptions = {
  /** Where the record lives. */
  dataFolder: string;
  /** Where stations connect; by default every address and the port of the settings, or the next free one. Port 0 picks one. */
  listen?: { host: string; port?: number };
  /** Where the screens are served; by default a free loopback port. `false`: no screens. */
  ui?: { host: string; port: number } | false;
  /** The built screens. */
  screensFolder?: string;
  /** Adds a virtual station that lives through a day. */
  demo?: boolean;
  version?: string;
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
    const policy = createPolicy({
      settings: () => settings.values,
      find: (value) => tokens.find(value),
      acceptAll: () => settings.acceptAll,
      bootOf(identity) {
        const row = access.find(identity);
        return row && { status: row.bootStatus, intervalSeconds: row.bootInterval };
      },
    });
    const passwords = createPasswords();
    const knocks = createKnocks();
    const gate = createGate({
      find: (identity) => access.find(identity),
      known: (identity) => registry.get(identity) !== undefined,
      policy: () => settings.values.unknownStations,
      passwords,
      knocks,
      clock,
    });
    const asking = () => settings.values.triggerAfterConnect;
    closing.add(createGreeter({ registry, journal, clock, log, wanted: asking }));
    const door = createDoor({
      registry,
      recorder,
      journal,
      policy,
      clock,
      log,
      frameLimit: () => settings.values.frameLimit,
      tolerated: (identity) => gate.takeFindings(identity),
      // A number of the record: never given twice, whatever is killed when.
      newTransactionId: () => recorder.take(),
    });
    closing.add({ dispose: () => door.closed() });
    const transport = closing.add(
      await listenWebSocket({
        host: options.listen?.host ?? "0.0.0.0",
        port: options.listen?.port ?? settings.values.port,
        nextFree: true,
        clock,
        log,
        pingSeconds: () => settings.values.pingSeconds,
        frameLimit: () => settings.values.frameLimit,
        chooseSubprotocol,
        onLink: (link) => (isSelfTest(link.hello.identity) ? link.close(1000, "", "asked") : void door.open(link)),
      }),
    );

    const context: ServiceContext = { clock, log, registry, journal, recorder, frames, events, tokens, settings };
    const fleet = closing.add(createFleet({ url: () => ownUrl(transport), clock, log: (line) => log.info(line) }));
    const wanted = options.listen?.port ?? settings.values.port;
    if (wanted !== 0 && wanted !== transport.port) {
      log.warn(`port ${wanted} is taken; stations connect to port ${transport.port}`);
    }
    const wayIn: WayIn = {
      open: () => true,
      secure: () => false,
      url: (remoteAddress, secure) => stationUrlFor(transport.port, remoteAddress, secure),
    };
    const certificates = { hasRoot: () => Promise.resolve(null), hasOwn: () => Promise.resolve(null) };
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
        listening: () => [
          { host: transport.host, port: transport.port, wanted: wanted === 0 ? transport.port : wanted },
        ],
        newLink: () => loopback.newLink(),
      }),
      ...accessHandlers(context, { access, knocks, passwords, policy, changing }),
      ...proceduresHandlers({ registry, clock, access, passwords, procedures, wayIn }),
      ...stationsHandlers(context),
      ...messagesHandlers(context),
      ...historyHandlers(context),
      ...meteringHandlers(context),
      ...tokensHandlers(context),
      ...settingsHandlers(context),
      ...simulatorHandlers(fleet),
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
        listening: () => [transport],
        open: (what) => announce(what, hostname(), log),
      }),
    );
    closing.add(settings.changed.on(() => announcer.update()));
    announcer.update();
    if (options.demo)
      fleet.start({ identity: "DEMO-1", ocpp: "1.6", scenario: "day", speed: 1, seed: 1, connectors: 2 });
    // The first station should not wait for its version's schemas.
    clock.after(0, () => void Promise.all((["1.6", "2.0.1", "2.1"] as const).map(loadSchemas)));

    return {
      ready: { ocpp: [ownUrl(transport)], ui: loopback.newLink(), data: dataFolder },
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

/** The address that this machine itself reaches the station port at. */
function ownUrl({ host, port }: WebSocketTransport): string {
  const any = host === "0.0.0.0" || host === "::" || host === "";
  const name = any ? "127.0.0.1" : host.includes(":") ? `[${host}]` : host;
  return `ws://${name}:${port}/`;
}

/** The address that a station reaches this machine at: the one on its own network, as far as that can be told. */
function stationUrlFor(port: number, remoteAddress: string, secure: boolean): string {
  const nearness = (address: string) => {
    let same = 0;
    while (same < address.length && address[same] === remoteAddress[same]) same++;
    return same;
  };
  const [best] = localAddresses().sort((a, b) => nearness(b.address) - nearness(a.address));
  return stationUrl(best?.address ?? "127.0.0.1", best?.family ?? 4, port, secure);
}

function guard(log: Logger, task: () => void): void {
  try {
    task();
  } catch (error) {
    log.error("the state could not be kept", { error });
  }
}
