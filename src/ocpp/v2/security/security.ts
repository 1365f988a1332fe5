import type { Json, JsonObject } from "../../../lib/json.ts";
import { isoTime } from "../../../lib/units.ts";
import type { EventBody } from "../../../station/events.ts";
import type { AnswerContext, EventContext } from "../../dialect.ts";
import { foundEvents } from "../../found.ts";
import { integer, object, objects, text } from "../../read.ts";
import { readTime } from "../../times/times.ts";
import { type Handlers, notice, present, unsupportedRequest } from "../notice.ts";

const hashData = ["hashAlgorithm", "serialNumber"];

/** Blocks A and M: security events and certificates. We ask no authority, and say so. */
export const securityHandlers: Handlers = {
  SecurityEventNotification: { reply: () => ({}), events: securityEvents },
  SignCertificate: {
    once: ["status", "statusInfo"],
    // Accepted means that it is looked at: the certificate, or none, comes later (A02).
    reply: (request, { signs }): JsonObject => {
      if (signs(text(request, "csr") ?? "")) return { status: "Accepted" };
      return {
        status: "Rejected",
        statusInfo: unsupportedRequest("This central system signs no certificates, or cannot read this request."),
      };
    },
    events: (request, reply) => [
      present({
        kind: "signing-requested",
        csr: text(request, "csr") ?? "",
        certificateType: text(request, "certificateType"),
        requestId: integer(request, "requestId"),
        answered: text(reply, "status") ?? "",
      }),
    ],
  },
  Get15118EVCertificate: notice("Get15118EVCertificate", ["action", "iso15118SchemaVersion"], undefined, {
    status: "Failed",
    exiResponse: "",
    statusInfo: unsupportedRequest("This central system has no contract certificate pool."),
  }),
  GetCertificateStatus: notice(
    "GetCertificateStatus",
    [...hashData.map((field) => `ocspRequestData.${field}`), "ocspRequestData.responderURL"],
    undefined,
    { status: "Failed", statusInfo: unsupportedRequest("This central system asks no OCSP responder.") },
  ),
};

/** What 2.1 adds. */
export const securityAdded: Handlers = {
  GetCertificateChainStatus: {
    ...notice("GetCertificateChainStatus", [
      ...hashData.map((field) => `certificateStatusRequests.certificateHashData.${field}`),
      "certificateStatusRequests.source",
      "certificateStatusRequests.urls",
    ]),
    reply: chainStatus,
  },
};

function securityEvents(request: JsonObject, _reply: JsonObject, context: EventContext): EventBody[] {
  const time = readTime(request.timestamp, "SecurityEventNotification /timestamp", context.at);
  const event: EventBody = present({
    kind: "security-event",
    type: text(request, "type") ?? "",
    stationTime: time.text,
    techInfo: text(request, "techInfo"),
  });
  return [...foundEvents(time.findings), event];
}

/** Failed for each certificate that was asked about, at most four; the schema wants at least one. */
function chainStatus(request: JsonObject, context: AnswerContext): JsonObject {
  const asked = objects(request, "certificateStatusRequests").slice(0, 4);
  const nextUpdate = isoTime(context.now);
  const certificateStatus = (asked.length > 0 ? asked : [{}]).map((one): Json => {
    const hash = object(one, "certificateHashData");
    const algorithm = text(hash, "hashAlgorithm");
    return {
      certificateHashData: {
        hashAlgorithm: algorithm === "SHA384" || algorithm === "SHA512" ? algorithm : "SHA256",
        issuerNameHash: (text(hash, "issuerNameHash") ?? "").slice(0, 128),
        issuerKeyHash: (text(hash, "issuerKeyHash") ?? "").slice(0, 128),
        serialNumber: (text(hash, "serialNumber") ?? "").slice(0, 40),
      },
      source: text(one, "source") === "CRL" ? "CRL" : "OCSP",
      status: "Failed",
      nextUpdate,
    };
  });
  return { certificateStatus };
}
