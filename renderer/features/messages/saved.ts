/** Filter lines that were kept, in this browser or window. */
const place = "plugside.messages.filters";
const most = 12;

type Storage = { getItem(key: string): string | null; setItem(key: string, value: string): void };

/** The lines that were kept, oldest first; none where the storage cannot be read. */
export function readSaved(storage: Storage): string[] {
  try {
    const kept: unknown = JSON.parse(storage.getItem(place) ?? "[]");
    if (!Array.isArray(kept)) return [];
    return kept.filter((line) => typeof line === "string" && line !== "").slice(0, most);
  } catch {
    return [];
  }
}

/** Keeps the lines; false where the storage refuses (it is full, or switched off). */
export function writeSaved(storage: Storage, lines: readonly string[]): boolean {
  try {
    storage.setItem(place, JSON.stringify(lines));
    return true;
  } catch {
    return false;
  }
}

/** The lines with one more at the end, each once; the oldest falls off. */
export function withSaved(lines: readonly string[], line: string): string[] {
  const trimmed = line.trim();
  if (trimmed === "") return lines.slice();
  return [...lines.filter((other) => other !== trimmed), trimmed].slice(-most);
}
