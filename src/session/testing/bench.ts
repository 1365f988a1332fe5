import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { createManualClock, type ManualClock } from "../../lib/clock.ts";
import type { JsonObject } from "../../lib/json.ts";
import { type Logger, silentLogger } from "../../lib/logger.ts";
import { loadSchemas, type Schemas } from "../../ocpp/schemas.ts";
import { dialectOf } from "../../ocpp/versions.ts";
import type { OcppVersion, StationState } from "../../station/model.ts";
import { EventsRepository } from "../../store/events.ts";
import { FramesRepository, type StoredFrame } from "../../store/frames.ts";
import { MomentsRepository } from "../../store/moments/moments.ts";
import { Recorder } from "../../store/recorder.ts";
import { Database } from "../../store/sqlite/database.ts";
import { StationsRepository } from "../../store/stations.ts";
import type { LinkListener } from "../../transports/link.ts";
import { createFaultBook } from "../faults/fault-book.ts";
import type { Forwarding } from "../forward/forwarding.ts";
import { createJournal } from "../journal.ts";
import { watchOwnClock } from "../own-clock.ts";
import { stateAt } from "../past/state-at.ts";
import { Registry } from "../registry.ts";
import { Session, type SessionOptions } from "../session.ts";
import type { StationEntry } from "../station-entry.ts";

/** One station in conversation with a session over a record of its own, without a socket. */
export type Bench = {
  clock: ManualClock;
  session: Session;
  /** What the session sent, in order. */
  sent: string[];
  /** How it ended the link, if it did. */
  ended: number[];
  /** Asks the station; what it is asked is sent at once. */
  ask(action: string, payload: JsonObject): void;
  /** The link is over, as the station or the line ends it. */
  closed(): void;
  /** Says something as the station, and lets it be stored and answered. */
  say(data: string | Uint8Array, binary?: boolean): void;
  state(): StationState;
  frames(): StoredFrame[];
  events: EventsRepository;
  /** The state kept as it is now, for the next life to begin with. */
  save(): void;
  /** The state as a core makes it that starts on this record. */
  restored(): StationState;
  /** The state as it was when the record had come to a number, from the running core. */
  past(seq: number): StationState | null;
  /** The same from a core that starts on this record. */
  restoredPast(seq: number): StationState | null;
  database: Database;
  /** The parts that services work with. */
  parts: Pick<SessionOptions, "registry" | "recorder" | "journal" | "clock" | "log"> & {
    frames: FramesRepository;
    events: EventsRepository;
  };
};

/** In memory, where the system has such a place: what is tested here waits for no disk. */
const home = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** Opens a link in conversation, on a fresh record that is removed when the test is over. */
export async function openBench(
  version: OcppVersion,
  change: {
    strict?: boolean;
    log?: Logger;
    schemas?: (schemas: Schemas) => Schemas;
    recorder?: (recorder: Recorder) => Recorder;
    options?: Partial<SessionOptions>;
  } = {},
): Promise<Bench> {
  const folder = mkdtempSync(join(home, "plugside-session-"));
  const database = new Database(join(folder, "plugside.db"));
  onTestFinished(() => {
    database.dispose();
    rmSync(folder, { recursive: true, force: true });
  });
  const clock = createManualClock();
  const log = change.log ?? silentLogger;
  const recorder = new Recorder({ database, clock, log, schedule: () => undefined });
  const repositories = {
    stations: new StationsRepository(database),
    frames: new FramesRepository(database),
    events: new EventsRepository(database),
  };
  const registry = new Registry({ ...repositories, log });
  recorder.stored.on(() => registry.takeMoments());
  const pastOptions = { ...repositories, moments: new MomentsRepository(database), log };
  const journal = createJournal({ registry, recorder, clock });
  const entry = registry.ensure("CP1", clock.now());
  const loaded = await loadSchemas(version);
  const sent: string[] = [];
  const ended: number[] = [];
  let listener: LinkListener | null = null;
  const session = new Session({
    entry,
    dialect: dialectOf(version),
    schemas: change.schemas?.(loaded) ?? loaded,
    policy: {
      boot: () => ({ status: "Accepted", intervalSeconds: 300 }),
      timeMilliseconds: () => true,
      decide: () => ({ status: "Accepted" }),
      answerMs: () => 30_000,
      signs: () => true,
    },
    strictness: () => ({ strict: change.strict ?? false, emptyAnswers: false }),
    log,
    newTransactionId: () => recorder.take(),
    link: {
      isOpen: true,
      hello: {
        identity: "CP1",
        via: {
          kind: "websocket",
          path: "/CP1",
          remoteAddress: "127.0.0.1",
          secure: false,
          securityProfile: 0,
          offered: [],
        },
      },
      send: (data) => sent.push(String(data)) > 0,
      close: (code) => void ended.push(code),
      cut: () => void ended.push(1006),
      hold: () => undefined,
      listen(given) {
        listener = given;
      },
    },
    findings: [],
    registry,
    recorder: change.recorder?.(recorder) ?? recorder,
    journal,
    forwarding: { attach: () => ({ relay: null, detach() {} }) } as unknown as Forwarding,
    faults: createFaultBook({ journal, clock, log }),
    clock,
    ownClock: watchOwnClock({ registry, journal, clock, log }),
    onClosed: () => undefined,
    ...change.options,
  });
  entry.session = session;
  session.start();
  recorder.flush();
  return {
    clock,
    session,
    sent,
    ended,
    events: repositories.events,
    ask(action, payload) {
      void session.call(action, payload);
      recorder.flush();
    },
    closed: () => listener?.closed(1006, "", "lost"),
    say(data, binary = false) {
      clock.advance(1000);
      listener?.message(typeof data === "string" ? Buffer.from(data) : data, binary, false);
      recorder.flush();
      // A call of ours that waited for this answer goes out after it.
      recorder.flush();
    },
    state: () => entry.state,
    frames: () => repositories.frames.between(0, Number.MAX_SAFE_INTEGER),
    save: () => registry.save(recorder.reached),
    restored: () => again().state,
    past: (seq) => stateAt(entry, seq, pastOptions),
    restoredPast: (seq) => stateAt(again(), seq, pastOptions),
    database,
    parts: { registry, recorder, journal, clock, log, frames: repositories.frames, events: repositories.events },
  };

  function again(): StationEntry {
    recorder.flush();
    const registryAgain = new Registry({ ...repositories, log });
    registryAgain.restore(true);
    const found = registryAgain.get("CP1");
    if (!found) throw new Error("the station is not on record");
    return found;
  }
}
