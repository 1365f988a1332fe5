import { isDeepStrictEqual } from "node:util";
import { loadSchemas, type Schemas } from "../../../src/ocpp/schemas.ts";
import { dialectOf } from "../../../src/ocpp/versions.ts";
import { carryOut } from "../../../src/session/commands.ts";
import type { StationEntry } from "../../../src/session/station-entry.ts";
import type { OcppVersion, StationState } from "../../../src/station/model.ts";
import { type Central, folded } from "./central.ts";
import type { Conversation, Step } from "./conversation.ts";
import { type Due, dueTo } from "./due.ts";
import { HandLink } from "./hand-link.ts";

/** What a conversation cost. */
export type Cost = { frames: number; worstMs: number; stateBytes: number };

/** A conversation that did not hold what it must. */
class Broken extends Error {}

const mostStateBytes = 4_000_000;
const mostFindings = 2000;

let count = 0;

/** Holds one conversation with a new station, and checks it: nothing throws, every frame is on record byte for byte, every readable
 * CALL has exactly one answer that fits its version, and the state is what the record tells, in every field.
 * @throws Broken, or whatever the core lets through */
export async function hold(central: Central, conversation: Conversation): Promise<Cost> {
  const talk = new Talk(central, conversation);
  await talk.open(conversation.version);
  for (const step of conversation.steps) await talk.take(step);
  return talk.end();
}

class Talk {
  readonly #central: Central;
  readonly #identity = `FUZZ-${++count}`;
  readonly #emptyAnswers: boolean;
  readonly #first: number;
  readonly #said: { bytes: Buffer; binary: boolean }[] = [];
  readonly #due: Due[] = [];
  #schemas: Schemas | null = null;
  #link: HandLink | null = null;
  #kept: StationState | null = null;
  #worstMs = 0;
  #lastCall: { id: string; answered: boolean } | null = null;
  #last: { bytes: Buffer; binary: boolean } | null = null;
  #read = 0;
  readonly #commands: Promise<unknown>[] = [];
  readonly #sent: string[] = [];

  constructor(central: Central, { strict, emptyAnswers }: Conversation) {
    this.#central = central;
    this.#emptyAnswers = emptyAnswers;
    this.#first = central.record.recorder.take();
    central.access.change(this.#identity, { strict, emptyAnswers });
  }

  get #entry(): StationEntry {
    const entry = this.#central.record.registry.get(this.#identity);
    if (!entry) throw new Broken("the station is not known");
    return entry;
  }

  async open(version: OcppVersion): Promise<void> {
    this.#schemas = await loadSchemas(version);
    this.#link = new HandLink(this.#identity, version);
    this.#read = 0;
    await this.#central.system.acceptor.open(this.#link);
    this.#settle();
  }

  async take(step: Step): Promise<void> {
    switch (step.step) {
      case "says":
        return this.#say(Buffer.from(step.text, "utf8"), false, step.held);
      case "bytes":
        return this.#say(Buffer.from(step.base64, "base64"), step.binary);
      case "again":
        return this.#last ? this.#say(this.#last.bytes, this.#last.binary) : undefined;
      case "answers": {
        this.#say(Buffer.from(step.text.replaceAll("{{id}}", this.#lastCall?.id ?? "none"), "utf8"), false);
        return turn();
      }
      case "command": {
        const { journal } = this.#central.record;
        this.#commands.push(carryOut(journal, this.#entry, step.command).catch((error: unknown) => error));
        await turn();
        return this.#settle();
      }
      case "waits":
        this.#central.clock.advance(step.ms);
        await turn();
        return this.#settle();
      case "kept":
        this.#settle();
        this.#kept = JSON.parse(JSON.stringify(this.#entry.state));
        return;
      case "returns":
        this.#link?.cut("lost");
        this.#settle();
        return this.open(step.version);
    }
  }

