import { type Finding, finding } from "../station/findings.ts";
import { words } from "../station/phrases.ts";

/** Names a token that no reader should give: it has characters outside of printable ASCII (1.6 7.28 CiString20Type; 2.0.1
 * identifierString). */
export function judgeToken(value: string | undefined, where: string): Finding[] {
  if (value === undefined || /^[\x20-\x7e]*$/.test(value)) return [];
  const visible = JSON.stringify(value).replace(/[^\x20-\x7e]/g, (character) => codeOf(character));
  return [finding("odd-token", where, visible, words("printable-ascii"))];
}

/** The same for a card that has to be named (1.6 6.1, 6.45): an empty text names none. */
export function judgeIdTag(value: string | undefined, where: string): Finding[] {
  return value?.trim() === "" ? [finding("empty-token", where, value, words("a-token"))] : judgeToken(value, where);
}

function codeOf(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
