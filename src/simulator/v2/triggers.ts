import { integer, object, text } from "../../ocpp/read.ts";
import { askForCertificate } from "../ask-certificate.ts";
import type { Answer, Answers, JobStatus, Machine, Request } from "../model.ts";
import type { Operations } from "../operations.ts";
import { because } from "./payloads.ts";

/** TriggerMessage (2.0.1 F06). */
export function triggerAnswers(machine: Machine, { charging }: Operations): Answers {
  function send(requests: Request[]): void {
    for (const request of requests) void machine.mail.ask(request);
  }

  return {
    TriggerMessage(request) {
      const { speaker, registration } = machine;
      const evse = integer(object(request, "evse"), "id");
      const asked = machine.outlets.filter((outlet) => !evse || outlet.evse === evse);
      if (asked.length === 0) return { reply: { status: "Rejected", ...because("UnknownEvse") } };
      const accept = (after: () => void): Answer => ({ reply: { status: "Accepted" }, after });
      switch (text(request, "requestedMessage")) {
        case "BootNotification":
          // F06.FR.17: not when the last boot was accepted.
          if (registration.status === "Accepted") return { reply: { status: "Rejected", ...because("NotNeeded") } };
          return accept(() => registration.bootNow());
        case "Heartbeat":
          return accept(() => send([speaker.heartbeat()]));
        case "StatusNotification":
          return accept(() => send(asked.flatMap((outlet) => speaker.status(outlet))));
        case "MeterValues":
          return accept(() => send(asked.map((outlet) => speaker.values(outlet, "Trigger"))));
        case "TransactionEvent": {
          const running = asked.filter((outlet) => outlet.transaction);
          if (running.length === 0) return { reply: { status: "Rejected", ...because("TxNotFound") } };
          return accept(() => {
            for (const outlet of running) charging.sample(outlet, "Trigger");
          });
        }
        case "FirmwareStatusNotification":
          return accept(() => send([speaker.firmware(current(machine.jobs.firmware))]));
        case "LogStatusNotification":
          return accept(() => send([speaker.log(current(machine.jobs.log))]));
        case "SignChargingStationCertificate":
          return accept(() => void askForCertificate(machine));
        default:
          // Certificates for cars are not asked for, firmware is not published, and 2.1's custom triggers are not known.
          return { reply: { status: "NotImplemented" } };
      }
    },
  };
}

/** What a job is at when asked: Idle, without its request, once it is over (2.0.1 F06, L01, N01). */
function current(job: JobStatus): JobStatus {
  const under = ["Downloading", "DownloadScheduled", "Uploading"].includes(job.status);
  return under ? job : { status: "Idle", signed: true };
}
