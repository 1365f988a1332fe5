import { framesIn } from "../frames/frames-in-line.ts";
import { type LogText, readLines } from "../lines/text.ts";
import type { ZoneTold } from "../model.ts";
import { StampFinder } from "../stamps/stamp.ts";
import { inferZone, momentOf } from "../stamps/zone.ts";

const looked = 4000;
const enough = 200;
/** Times in messages of OCPP are of UTC, or tell their zone. */
const timeInMessage = /"(?:timestamp|currentTime)"\s*:\s*"(\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d))"/;

/** Of which zone times are that tell none: as asked, as the messages in a text tell, or UTC for want of a better. */
export async function zoneOf(
  text: LogText | undefined,
  { asked, near }: { asked?: number; near: number },
): Promise<ZoneTold> {
  if (asked !== undefined) return { minutes: asked, by: "told" };
  const inferred = text && (await zoneByMessages(text, near));
  return { minutes: inferred ?? 0, by: inferred === undefined ? "unknown" : "inferred" };
}

/** The zone of a log's clock by the times of the messages in it, at its beginning and its end: minutes east of UTC.
 * @param near as of `Clockwork` */
export async function zoneByMessages(text: LogText, near: number): Promise<number | undefined> {
  const finder = new StampFinder();
  const pairs: { logged: number; known: number }[] = [];
  for (const from of new Set([1, Math.max(1, text.index.count - looked)])) {
    for (const line of await readLines(text, from, looked)) {
      const known = Date.parse(knownIn(line.text) ?? "");
      const stamp = Number.isNaN(known) ? undefined : finder.find(line.text);
      if (stamp?.kind !== "local" && stamp?.kind !== "yearless") continue;
      const logged = momentOf(stamp, { zone: 0, near });
      if (logged !== undefined) pairs.push({ logged, known });
      if (pairs.length >= enough) break;
    }
  }
  return inferZone(pairs);
}

function knownIn(line: string): string | undefined {
  return framesIn(line)
    .map(({ text }) => timeInMessage.exec(text)?.[1])
    .find((time) => time !== undefined);
}
