import { FailureError } from "../../lib/contract.ts";
import type { Words } from "../../lib/words.ts";
import type { LogText } from "../../logs/lines/text.ts";
import type { LogPart, OpenLog } from "../../logs/log.ts";
import type { Part, ZoneTold } from "../../logs/model.ts";
import type { Clockwork } from "../../logs/stamps/zone.ts";
import { zoneOf } from "../../logs/summary/own-zone.ts";

/** A text, and what is known of its clock. */
export type ReadText = { part: Part; text: LogText; clockwork: Clockwork; zone: ZoneTold };

/** Opens a part; where that cannot be, tells why. */
export async function openPart({ open }: LogPart): Promise<Partial<OpenLog>> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof FailureError && error.words) return { problem: error.words as Words };
    throw error;
  }
}

/** Makes ready to tell the times of a text; undefined for what is none.
 * @param asked the zone that was asked for
 * @param changedAt when the file was last changed */
export async function readText(
  part: Part,
  { text }: Partial<OpenLog>,
  { asked, changedAt }: { asked?: number; changedAt: number },
): Promise<ReadText | undefined> {
  if (!text) return undefined;
  const near = part.changedAt ?? changedAt;
  const zone = await zoneOf(text, { asked, near });
  return { part, text, clockwork: { zone: zone.minutes, near }, zone };
}
