import type { TokenEntry } from "../../../src/services/tokens/contract.ts";

/** What is typed into the form of one token. `expiry` is local time, 2026-11-22 14:30, a date alone, or empty. */
export type TokenDraft = {
  value: string;
  status: TokenEntry["status"];
  expiry: string;
  group: string;
  note: string;
};

/** Keys of `tokens.problems`. */
export type DraftProblem = "valueMissing" | "valueTooLong" | "valueListed" | "expiryUnreadable" | "tooLong";
export type DraftProblems = Partial<Record<keyof TokenDraft, DraftProblem>>;

/** What the contract takes. */
const longest = { value: 255, group: 255, note: 500 } as const;

/** Longest idTag of OCPP 1.6 (CiString20). A longer one is kept, with a hint. */
export const longestIdTag = 20;

export const emptyDraft: TokenDraft = { value: "", status: "Accepted", expiry: "", group: "", note: "" };

/** The form of a token that is in the list. */
export function draftOf(entry: TokenEntry): TokenDraft {
  return {
    value: entry.value,
    status: entry.status,
    expiry: entry.expiry ? localText(new Date(entry.expiry)) : "",
    group: entry.group ?? "",
    note: entry.note ?? "",
  };
}

/** Reads a draft: the token to save, or what is wrong with each field.
 * @param listed the values in the list, without the one that is being edited */
export function readDraft(
  draft: TokenDraft,
  listed: readonly string[],
): { token: TokenEntry } | { problems: DraftProblems } {
  const value = draft.value.trim();
  const group = draft.group.trim();
  const note = draft.note.trim();
  const problems: DraftProblems = {};
  if (value === "") problems.value = "valueMissing";
  else if (value.length > longest.value) problems.value = "valueTooLong";
  else if (listed.some((other) => sameToken(other, value))) problems.value = "valueListed";
  if (group.length > longest.group) problems.group = "tooLong";
  if (note.length > longest.note) problems.note = "tooLong";
  const expiry = draft.expiry.trim() === "" ? null : readLocal(draft.expiry.trim());
  if (expiry && Number.isNaN(expiry.getTime())) problems.expiry = "expiryUnreadable";
  if (Object.keys(problems).length > 0) return { problems };
  const token: TokenEntry = { value, status: draft.status };
  if (expiry) token.expiry = expiry.toISOString();
  if (group) token.group = group;
  if (note) token.note = note;
  return { token };
}

/** Tokens are compared without regard to letter case (1.6 CiString20). */
function sameToken(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The other way round a card's number is often written: bytes in reverse. null where it is not whole bytes in hex, or reads the same. */
export function reversedBytes(value: string): string | null {
  if (!/^(?:[0-9a-f]{2}){4,10}$/i.test(value)) return null;
  const reversed = value.match(/../g)?.reverse().join("") ?? "";
  return sameToken(reversed, value) ? null : reversed;
}

/** The entry that answers for a presented token, and the one that looks like it with its bytes turned round. */
export function lookUp(
  value: string,
  tokens: readonly TokenEntry[],
): { listed: TokenEntry | null; turned: TokenEntry | null } {
  const listed = tokens.find((token) => sameToken(token.value, value)) ?? null;
  const reversed = listed ? null : reversedBytes(value);
  const turned = reversed ? (tokens.find((token) => sameToken(token.value, reversed)) ?? null) : null;
  return { listed, turned };
}

/** The answer a token gets at an instant: its own status, or Expired when its time is up (an accepted token alone expires). */
export function answerOf(entry: TokenEntry, now: number): TokenEntry["status"] {
  if (entry.status !== "Accepted" || !entry.expiry) return entry.status;
  return Date.parse(entry.expiry) <= now ? "Expired" : "Accepted";
}

/** Every word of the query is in the token's value, status, group or note. */
export function filterTokens(tokens: readonly TokenEntry[], query: string): TokenEntry[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return tokens.filter((token) => {
    const text = [token.value, token.status, token.group ?? "", token.note ?? ""].join("\n").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** Reads local time; a date alone lasts to the end of its day. An invalid Date where it cannot be read. */
function readLocal(text: string): Date {
  const parts = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2})[:.](\d{2}))?$/.exec(text);
  if (!parts) return new Date(Number.NaN);
  const [year = 0, month = 0, day = 0] = parts.slice(1, 4).map(Number);
  const timed = parts[4] !== undefined;
  const [hour, minute] = timed ? [Number(parts[4]), Number(parts[5])] : [23, 59];
  const time = new Date(year, month - 1, day, hour, minute, timed ? 0 : 59);
  // The 31st of February would silently become a day in March.
  const same = time.getMonth() === month - 1 && time.getDate() === day && hour < 24 && minute < 60;
  return same ? time : new Date(Number.NaN);
}

function localText(time: Date): string {
  if (Number.isNaN(time.getTime())) return "";
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${String(time.getFullYear()).padStart(4, "0")}-${two(time.getMonth() + 1)}-${two(time.getDate())}`;
  return `${day} ${two(time.getHours())}:${two(time.getMinutes())}`;
}
