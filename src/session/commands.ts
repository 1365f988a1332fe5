import { type Json, type JsonObject, stringifyJson } from "../lib/json.ts";
import type { Words } from "../lib/words.ts";
import { redact } from "../redaction/redact.ts";
import { withoutUrlSecrets } from "../redaction/text-secrets.ts";
import type { CommandOutcome, OwnCommand, StationCommand } from "../station/commands.ts";
import { failure, whyOf } from "../station/failure.ts";
import type { OwnReason } from "../station/marks.ts";
import { words } from "../station/phrases.ts";
import { readPayloadText } from "./exchange.ts";
import type { Journal } from "./journal.ts";
import type { CallReport, Conversation, StationEntry } from "./station-entry.ts";

type Request = { action: string; payload: JsonObject; text: string; told?: Record<string, unknown> };

/** Carries out a command: it goes out once, behind the call in flight, and has one outcome. The command and its outcome are
 * entries of the record; a password is not among them.
 * @param own why the core asks by itself, where that was not a technician
 * @throws FailureError `invalid-input` when a raw payload is no JSON object, or does not fit and `force` is not set */
export async function carryOut(
  journal: Journal,
  entry: StationEntry,
  command: StationCommand | OwnCommand,
  own?: OwnReason,
): Promise<CommandOutcome> {
  const { session } = entry;
  const request = prepare(session, entry, command);
  const { name } = command;
  const planned = typeof request === "object" && "told" in request ? request.told : undefined;
  const args = { ...argumentsOnRecord(command, own), ...planned };
  const seq = journal.take();
  const id = String(seq);
  journal.write(entry, { kind: "command-sent", id, name, args }, seq);
  const outcome = await perform(session, request, own);
  journal.write(entry, { kind: "command-done", id, name, outcome: outcomeOnRecord(outcome) });
  return outcome;
}

function outcomeOnRecord(outcome: CommandOutcome): CommandOutcome {
  const { answer, error } = outcome;
  const told: CommandOutcome = { ...outcome };
  if (answer !== undefined) told.answer = redact(answer);
  if (error) told.error = { ...error, description: redact(error.description), details: redact(error.details) };
  return told;
}

/** What the record tells of a command: all but its secrets. The frame holds those by its nature. */
function argumentsOnRecord(command: StationCommand | OwnCommand, own?: OwnReason): Record<string, unknown> {
  const { name: _name, ...args } = command;
  const told: Record<string, unknown> = { ...args };
  delete told.password;
  if (command.name === "raw") told.payload = redact(command.payload);
  if (command.name === "get-log") told.location = withoutUrlSecrets(command.location);
  if (own) {
    told.by = own === "guarded-change" ? "procedure" : "core";
    told.because = own;
  }
  return told;
}

async function perform(
  session: Conversation | null,
  request: Request | { unsupported: Words } | "offline",
  own?: OwnReason,
): Promise<CommandOutcome> {
  if (request !== "offline" && "unsupported" in request) return { result: "unsupported", why: request.unsupported };
  if (!session || request === "offline") return { result: "offline" };
  const report = await session.call(request.action, request.payload, request.text, own);
  return toOutcome(session, request.action, report);
}

function prepare(
  session: Conversation | null,
  entry: StationEntry,
  command: StationCommand | OwnCommand,
): Request | { unsupported: Words } | "offline" {
  if (!session && entry.state.link.carrier === "console") return { unsupported: words("console-no-commands") };
  if (!session && entry.state.link.carrier === "modbus") return { unsupported: words("modbus-no-commands") };
  if (command.name === "raw") return prepareRaw(session, command);
  // Offline there is no version to plan for, and nothing to send it to.
  if (!session) return "offline";
  const plan = session.dialect.plan(command, entry.state);
  if ("unsupported" in plan) return plan;
  return { ...plan, text: stringifyJson(plan.payload) };
}

function prepareRaw(session: Conversation | null, command: Extract<StationCommand, { name: "raw" }>): Request {
  const { action, force } = command;
  const text = command.payload.trim() === "" ? "{}" : command.payload.trim();
  let payload: JsonObject;
  try {
    payload = readPayloadText(text);
  } catch (error) {
    throw failure("invalid-input", words("unreadable-payload", { action, problem: whyOf(error) }));
  }
  if (session && !force) {
    if (!session.schemas.has(action)) {
      const { version } = session.schemas;
      throw failure("invalid-input", words("no-such-action", { version, action }), []);
    }
    const deviations = session.schemas.judge("request", action, JSON.parse(text));
    if (deviations.length > 0) {
      throw failure("invalid-input", words("unfit-payload", { action, count: deviations.length }), deviations);
    }
  }
  return { action, payload, text };
}

function toOutcome(session: Conversation, action: string, report: CallReport): CommandOutcome {
  const { answer, ...frames } = report;
  switch (answer.type) {
    case "result":
      return { ...session.dialect.outcome(action, answer.payload), ...frames, answer: stringifyJson(answer.payload) };
    case "error":
      return { ...errorOutcome(answer), ...frames };
    case "unreadable":
      return { result: "unreadable", why: words("answer-unreadable"), ...frames };
    case "no-answer":
      return { result: "no-answer", ...frames };
    case "closed":
      return frames.frame === undefined
        ? { result: "offline", ...frames }
        : { result: "no-answer", why: words("link-closed"), ...frames };
  }
}

function errorOutcome(answer: { code: string; description: string; details: Json }): CommandOutcome {
  const unsupported = answer.code === "NotImplemented" || answer.code === "NotSupported";
  return {
    result: unsupported ? "unsupported" : "rejected",
    why: answer.code || answer.description || words("error-without-code"),
    error: { code: answer.code, description: answer.description, details: stringifyJson(answer.details) },
  };
}
