import type { JsonObject } from "../../lib/json.ts";
import type { Words } from "../../lib/words.ts";
import { redactNamed } from "../../redaction/redact.ts";
import type { ConfigurationReported, EventBody } from "../../station/events.ts";
import { type Finding, finding } from "../../station/findings.ts";
import { words } from "../../station/phrases.ts";
import { foundEvents } from "../found.ts";
import { flag, integer, objects, text, texts } from "../read.ts";
import { readCertificates16 } from "./security/certificates.ts";

/** What an answer tells beyond its outcome: the configuration, and in words what else a technician wants to see. */
export function readAnswer(action: string, request: JsonObject, answer: JsonObject): EventBody[] {
  if (action === "GetInstalledCertificateIds") return [readCertificates16(request, answer)];
  if (action === "GetConfiguration") return [readConfiguration(answer), ...foundEvents(judgeConfiguration(answer))];
  const summary = summaries.get(action)?.(answer);
  return summary ? [{ kind: "noticed", action, summary }] : [];
}

/** GetConfiguration's answer (1.6 6.24). Values may come as numbers or truth values (Scame, Grizzl-E): read as their text. Secrets stay in
 * the frame. */
function readConfiguration(answer: JsonObject): ConfigurationReported {
  const keys: ConfigurationReported["keys"] = [];
  for (const entry of objects(answer, "configurationKey")) {
    const key = text(entry, "key");
    if (!key) continue;
    const item: ConfigurationReported["keys"][number] = { key, readonly: flag(entry, "readonly") ?? false };
    const value = text(entry, "value");
    if (value !== undefined) item.value = redactNamed(key, value);
    keys.push(item);
  }
  return { kind: "configuration", keys, unknown: texts(answer, "unknownKey") };
}

/** ConnectorPhaseRotation (1.6 9.1.7): "1.RST, 2.STR". RST is as wired, NotApplicable and Unknown say nothing. */
function judgeConfiguration(answer: JsonObject): Finding[] {
  const entry = objects(answer, "configurationKey").find((item) => text(item, "key") === "ConnectorPhaseRotation");
  const value = text(entry, "value") ?? "";
  if (!/\b(?:RTS|SRT|STR|TRS|TSR)\b/.test(value)) return [];
  return [finding("phase-rotation", "GetConfiguration answer ConnectorPhaseRotation", value, words("where-wired-so"))];
}

const summaries = new Map<string, (answer: JsonObject) => Words | undefined>(
  Object.entries({
    GetDiagnostics: (answer: JsonObject) => fileSummary(text(answer, "fileName")),
    GetLog: (answer: JsonObject) => fileSummary(text(answer, "filename")),
    GetLocalListVersion(answer: JsonObject) {
      const version = integer(answer, "listVersion");
      return version === undefined ? undefined : words("told-list-version", { version });
    },
    DataTransfer(answer: JsonObject) {
      const data = text(answer, "data");
      return data ? words("told-data", { data }) : undefined;
    },
  }),
);

/** No name means that there is nothing to upload (1.6 6.26). */
function fileSummary(name: string | undefined): Words {
  return name ? words("told-file", { name }) : words("told-no-file");
}