  #say(bytes: Buffer, binary: boolean, held = false): void {
    const began = performance.now();
    const heard = this.#link?.say(bytes, binary);
    if (heard) {
      this.#said.push({ bytes, binary });
      this.#last = { bytes, binary };
      const open = this.#link?.open === true;
      this.#due.push(!open ? { kind: "perhaps" } : binary ? { kind: "nothing" } : dueTo(bytes.toString("utf8")));
    }
    if (!held) this.#settle();
    this.#worstMs = Math.max(this.#worstMs, performance.now() - began);
  }

  /** Lets the core store and answer what it has heard, and checks the answers. */
  #settle(): void {
    this.#central.record.recorder.flush();
    this.#readAnswers();
    this.#link?.settle();
    this.#central.record.recorder.flush();
  }

  #readAnswers(): void {
    const { sent = [] } = this.#link ?? {};
    for (; this.#read < sent.length; this.#read++) {
      const text = sent[this.#read] ?? "";
      this.#sent.push(text);
      this.#judge(text);
    }
    const missing = this.#link?.open ? this.#due.find(({ kind }) => kind === "answer") : undefined;
    if (missing) throw new Broken(`no answer to ${JSON.stringify(missing).slice(0, 200)}`);
    this.#due.length = 0;
  }

  #judge(text: string): void {
    const frame: unknown = JSON.parse(text);
    if (!Array.isArray(frame)) throw new Broken(`sent what is no frame: ${text.slice(0, 200)}`);
    const [type, id] = frame;
    if (type === 2) {
      this.#lastCall = { id: String(id), answered: false };
      return;
    }
    if (type === 5) return;
    for (let due = this.#due.shift(); due; due = this.#due.shift()) {
      if (due.kind === "nothing") continue;
      if (due.kind === "perhaps") {
        // It may be the answer to this one, or this one has none: then as many are there as others must have.
        const owed = this.#due.filter((other) => other.kind === "answer" && sameId(other.id, id)).length;
        if (this.#leftWith(id) > owed) return this.#fits(frame, text);
        continue;
      }
      if (!sameId(due.id, id)) throw new Broken(`answered ${JSON.stringify(id)} where ${JSON.stringify(due.id)} asked`);
      return this.#fits(frame, text, due.action);
    }
    throw new Broken(`an answer that nobody asked for: ${text.slice(0, 200)}`);
  }

  /** How many answers with this id were sent that are not judged yet. */
  #leftWith(id: unknown): number {
    const texts = this.#link?.sent.slice(this.#read) ?? [];
    return texts.filter((text) => {
      const [type, other]: unknown[] = JSON.parse(text);
      return type !== 2 && type !== 5 && sameId(other, id);
    }).length;
  }

  #fits(frame: unknown[], text: string, action?: string): void {
    const [type, id, third, fourth, fifth] = frame;
    if (typeof id !== "string" && !Number.isFinite(id)) throw new Broken(`answered with the id ${JSON.stringify(id)}`);
    if (type === 4) {
      const shape = typeof third === "string" && typeof fourth === "string" && fourth.length <= 255;
      if (frame.length !== 5 || !shape || typeof fifth !== "object" || fifth === null) {
        throw new Broken(`a malformed CALLERROR: ${text.slice(0, 200)}`);
      }
      return;
    }
    if (type !== 3 || frame.length !== 3) throw new Broken(`a malformed answer: ${text.slice(0, 200)}`);
    const schemas = this.#schemas;
    if (!schemas || action === undefined || (this.#emptyAnswers && !serves(schemas.version, action))) return;
    const found = schemas.judge("response", action, third);
    if (found.length > 0)
      throw new Broken(`an answer that does not fit: ${text.slice(0, 200)} ${JSON.stringify(found[0])}`);
  }

  /** Checks what is on record, and the state against it. */
  async end(): Promise<Cost> {
    await turn();
    this.#settle();
    const { errors, record } = this.#central;
    const { frames } = record;
    const entry = this.#entry;
    const rows = frames.between(this.#first, Number.MAX_SAFE_INTEGER, { station: entry.id, direction: "in" });
    if (rows.length !== this.#said.length)
      throw new Broken(`${this.#said.length} frames said, ${rows.length} on record`);
    for (const [at, { bytes, binary }] of this.#said.entries()) {
      const data = rows[at]?.data ?? "";
      if (typeof data === "string" && binary) throw new Broken("a binary frame is on record as text");
      if (!Buffer.from(data as string).equals(bytes)) throw new Broken("a frame is not on record as it came");
    }
    const live = entry.state;
    const text = JSON.stringify(live);
    if (text.length > mostStateBytes) throw new Broken(`a state of ${text.length} bytes`);
    if (live.findings.length > mostFindings) throw new Broken(`${live.findings.length} findings`);
    const anew = folded(this.#central, entry, null);
    const later = this.#kept && folded(this.#central, entry, this.#kept);
    sameState("anew", live, anew);
    if (later) sameState("from the kept one", live, later);
    this.#link?.cut("lost");
    this.#settle();
    // Calls that were under way are told of the end, and that goes on record.
    await turn();
    this.#settle();
    if (errors.length > 0) throw new Broken(errors.splice(0).join("\n"));
    return { frames: this.#said.length, worstMs: this.#worstMs, stateBytes: text.length };
  }
}

function sameState(how: string, live: StationState, after: StationState | undefined): void {
  const [a, b] = [bare(live), bare(after)];
  if (isDeepStrictEqual(a, b)) return;
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (isDeepStrictEqual(a[key], b[key])) continue;
    const said = `${JSON.stringify(a[key])?.slice(0, 300)} and then ${JSON.stringify(b[key])?.slice(0, 300)}`;
    throw new Broken(`the state differs when folded ${how}: ${key} was ${said}`);
  }
}

/** Without fields that are undefined: they are not kept, and mean the same. Numbers that JSON cannot say stay what they are. */
function bare(value: unknown): Record<string, unknown> {
  return pruned(value) as Record<string, unknown>;
}

function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pruned);
  if (typeof value === "number" && !Number.isFinite(value)) throw new Broken(`a number in the state is ${value}`);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(entries.map(([key, part]) => [key, pruned(part)]));
}

/** True for what a station may ask; the rest can be answered with {}, where that is chosen for it. */
function serves(version: OcppVersion, action: string): boolean {
  return Object.hasOwn(dialectOf(version).handlers, action);
}

function sameId(asked: unknown, answered: unknown): boolean {
  return Object.is(asked, answered) || (asked === 0 && answered === 0);
}

/** One turn of the event loop: promises that are settled go on. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
