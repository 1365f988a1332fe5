import { type FrameInLine, framesIn } from "../frames/frames-in-line.ts";
import { StampFinder } from "../stamps/stamp.ts";
import { type Clockwork, momentOf } from "../stamps/zone.ts";
import { type Level, levelOf } from "./levels.ts";
import { type Line, type LogText, readNumbered } from "./text.ts";

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

/** Some lines, with what is recognised in them; fewer, the first of them, where they are long or far apart.
 * @param numbers of the lines, in order */
export async function readPage(
  text: LogText,
  { numbers, clockwork, length }: { numbers: readonly number[]; clockwork: Clockwork; length?: number },
): Promise<PageLine[]> {
  const finder = new StampFinder();
  return (await readNumbered(text, numbers, length)).map((line) => {
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
