import { mask } from "../lib/shown-text.ts";
import { findSecrets, type Item } from "./json-secrets.ts";
import { isSecretName, mayNameSecret } from "./secret-names.ts";
import { mayHoldCredentials, withoutTextSecrets } from "./text-secrets.ts";

/** What is put in the place of a secret, and of a card where cards are to go as well. */
export type StandIns = { secret(value: string): string; card?(value: string): string };

const masks: StandIns = { secret: () => mask };

/** JSON within texts of JSON, as of DataTransfer, is looked into so deep. */
const deepest = 8;

/** A text as others may see it: JSON of any kind (a frame, a payload, what we print), whole, cut or broken, letter by letter as it
 * stands otherwise; or plain text. A text without secrets comes back as it is. */
export function redact(text: string, standIns: StandIns = masks): string {
  if (!standIns.card && hasNoSecret(text)) return text;
  return redactJsonOrText(text, standIns, deepest);
}

/** An escape other than that of a quote, behind which anything may stand. */
const otherEscape = /\\[^"]/;

/** True for a text that shows no sign of a secret, told in one look: most messages are such. */
function hasNoSecret(text: string): boolean {
  return !mayNameSecret(text) && !mayHoldCredentials(text) && !otherEscape.test(text);
}

/** A value that JSON can say, as others may see it. */
export function redactValue<Value>(value: Value, standIns: StandIns = masks): Value {
  const text = JSON.stringify(value);
  if (text === undefined) return value;
  const told = redact(text, standIns);
  return told === text ? value : (JSON.parse(told) as Value);
}

/** What is told of a setting, a variable or a vendor's message of this name. */
export function redactNamed(name: string | undefined, value: string): string {
  return isSecretName(name) ? mask : redact(value);
}

/** The texts that are secret in a frame or payload, as they were meant. */
export function secretsIn(text: string): string[] {
  if (!mayNameSecret(text)) return [];
  const { items } = findSecrets(text);
  return items.filter(({ kind, value }) => kind === "secret" && value !== "").map(({ value }) => value);
}

function redactJsonOrText(text: string, standIns: StandIns, depth: number): string {
  if (depth === 0 || !/[[{]/.test(text) || !text.includes('"')) return withoutTextSecrets(text, standIns.secret);
  const { items, whole } = findSecrets(text);
  const parts: string[] = [];
  let from = 0;
  for (const item of items) {
    const told = redactItem(item, standIns, depth);
    if (told === item.value) continue;
    parts.push(text.slice(from, item.from), item.open ? JSON.stringify(told).slice(0, -1) : JSON.stringify(told));
    from = item.to;
  }
  const told = parts.join("") + text.slice(from);
  return whole ? told : withoutTextSecrets(told, standIns.secret);
}

function redactItem({ kind, value }: Item, standIns: StandIns, depth: number): string {
  if (kind === "secret") return value === "" || value === mask ? value : standIns.secret(value);
  if (kind === "card" && standIns.card && value !== "") return standIns.card(value);
  return redactJsonOrText(value, standIns, depth - 1);
}
