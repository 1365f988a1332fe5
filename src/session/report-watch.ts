import type { Clock, Timer } from "../lib/clock.ts";
import type { Disposable } from "../lib/disposable.ts";
import { asksForReport, promisedReport } from "../ocpp/reports.ts";
import { observed } from "../station/findings.ts";
import { words } from "../station/phrases.ts";
import type { FramesRepository } from "../store/frames.ts";
import type { FrameEntry, Recorder } from "../store/recorder.ts";
import type { Journal } from "./journal.ts";
import type { Registry } from "./registry.ts";

export type ReportWatchOptions = {
  registry: Registry;
  recorder: Recorder;
  frames: FramesRepository;
  journal: Journal;
  clock: Clock;
};

/** How long a report may stand still. */
const reportWaitMs = 60_000;

type Promised = { action: string; requestId: number | string; parts: number; timer: Timer };

/** Tells reports that a station accepted and did not finish. One that goes on is waited for, however long it is. */
export function watchReports(options: ReportWatchOptions): Disposable {
  const { registry, recorder, frames, journal, clock } = options;
  const promised = new Map<number, Promised>();

  function wait(station: number, report: Omit<Promised, "timer">): void {
    promised.get(station)?.timer.stop();
    const timer = clock.after(reportWaitMs, () => {
      promised.delete(station);
      const entry = registry.byId(station);
      if (!entry) return;
      const { action, requestId, parts } = report;
      const said = words("parts-after-accepted", { request: requestId, count: parts });
      const found = observed("report-unfinished", action, said, words("until-last-part"));
      journal.write(entry, { kind: "found", finding: found });
    });
    promised.set(station, { ...report, timer });
  }

  function forget(station: number): void {
    promised.get(station)?.timer.stop();
    promised.delete(station);
  }

  function answered(frame: FrameEntry): void {
    if (frame.lane || frame.question === null || frame.direction !== "in" || !asksForReport(frame.action)) return;
    const question = frames.holding(frame.question);
    if (typeof question?.data !== "string" || typeof frame.data !== "string") return;
    const requestId = promisedReport(question.data, frame.data);
    if (requestId !== null) wait(frame.station.id, { action: frame.action ?? "", requestId, parts: 0 });
  }

  const following = recorder.stored.on((stored) => {
    for (const frame of stored.frames) answered(frame);
    for (const { station, event } of stored.events) {
      const report = promised.get(station.id);
      if (!report) continue;
      if (event.kind === "link-closed") forget(station.id);
      if (event.kind !== "variables" || event.requestId !== report.requestId) continue;
      if (event.last) forget(station.id);
      else wait(station.id, { ...report, parts: report.parts + 1 });
    }
  });
  return {
    dispose() {
      void following.dispose();
      for (const { timer } of promised.values()) timer.stop();
      promised.clear();
    },
  };
}
