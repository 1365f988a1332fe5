import type { Disposable } from "../../lib/disposable.ts";
import { createEmitter, type Emitter } from "../../lib/emitter.ts";
import { carryOut } from "../../session/commands.ts";
import type { StationEntry } from "../../session/station-entry.ts";
import { failure } from "../../station/failure.ts";
import type { StationState } from "../../station/model.ts";
import { words } from "../../station/phrases.ts";
import { takesOcpp } from "../../station/views.ts";
import type { DiagnosticsRepository } from "../../store/diagnostics.ts";
import type { FileStore } from "../../store/files/file-store.ts";
import type { ReceiverEvent } from "../../transports/receivers/drop.ts";
import type { Receivers } from "../../transports/receivers/receivers.ts";
import { bookOf } from "../configuration/logic.ts";
import type { ServiceContext } from "../context.ts";
import type { DiagnosticsRequest, UploadWay } from "./contract.ts";
import { ladder, lastGoodWay } from "./ladder.ts";
import { usualWaits, type Waits } from "./patience.ts";
import { type RequestBody, Run, type RunTools } from "./run.ts";

export type DiagnosticsOptions = Pick<
  ServiceContext,
  "clock" | "log" | "registry" | "journal" | "recorder" | "events"
> & {
  files: FileStore;
  receivers: Receivers;
  repository: DiagnosticsRepository<RequestBody>;
  /** Our own end of a station's connection. */
  ourEnd(entry: StationEntry): { address: string; port: number };
  /** What can be opened for a station that reaches us on this port. */
  openWays(port: number): ReadonlySet<UploadWay>;
  waits?: Partial<Waits>;
};

export type RequestWish = Pick<DiagnosticsRequest, "kind" | "from" | "to" | "protocol" | "retries" | "retrySeconds"> & {
  wait: number;
};

/** The requests for logs, of all stations. */
export type Diagnostics = Disposable & {
  /** Oldest first. */
  list(station?: string): DiagnosticsRequest[];
  start(entry: StationEntry, wish: RequestWish): DiagnosticsRequest;
  /** @throws FailureError not-found, conflict where it is over */
  cancel(id: number): DiagnosticsRequest;
  /** Somebody came to a receiver who belongs to no request. */
  stray(event: ReceiverEvent): void;
  /** A request is new or has changed. */
  readonly changed: Emitter<DiagnosticsRequest>;
};

const remembered = 500;
const protocolNames = new Set(["SupportedFileTransferProtocols", "FileTransferProtocols"]);

/** Makes the requests, and goes on with those that were open when the core last ended. */
export function createDiagnostics(options: DiagnosticsOptions): Diagnostics {
  const { clock, log, registry, journal, recorder, events, files, receivers, repository } = options;
  const changed = createEmitter<DiagnosticsRequest>(log);
  const bodies = new Map(repository.newest(remembered).map(({ id, body }) => [id, body]));
  const runs = new Map<number, Run>();
  const waits: Waits = { ...usualWaits, ...options.waits };

  /** What a station says that it can; it is asked once where that is not on record. */
  async function toldProtocols(entry: StationEntry): Promise<string | undefined> {
    const look = () => {
      recorder.flush();
      const { values, unknown } = bookOf(events, entry.id).get();
      const value = values.find(({ name }) => protocolNames.has(name))?.value;
      return { value, known: value !== undefined || unknown.some((name) => protocolNames.has(name)) };
    };
    if (!look().known) await carryOut(journal, entry, { name: "read-file-protocols" });
    return look().value;
  }

  /** What last worked with a station of the same make. */
  function worked({ info }: StationState): UploadWay | undefined {
    const requests = [...bodies.values()].map(({ request }) => request);
    return lastGoodWay(requests, info, (station) => registry.get(station)?.state.info);
  }

  function toolsFor(entry: StationEntry, id: () => number): RunTools {
    return {
      clock,
      waits,
      files,
      receivers,
      ask: (command) => carryOut(journal, entry, command),
      reach: () => (entry.session ? "connected" : takesOcpp(entry.state.link) ? "offline" : "without-ocpp"),
      async order() {
        const told = await toldProtocols(entry);
        const open = options.openWays(options.ourEnd(entry).port);
        return ladder({ told, worked: worked(entry.state), secure: entry.state.link.secure ?? false, open });
      },
      ourEnd: () => options.ourEnd(entry),
      // A number of the record: never given twice.
      newNumber: () => (journal.take() % 2_147_483_647) + 1,
      changed(kept) {
        const run = runs.get(id());
        if (!run) return;
        if (kept) keep(id(), run.body);
        if (run.body.request.verdict) runs.delete(id());
        changed.emit(run.body.request);
      },
    };
  }

  function keep(id: number, body: RequestBody): void {
    bodies.set(id, body);
    try {
      repository.save(id, body);
    } catch (error) {
      log.error("a request for a log could not be kept", { error });
    }
  }

  function launch(id: number, entry: StationEntry, body: RequestBody, step: "begin" | "resume"): void {
    const run = new Run(
      body,
      toolsFor(entry, () => id),
    );
    runs.set(id, run);
    run[step]().catch((error: unknown) => {
      log.bug("a request for a log failed", { error });
      run.end("nothing-came");
    });
  }

  for (const [id, body] of bodies) {
    if (body.request.verdict) continue;
    const entry = registry.get(body.request.station);
    if (entry) launch(id, entry, body, "resume");
  }
  const listening = recorder.stored.on((stored) => {
    for (const { station, event } of stored.events) {
      if (event.kind !== "diagnostics-status") continue;
      for (const run of runs.values()) {
        if (run.body.request.station === station.identity) run.status(event.status, event.seq, event.requestId);
      }
    }
  });
  const forgetting = registry.forgotten.on(({ identity }) => {
    for (const [id, { request }] of bodies) {
      if (request.station !== identity) continue;
      runs.get(id)?.dispose();
      runs.delete(id);
      bodies.delete(id);
    }
    repository.forget(identity);
  });

  return {
    changed,
    list(station) {
      const all = [...bodies.values()].map(({ request }) => request);
      return station === undefined ? all : all.filter((request) => request.station === station);
    },
    start(entry, { wait, ...wish }) {
      for (const run of [...runs.values()]) {
        if (run.body.request.station === entry.identity) run.end("superseded");
      }
      const at = clock.now();
      const request: DiagnosticsRequest = {
        id: 0,
        station: entry.identity,
        ...wish,
        at,
        until: at + wait * 1000,
        rungs: [],
        files: [],
      };
      const body: RequestBody = { request };
      request.id = repository.add(entry.identity, body);
      keep(request.id, body);
      launch(request.id, entry, body, "begin");
      changed.emit(request);
      return request;
    },
    cancel(id) {
      const run = runs.get(id);
      const body = bodies.get(id);
      if (!body) throw failure("not-found", words("no-log-request", { id }));
      if (!run) throw failure("conflict", words("log-over"));
      run.end("canceled");
      return run.body.request;
    },
    stray(event) {
      for (const run of runs.values()) {
        if (run.body.request.rungs.some(({ protocol }) => protocol === event.protocol)) run.seen(event);
      }
    },
    dispose() {
      void listening.dispose();
      void forgetting.dispose();
      for (const run of runs.values()) run.dispose();
      runs.clear();
    },
  };
}
