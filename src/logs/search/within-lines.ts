/** The parts of an expression that matter here: what is escaped, sets of letters, and all else. */
const parts = /\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[^\\[]+|[\s\S]/g;

/** What takes a line's end, and what takes the same but that. */
const escapes: Record<string, string> = {
  "\\s": "[^\\S\\r\\n]",
  "\\W": "[^\\w\\r\\n]",
  "\\D": "[^\\d\\r\\n]",
};

/** An expression that fits the same within a line and never over its end, so that it can be run over many lines at once. */
export function withinLines(pattern: string): string {
  return pattern.replace(parts, (part) => {
    if (part.startsWith("[^")) return `[^\\r\\n${part.slice(2)}`;
    if (part.startsWith("[") && /\\[sWDSB]|-/.test(part)) return `(?:(?![\\r\\n])${part})`;
    return escapes[part] ?? part;
  });
}
