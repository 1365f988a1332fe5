import { randomUUID } from "node:crypto";
import type { Clock } from "../../lib/clock.ts";
import { stringifyJson } from "../../lib/json.ts";
import { cutText } from "../../lib/text.ts";
import { type CallFrame, readFrame, readHead, writeError, writeResult } from "../../ocpp/frame.ts";
import { Peer, type PeerAnswer, unreadableAnswer } from "../../ocpp/peer.ts";
import type { Schemas } from "../../ocpp/schemas.ts";
import { longestSaid } from "../../station/bounds.ts";
import type { OcppVersion } from "../../station/model.ts";
import { english } from "../../station/phrases.ts";
import type { Rule } from "../../words/en/findings.ts";
import type { Answer, Request } from "../model.ts";

/** OCPP-J over the link, from the station's end: asks one thing at a time, answers what is asked. */
export type Conversation = {
  /** A fresh link: nothing of the one before counts. */
  begin(): void;
  end(): void;
  receive(text: string): void;
  ask(request: Request): Promise<PeerAnswer>;
};

export type ConversationOptions = {
  version: OcppVersion;
  schemas: Schemas;
  clock: Clock;
  send(text: string): boolean;
  answer(frame: CallFrame): Answer;
  log(line: string): void;
};

const answerMs = 30_000;

/** Makes a conversation that is at its end until begun. */
export function createConversation(options: ConversationOptions): Conversation {
  let peer: Peer | null = null;

  function reply(current: Peer, frame: CallFrame): void {
    const answer = wrongShape(frame) ?? options.answer(frame);
    const text =
      "reply" in answer
        ? writeResult(frame.echo, answer.reply)
        : writeError(frame.echo, answer.error, answer.description);
    current.answered(frame, text);
    options.send(text);
    if ("reply" in answer) answer.after?.();
  }

  /** A request that its schema refuses is not carried out. */
  function wrongShape(frame: CallFrame): Answer | null {
    const [first] = options.schemas.judge("request", frame.action, frame.plain);
    if (!first) return null;
    return {
      error: errorCode(options.version, first.rule),
      description: `${first.where}: ${english(first.expected ?? first.rule)}`,
    };
  }

  return {
    begin() {
      peer?.close();
      peer = new Peer({
        clock: options.clock,
        answerMs: () => answerMs,
        makeId: randomUUID,
        transmit: (text) => options.send(text),
      });
    },
    end() {
      peer?.close();
      peer = null;
    },
    receive(text) {
      try {
        receive(text);
      } catch (error) {
        // Nothing that a central system sends may end whom else this process serves.
        options.log(`a message met a fault of Plugside's own; report it with this text: ${String(error)}`);
        const { type, id } = readHead(text);
        if (type === 2 && id !== undefined) {
          options.send(writeError(stringifyJson(id), "InternalError", "The virtual station failed."));
        }
      }
    },
    ask(request) {
      if (!peer) return Promise.resolve({ type: "closed" });
      return peer.call(request.action, stringifyJson(request.payload));
    },
  };

  function receive(text: string): void {
    if (!peer) return;
    const verdict = peer.accept(readFrame(text), text);
    if (verdict.kind === "call") {
      if (verdict.frame.type === "send") options.log(cutText(`ignored a SEND of ${verdict.frame.action}`, longestSaid));
      else if (verdict.repeat !== undefined) options.send(verdict.repeat);
      else reply(peer, verdict.frame);
      return;
    }
    if (verdict.kind === "unusable") {
      options.log(`ignored a frame: ${verdict.findings[0]?.rule ?? verdict.frame.type}`);
      const refusal = verdict.frame.type === "unreadable" ? unreadableAnswer(verdict.frame, options.version) : null;
      if (refusal) options.send(writeError(refusal.echo, refusal.code, refusal.description));
      return;
    }
    const { frame, pending } = verdict;
    if (frame.type === "unreadable") {
      options.log(`${pending.action} answered with what cannot be read: ${frame.findings[0]?.rule}`);
      pending.settle({ type: "unreadable" });
      return;
    }
    if (frame.type !== "result") {
      options.log(cutText(`${pending.action} answered with ${frame.code}: ${frame.description}`, longestSaid));
      pending.settle({ type: "error", code: frame.code, description: frame.description, details: frame.details });
      return;
    }
    const [wrong] = options.schemas.judge("response", pending.action, frame.plain);
    if (wrong) options.log(`the answer to ${pending.action} does not fit: ${wrong.where} ${wrong.rule}`);
    // Only 2.1 can tell the other end that its answer was wrong (2.1 part 4, CALLRESULTERROR).
    if (wrong && options.version === "2.1") {
      const code = errorCode(options.version, wrong.rule);
      options.send(`[5,${JSON.stringify(pending.id)},"${code}",${JSON.stringify(wrong.where.slice(0, 255))},{}]`);
    }
    pending.settle({ type: "result", payload: frame.payload, plain: frame.plain });
  }
}

/** The CALLERROR code for a deviation, spelt as its version spells it. */
function errorCode(version: OcppVersion, rule: Rule): string {
  switch (rule) {
    case "wrong-type":
      return "TypeConstraintViolation";
    case "missing-field":
    case "empty-list":
      return version === "2.1" ? "OccurrenceConstraintViolation" : "OccurenceConstraintViolation";
    case "unknown-value":
    case "too-long":
    case "out-of-range":
      return "PropertyConstraintViolation";
    default:
      return version === "1.6" ? "FormationViolation" : "FormatViolation";
  }
}
