import { type FrameInLine, framesIn } from "../frames/frames-in-line.ts";
import { StampFinder } from "../stamps/stamp.ts";
import { type Clockwork, momentOf } from "../stamps/zone.ts";
import { type Level, levelOf } from "./levels.ts";
import { type Line, type LogText, readLines } from "./text.ts";

/** A line as a reader sees it. */
export type PageLine = Line & {
  level?: Level;
  /** The moment of its stamp, where it can be told. */
  at?: number;
  /** For a stamp that counts from the start of the machine: milliseconds since then. */
  since?: number;
  /** Messages of OCPP in it. */
  frames?: FrameInLine[];
};

/** Some lines, with what is recognised in them. */
export async function readPage(
  text: LogText,
  { from, count, clockwork, length }: { from: number; count: number; clockwork: Clockwork; length?: number },
): Promise<PageLine[]> {
  const finder = new StampFinder();
  return (await readLines(text, from, count, length)).map((line) => {
    const stamp = finder.find(line.text);
    const at = stamp && momentOf(stamp, clockwork);
    const level = levelOf(line.text);
    const frames = framesIn(line.text);
    return {
      ...line,
      ...(level && { level }),
      ...(at !== undefined && { at }),
      ...(stamp?.kind === "monotonic" && { since: stamp.at }),
      ...(frames.length > 0 && { frames }),
    };
  });
}
