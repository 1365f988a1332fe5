import { integer, object, objects, text, texts } from "../../ocpp/read.ts";
import type { CertificateHash } from "../../station/certificates.ts";
import type { ListEntry } from "../authorizer.ts";
import { inner } from "../charging/profile-reader.ts";
import type { Answer, Answers, Machine } from "../model.ts";
import { type Configuration, listLimits } from "./configuration.ts";
import { readCardInfo } from "./payloads.ts";

/** Configuration, local list, cache, certificates, and what vendors add. */
export function dataAnswers(machine: Machine, configuration: Configuration): Answers {
  const { authorizer, certificates } = machine;
  return {
    GetConfiguration: (request) => ({ reply: configuration.get(texts(request, "key")) }),
    ChangeConfiguration(request) {
      const key = text(request, "key") ?? "";
      const value = text(request, "value") ?? "";
      const status = configuration.change(key, value);
      const password = status === "Accepted" && key.toLowerCase() === "authorizationkey";
      return { reply: { status }, after: () => (password ? machine.changePassword(value) : machine.rearm()) };
    },
    ClearCache() {
      if (!machine.speaker.knobs().cacheEnabled) return { reply: { status: "Rejected" } };
      authorizer.clearCache();
      return { reply: { status: "Accepted" } };
    },
    GetLocalListVersion: () => ({
      // 0 = there is none, -1 = not supported (1.6 5.10).
      reply: { listVersion: machine.speaker.knobs().listEnabled ? authorizer.listVersion : -1 },
    }),
    SendLocalList(request) {
      if (!machine.speaker.knobs().listEnabled) return { reply: { status: "NotSupported" } };
      const version = integer(request, "listVersion") ?? 0;
      const entries = objects(request, "localAuthorizationList").map((entry): ListEntry => {
        const info = object(entry, "idTagInfo");
        return { card: text(entry, "idTag") ?? "", info: info && readCardInfo(info) };
      });
      const full = text(request, "updateType") === "Full";
      const most = full ? 0 : authorizer.listLength;
      if (entries.length > listLimits.perMessage || most + entries.length > listLimits.entries) {
        return { reply: { status: "Failed" } };
      }
      if (full) authorizer.replaceList(version, entries);
      else if (!authorizer.updateList(version, entries)) return { reply: { status: "VersionMismatch" } };
      return { reply: { status: "Accepted" } };
    },
    DataTransfer: () => ({ reply: { status: "UnknownVendorId" } }),
    InstallCertificate(request) {
      const why = certificates.install(text(request, "certificateType") ?? "", text(request, "certificate") ?? "");
      if (why) machine.log(`certificate refused: ${why}`);
      return { reply: { status: why ? "Rejected" : "Accepted" } };
    },
    GetInstalledCertificateIds(request): Answer {
      const found = certificates.list([text(request, "certificateType") ?? ""]);
      if (found.length === 0) return { reply: { status: "NotFound" } };
      return { reply: { status: "Accepted", certificateHashData: found.map(({ hash }) => hash) } };
    },
    DeleteCertificate(request) {
      const hash = inner(request, "certificateHashData") as CertificateHash;
      return { reply: { status: certificates.remove(hash) ? "Accepted" : "NotFound" } };
    },
    CertificateSigned(request) {
      const why = machine.own.take(text(request, "certificateChain") ?? "");
      if (why) machine.log(`own certificate refused: ${why}`);
      return { reply: { status: why ? "Rejected" : "Accepted" } };
    },
  };
}
