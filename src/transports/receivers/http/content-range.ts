/** The first byte that a Content-Range tells (RFC 9110, 14.4); 0 without one, null when it cannot be read. */
export function readOffset(header: string | undefined): number | null {
  if (header === undefined) return 0;
  const range = /^bytes[ =](\d{1,15})-(\d{1,15})\/(\d{1,15}|\*)$/i.exec(header.trim());
  return range && Number(range[1]) <= Number(range[2]) ? Number(range[1]) : null;
}
