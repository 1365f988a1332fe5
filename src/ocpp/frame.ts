import {
  type BeyondBounds,
  isJsonObject,
  isLongDecimal,
  type Json,
  type JsonObject,
  parseJson,
  parseJsonPair,
  stringifyJson,
} from "../lib/json.ts";
import { longestId, messageBounds } from "../station/bounds.ts";
import { type Finding, finding, observed } from "../station/findings.ts";
import { words } from "../station/phrases.ts";

/** OCPP-J message types (1.6J 4.1.3; 2.1 part 4 adds CALLRESULTERROR and SEND). */
const messageType = { call: 2, result: 3, error: 4, resultError: 5, send: 6 } as const;

/** What a text on the wire turned out to be. `plain` is the payload as a double-only JSON value, for the schemas. */
export type Frame = CallFrame | ResultFrame | ErrorFrame | Unreadable;

/** `send` is 2.1's message without an answer. `echo` is the id as JSON text, as it must stand in the answer. */
export type CallFrame = {
  type: "call" | "send";
  id: string;
  echo: string;
  action: string;
  payload: JsonObject;
  plain: unknown;
  findings: Finding[];
};

export type ResultFrame = { type: "result"; id: string; payload: JsonObject; plain: unknown; findings: Finding[] };

export type ErrorFrame = {
  /** `error`: an answer to a CALL. `result-error`: 2.1, the other end could not read our CALLRESULT. */
  type: "error" | "result-error";
  id: string;
  code: string;
  description: string;
  details: Json;
  findings: Finding[];
};

/** `echo` is set where an id could be read: then a CALL can be answered with a CALLERROR. `answer`: it means to answer the call of
 * its id. */
export type Unreadable = {
  type: "unreadable";
  id?: string;
  echo?: string;
  call: boolean;
  answer?: true;
  /** What it means to ask for, where that can be read. */
  action?: string;
  findings: Finding[];
};

/** Text -> frame. Never throws; whatever is wrong is in `findings`. */
export function readFrame(text: string): Frame {
  let parsed: ReturnType<typeof parseJsonPair>;
  try {
    parsed = parseJsonPair(text, messageBounds);
  } catch (error) {
    const expected = words("json-after-all", { error: error instanceof Error ? error.message : "" });
    const { type, id, action } = readHead(text);
    return { ...unreadable([finding("not-json", "frame", text, expected)], readId(id, []), type, id), action };
  }
  if ("beyond" in parsed) return readUnwalked(text, parsed.beyond);
  const { exact: value, plain } = parsed;
  if (!Array.isArray(value)) return unreadable([finding("not-array", "frame", text)], undefined, undefined);
  const type = typeof value[0] === "string" && /^[2-6]$/.test(value[0]) ? Number(value[0]) : value[0];
  const findings: Finding[] = [];
  if (type !== value[0]) findings.push(finding("bad-message-shape", "frame /0", value[0], words("a-number")));
  const id = readId(value[1], findings);
  if (type === messageType.call || type === messageType.send) return readCall(type, id, value, plain, findings);
  if (type === messageType.result) return readResult(id, value, plain, findings);
  if (type === messageType.error || type === messageType.resultError) return readError(type, id, value, findings);
  const found = finding("unknown-message-type", "frame /0", value[0], "2, 3, 4, 5, 6");
  return unreadable([found, ...findings], id, undefined, value[1]);
}

/** Type, id and action at the beginning of a text that is not read. */
const headOfFrame = /^\s*\[\s*"?([2-6])"?\s*,\s*("(?:[^"\\]|\\.){1,255}"|-?\d{1,30})\s*(?:,\s*"(\w{1,100})")?/;

/** What can be told of a message beyond the bounds: whose answer waits for it, if it is a CALL. */
function readUnwalked(text: string, beyond: BeyondBounds): Unreadable {
  const limit = messageBounds[beyond];
  const expected = words(beyond === "depth" ? "at-most-levels" : "at-most-values", { limit });
  const { type, id, action } = readHead(text);
  const found = finding("too-complex", action ?? "frame", text, expected);
  return { ...unreadable([found], readId(id, []), type, id), action };
}

/** The beginning of a message, whatever the rest of it is: for one that is not read, or that could not be. Never throws. */
export function readHead(text: string): { type?: number; id?: Json; action?: string } {
  const [, type, id, action] = headOfFrame.exec(text) ?? [];
  if (type === undefined || id === undefined) return {};
  try {
    return { type: Number(type), id: parseJson(id, messageBounds), action };
  } catch {
    return {};
  }
}

/** The id that a frame means to answer, readable or not; undefined for one that answers nothing. */
export function answeredId(frame: Frame): string | undefined {
  if (frame.type === "result" || frame.type === "error") return frame.id;
  return frame.type === "unreadable" && frame.answer ? frame.id : undefined;
}

function readCall(type: 2 | 6, id: string | undefined, value: Json[], plain: unknown, findings: Finding[]): Frame {
  const action = value[2];
  const expected = "[2, id, action, payload]";
  if (id === undefined || typeof action !== "string" || action === "") {
    return unreadable(
      misshapen(id, finding("bad-message-shape", "frame", value, expected), findings),
      id,
      type,
      value[1],
    );
  }
  if (value.length > 4) findings.push(finding("bad-message-shape", "frame", value.slice(4), expected));
  const payload = readPayload(value, 3, action, findings);
  if (!payload)
    return unreadable(
      [finding("bad-message-shape", `${action} payload`, value[3], words("a-json-object"))],
      id,
      type,
      value[1],
    );
  const kind = type === messageType.call ? "call" : "send";
  const echo = typeof value[1] === "string" ? JSON.stringify(value[1]) : stringifyJson(value[1]);
  return { type: kind, id, echo, action, payload, plain: readPlain(plain, 3), findings };
}

