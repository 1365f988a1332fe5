import type { Terminal } from "@xterm/xterm";

const most = 1000;

/** Marks words in the lines of a terminal as they come, letter case aside; hands back how to stop. */
export function markWords(term: Terminal, words: () => readonly string[]): () => void {
  let next = 0;
  let count = 0;
  const parsed = term.onWriteParsed(() => {
    const buffer = term.buffer.active;
    const here = buffer.baseY + buffer.cursorY;
    // After a reset it begins anew.
    if (here < next) [next, count] = [0, 0];
    const wanted = words();
    for (let line = next; wanted.length > 0 && line < here && count < most; line++) {
      const text = buffer.getLine(line)?.translateToString(true).toLowerCase() ?? "";
      for (const word of wanted) {
        for (let x = text.indexOf(word); x >= 0 && count < most; x = text.indexOf(word, x + word.length)) {
          const marker = term.registerMarker(line - here);
          if (marker) term.registerDecoration({ marker, x, width: word.length, backgroundColor: "#7a1f2b" });
          count++;
        }
      }
    }
    next = here;
  });
  return () => parsed.dispose();
}

/** Words of what was typed, parted by blanks. */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word.length > 1)
    .slice(0, 10);
}
