import { createManualClock } from "../../src/lib/clock.ts";
import type { Logger } from "../../src/lib/logger.ts";
import { type Frame, readFrame } from "../../src/ocpp/frame.ts";
import { loadSchemas, type Schemas } from "../../src/ocpp/schemas.ts";
import type { Finding } from "../../src/station/findings.ts";
import type { OcppVersion, StationState } from "../../src/station/model.ts";
import { readStationTime } from "../../src/station/time.ts";
import type { Rule } from "../../src/words/en/findings.ts";
import { snapshot, testCore } from "./core.ts";
import { linesOf, protocolOf, type Recorded } from "./frames.ts";
import { type RawStation, rawStation } from "./stations/raw-station.ts";

type Place = { rule: Rule; where: string };

/** What is to be found in a recorded frame; a line of expected.ndjson. */
export type Expected = {
  /** The line in real-chargers.ndjson, from 1. */
  line: number;
  /** Who says what there, so that a line that moved is noticed. */
  frame: string;
  /** The question that an answer belongs to, where none was recorded. */
  answers?: { action: string; payload: object };
  findings: Place[];
  why?: string;
};

/** A recorded frame with what is to be found in it. */
export type Line = Recorded & { expected: Expected };

/** What became of a conversation. */
export type Replay = {
  /** What was found in each frame, by its line. */
  found: Map<number, Place[]>;
  /** What the station sent, and what is on record of it. */
  sent: string[];
  stored: string[];
  /** Answers of ours that the station should not have got, or not so. */
  badAnswers: string[];
  /** What the core had to log as an error. */
  errors: string[];
  state: StationState;
  open: boolean;
};

/** Who says what in a recorded frame, in short: "ABB StatusNotification 9274563". */
function nameOf({ vendor, frame }: Recorded): string {
  const read = readFrame(frame);
  if (read.type === "unreadable") return `${vendor} unreadable`;
  return `${vendor} ${read.type === "call" ? read.action : read.type} ${read.id}`;
}

/** When a conversation was: the time its central system told, or else the newest that its station did. */
function timeOf(lines: readonly Recorded[]): number {
  const told = lines.map(({ frame }) => /"currentTime":"([^"]+)"/.exec(frame)?.[1]).find((text) => text !== undefined);
  const times = lines.flatMap(({ frame }) => [...frame.matchAll(/"timestamp": ?"([^"]+)"/g)].map(([, text]) => text));
  const known = (told ? [told] : times).map((text) => readStationTime(text) ?? 0);
  return known.length > 0 ? Math.max(...known) : Date.UTC(2026, 6, 1, 12);
}

/** The recorded frames with what is to be found in each, in conversations: what one page tells of one make and version. */
export function conversations(): { name: string; lines: Line[] }[] {
  const expected = linesOf<Expected>("expected.ndjson");
  const lines = linesOf<Recorded>("real-chargers.ndjson").map((recorded, at) => {
    const known = expected[at];
    if (known?.line !== at + 1 || known.frame !== nameOf(recorded)) {
      const entry = JSON.stringify({ line: at + 1, frame: nameOf(recorded), findings: [] });
      throw new Error(`line ${at + 1} has no entry of its own in expected.ndjson: ${entry}, with what is found in it`);
    }
    return { ...recorded, expected: known };
  });
  if (expected.length > lines.length) throw new Error("expected.ndjson has more lines than there are frames");
  const byPage = Map.groupBy(lines, ({ vendor, source, ocpp }) => `${vendor}, OCPP ${ocpp}, ${source}`);
  return Array.from(byPage, ([name, held]) => ({ name, lines: held }));
}

/** Replays a conversation over a socket to a core of the time it was held in: questions of the recorded central system are put by
 * the core, and what the station said is sent as it was. An answer gets the id of the core's question in place of the recorded one;
 * no other byte is changed. A station that does not begin with its boot has booted before. */
