/** Letters without their marks and in lower case, so that "installn" finds "Inställningar". */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}

/** How well one word of the query fits `text`; null when its letters are not there in order. Higher is better. */
function scoreWord(word: string, text: string): number | null {
  const at = text.indexOf(word);
  if (at >= 0) return 100 + word.length * 4 + (at === 0 ? 40 : startsWord(text, at) ? 30 : 0) - at / 10;
  const best = Math.max(scoreLetters(word, text, true), scoreLetters(word, text, false));
  // Below this the letters only happen to be there.
  return best >= word.length * 2 ? best : null;
}

/** Letters in order; 0 when they are not there. `jump`: prefers the next start of a word to the nearest letter. */
function scoreLetters(word: string, text: string, jump: boolean): number {
  let score = 0;
  let from = 0;
  let last = -2;
  for (const letter of word) {
    let found = text.indexOf(letter, from);
    if (found < 0) return 0;
    // A letter that goes on from the last one or begins a word says more than one in the middle of somewhere.
    if (jump && found !== last + 1) {
      const start = wordStart(text, letter, from);
      if (start >= 0) found = start;
    }
    score += found === last + 1 ? 4 : startsWord(text, found) ? 6 : -3;
    last = found;
    from = found + 1;
  }
  return score;
}

function startsWord(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? "");
}

function wordStart(text: string, letter: string, from: number): number {
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) {
    if (startsWord(text, at)) return at;
  }
  return -1;
}

/** The items that fit every word of the query, best first; equal ones keep their order, and those that fit far worse than the
 * best are left out. An empty query keeps all. */
export function rank<T>(query: string, items: readonly T[], words: (item: T) => string): T[] {
  const parts = fold(query).split(/\s+/).filter(Boolean);
  const scored = items.flatMap((item) => {
    const text = fold(words(item));
    let total = 0;
    for (const part of parts) {
      const score = scoreWord(part, text);
      if (score === null) return [];
      total += score;
    }
    return [{ item, total }];
  });
  const best = Math.max(...scored.map((entry) => entry.total));
  const close = scored.filter((entry) => entry.total >= best * 0.4);
  return close.sort((a, b) => b.total - a.total).map((entry) => entry.item);
}
