/** Lines that can be scrolled through in one go: a browser draws nothing beyond some 30 million pixels. */
export const windowLines = 500_000;
export const lineHeight = 32;

/** A stretch of lines that is scrolled through, of all there are; numbers from 1 on. */
export type LineWindow = { first: number; count: number };

/** The stretch about a line. */
export function windowAbout(line: number, lines: number): LineWindow {
  const count = Math.min(lines, windowLines);
  const first = Math.min(Math.max(1, line - Math.floor(count / 2)), Math.max(1, lines - count + 1));
  return { first, count };
}

/** The stretch that holds a line: the one there is, where that does. */
export function windowWith(now: LineWindow, line: number, lines: number): LineWindow {
  return line >= now.first && line < now.first + now.count ? now : windowAbout(line, lines);
}
