/** What a Content-Range tells: the first byte, and the length of the whole where the sender knows it. */
export type SentRange = { offset: number; total?: number };

/** Reads a Content-Range (RFC 9110, 14.4): from 0 without one, null where it cannot be read. */
export function readRange(header: string | undefined): SentRange | null {
  if (header === undefined) return { offset: 0 };
  const [, first, last, total] = /^bytes[ =](\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(header.trim()) ?? [];
  if (first === undefined || Number(first) > Number(last)) return null;
  return { offset: Number(first), ...(total !== "*" && { total: Number(total) }) };
}
