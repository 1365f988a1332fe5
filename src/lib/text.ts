/** A text of at most `limit` characters. One that was cut ends in "…" and its true length, e.g. `aaa… (500000)`; a pair of
 * surrogates is not parted. Cutting a cut text again changes nothing. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const tail = `… (${text.length})`;
  const end = Math.max(0, limit - tail.length);
  const split = end > 0 && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  // Joined anew: a slice would keep the whole text in memory for as long as its head is kept.
  return (text.slice(0, split ? end - 1 : end) + tail).split("").join("");
}
