import type { Clock } from "../lib/clock.ts";
import type { Logger } from "../lib/logger.ts";
import type { Certificates } from "../services/certificates/service.ts";
import type { UploadWay } from "../services/diagnostics/contract.ts";
import { createDiagnostics, type Diagnostics } from "../services/diagnostics/logic.ts";
import type { Waits } from "../services/diagnostics/patience.ts";
import type { StationEntry } from "../session/station-entry.ts";
import { DiagnosticsRepository } from "../store/diagnostics.ts";
import type { FileStore } from "../store/files/file-store.ts";
import { stationUrlFrom } from "../transports/addresses.ts";
import type { ListenMode } from "../transports/attempts/diagnose.ts";
import { type AttemptTracker, attemptsShown } from "../transports/attempts/tracker.ts";
import type { ReceiverEvent } from "../transports/receivers/drop.ts";
import { createReceivers, type Receivers } from "../transports/receivers/receivers.ts";
import type { WebSocketTransport } from "../transports/websocket/server.ts";
import type { OpenRecord } from "./record.ts";
import { noteStray, tlsFailureOf } from "./upload-strays.ts";

/** The protocol's own port first: some stations read no other out of an address. */
const usualPorts = { ftp: [21, 2121, 0], sftp: [22, 2222, 0] };

/** What the requests for logs need, once it is there. */
type Rest = {
  record: OpenRecord;
  files: FileStore;
  transport: WebSocketTransport;
  tracker: AttemptTracker;
  waits: Partial<Waits> | undefined;
  clock: Clock;
  log: Logger;
};

/** How files come in from stations. The receivers are there before the ports are open, the requests after. */
export type Uploads = { receivers: Receivers; open(rest: Rest): Diagnostics };

/** Makes the receivers of files. */
export function createUploads(options: {
  ports?: readonly number[] | undefined;
  certificates: Pick<Certificates, "authority" | "hostKeys">;
}): Uploads {
  const { ports } = options;
  const { authority, hostKeys } = options.certificates;
  let diagnostics: Diagnostics | null = null;
  let attempts: AttemptTracker | null = null;
  const receivers = createReceivers({
    ports: ports ? { ftp: ports, sftp: ports } : usualPorts,
    hostKeys,
    tls: () => authority.current()?.options ?? null,
    onStray(event, ends) {
      diagnostics?.stray(event);
      if (attempts) noteStray(attempts, event, ends);
    },
  });
  return {
    receivers,
    open({ record, files, transport, tracker, waits, clock, log }) {
      const { registry, journal, recorder, events, database } = record;

      function ourEnd({ identity, state }: StationEntry): { address: string; port: number } {
        const ends = tracker.endsOf(identity);
        if (ends) return { address: ends.localAddress, port: ends.localPort };
        const { hostname } = new URL(stationUrlFrom(state.link.remoteAddress ?? "", transport.port, false));
        return { address: hostname.replace(/^\[|\]$/g, ""), port: transport.port };
      }

      function openWays(port: number): ReadonlySet<UploadWay> {
        const mode = transport.listening().find((place) => place.port === port)?.mode ?? "both";
        return openWaysAt({ mode, secure: transport.secure, certified: authority.current() !== null });
      }

      diagnostics = createDiagnostics({
        clock,
        log,
        registry,
        journal,
        recorder,
        events,
        files,
        receivers,
        repository: new DiagnosticsRepository(database),
        ourEnd,
        openWays,
        ...(waits && { waits }),
      });
      attempts = tracker;
      followTls(tracker, (event) => diagnostics?.stray(event));
      return diagnostics;
    },
  };
}

/** The ways that a file can come by where stations are listened to like this.
 * @param at `secure`: TLS is spoken there; `certified`: there is a certificate of ours */
export function openWaysAt(at: { mode: ListenMode; secure: boolean; certified: boolean }): ReadonlySet<UploadWay> {
  const ways: UploadWay[] = ["ftp", "sftp"];
  if (at.mode !== "wss") ways.push("http");
  if (at.secure && at.mode !== "ws") ways.push("https");
  if (at.certified) ways.push("ftps");
  return new Set(ways);
}

/** HTTPS comes to the port for stations, where nobody knows yet what it is for when TLS fails. */
function followTls({ changed }: Pick<AttemptTracker, "changed">, tell: (event: ReceiverEvent) => void): void {
  const told = new Map<number, number>();
  changed.on((rows) => {
    for (const row of rows) {
      const why = tlsFailureOf(row);
      if (!why || row.into !== undefined || told.get(row.id) === row.repeats) continue;
      told.set(row.id, row.repeats);
      if (told.size > attemptsShown) told.delete(told.keys().next().value ?? 0);
      tell({ protocol: "https", from: row.remoteAddress, type: "tls-failed", why });
    }
  });
}
