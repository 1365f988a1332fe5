import { mask } from "../../lib/shown-text.ts";
import { isReading, summariseReading } from "../../modbus/reading-frame.ts";
import { readFrame } from "../../ocpp/frame.ts";
import { asRead } from "../../ocpp/json/tolerant-frame.ts";
import { summarise } from "../../ocpp/summary/summary.ts";
import { findingsWithoutSecrets } from "../../redaction/findings.ts";
import { redact } from "../../redaction/redact.ts";
import type { Finding } from "../../station/findings.ts";
import type { StoredFrame } from "../../store/frames.ts";
import type { FrameRecord, MessageFilter, MessageKind, MessageRow, SummaryField, WholeFrame } from "./contract.ts";

const textDecoder = new TextDecoder();

/** A text on the wire as it can be read, with its bytes where reading loses something. */
export function readable(data: string | Uint8Array): { text: string; base64?: string } {
  if (typeof data === "string") return { text: data };
  return { text: textDecoder.decode(data), base64: Buffer.from(data).toString("base64") };
}

/** The frames of a row of the record: itself, and our answer where it has one. */
export function toRecords(row: StoredFrame, station: string, carrier?: FrameRecord["carrier"]): FrameRecord[] {
  const { seq, at, direction, action, findings, answer } = row;
  const own: FrameRecord = { seq, time: iso(at), station, direction, ...readable(row.data), action, findings };
  if (row.lane) own.lane = row.lane;
  if (row.marks) own.marks = [...row.marks];
  if (row.lane === "console") own.carrier = "console";
  else if (carrier && !row.lane) own.carrier = carrier;
  if (!answer) return [own];
  const reply: FrameRecord = {
    seq: seq + 1,
    // Most go out within the millisecond.
    time: Math.trunc(answer.at) === Math.trunc(at) ? own.time : iso(answer.at),
    station,
    direction: "out",
    text: answer.text,
    action,
    findings: [],
    ...(own.carrier && { carrier }),
  };
  return [own, reply];
}

/** A frame as it is told: its text by `tell`, its bytes only where that changed nothing, and of its findings nothing that is secret in
 * the text that is told. */
export function tellRecord(record: FrameRecord, tell: (text: string) => string): FrameRecord {
  const text = tell(record.text);
  if (text === record.text) return record;
  const told: FrameRecord = { ...record, text, findings: findingsWithoutSecrets(record.text, record.findings) };
  if (told.base64 !== undefined) told.base64 = mask;
  return told;
}

/** A frame in full, and how it is told without its secrets. */
export function withMasked(record: FrameRecord): WholeFrame {
  const masked = redact(record.text);
  return masked === record.text ? record : { ...record, masked };
}

/** The fields of a frame that matter. */
export function summaryOf({ text, action, findings }: FrameRecord): SummaryField[] {
  return tell(asRead(text, findings), action).summary;
}

/** A line of the list of messages; `answer` is the station's answer to a question of ours, where it has come. */
export function toRow(row: StoredFrame, station: string, answer: StoredFrame | undefined): MessageRow {
  const text = asRead(readable(row.data).text, row.findings);
  const told = tell(text, row.action);
  const result: MessageRow = {
    seq: row.seq,
    at: row.at,
    station,
    direction: row.direction,
    kind: told.kind,
    action: row.action,
    messageId: told.id,
    summary: told.errorCode ? [{ label: "errorCode", value: told.errorCode }] : told.summary,
    findings: row.findings,
    bytes: typeof row.data === "string" ? Buffer.byteLength(row.data) : row.data.byteLength,
  };
  if (row.question !== null) result.question = row.question;
  if (row.lane) result.lane = row.lane;
  if (row.marks) result.marks = [...row.marks];
  if (row.answer) {
    result.answer = toAnswer(row.seq + 1, row.answer.at, row.at, row.answer.text, row.action, []);
  } else if (answer) {
    const said = asRead(readable(answer.data).text, answer.findings);
    result.answer = toAnswer(answer.seq, answer.at, row.at, said, row.action, answer.findings);
    if (result.answer && answer.marks) result.answer.marks = [...answer.marks];
  }
  return result;
}

function toAnswer(
  seq: number,
  at: number,
  askedAt: number,
  text: string,
  action: string | null,
  findings: Finding[],
): MessageRow["answer"] {
  const told = tell(text, action);
  const latencyMs = Math.max(0, Math.round((at - askedAt) * 10) / 10);
  const kind = told.kind === "error" ? "error" : "result";
  return { seq, at, latencyMs, kind, summary: told.summary, errorCode: told.errorCode, findings };
}

function tell(
  text: string,
  action: string | null,
): { kind: MessageKind; id: string | null; summary: SummaryField[]; errorCode?: string } {
  if (isReading(action)) return { kind: "reading", id: null, summary: summariseReading(text) };
  const frame = readFrame(text);
  switch (frame.type) {
    case "call":
    case "send":
      return { kind: frame.type, id: frame.id, summary: summarise(frame.action, frame.payload) };
    case "result":
      return { kind: "result", id: frame.id, summary: summarise(action, frame.payload) };
    case "error":
    case "result-error":
      return { kind: "error", id: frame.id, summary: [], errorCode: frame.code };
    case "unreadable":
      return { kind: "unreadable", id: frame.id ?? null, summary: [] };
  }
}

/** Whether a row passes a filter; the same rule as the record's own search. */
export function passes(row: StoredFrame, station: string, filter: MessageFilter): boolean {
  if (filter.station !== undefined && station !== filter.station) return false;
  if (filter.from !== undefined && row.at < filter.from) return false;
  if (filter.to !== undefined && row.at > filter.to) return false;
  if (filter.direction && row.direction !== filter.direction) return false;
  if (filter.on && (row.lane ?? "link") !== filter.on) return false;
  if (filter.action && row.action?.toLowerCase() !== filter.action.toLowerCase()) return false;
  const text = readable(row.data).text;
  if (filter.text) {
    const wanted = filter.text.toLowerCase();
    if (!text.toLowerCase().includes(wanted) && !row.answer?.text.toLowerCase().includes(wanted)) return false;
  }
  if (!filter.problems) return true;
  if (row.findings.length > 0 || tellsFault(row.action, text)) return true;
  return text.startsWith("[4,") || (row.answer?.text.startsWith("[4,") ?? false);
}

/** A station says Faulted, names an error (1.6 4.9) or a problem (2.x N07). By the text alone, as the record's own search. */
function tellsFault(action: string | null, text: string): boolean {
  const lower = text.toLowerCase();
  if (action === "StatusNotification") {
    return lower.includes('"faulted"') || (lower.includes('"errorcode"') && !lower.includes('"noerror"'));
  }
  return action === "NotifyEvent" && (lower.includes('"problem"') || lower.includes('"techcode"'));
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
