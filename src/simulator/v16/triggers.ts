import type { JsonObject } from "../../lib/json.ts";
import { integer, text } from "../../ocpp/read.ts";
import { askForCertificate } from "../ask-certificate.ts";
import type { Answer, Answers, JobStatus, Machine, Outlet, Request } from "../model.ts";
import type { Operations } from "../operations.ts";

/** TriggerMessage (1.6 5.17) and ExtendedTriggerMessage (security white paper). */
export function triggerAnswers(machine: Machine, { charging }: Operations): Answers {
  const { mail } = machine;

  function send(requests: Request[]): void {
    for (const request of requests) void mail.ask(request);
  }

  function values(outlets: readonly Outlet[]): void {
    for (const outlet of outlets) {
      if (outlet.transaction) charging.sample(outlet, "Trigger");
      else void mail.ask(machine.speaker.values(outlet, "Trigger"));
    }
  }

  function trigger(request: JsonObject, extended: boolean): Answer {
    const connector = integer(request, "connectorId");
    const asked = machine.outlets.filter((outlet) => connector === undefined || outlet.evse === connector);
    const whole = connector === undefined || connector === 0;
    if (asked.length === 0 && !whole) return { reply: { status: "Rejected" } };
    const accept = (after: () => void): Answer => ({ reply: { status: "Accepted" }, after });
    switch (text(request, "requestedMessage")) {
      case "BootNotification":
        return accept(() => machine.registration.bootNow());
      case "Heartbeat":
        return accept(() => send([machine.speaker.heartbeat()]));
      case "StatusNotification":
        return accept(() =>
          send([...(whole ? [null] : []), ...asked].flatMap((outlet) => machine.speaker.status(outlet))),
        );
      case "MeterValues":
        return accept(() => values(connector === 0 ? machine.outlets : asked));
      case "FirmwareStatusNotification":
        return accept(() => send([machine.speaker.firmware(current(machine.jobs.firmware, extended))]));
      case "DiagnosticsStatusNotification":
        return accept(() => send([machine.speaker.log(current(machine.jobs.log, false))]));
      case "LogStatusNotification":
        return accept(() => send([machine.speaker.log(current(machine.jobs.log, true))]));
      case "SignChargePointCertificate":
        if (!extended) return { reply: { status: "NotImplemented" } };
        return accept(() => void askForCertificate(machine));
      default:
        return { reply: { status: "NotImplemented" } };
    }
  }

  return {
    TriggerMessage: (request) => trigger(request, false),
    ExtendedTriggerMessage: (request) => trigger(request, true),
  };
}

/** What a job is at when asked: Idle once it is over (1.6 4.4, 4.5). */
function current(job: JobStatus, signed: boolean): JobStatus {
  const under = ["Downloading", "DownloadScheduled", "Uploading"].includes(job.status) && job.signed === signed;
  return under ? job : { status: "Idle", signed };
}
