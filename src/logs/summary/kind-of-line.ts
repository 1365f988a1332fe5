/** 1 for a letter, 2 for a digit, 0 for what stands between words. Bytes beyond 127 are parts of letters. */
const classes = new Uint8Array(256);
for (let byte = 0; byte < 256; byte++) {
  if (byte >= 48 && byte <= 57) classes[byte] = 2;
  else if ((byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 95 || byte >= 128) classes[byte] = 1;
}

/** Lines that are alike so far are of one kind. */
const reach = 400;
const standIn = 35;
const lessThan = 60;

/** What lines that say the same have in common, as a number: words with a digit in them (numbers, addresses, ids) count as the same word.
 * Two kinds have the same number once in a long life. */
export function kindOfLine(bytes: Uint8Array, begin: number, lineEnd: number): number {
  const end = Math.min(lineEnd, begin + reach);
  let first = 0x811c9dc5;
  let second = 0x2f0b4a27;
  // <3> and E1126 tell how grave a line is.
  const mark = begin + (bytes[begin] === lessThan ? 4 : 1);
  for (let at = begin; at < mark && at < end; at++) first = Math.imul(first ^ (bytes[at] as number), 0x01000193);
  for (let at = begin; at < end; ) {
    let byte = bytes[at] as number;
    if (classes[byte] === 0) {
      first = Math.imul(first ^ byte, 0x01000193);
      second = Math.imul(second ^ byte, 0x5bd1e995);
      at++;
      continue;
    }
    let ownFirst = first;
    let ownSecond = second;
    let hasDigit = false;
    do {
      if (classes[byte] === 2) hasDigit = true;
      ownFirst = Math.imul(ownFirst ^ byte, 0x01000193);
      ownSecond = Math.imul(ownSecond ^ byte, 0x5bd1e995);
      byte = bytes[++at] as number;
    } while (at < end && classes[byte] !== 0);
    first = hasDigit ? Math.imul(first ^ standIn, 0x01000193) : ownFirst;
    second = hasDigit ? Math.imul(second ^ standIn, 0x5bd1e995) : ownSecond;
  }
  return (first >>> 0) * 0x200000 + (second & 0x1fffff);
}