export async function replay(lines: readonly Line[]): Promise<Replay> {
  const [first] = lines;
  if (!first) throw new Error("a conversation has no lines");
  const errors: string[] = [];
  const log: Logger = {
    info() {},
    warn() {},
    error: (message, details) => errors.push(`${message} ${details?.error}`),
    bug: (message, { error }) => errors.push(`${message} ${error}`),
  };
  const { client, url } = await testCore({ clock: createManualClock(timeOf(lines)), log });
  const schemas = await loadSchemas(first.ocpp);
  const station = await rawStation(`${url}CP1`, [protocolOf[first.ocpp]]);
  const opening = lines.find(({ direction }) => direction === "station->csms");
  const boots = opening && readFrame(opening.frame);
  if (!(boots?.type === "call" && boots.action === "BootNotification"))
    await station.ask("BootNotification", boot[first.ocpp]);
  const ids = new Map<string, string>();
  const asked = new Map<string, string>();
  const found = new Map<number, Place[]>();
  const badAnswers: string[] = [];
  const sent: { line: number; text: string }[] = [];

  /** Puts a question by hand, as it is, and gives the id that it got. */
  async function put(action: string, payload: object, force: boolean): Promise<string> {
    const command = { name: "raw", action, payload: JSON.stringify(payload), force } as const;
    client.call("stations.command", { identity: "CP1", command }).catch((error: unknown) => errors.push(String(error)));
    return String(JSON.parse(await station.next())[1]);
  }

  for (const { direction, frame, expected } of lines) {
    const read = readFrame(frame);
    if (direction === "csms->station") {
      const findings = judgeAbove(schemas, read, asked);
      found.set(expected.line, findings);
      if (read.type === "call") ids.set(read.id, await put(read.action, read.payload, findings.length > 0));
      continue;
    }
    if (read.type === "call") asked.set(read.id, read.action);
    let text = frame;
    if (read.type === "result") {
      const { answers } = expected;
      const id = answers ? await put(answers.action, answers.payload, false) : ids.get(read.id);
      if (id !== undefined) text = frame.replace(read.id, id);
    }
    sent.push({ line: expected.line, text });
    station.send(text);
    const heard = await untilBeat(station, expected.line);
    badAnswers.push(...heard.filter((answer) => !fits(schemas, read, answer)));
    if (heard.length !== (isAsking(read) ? 1 : 0)) badAnswers.push(`${heard.length} answers to ${text}`);
  }
  const state = await snapshot(client, "stations.state", { identity: "CP1" });
  if (!state) throw new Error("the station is not known");
  const record = await client.call("messages.frames", { station: "CP1", since: 0, limit: 5000 });
  const received = record.filter(({ direction, text }) => direction === "in" && !isOurs(text));
  for (const [at, { line }] of sent.entries()) found.set(line, placesOf(received[at]?.findings ?? []));
  return {
    found,
    sent: sent.map(({ text }) => text),
    stored: received.map(({ text }) => text),
    badAnswers,
    errors,
    state,
    open: station.socket.readyState === station.socket.OPEN,
  };
}

/** What is wrong with a frame of a central system's, as Plugside judges what a technician sends by hand.
 * @param asked the actions of the station's questions by their id */
function judgeAbove(schemas: Schemas, frame: Frame, asked: ReadonlyMap<string, string>): Place[] {
  if (frame.type === "call") {
    return placesOf([...frame.findings, ...schemas.judge("request", frame.action, frame.plain)]);
  }
  const action = frame.type === "result" ? asked.get(frame.id) : undefined;
  const judged = frame.type === "result" && action ? schemas.judge("response", action, frame.plain) : [];
  return placesOf([...frame.findings, ...judged]);
}

/** Findings without their words. */
export function placesOf(findings: readonly Finding[]): Place[] {
  return findings.map(({ rule, where }) => ({ rule, where }));
}

const boot: Record<OcppVersion, object> = {
  "1.6": { chargePointVendor: "Maker", chargePointModel: "Model" },
  "2.0.1": { reason: "PowerUp", chargingStation: { vendorName: "Maker", model: "Model" } },
  "2.1": { reason: "PowerUp", chargingStation: { vendorName: "Maker", model: "Model" } },
};

/** True for what the replay says by itself: the boot and the beats. */
function isOurs(text: string): boolean {
  return /^\[2,"(?:ask|beat)-/.test(text);
}

/** What is heard before the answer to a heartbeat that is sent now: all answers to what was said before. */
async function untilBeat(station: RawStation, line: number): Promise<string[]> {
  const id = `beat-${line}`;
  station.send(`[2,"${id}","Heartbeat",{}]`);
  const heard: string[] = [];
  for (;;) {
    const text = await station.next();
    if (readIdOf(text) === id) return heard;
    heard.push(text);
  }
}

function readIdOf(text: string): string | undefined {
  const frame = readFrame(text);
  return frame.type === "result" ? frame.id : undefined;
}

/** True for what is answered: a call, and what means to be one under an id that can be read. */
function isAsking(frame: Frame): boolean {
  return frame.type === "call" || (frame.type === "unreadable" && frame.call && frame.id !== undefined);
}

/** True for a CALLRESULT to this question that fits the official schema, or a CALLERROR where it cannot be read. */
function fits(schemas: Schemas, question: Frame, text: string): boolean {
  const answer = readFrame(text);
  if (question.type === "unreadable") return answer.type === "error" && answer.id === question.id;
  if (question.type !== "call" || answer.type !== "result" || answer.id !== question.id) return false;
  return answer.findings.length === 0 && schemas.judge("response", question.action, answer.plain).length === 0;
}
