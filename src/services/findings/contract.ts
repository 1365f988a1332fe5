import { z } from "zod";
import { call, feed } from "../../lib/contract.ts";
import type { Spoken } from "../../lib/words.ts";
import type { FrameDirection } from "../../station/marks.ts";
import type { FindingGroup, StationInfo } from "../../station/model.ts";
import type { Ticket } from "../../station/ticket.ts";
import { type Rule, rules } from "../../words/en/findings.ts";

/** What a station deviates in, equal findings counted as one; worst first. */
export type StationFindings = { station: string; info: StationInfo; findings: FindingGroup[] };

/** A frame that a finding rests on. */
export type FindingFrame = {
  seq: number;
  /** Our clock, milliseconds since 1970 UTC. */
  at: number;
  direction: FrameDirection;
  action: string | null;
  /** What was said in this frame at the finding's place. */
  said: Spoken;
  /** The frame's text, secrets masked; its beginning where it is long. */
  text: string;
};

/** How a station is treated. */
export type Strictness = {
  /** Its own choice; null: as the settings say. */
  strict: boolean | null;
  /** What the settings say. */
  strictByDefault: boolean;
  /** Actions that we do not serve are answered with an empty result, not with an error. */
  emptyAnswers: boolean;
};

const station = z.string().min(1).max(255);
const rule = z.enum(Object.keys(rules) as [Rule, ...Rule[]]);

export const findingsContract = {
  /** Every station that was found to deviate in something. */
  "findings.list": feed(z.object({})).of<StationFindings[]>(),
  /** The newest frames of a rule, newest first; `where` absent: at all its places. Fails with not-found for an unknown station. */
  "findings.frames": call(
    z.object({
      station,
      rule,
      where: z.string().max(1000).optional(),
      before: z.number().int().optional(),
      limit: z.number().int().min(1).max(100),
    }),
  ).returns<{ frames: FindingFrame[]; more: boolean }>(),
  /** What to tell the vendor; `rules` absent: all. The words are put to it by who shows it. Fails with not-found. */
  "findings.ticket": call(z.object({ station, rules: z.array(rule).max(200).optional() })).returns<Ticket>(),
  "findings.strictness": feed(z.object({ station })).of<Strictness>(),
  /** What is left out stays; null leaves it to the settings. Counts from the next message. */
  "findings.behave": call(
    z.object({ station, strict: z.boolean().nullable().optional(), emptyAnswers: z.boolean().optional() }),
  ).returns<Strictness>(),
};
