import { integer, text } from "../../ocpp/read.ts";
import { inner } from "../charging/profile-reader.ts";
import type { Answers, Machine } from "../model.ts";
import type { Operations } from "../operations.ts";

/** Firmware and logs. There is no file transfer; the status messages say so. */
export function fileAnswers(machine: Machine, { jobs }: Operations): Answers {
  return {
    GetLog: (request) => ({
      reply: { status: "Accepted", filename: `log-${machine.identity}.log`.replace(/[^A-Za-z0-9.-]/g, "_") },
      after: () => jobs.uploadLog({ requestId: integer(request, "requestId"), signed: true }),
    }),
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