function readResult(id: string | undefined, value: Json[], plain: unknown, findings: Finding[]): Frame {
  if (id === undefined) {
    const bad = finding("bad-message-shape", "frame", value, "[3, id, payload]");
    return unreadable(misshapen(id, bad, findings), id, messageType.result, value[1]);
  }
  if (value.length > 3) findings.push(finding("bad-message-shape", "frame", value.slice(3), "[3, id, payload]"));
  const payload = readPayload(value, 2, "CALLRESULT", findings);
  if (!payload) {
    const bad = finding("bad-message-shape", "CALLRESULT payload", value[2], words("a-json-object"));
    return unreadable([bad], id, messageType.result, value[1]);
  }
  return { type: "result", id, payload, plain: readPlain(plain, 2), findings };
}

/** An error is one without a readable code as well; a number is read as the text that it is (vendors count their own errors). */
function readError(type: 4 | 5, id: string | undefined, value: Json[], findings: Finding[]): Frame {
  const expected = `[${type}, id, code, description, details]`;
  if (id === undefined) {
    return unreadable(misshapen(id, finding("bad-message-shape", "frame", value, expected), findings), id, type);
  }
  const [, , code, description, details] = value;
  if (typeof code !== "string") findings.push(finding("bad-message-shape", "frame", value, expected));
  else if (typeof description !== "string" || !isJsonObject(details)) {
    findings.push(finding("bad-message-shape", "CALLERROR", value.slice(3), '"description", {details}'));
  } else if (value.length > 5) findings.push(finding("bad-message-shape", "frame", value.slice(5), expected));
  return {
    type: type === messageType.error ? "error" : "result-error",
    id,
    code: typeof code === "string" || typeof code === "number" || typeof code === "bigint" ? String(code) : "",
    description: typeof description === "string" ? description : "",
    details: details ?? {},
    findings,
  };
}

/** null, [] and a missing payload are read as {}; anything else that is no object is not readable. */
function readPayload(value: Json[], at: number, where: string, findings: Finding[]): JsonObject | undefined {
  const payload = value[at];
  if (isJsonObject(payload)) return payload;
  if (payload === null || payload === undefined || (Array.isArray(payload) && payload.length === 0)) {
    const found =
      payload === undefined
        ? observed("payload-null", where, words("nothing"), "{}")
        : finding("payload-null", where, payload, "{}");
    findings.push(found);
    return {};
  }
  return undefined;
}

/** The payload for the schemas; what was read as {} is judged as {}. */
function readPlain(plain: unknown, at: number): unknown {
  const payload = (plain as unknown[])[at];
  return payload === null || payload === undefined || Array.isArray(payload) ? {} : payload;
}

/** The id of a message, or undefined where there is none that could be echoed: none at all, one that is too long, or a number that is
 * not finite. */
function readId(id: Json | undefined, findings: Finding[]): string | undefined {
  if (typeof id === "string" && id !== "") {
    if (id.length > 36)
      findings.push(finding("bad-message-id", "frame /1", id, words("at-most-characters", { limit: 36 })));
    return id.length > longestId ? undefined : id;
  }
  if (typeof id !== "number" && typeof id !== "bigint" && !isLongDecimal(id)) return undefined;
  findings.push(finding("bad-message-id", "frame /1", id, words("a-text")));
  if (!isLongDecimal(id)) return String(id);
  return Number.isFinite(Number(id.rawJSON)) && id.rawJSON.length <= longestId ? id.rawJSON : undefined;
}

/** What is wrong with a message that cannot be read: its id alone, where that cannot be, or its parts first. */
function misshapen(id: string | undefined, shape: Finding, findings: Finding[]): Finding[] {
  const badId = id === undefined && findings.some(({ rule }) => rule === "bad-message-id");
  return badId ? findings : [shape, ...findings];
}

/** @param said the id as it came: a number is echoed as a number */
function unreadable(
  findings: Finding[],
  id: string | undefined,
  type: number | undefined,
  said: Json = "",
): Unreadable {
  const frame: Unreadable = {
    type: "unreadable",
    id,
    echo: id === undefined ? undefined : stringifyJson(said),
    call: type === messageType.call,
    findings,
  };
  if (id !== undefined && (type === messageType.result || type === messageType.error)) frame.answer = true;
  return frame;
}

/** CALL: `payload` is JSON text and goes out as it is. */
export function writeCall(id: string, action: string, payload: string): string {
  return `[2,${JSON.stringify(id)},${JSON.stringify(action)},${payload}]`;
}

/** CALLRESULT: `echo` is the question's id as JSON text. */
export function writeResult(echo: string, payload: JsonObject): string {
  // Most answers are empty, and the writer that keeps large integers exact is dear.
  for (const _field in payload) return `[3,${echo},${stringifyJson(payload)}]`;
  return `[3,${echo},{}]`;
}

/** CALLERROR. `description` is cut to the 255 characters the specification allows (part 4, 4.2.3). */
export function writeError(echo: string, code: string, description: string, details: JsonObject = {}): string {
  return `[4,${echo},${JSON.stringify(code)},${JSON.stringify(description.slice(0, 255))},${stringifyJson(details)}]`;
}

/** 2.1 CALLRESULTERROR: the CALLRESULT that came cannot be taken (2.1 part 4, 4.2.4). */
export function writeResultError(id: string, code: string, description: string): string {
  return `[5,${JSON.stringify(id)},${JSON.stringify(code)},${JSON.stringify(description.slice(0, 255))},{}]`;
}
