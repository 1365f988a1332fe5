import type { Handlers } from "../../lib/contract.ts";
import { redact } from "../../redaction/redact.ts";
import type { AttemptsRepository } from "../../store/attempts.ts";
import type { MomentsRepository } from "../../store/moments/moments.ts";
import type { AttemptTracker } from "../../transports/attempts/tracker.ts";
import type { ServiceContext } from "../context.ts";
import type { FilePlaces } from "../files/places.ts";
import type { exportContract } from "./contract.ts";
import { exportedText, exportName } from "./logic.ts";
import type { ExportSource } from "./rows.ts";

/** What the export works with besides. */
export type ExportParts = {
  attempts: { tracker: AttemptTracker; repository: AttemptsRepository };
  places: FilePlaces;
  moments: MomentsRepository;
};

/** Handlers of the export of lists. */
export function exportHandlers(
  { registry, recorder, frames, events, clock, log }: ServiceContext,
  { attempts: { tracker, repository }, places, moments }: ExportParts,
): Handlers<typeof exportContract> {
  const attempts: ExportSource["attempts"] = {
    newest(limit) {
      // Those under way may be ahead of the record.
      const live = new Map(tracker.recent().map((attempt) => [attempt.id, attempt]));
      return [...repository.newest(limit).filter(({ id }) => !live.has(id)), ...live.values()];
    },
  };
  const source: ExportSource = { registry, frames, events, moments, log, attempts };
  return {
    "export.open": ({ wish, form, language }) => {
      if (wish.station !== undefined && wish.list !== "attempts") registry.require(wish.station);
      const name = exportName(wish, form, clock.now());
      const text = () => {
        recorder.flush();
        return exportedText(source, wish, { form, language, tell: redact });
      };
      return { path: places.open({ made: { name, text } }), name };
    },
  };
}
