/** Times as one types them into the filter line, local: `14:10`, `14:10:30`, `2026-11-20`, `2026-11-20T14:10`, `today`, `yesterday`. */

const dayMs = 86_400_000;
const units: Record<string, number> = { s: 1000, min: 60_000, m: 60_000, h: 3_600_000, d: dayMs };

/** A moment, our clock; a time of day is the last one that has been. Undefined where it cannot be read.
 * @param now our clock */
export function readMoment(text: string, now: number): number | undefined {
  const clock = /^(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/.exec(text);
  if (clock) {
    const [hour = 0, minute = 0, second = 0] = clock.slice(1).map((part) => Number(part ?? 0));
    if (hour > 23 || minute > 59 || second > 59) return undefined;
    const today = new Date(now).setHours(hour, minute, second, 0);
    return today <= now ? today : new Date(now - dayMs).setHours(hour, minute, second, 0);
  }
  const dated = /^(\d{4}-\d{2}-\d{2})[T ](\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?$/.exec(text);
  if (!dated) return readDay(text, now)?.from;
  const day = readDay(dated[1] ?? "", now);
  const [hour = 0, minute = 0, second = 0] = dated.slice(2).map((part) => Number(part ?? 0));
  if (!day || hour > 23 || minute > 59 || second > 59) return undefined;
  return new Date(day.from).setHours(hour, minute, second, 0);
}

/** A day from its beginning to its end, our clock. */
export function readDay(text: string, now: number): { from: number; to: number } | undefined {
  const word = text.toLowerCase();
  const back = word === "today" || word === "idag" ? 0 : word === "yesterday" || word === "igår" ? 1 : undefined;
  if (back !== undefined) return dayOf(new Date(now), -back);
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (!parts) return undefined;
  const [year = 0, month = 0, day = 0] = parts.slice(1).map(Number);
  const date = new Date(year, month - 1, day);
  // The 31st of February would silently become a day in March.
  return date.getMonth() === month - 1 && date.getDate() === day ? dayOf(date, 0) : undefined;
}

function dayOf(date: Date, shift: number): { from: number; to: number } {
  const at = (days: number) => new Date(date.getFullYear(), date.getMonth(), date.getDate() + shift + days).getTime();
  return { from: at(0), to: at(1) - 1 };
}

/** When a stretch began that lasts until now: `2d`, `3h`, `15min`, `30s`, or any moment. */
export function readSince(text: string, now: number): number | undefined {
  const span = /^(\d+(?:[.,]\d+)?)(s|min|m|h|d)$/i.exec(text);
  if (!span) return readMoment(text, now);
  return now - Number((span[1] ?? "").replace(",", ".")) * (units[(span[2] ?? "").toLowerCase()] ?? 0);
}
