import type { JsonObject } from "../../lib/json.ts";
import { integer, text } from "../../ocpp/read.ts";
import { inner } from "../charging/profile-reader.ts";
import type { Answer, Machine } from "../model.ts";
import type { Jobs } from "./jobs.ts";

/** Answers GetLog, which is the same in the security whitepaper of 1.6 and in 2.x (N01).
 * @param calledOff what is told of an upload that another takes the place of, where the version has a word for it */
export function answerGetLog(machine: Machine, jobs: Jobs, request: JsonObject, calledOff?: string): Answer {
  const name = `log-${machine.identity}.log`.replace(/[^A-Za-z0-9.-]/g, "_");
  const location = text(inner(request, "log"), "remoteLocation") ?? "";
  const requestId = integer(request, "requestId");
  return {
    reply: { status: jobs.uploading ? "AcceptedCanceled" : "Accepted", filename: name },
    after: () => jobs.uploadLog({ requestId, signed: true, location, name, ...(calledOff && { calledOff }) }),
  };
}
