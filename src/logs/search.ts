import type { LogText } from "./lines/text.ts";
import type { SearchResult } from "./model.ts";
import { expressionOf, needleOf, type Query } from "./search/query.ts";
import { type WorkOptions, workOn } from "./work/threads.ts";

/** So many lines are found at a time, unless told otherwise. */
const usualLimit = 10_000;
/** Smaller texts are not worth a thread. */
const small = 8 * 1024 * 1024;

/** Searches a text from a line on.
 * @throws FailureError for what is no expression, or one that takes too long
 * @throws AbortError, by the signal */
export async function search(
  text: LogText,
  query: Query,
  { from = 1, limit = usualLimit, ...options }: { from?: number; limit?: number } & WorkOptions = {},
): Promise<SearchResult> {
  const isSafe = expressionOf(query) === undefined || !query.isPattern || needleOf(query) !== undefined;
  const here = isSafe && text.source.size < small;
  const task = { name: "search" as const, input: { query, from, limit: limit + 1 } };
  const lines: number[] = [];
  for await (const found of workOn(text, task, from - 1, { here, ...options })) {
    for (const line of found.lines) {
      if (lines.length === limit) return { lines, next: line };
      lines.push(line);
    }
  }
  return { lines };
}
