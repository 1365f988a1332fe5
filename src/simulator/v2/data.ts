import { integer, object, objects, text, texts } from "../../ocpp/read.ts";
import type { CertificateHash } from "../../station/certificates.ts";
import type { ListEntry } from "../authorizer.ts";
import { inner } from "../charging/profile-reader.ts";
import type { Answer, Answers, Machine } from "../model.ts";
import { because, readCardInfo, readToken } from "./payloads.ts";
import { listLimits } from "./variables.ts";

/** Local list, cache, certificates, and what vendors add. */
export function dataAnswers(machine: Machine): Answers {
  const { authorizer, certificates } = machine;
  return {
    ClearCache() {
      if (!machine.speaker.knobs().cacheEnabled) return { reply: { status: "Rejected", ...because("CacheDisabled") } };
      authorizer.clearCache();
      return { reply: { status: "Accepted" } };
    },
    GetLocalListVersion: () => ({
      // 0 where there is none or the list is switched off (2.0.1 D02).
      reply: { versionNumber: machine.speaker.knobs().listEnabled ? authorizer.listVersion : 0 },
    }),
    SendLocalList(request) {
      if (!machine.speaker.knobs().listEnabled) return { reply: { status: "Failed", ...because("ListDisabled") } };
      const version = integer(request, "versionNumber") ?? 0;
      const entries = objects(request, "localAuthorizationList").map((entry): ListEntry => {
        const info = object(entry, "idTokenInfo");
        return { card: readToken(object(entry, "idToken")).value, info: info && readCardInfo(info) };
      });
      const full = text(request, "updateType") === "Full";
      const before = full ? 0 : authorizer.listLength;
      if (entries.length > listLimits.perMessage || before + entries.length > listLimits.entries) {
        return { reply: { status: "Failed", ...because("TooManyElements") } };
      }
      if (full) authorizer.replaceList(version, entries);
      else if (!authorizer.updateList(version, entries)) return { reply: { status: "VersionMismatch" } };
      return { reply: { status: "Accepted" } };
    },
    DataTransfer: () => ({ reply: { status: "UnknownVendorId" } }),
    InstallCertificate(request) {
      const why = certificates.install(text(request, "certificateType") ?? "", text(request, "certificate") ?? "");
      return { reply: why ? { status: "Rejected", ...because("InvalidCertificate", why) } : { status: "Accepted" } };
    },
    GetInstalledCertificateIds(request): Answer {
      const uses = texts(request, "certificateType");
      const found = certificates.list(uses.length > 0 ? uses : undefined);
      if (found.length === 0) return { reply: { status: "NotFound" } };
      const chain = found.map(({ use, hash }) => ({ certificateType: use, certificateHashData: hash }));
      return { reply: { status: "Accepted", certificateHashDataChain: chain } };
    },
    DeleteCertificate(request) {
      const hash = inner(request, "certificateHashData") as CertificateHash;
      return { reply: { status: certificates.remove(hash) ? "Accepted" : "NotFound" } };
    },
    CertificateSigned(request) {
      const why = machine.own.take(text(request, "certificateChain") ?? "");
      return { reply: why ? { status: "Rejected", ...because("InvalidCertificate", why) } : { status: "Accepted" } };
    },
  };
}
