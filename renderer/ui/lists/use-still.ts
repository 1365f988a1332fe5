import { useCallback, useEffect, useRef, useState } from "react";

/** A list that stands still while a hand is on it, so that nothing slides away under the pointer or the focus. `fresh` says how many
 * have come since; `let go` shows them. */
export type Still<Row> = {
  shown: readonly Row[];
  fresh: number;
  letGo(): void;
  /** For the element around the list. */
  hold: {
    onPointerEnter(): void;
    onPointerLeave(): void;
    onFocus(event: { currentTarget: Element; target: Element }): void;
    onBlur(event: { currentTarget: Element; relatedTarget: EventTarget | null }): void;
  };
};

/** Holds a list, newest first, while the pointer or the focus is on it.
 * @param rows as they are now
 * @param of what they are of: another list begins anew */
export function useStill<Row>(rows: readonly Row[], of: string | null): Still<Row> {
  const [kept, setKept] = useState<{ of: string | null; rows: readonly Row[] } | null>(null);
  const held = kept?.of === of ? kept.rows : null;
  const by = useRef<{ pointer: boolean; focus: Element | null }>({ pointer: false, focus: null });
  const latest = useRef({ of, rows });
  latest.current = { of, rows };
  const turn = useCallback((change: Partial<typeof by.current>) => {
    Object.assign(by.current, change);
    const { pointer, focus } = by.current;
    setKept((before) => (pointer || focus ? (before ?? latest.current) : null));
  }, []);
  // What had the focus may be gone from the list, which no event tells.
  useEffect(() => {
    const { focus } = by.current;
    if (rows && focus && !focus.contains(document.activeElement)) turn({ focus: null });
  }, [rows, turn]);
  return {
    shown: held ?? rows,
    fresh: held ? rows.length - held.length : 0,
    letGo: () => setKept((before) => (before === null ? null : latest.current)),
    hold: {
      onPointerEnter: () => turn({ pointer: true }),
      onPointerLeave: () => turn({ pointer: false }),
      // A click leaves the focus behind as well, but the pointer says when that hand is gone.
      onFocus: ({ currentTarget, target }) => target.matches(":focus-visible") && turn({ focus: currentTarget }),
      onBlur: ({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node) || !currentTarget.contains(relatedTarget)) turn({ focus: null });
      },
    },
  };
}
