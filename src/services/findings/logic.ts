import { saidWithoutSecrets } from "../../redaction/findings.ts";
import { redact } from "../../redaction/redact.ts";
import { longestSearched } from "../../station/bounds.ts";
import type { FindingGroup, StationState } from "../../station/model.ts";
import type { Ticket, TicketEntry, TicketFrame } from "../../station/ticket.ts";
import { worstFirst } from "../../station/worst-first.ts";
import type { FindingFramesRepository } from "../../store/finding-frames.ts";
import type { FramesRepository, StoredFrame } from "../../store/frames.ts";
import type { Rule } from "../../words/en/findings.ts";
import { readable } from "../messages/logic.ts";
import type { FindingFrame } from "./contract.ts";

/** Where frames are looked up: by the index of findings, and then by number. Never a search through the record. */
export type FindingSource = { index: FindingFramesRepository; frames: FramesRepository };

const shownText = 400;
const ticketFrames = 3;
const ticketText = 16_000;

/** The numbers of the newest frames of a rule below `before`, newest first.
 * @param station the station's number in the record */
export function numbersOf(
  { index }: FindingSource,
  state: StationState,
  station: number,
  wanted: { rule: Rule; where?: string },
  before: number,
  limit: number,
): number[] {
  const { rule, where } = wanted;
  const places =
    where === undefined ? state.findings.filter((group) => group.rule === rule).map((group) => group.where) : [where];
  const found = places.flatMap((place) => index.newest({ station, rule, where: place }, before, limit));
  return [...new Set(found)].sort((a, b) => b - a).slice(0, limit);
}

/** A frame as the list of a finding's frames shows it. */
export function toFindingFrame(row: StoredFrame, wanted: { rule: Rule; where?: string }): FindingFrame {
  const finding = row.findings.find(
    (each) => each.rule === wanted.rule && (wanted.where === undefined || each.where === wanted.where),
  );
  const { seq, at, direction, action } = row;
  const { text } = readable(row.data);
  const said = saidWithoutSecrets(text.slice(0, longestSearched))(finding?.said ?? "");
  return { seq, at, direction, action, said, text: shown(text, shownText) };
}

/** What to tell a vendor.
 * @param station the station's number in the record
 * @param rules only these */
export function makeTicket(
  source: FindingSource,
  state: StationState,
  station: number,
  now: number,
  rules?: readonly Rule[],
): Ticket {
  const groups = worstFirst(state.findings).filter(({ rule }) => rules === undefined || rules.includes(rule));
  const ticket: Ticket = {
    station: state.identity,
    info: state.info,
    madeAt: now,
    entries: groups.map((group) => toEntry(source, state, station, group)),
  };
  if (state.ocpp) ticket.ocpp = state.ocpp;
  return ticket;
}

function toEntry(source: FindingSource, state: StationState, station: number, group: FindingGroup): TicketEntry {
  const numbers = numbersOf(source, state, station, group, Number.MAX_SAFE_INTEGER, ticketFrames).reverse();
  let { said } = group;
  const frames = numbers.flatMap((seq) => {
    const row = source.frames.holding(seq);
    if (!row) return [];
    const { text } = readable(row.data);
    said = saidWithoutSecrets(text.slice(0, longestSearched))(said);
    return framesOf(row, text);
  });
  return { ...group, said, frames };
}

/** The frame, and our answer where it had one. */
function framesOf(row: StoredFrame, text: string): TicketFrame[] {
  const { seq, at, direction, answer } = row;
  const own: TicketFrame = { seq, time: iso(at), direction, text: shown(text, ticketText) };
  if (!answer) return [own];
  const reply = shown(answer.text, ticketText);
  return [own, { seq: seq + 1, time: iso(answer.at), direction: "out", text: reply }];
}

/** The beginning of a frame, without secrets. What is looked through for them is bounded as well: a frame on record may be of any size
 * and depth. */
function shown(text: string, limit: number): string {
  const told = redact(text.slice(0, 4 * limit));
  return text.length > limit ? `${told.slice(0, limit)}… (${text.length})` : told;
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
