import type { Terminal } from "@xterm/xterm";
import { expect, test } from "vitest";
import { markWords, wordsOf } from "./mark-words.ts";

/** A terminal with these lines, the cursor below them. */
function terminal(lines: string[]) {
  const marked: [line: number, x: number, width: number][] = [];
  let parsed = () => {};
  const buffer = {
    ...{ baseY: 0, cursorY: lines.length },
    getLine: (line: number) => ({ translateToString: () => lines[line] ?? "" }),
  };
  const term = {
    buffer: { active: buffer },
    onWriteParsed(listener: () => void) {
      parsed = listener;
      return {
        dispose() {
          parsed = () => {};
        },
      };
    },
    registerMarker: (offset: number) => ({ line: buffer.baseY + buffer.cursorY + offset }),
    registerDecoration: ({ marker, x, width }: { marker: { line: number }; x: number; width: number }) =>
      marked.push([marker.line, x, width]),
  } as unknown as Terminal;
  return {
    ...{ term, marked, buffer },
    come(...more: string[]) {
      lines.push(...more);
      buffer.cursorY = lines.length;
      parsed();
    },
  };
}

test("words are marked wherever they stand in what came, each line once", () => {
  const { term, marked, come, buffer } = terminal([]);
  const stop = markWords(term, () => ["error", "no"]);
  come("Error: no error", "fine");
  expect(marked).toEqual([
    [0, 0, 5],
    [0, 10, 5],
    [0, 7, 2],
  ]);
  come("no");
  expect(marked.slice(3)).toEqual([[2, 0, 2]]);
  // After a reset it begins anew.
  buffer.cursorY = 1;
  come();
  stop();
  come("error");
  expect(marked).toHaveLength(4);
});

test("at most a thousand are marked, and nothing without a word", () => {
  const { term, marked, come, buffer } = terminal([]);
  markWords(term, () => ["ab"]);
  come(...Array.from({ length: 600 }, () => "ab ab"));
  expect(marked).toHaveLength(1000);
  come("ab");
  expect(marked).toHaveLength(1000);
  // Written anew, they are marked anew.
  buffer.baseY = -600;
  come("ab");
  expect(marked.length).toBeGreaterThan(1000);
  const none = terminal([]);
  markWords(none.term, () => []);
  none.come("ab");
  expect(none.marked).toEqual([]);
});

test("words are parted by blanks; single letters are none, and ten are enough", () => {
  expect(wordsOf("  Error  x no ")).toEqual(["error", "no"]);
  expect(wordsOf("aa ".repeat(12))).toHaveLength(10);
});
