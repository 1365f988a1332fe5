import { FitAddon } from "@xterm/addon-fit";
import { type ISearchOptions, SearchAddon } from "@xterm/addon-search";
import { type ITheme, Terminal as Xterm } from "@xterm/xterm";
import "@xterm/xterm/css/xterm.css";
import { type RefObject, useEffect, useImperativeHandle, useRef } from "react";
import classes from "./console.module.css";
import { markWords } from "./mark-words.ts";

/** What can be asked of a terminal. */
export type TerminalHandle = {
  clear(): void;
  /** Shows the beginning of what it holds. */
  top(): void;
  write(text: string): void;
  find(text: string, back: boolean): void;
  focus(): void;
};

type Props = {
  label: string;
  /** Words that are marked where they stand. */
  marks: readonly string[];
  /** Absent: it is only read. */
  onKeys: ((text: string) => void) | undefined;
  onFound: (at: number, of: number) => void;
  handle: RefObject<TerminalHandle | null>;
};

/** The same in every theme: boards colour their text for a dark ground. */
const theme: ITheme = {
  background: "#10151b",
  foreground: "#f2f4f6",
  cursor: "#f2f4f6",
  selectionBackground: "#35577d",
};
/** Colours of a board's own that are darker on the ground than this are made lighter: they are read in the sun too. */
const readable = 7;
const search: ISearchOptions = {
  decorations: {
    matchBackground: "#6b5300",
    matchOverviewRuler: "#d9a800",
    activeMatchBackground: "#a87800",
    activeMatchColorOverviewRuler: "#ffd24d",
  },
};
const scrollback = 10_000;
/** px */
const usualSize = 14;

/** A terminal (xterm). It is given nothing that did not go through the filter; links, titles and the clipboard are not in it. */
export function Terminal({ label, marks, onKeys, onFound, handle }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const made = useRef<{ term: Xterm; search: SearchAddon } | null>(null);
  const told = useRef({ onKeys, onFound, marks });
  told.current = { onKeys, onFound, marks };

  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const style = getComputedStyle(element);
    const term = new Xterm({
      allowProposedApi: true,
      convertEol: true,
      cursorBlink: false,
      fontFamily: style.fontFamily,
      fontSize: Number.parseFloat(style.fontSize) || usualSize,
      lineHeight: 1.2,
      minimumContrastRatio: readable,
      scrollback,
      theme,
    });
    const fit = new FitAddon();
    const finder = new SearchAddon();
    term.loadAddon(fit);
    term.loadAddon(finder);
    term.open(element);
    // Keyboards leave it by Shift+Tab; Tab itself is the device's.
    term.attachCustomKeyEventHandler((event) => !(event.key === "Tab" && event.shiftKey) && event.key !== "F1");
    term.onData((text) => told.current.onKeys?.(text));
    finder.onDidChangeResults(({ resultIndex, resultCount }) => told.current.onFound(resultIndex + 1, resultCount));
    const unmark = markWords(term, () => told.current.marks);
    const sized = new ResizeObserver(() => fit.fit());
    sized.observe(element);
    made.current = { term, search: finder };
    return () => {
      sized.disconnect();
      unmark();
      term.dispose();
      made.current = null;
    };
  }, []);

  useEffect(() => made.current?.term.textarea?.setAttribute("aria-label", label), [label]);

  useImperativeHandle(handle, () => ({
    // In the order of what is written.
    clear: () => made.current?.term.write("\x1bc"),
    top: () => made.current?.term.write("", () => made.current?.term.scrollToTop()),
    write: (text) => made.current?.term.write(text),
    focus: () => made.current?.term.focus(),
    find(text, back) {
      if (text === "") made.current?.search.clearDecorations();
      else if (back) made.current?.search.findPrevious(text, search);
      else made.current?.search.findNext(text, search);
    },
  }));
  return <div ref={place} className={classes.terminal} />;
}
