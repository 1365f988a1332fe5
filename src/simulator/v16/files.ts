import { integer, text } from "../../ocpp/read.ts";
import { inner } from "../charging/profile-reader.ts";
import { answerGetLog } from "../jobs/get-log.ts";
import type { Answers, Machine } from "../model.ts";
import type { Operations } from "../operations.ts";

/** Firmware and diagnostics. Firmware is never fetched; the status messages say so. */
export function fileAnswers(machine: Machine, { jobs }: Operations): Answers {
  const fileName = (kind: string) => `${kind}-${machine.identity}.log`.replace(/[^A-Za-z0-9.-]/g, "_");
  return {
    GetDiagnostics(request) {
      const name = fileName("diagnostics");
      const location = text(request, "location") ?? "";
      return { reply: { fileName: name }, after: () => jobs.uploadLog({ signed: false, location, name }) };
    },
    GetLog: (request) => answerGetLog(machine, jobs, request),
    UpdateFirmware: (request) => ({
      reply: {},
      after: () =>
        jobs.updateFirmware({
          at: Date.parse(text(request, "retrieveDate") ?? "") || 0,
          signed: false,
          tries: Math.min(integer(request, "retries") ?? 0, 10),
          retrySeconds: integer(request, "retryInterval") ?? 30,
        }),
    }),
    SignedUpdateFirmware(request) {
      const firmware = inner(request, "firmware");
      return {
        reply: { status: "Accepted" },
        after: () =>
          jobs.updateFirmware({
            at: Date.parse(text(firmware, "retrieveDateTime") ?? "") || 0,
            requestId: integer(request, "requestId"),
            signed: true,
            tries: Math.min(integer(request, "retries") ?? 0, 10),
            retrySeconds: integer(request, "retryInterval") ?? 30,
          }),
      };
    },
  };
}
