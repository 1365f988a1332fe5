import { type Finding, finding } from "../../station/findings.ts";

/** How many messages of an action are looked through on one connection: a writer that doubles names does it every time, and looking
 * costs as much as reading. */
const looksEach = 8;
const mostActions = 100;

/** Looks for names that stand twice in one object, in the first messages of each action on a connection. A parser says nothing of them. */
export class DuplicateNames {
  readonly #looked = new Map<string, number>();

  /** @param text JSON, as it came or repaired */
  judge(action: string, text: string): Finding[] {
    const looked = this.#looked.get(action) ?? 0;
    if (looked >= looksEach || (looked === 0 && this.#looked.size >= mostActions)) return [];
    this.#looked.set(action, looked + 1);
    const name = firstDuplicate(text);
    return name === undefined ? [] : [finding("duplicate-name", action, name)];
  }
}

/** The first name that stands twice in one object, as it is written there. */
export function firstDuplicate(text: string): string | undefined {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 123) open.push(new Set());
    else if (code === 91) open.push(null);
    else if (code === 125 || code === 93) open.pop();
    else if (code === 34) {
      const from = at + 1;
      for (at = from; at < text.length && text.charCodeAt(at) !== 34; at++) if (text.charCodeAt(at) === 92) at++;
      const names = open.at(-1);
      if (!names || !isName(text, at + 1)) continue;
      const name = text.slice(from, at);
      if (names.has(name)) return name;
      names.add(name);
    }
  }
  return undefined;
}

function isName(text: string, from: number): boolean {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== 32 && code !== 9 && code !== 10 && code !== 13) return code === 58;
  }
  return false;
}
