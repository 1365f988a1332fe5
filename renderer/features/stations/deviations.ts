/** The deviations in a failure's details, a line each: findings as the core makes them, or plain texts. */
export function deviationsOf(details: unknown): string[] {
  const list = Array.isArray(details) ? details : isRecord(details) ? Object.values(details).find(Array.isArray) : null;
  return list ? [...new Set<string>(list.map(lineOf))] : [];
}

function lineOf(entry: unknown): string {
  if (typeof entry === "string") return entry;
  if (!isRecord(entry)) return JSON.stringify(entry);
  const { where, said, expected, rule } = entry;
  const texts = [where, said, expected && `→ ${String(expected)}`].filter((text) => typeof text === "string" && text);
  return texts.length > 0 ? texts.join(" ") : typeof rule === "string" ? rule : JSON.stringify(entry);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
