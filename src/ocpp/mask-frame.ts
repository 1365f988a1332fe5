import { isJsonObject, type Json, type JsonObject, parseJson } from "../lib/json.ts";
import { messageBounds } from "../station/bounds.ts";
import { isSecretName, mask, withoutSecrets } from "./summary-secrets.ts";

/** A frame as others may see it. `secrets` masks the same secrets in a text about it. */
export type MaskedFrame = { text: string; secrets(text: string): string };

/** Replaces passwords and keys in a frame, letter by letter as it stands otherwise: values of settings with telling names
 * (AuthorizationKey, BasicAuthPassword), fields with such names, and passwords in addresses. A text that is not JSON is
 * masked by its looks. */
export function maskFrame(text: string): MaskedFrame {
  const found = new Set<string>();
  try {
    collect(parseJson(text, messageBounds), false, found);
  } catch {
    return { text: withoutSecrets(text.replace(brokenEntry, `$1"${mask}`)), secrets: withoutSecrets };
  }
  // Shorter ones stand in too many words.
  const long = [...found].filter((secret) => secret.length >= 4).sort((a, b) => b.length - a.length);
  return {
    text: withoutSecrets(replaceTexts(text, found)),
    secrets: (said) => withoutSecrets(long.reduce((masked, secret) => masked.replaceAll(secret, mask), said)),
  };
}

/** `"key": "AuthorizationKey", ... "value": "..."` in a text that cannot be parsed, to its end if need be. */
const brokenEntry =
  /("key"\s*:\s*"[^"]*(?:authorization_?key|passw|secret|private_?key|api_?key|pin"|authentication")[^}]*?"value"\s*:\s*)"(?:[^"\\]|\\.)*/gi;

/** As the summaries have it, and what vendors call a card's pin. */
function isSecret(name: string): boolean {
  return isSecretName(name) || /(?:pin|authentication)$/i.test(name);
}

/** Fields that hold the value of the setting that is named beside them. */
const valueFields = new Set(["value", "attributeValue", "variableAttribute"]);

function collect(value: Json, secret: boolean, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, secret, found);
  } else if (isJsonObject(value)) {
    const inside = secret || isSecret(nameIn(value));
    for (const [name, item] of Object.entries(value)) {
      collect(item, isSecret(name) || (inside && valueFields.has(name)), found);
    }
  } else if (secret && typeof value === "string" && value !== "") {
    found.add(value);
  }
}

/** The setting that an entry is about: 1.6 `key`, 2.x `variable.name`. */
function nameIn(entry: JsonObject): string {
  const variable = isJsonObject(entry.variable) ? entry.variable.name : undefined;
  const name = typeof entry.key === "string" ? entry.key : variable;
  return typeof name === "string" ? name : "";
}

/** Masks these texts wherever they stand in a JSON. */
function replaceTexts(json: string, secrets: ReadonlySet<string>): string {
  if (secrets.size === 0) return json;
  return json.replace(/"(?:[^"\\]|\\.)*"/g, (text) => (secrets.has(JSON.parse(text) as string) ? `"${mask}"` : text));
}
