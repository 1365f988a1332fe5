import { isSecretName } from "./secret-names.ts";

/** A text or a number in JSON text: from its first sign to behind its last. `open`: the text ends in it. */
export type Item = { from: number; to: number; value: string; kind: "plain" | "secret" | "card"; open: boolean };

/** Fields that say which setting an entry is about: 1.6 `key`, 2.x `variable`, DataTransfer's `messageId`. */
const naming = new Set(["key", "name", "variable", "messageId", "parameter", "setting", "configKey", "variableName"]);
/** Fields that hold its value. */
const valued = new Set(["value", "attributeValue", "actualValue", "newValue", "oldValue", "data", "said"]);
const cards = new Set(["idTag", "idToken", "parentIdTag", "additionalIdToken", "token"]);

/** Names that are remembered while a text is read. */
const mostNames = 1000;

type Range = { from: number; to: number };

/** What is told of one thing: an entry of a list of settings, a token, a finding. `secret`: it is about a secret setting. `pin`: its
 * token is a pin. */
type Entry = { secret: boolean; pin: boolean; values: Range[]; tokens: Item[] };

type Level = {
  list: boolean;
  from: number;
  /** The field in which it stands; an object in a list has that of the list. */
  name: string;
  entry: Entry;
  /** The field whose value comes next; null where its name is still to come. */
  field: string | null;
};

/** Finds what is secret in JSON text by the names around it, wherever that stands: what is in fields with telling names, values of
 * settings with such names, pins (2.x C04.FR.04: an idToken of type KeyCode), and what our findings say was said there; and the values
 * of cards. Goes over the text once, without reading it into values, so that any depth will do, and a text that is cut or broken too.
 * Never throws.
 * @returns every text and number that is a value, in order; `whole`: the text is one JSON value as far as can be seen */
export function findSecrets(text: string): { items: Item[]; whole: boolean } {
  const items: Item[] = [];
  const secrets: Range[] = [];
  const levels: Level[] = [];
  const names = new Map<string, boolean>();
  let roots = 0;
  let broken = false;
  let at = 0;

  /** Names come again and again. */
  function isSecret(name: string): boolean {
    let secret = names.get(name);
    if (secret === undefined) {
      secret = isSecretName(name);
      if (names.size < mostNames) names.set(name, secret);
    }
    return secret;
  }
  /** A value of any kind has ended, in what is open now. */
  function ended(range: Range): void {
    const level = levels.at(-1);
    if (!level) roots++;
    else if (!level.list) {
      const name = level.field ?? "";
      if (isSecret(name) || (level.name === "vpn" && name === "key")) secrets.push(range);
      else if (valued.has(name)) level.entry.values.push(range);
    }
  }
  function take(item: Item): void {
    items.push(item);
    ended(item);
    const level = levels.at(-1);
    if (!level) return;
    const { entry } = level;
    const name = level.list ? level.name : (level.field ?? "");
    if (name === "type" && /^key_?code$/i.test(item.value)) entry.pin = true;
    if (cards.has(name) || (name === "value" && cards.has(level.name))) entry.tokens.push(item);
    if (naming.has(name) && level.name !== "vpn" && isSecret(item.value)) {
      entry.secret = true;
      const about = level.name === "variable" ? levels.at(-2) : undefined;
      if (about) about.entry.secret = true;
    }
    // A finding's place: the action and a path.
    if (name === "where" && isSecretName(item.value.slice(item.value.lastIndexOf("/") + 1))) entry.secret = true;
  }
  function open(list: boolean): void {
    const around = levels.at(-1);
    const name = around?.list ? around.name : (around?.field ?? "");
    // Attributes of a variable are told of the variable.
    const entry =
      around && (list || name === "variableAttribute")
        ? around.entry
        : { secret: false, pin: false, values: [], tokens: [] };
    levels.push({ list, from: at, name, entry, field: null });
  }
  function close(): Level | undefined {
    const level = levels.pop();
    if (!level) return undefined;
    const { entry } = level;
    if (levels.at(-1)?.entry !== entry) {
      if (entry.secret) for (const range of entry.values) secrets.push(range);
      for (const item of entry.tokens) item.kind = entry.pin ? "secret" : "card";
    }
    ended({ from: level.from, to: at });
    return level;
  }

  while (at < text.length) {
    const sign = text[at] ?? "";
    const level = levels.at(-1);
    if (sign === '"') {
      const item = readString(text, at);
      at = item.to;
      if (level && !level.list && level.field === null && isColon(text, at)) level.field = item.value;
      else take(item);
      broken ||= item.open;
    } else if (sign === "{" || sign === "[") {
      open(sign === "[");
      at++;
    } else if (sign === "}" || sign === "]") {
      at++;
      const closed = close();
      broken ||= closed?.list !== (sign === "]");
    } else if (sign === ",") {
      if (level) level.field = null;
      at++;
    } else if (sign === ":" || isBlank(sign)) at++;
    else {
      const [word] = wordAt(text, at);
      if (/^[-+.\d]/.test(word)) {
        take({ from: at, to: at + word.length, value: word, kind: "plain", open: false });
      } else {
        ended({ from: at, to: at });
        broken ||= !/^(?:true|false|null)$/.test(word);
      }
      at += word.length;
    }
  }
  const whole = !broken && levels.length === 0 && roots === 1;
  while (levels.length > 0) close();
  markWithin(items, secrets);
  return { items, whole };
}

/** Marks the items that lie in one of the ranges. */
function markWithin(items: readonly Item[], ranges: Range[]): void {
  ranges.sort((a, b) => a.from - b.from);
  let next = 0;
  let to = 0;
  for (const item of items) {
    for (let range = ranges[next]; range && range.from <= item.from; range = ranges[++next])
      to = Math.max(to, range.to);
    if (item.from < to) item.kind = "secret";
  }
}

/** The string that begins here, to its end or that of the text. */
function readString(text: string, from: number): Item {
  const end = text.indexOf('"', from + 1);
  const simple = text.slice(from + 1, end);
  if (end !== -1 && !simple.includes("\\")) return { from, to: end + 1, value: simple, kind: "plain", open: false };
  let at = from + 1;
  let escaped = false;
  while (at < text.length && text[at] !== '"') {
    escaped ||= text[at] === "\\";
    at += text[at] === "\\" ? 2 : 1;
  }
  const open = at >= text.length;
  const raw = text.slice(from + 1, at);
  const to = open ? text.length : at + 1;
  return { from, to, value: escaped ? unescaped(raw) : raw, kind: "plain", open };
}

/** What is no JSON is left as it stands. */
function unescaped(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}

function isColon(text: string, from: number): boolean {
  let at = from;
  while (isBlank(text[at] ?? "")) at++;
  return text[at] === ":";
}

function isBlank(sign: string): boolean {
  return sign === " " || sign === "\n" || sign === "\r" || sign === "\t";
}

const word = /[^\s,:{}[\]"]+|[\s\S]/y;

function wordAt(text: string, at: number): RegExpExecArray | [string] {
  word.lastIndex = at;
  return word.exec(text) ?? [""];
}
