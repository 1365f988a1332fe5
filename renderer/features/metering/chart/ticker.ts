/** Tells all charts at once when to draw, at most four times a second and only while the window is seen. */
export type Ticker = {
  /** `draw` is told the time of our clock; `forced` even when nothing came. */
  on(draw: (now: number, forced: boolean) => void): () => void;
  /** Draws as soon as it can be: the window, the theme or the size is another. */
  force(): void;
  close(): void;
};

export const drawEveryMs = 250;

/** Starts a ticker.
 * @param every runs a task each `drawEveryMs`; gives the way to end it */
export function createTicker(
  every: (task: () => void, ms: number) => () => void,
  now: () => number,
  soon: (task: () => void) => void,
): Ticker {
  const draws = new Set<(now: number, forced: boolean) => void>();
  let due = false;
  const end = every(() => {
    const at = now();
    for (const draw of draws) draw(at, false);
  }, drawEveryMs);
  return {
    on(draw) {
      draws.add(draw);
      return () => void draws.delete(draw);
    },
    force() {
      if (due) return;
      due = true;
      soon(() => {
        due = false;
        const at = now();
        for (const draw of draws) draw(at, true);
      });
    },
    close() {
      end();
      draws.clear();
    },
  };
}
