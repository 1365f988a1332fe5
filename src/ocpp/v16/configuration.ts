import type { JsonObject } from "../../lib/json.ts";
import type { ConfigurationReported, EventBody } from "../../station/events.ts";
import { flag, integer, objects, text, texts } from "../read.ts";
import { readCertificates16 } from "./certificates.ts";

/** What an answer tells beyond its outcome: the configuration, and in words what else a technician wants to see. */
export function readAnswer(action: string, request: JsonObject, answer: JsonObject): EventBody[] {
  if (action === "GetInstalledCertificateIds") return [readCertificates16(request, answer)];
  if (action === "GetConfiguration") return [readConfiguration(answer)];
  const summary = summaries.get(action)?.(answer);
  return summary ? [{ kind: "noticed", action, summary }] : [];
}

/** GetConfiguration's answer (1.6 6.24). Values may come as numbers or truth values (Scame, Grizzl-E): read as their text. */
function readConfiguration(answer: JsonObject): ConfigurationReported {
  const keys: ConfigurationReported["keys"] = [];
  for (const entry of objects(answer, "configurationKey")) {
    const key = text(entry, "key");
    if (!key) continue;
    const item: ConfigurationReported["keys"][number] = { key, readonly: flag(entry, "readonly") ?? false };
    const value = text(entry, "value");
    if (value !== undefined) item.value = value;
    keys.push(item);
  }
  return { kind: "configuration", keys, unknown: texts(answer, "unknownKey") };
}

const summaries = new Map<string, (answer: JsonObject) => string | undefined>(
  Object.entries({
    GetDiagnostics: (answer: JsonObject) => fileSummary(text(answer, "fileName")),
    GetLog: (answer: JsonObject) => fileSummary(text(answer, "filename")),
    GetLocalListVersion(answer: JsonObject) {
      const version = integer(answer, "listVersion");
      return version === undefined ? undefined : `local list version ${version}`;
    },
    DataTransfer(answer: JsonObject) {
      const data = text(answer, "data");
      return data ? `data: ${data}` : undefined;
    },
  }),
);

/** No name means that there is nothing to upload (1.6 6.26). */
function fileSummary(name: string | undefined): string {
  return name ? `file ${name}` : "no file";
}
