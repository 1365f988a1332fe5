import { framesIn } from "../frames/frames-in-line.ts";
import type { PageLine } from "../model.ts";
import { StampFinder } from "../stamps/stamp.ts";
import { type Clockwork, momentOf } from "../stamps/zone.ts";
import { levelOf } from "./levels.ts";
import { type LogText, readNumbered } from "./text.ts";

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
