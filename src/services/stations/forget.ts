import type { Disposable } from "../../lib/disposable.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Words } from "../../lib/words.ts";
import type { FaultBook } from "../../session/faults/fault-book.ts";
import type { Forwarding } from "../../session/forward/forwarding.ts";
import type { Registry } from "../../session/registry.ts";
import type { StationEntry } from "../../session/station-entry.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { FileStore } from "../../store/files/file-store.ts";
import type { ForgetRepository } from "../../store/forget.ts";
import type { Recorder } from "../../store/recorder.ts";
import type { AccessBook } from "../access/logic.ts";
import type { WaitingStations } from "../access/waiting-stations.ts";
import type { Procedures } from "../procedures/guarded-change.ts";
import type { ForgetReport } from "./contract.ts";

export type ForgetterOptions = {
  registry: Registry;
  recorder: Recorder;
  repository: ForgetRepository;
  access: AccessBook;
  procedures: Procedures;
  forwarding: Forwarding;
  faults: FaultBook;
  waitingStations: WaitingStations;
  files: Pick<FileStore, "list" | "remove">;
  log: Logger;
};

/** Forgets stations, wholly: see `ForgetReport` for what goes. */
export type Forgetter = Disposable & {
  report(entry: StationEntry): ForgetReport;
  /** Resolves when nothing of it is left.
   * @throws FailureError conflict while it is connected or a change of it is under way, unavailable while the record cannot be written */
  forget(entry: StationEntry): Promise<ForgetReport>;
};

/** Makes the forgetter, and goes on with what the last life of the core began. */
export function createForgetter(options: ForgetterOptions): Forgetter {
  const { registry, recorder, repository, access, procedures, forwarding, faults, waitingStations, files, log } =
    options;
  const underWay = new Set<Promise<void>>();
  let closed = false;

  function purge(id: number): Promise<void> {
    const work = repository.purge(id, () => closed);
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  }

  function blocked({ identity, session, state }: StationEntry): Words | undefined {
    if (session || state.link.state === "online") return words("forget-connected", { identity });
    if (procedures.underWay(identity)) return words("change-under-way", { identity });
    const coming = files.list(identity).find((file) => file.state === "coming");
    if (coming) return words("file-coming", { name: coming.name });
    return undefined;
  }

  function report(entry: StationEntry): ForgetReport {
    const { identity, state } = entry;
    return {
      identity,
      firstSeenAt: state.firstSeenAt,
      lastSeenAt: state.lastSeenAt,
      frames: state.frames.in + state.frames.out,
      findings: state.findings.length,
      access: access.find(identity) !== undefined,
      forward: forwarding.settings(identity) !== undefined,
      files: files.list(identity).length,
      blocked: blocked(entry),
    };
  }

  for (const id of repository.unfinished()) {
    purge(id).catch((error: unknown) => log.error("a forgotten station could not be taken away", { error }));
  }

  return {
    report,
    async forget(entry) {
      const { id, identity } = entry;
      const told = report(entry);
      if (told.blocked) throw failure("conflict", told.blocked);
      faults.clear(entry);
      // What waits to be written of it must not come after.
      recorder.flush();
      if (recorder.trouble !== null) throw failure("unavailable", words("record-troubled", { why: recorder.trouble }));
      repository.begin(entry, recorder.take());
      forwarding.forget(identity);
      procedures.forget(identity);
      waitingStations.forget(identity);
      access.forget(identity);
      registry.forget(entry);
      for (const file of files.list(identity)) files.remove(file.id);
      await purge(id);
      return told;
    },
    async dispose() {
      closed = true;
      await Promise.allSettled(underWay);
    },
  };
}
