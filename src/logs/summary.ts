import { type LogText, readLines } from "./lines/text.ts";
import { type Level, levels, type SameLines, type Summary, type When } from "./model.ts";
import { type Clockwork, momentOf } from "./stamps/zone.ts";
import type { Counted } from "./summary/count.ts";
import { type Group, Groups } from "./summary/groups.ts";
import { mergeReboots } from "./summary/restarts.ts";
import { type At, addTimes, noTimes, stepOf } from "./summary/times.ts";
import { type WorkOptions, workOn } from "./work/threads.ts";

const shown = 20;
const shownLength = 300;
const small = 4 * 1024 * 1024;

/** Sums up a text.
 * @throws AbortError, by the signal */
export async function summarise(text: LogText, clockwork: Clockwork, options: WorkOptions = {}): Promise<Summary> {
  const errors = new Groups();
  const repeated = new Groups();
  const times = noTimes();
  const counts = Object.fromEntries(levels.map((level) => [level, 0])) as Record<Level, number>;
  const reboots: Counted["reboots"] = [];
  let isRough = false;
  const here = text.source.size < small;
  for await (const counted of workOn(text, { name: "count", input: null }, 0, { here, ...options })) {
    for (const level of levels) counts[level] += counted.levels[level];
    errors.merge(counted.errors);
    repeated.merge(counted.repeated);
    isRough ||= counted.isRough;
    // A part knows of no stamp before its own first.
    const before = times.last;
    reboots.push(...counted.reboots.map((reboot) => ({ ...reboot, after: reboot.after ?? before })));
    addTimes(times, counted.times);
  }
  const when = (at: At) => whenOf(at, clockwork);
  return {
    lines: text.index.count,
    bytes: text.source.size,
    stamped: times.stamped,
    ...(times.first && { first: when(times.first) }),
    ...(times.last && { last: when(times.last) }),
    levels: counts,
    errors: await sameLines(text, errors.top(shown)),
    repeated: await sameLines(
      text,
      repeated.top(shown).filter(({ count }) => count > 1),
    ),
    isRough,
    restarts: mergeReboots(reboots, times.jumps, when),
    jumps: times.jumps.map(({ from, to }) => ({ from: when(from), to: when(to), ms: stepOf(from, to) })),
    jumpCount: times.jumpCount,
  };
}

function whenOf({ line, at, kind }: At, clockwork: Clockwork): When {
  const moment = momentOf({ at, kind, begin: 0, end: 0 }, clockwork);
  return { line, ...(moment !== undefined && { at: moment }), ...(kind === "monotonic" && { since: at }) };
}

async function sameLines(text: LogText, groups: readonly Group[]): Promise<SameLines[]> {
  const found: SameLines[] = [];
  for (const { count, first, last, level } of groups) {
    const [line] = await readLines(text, first, 1, shownLength);
    found.push({ count, first, last, ...(level && { level }), text: line?.text ?? "" });
  }
  return found;
}
