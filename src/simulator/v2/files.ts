import { integer, text } from "../../ocpp/read.ts";
import { inner } from "../charging/profile-reader.ts";
import { answerGetLog } from "../jobs/get-log.ts";
import type { Answers, Machine } from "../model.ts";
import type { Operations } from "../operations.ts";

/** Firmware and logs. Firmware is never fetched; the status messages say so. */
export function fileAnswers(machine: Machine, { jobs }: Operations): Answers {
  return {
    // 2.x tells so of the upload that was under way (N01); the whitepaper of 1.6 has no such status.
    GetLog: (request) => answerGetLog(machine, jobs, request, "AcceptedCanceled"),
    UpdateFirmware: (request) => ({
      reply: { status: "Accepted" },
      after: () =>
        jobs.updateFirmware({
          at: Date.parse(text(inner(request, "firmware"), "retrieveDateTime") ?? "") || 0,
          requestId: integer(request, "requestId"),
          signed: true,
          tries: Math.min(integer(request, "retries") ?? 0, 10),
          retrySeconds: integer(request, "retryInterval") ?? 30,
        }),
    }),
  };
}
