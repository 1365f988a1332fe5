type Format = { validate: (text: string) => boolean };

/** A judge of date-times (RFC 3339) that tells the two usual forms, 2026-01-31T12:00:00Z with milliseconds and without, at a glance, and
 * asks `format` about all others: it takes texts apart with regular expressions, and this runs for every sample group. */
export function quickly(format: Format): Format {
  return { validate: (text) => isUsual(text) || format.validate(text) };
}

/** Only what is certainly right: a day that every month has, and no leap second. */
function isUsual(text: string): boolean {
  const { length } = text;
  if ((length !== 20 && length !== 24) || text[length - 1] !== "Z") return false;
  if (text[4] !== "-" || text[7] !== "-" || text[10] !== "T" || text[13] !== ":" || text[16] !== ":") return false;
  if (length === 24 && (text[19] !== "." || digits(text, 20, 23) < 0)) return false;
  return (
    digits(text, 0, 4) >= 0 &&
    isWithin(digits(text, 5, 7), 1, 12) &&
    isWithin(digits(text, 8, 10), 1, 28) &&
    isWithin(digits(text, 11, 13), 0, 23) &&
    isWithin(digits(text, 14, 16), 0, 59) &&
    isWithin(digits(text, 17, 19), 0, 59)
  );
}

function isWithin(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

/** The number in a piece of a text; -1 where not all of it is digits. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}
