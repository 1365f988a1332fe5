import { shownText } from "./shown-text.ts";

/** Words with single blanks or hyphens between, and numbers with points: no sign that Markdown, or a site that shows it, could take for its own (links,
 * mentions, headings, HTML). */
const plainWords = /^[A-Za-z0-9À-ÖØ-öø-ÿ]+(?:(?:[ -]|(?<=\d)\.(?=\d))[A-Za-z0-9À-ÖØ-öø-ÿ]+)*$/;

/** A text from outside within a line of Markdown: plain where it is nothing but words, and else a code span. Escapes would not do:
 * a site looks for mentions when they are gone. */
export function markdownText(text: string): string {
  return plainWords.test(text) ? text : codeSpan(text);
}

/** A code span that holds whatever back ticks the text has (CommonMark 6.1). */
export function codeSpan(text: string): string {
  const line = shownText(text) || " ";
  const ticks = "`".repeat(longestTicks(line) + 1);
  const pad = /^`|`$|^ .*[^ ].* $/.test(line) ? " " : "";
  return `${ticks}${pad}${line}${pad}${ticks}`;
}

/** A fenced block, each text on a line of its own (CommonMark 4.5). */
export function codeBlock(texts: readonly string[]): string {
  const lines = texts.map(shownText).join("\n");
  const fence = "`".repeat(Math.max(3, longestTicks(lines) + 1));
  return `${fence}\n${lines}\n${fence}`;
}

function longestTicks(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}
