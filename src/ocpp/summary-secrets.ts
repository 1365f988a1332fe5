import { isJsonObject, type Json, parseJson, stringifyJson } from "../lib/json.ts";
import { messageBounds } from "../station/bounds.ts";

/** What stands in the place of a secret. */
export const mask = "•••";

const secretName = /authorization_?key|passw|passphrase|secret|psk|private_?key|api_?key/i;
const secretPair = new RegExp(
  `("?\\w*(?:${secretName.source})\\w*"?\\s*[:=]\\s*)("(?:[^"\\\\]|\\\\.)*"?|[^\\s,;&}]+)`,
  "gi",
);

/** True for the name of a setting whose value nobody may read over a shoulder, e.g. AuthorizationKey (1.6 security
 * whitepaper) or BasicAuthPassword (2.x SecurityCtrlr). */
export function isSecretName(name: string | undefined): boolean {
  return name !== undefined && secretName.test(name);
}

/** A text without the passwords in it: those of addresses (ftp://user:password@host) and of name-value pairs. */
export function withoutSecrets(value: string): string {
  const addresses = value.includes("@") ? value.replace(/(:\/\/[^/\s:@]*):[^/\s]*@/g, `$1:${mask}@`) : value;
  return secretName.test(addresses) ? addresses.replace(secretPair, `$1${mask}`) : addresses;
}

/** The JSON text of a payload without the secrets in it: values of settings and fields with such a name, and passwords in
 * addresses. A text without any is handed back as it was, and so is one that is no JSON. */
export function payloadWithoutSecrets(payload: string): string {
  let value: Json;
  try {
    value = parseJson(payload, messageBounds);
  } catch {
    return withoutSecrets(payload);
  }
  const masked = withoutSecretsIn(value);
  return masked === value ? payload : stringifyJson(masked);
}

function withoutSecretsIn(value: Json): Json {
  if (typeof value === "string") return withoutSecrets(value);
  if (Array.isArray(value)) {
    const items = value.map(withoutSecretsIn);
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  if (!isJsonObject(value)) return value;
  const variable = isJsonObject(value.variable) ? value.variable.name : undefined;
  const named = [value.key, variable].some((name) => typeof name === "string" && isSecretName(name));
  let changed = false;
  const entries = Object.entries(value).map(([name, item]): [string, Json] => {
    const secret = isSecretName(name) || (named && (name === "value" || name === "attributeValue"));
    const next = secret && typeof item === "string" ? mask : withoutSecretsIn(item);
    changed ||= next !== item;
    return [name, next];
  });
  return changed ? Object.fromEntries(entries) : value;
}
