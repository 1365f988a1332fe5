import type { SecurityEvent } from "../../../station/events.ts";
import type { Handler } from "../../dialect.ts";
import { foundEvents } from "../../found.ts";
import { text } from "../../read.ts";
import { readTime } from "../../times/times.ts";

/** SecurityEventNotification (security whitepaper, A04). */
export const securityEventNotification: Handler = {
  reply: () => ({}),
  events(request, _reply, { at }) {
    const time = readTime(request.timestamp, "SecurityEventNotification /timestamp", at);
    const event: SecurityEvent = { kind: "security-event", type: text(request, "type") ?? "" };
    const techInfo = text(request, "techInfo");
    if (techInfo) event.techInfo = techInfo;
    if (time.text) event.stationTime = time.text;
    return [event, ...foundEvents(time.findings)];
  },
};

/** SignCertificate (security whitepaper, A02). Accepted means that it is looked at: the certificate, or none, comes later. */
export const signCertificate: Handler = {
  once: ["status"],
  reply: (request, { signs }) => ({ status: signs(text(request, "csr") ?? "") ? "Accepted" : "Rejected" }),
  events: (request, reply) => [
    { kind: "signing-requested", csr: text(request, "csr") ?? "", answered: text(reply, "status") ?? "" },
  ],
};
