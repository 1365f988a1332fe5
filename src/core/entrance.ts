import { hostname } from "node:os";
import type { Clock } from "../lib/clock.ts";
import type { DisposableStore } from "../lib/disposable.ts";
import type { Logger } from "../lib/logger.ts";
import { chooseSubprotocol } from "../ocpp/versions.ts";
import type { Authority } from "../services/certificates/authority.ts";
import { announce, createAnnouncer } from "../services/connection/announce.ts";
import { type ListenAt, placesOf } from "../services/connection/places.ts";
import { isSelfTest, letSelfTestsIn } from "../services/connection/self-test.ts";
import type { SettingsBook } from "../services/settings/logic.ts";
import { watchAttempts } from "../session/attempt-watch.ts";
import { mostUnstoredBytes } from "../station/bounds.ts";
import { ownChange } from "../station/fold/own-change.ts";
import { AttemptsRepository, keepAttempts } from "../store/attempts.ts";
import { localAddresses } from "../transports/addresses.ts";
import { AttemptTracker, attemptsShown } from "../transports/attempts/tracker.ts";
import type { UploadsDoor } from "../transports/websocket/arrival-context.ts";
import { listenWebSocket, type WebSocketTransport } from "../transports/websocket/server.ts";
import type { CentralSystem } from "./central-system.ts";
import type { OpenRecord } from "./record.ts";

/** Where stations come in, and every try to do so. */
export type Entrance = {
  transport: WebSocketTransport;
  attempts: { tracker: AttemptTracker; repository: AttemptsRepository };
};

export type EntranceOptions = {
  record: OpenRecord;
  central: CentralSystem;
  settings: SettingsBook;
  authority: Authority;
  /** Named at the start: goes before the settings. */
  listen: readonly ListenAt[] | undefined;
  uploads: UploadsDoor;
  clock: Clock;
  log: Logger;
};

/** Opens the ports for stations, follows the settings, and announces them where that is wanted.
 * @throws FailureError `unavailable` when none of the ports that were named at the start can be had */
export async function openEntrance(options: EntranceOptions, closing: DisposableStore): Promise<Entrance> {
  const { record, central, settings, authority, listen, uploads, clock, log } = options;
  const { accessControl, acceptor } = central;
  const repository = new AttemptsRepository(record.database);
  const tracker = new AttemptTracker({
    clock,
    past: repository.newest(attemptsShown),
    lastId: repository.lastId(),
    ownChange: (identity) => {
      const state = record.registry.get(identity)?.state;
      return state !== undefined && ownChange(state, clock.now()) !== undefined;
    },
    ignored: isSelfTest,
    onError: (error) => log.bug("a listener of the attempts failed", { error }),
  });
  closing.add(keepAttempts({ repository, changed: tracker.changed, clock, log }));
  closing.add(tracker);
  closing.add(watchAttempts(record.recorder, tracker));
  closing.add({ dispose: () => acceptor.closed() });
  let places = placesOf(listen, settings.values);
  // A port for wss alone is no port before there is a certificate.
  if (places.some(({ mode }) => mode === "wss")) await authority.keep();
  const transport = closing.add(
    await listenWebSocket({
      places,
      // Who names a port wants that one.
      required: listen !== undefined,
      clock,
      log,
      accessControl: letSelfTestsIn(accessControl),
      tls: authority,
      tracker,
      pingSeconds: () => settings.values.pingSeconds,
      frameLimit: () => settings.values.frameLimit,
      compression: () => settings.values.compression,
      ready: () => record.recorder.unstored < mostUnstoredBytes,
      chooseSubprotocol,
      uploads,
      onLink: (link) => (isSelfTest(link.hello.identity) ? link.close(1000, "", "asked") : void acceptor.open(link)),
    }),
  );
  for (const { port, wanted } of transport.listening()) {
    if (wanted !== port) log.warn(`port ${wanted} is taken; stations connect to port ${port}`);
  }
  closing.add(
    createAnnouncer({
      wanted: () => settings.values.announce,
      listening: () => transport.listening(),
      secure: () => transport.secure,
      changes: [settings.changed, transport.changed, authority.changed],
      addresses: () =>
        localAddresses()
          .filter(({ family, kind }) => family === 4 && kind !== "loopback")
          .map(({ address }) => address),
      open: (what) => announce(what, hostname(), log),
      clock,
    }),
  );
  closing.add(
    settings.changed.on((values) => {
      const wanted = placesOf(listen, values);
      if (JSON.stringify(wanted) === JSON.stringify(places)) return;
      places = wanted;
      transport.apply(wanted).catch((error: unknown) => log.error("no port can be had for stations", { error }));
    }),
  );
  return { transport, attempts: { tracker, repository } };
}
