import { levelOf } from "../lines/levels.ts";
import { type Stretch, stretchesOf } from "../lines/line-index.ts";
import { headOf, LineLook } from "../lines/look.ts";
import { readStretch, walkLines } from "../lines/stretch.ts";
import type { LogText } from "../lines/text.ts";
import { type Level, levels, type RebootSign } from "../model.ts";
import { type Group, Groups } from "./groups.ts";
import { kindOfLine } from "./kind-of-line.ts";
import { rebootSignOf } from "./reboots.ts";
import { type At, addStamp, noTimes, type Times } from "./times.ts";

/** A line that tells of a restart, and the last stamp by then. */
export type Reboot = { line: number; sign: RebootSign; after?: At };

/** What was counted of some lines. */
export type Counted = {
  lines: number;
  levels: Record<Level, number>;
  errors: Group[];
  repeated: Group[];
  isRough: boolean;
  times: Times;
  reboots: Reboot[];
};

const pieceSize = 1024 * 1024;
/** Groups that are handed on, more than are shown: what is rare here may be frequent elsewhere. */
const handedOn = 4000;
const mostReboots = 1000;

/** Counts what the lines of a stretch say: levels, kinds, stamps, restarts. */
export async function countStretch(
  text: LogText,
  { firstLine, lines }: Stretch,
  onProgress: (bytes: number) => void,
): Promise<Counted> {
  const look = new LineLook();
  const counts = Object.fromEntries(levels.map((level) => [level, 0])) as Record<Level, number>;
  const groups = new Groups();
  const times = noTimes();
  const reboots: Counted["reboots"] = [];
  const room = Buffer.allocUnsafe(Math.min(pieceSize, text.source.size));
  for (const stretch of stretchesOf(text.index, firstLine, firstLine + lines, pieceSize)) {
    const bytes = await readStretch(text, stretch, room);
    walkLines(bytes, { shape: text.shape, firstLine: stretch.firstLine }, (line, begin, end, number) => {
      const stamp = look.stampOf(line, begin, end);
      if (stamp) addStamp(times, stamp, number);
      if (end === begin) return;
      const { level, sign } = groups.add(kindOfLine(line, begin, end), number, () => {
        const head = headOf(line, begin, end);
        return { level: levelOf(head), sign: rebootSignOf(head) };
      });
      if (level) counts[level]++;
      if (sign && reboots.length < mostReboots) {
        reboots.push({ line: number, sign, ...(times.last && { after: times.last }) });
      }
    });
    onProgress(bytes.length);
  }
  return {
    lines,
    levels: counts,
    errors: groups.top(handedOn, "error"),
    repeated: groups.top(handedOn),
    isRough: groups.isRough,
    times,
    reboots,
  };
}
