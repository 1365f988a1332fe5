import type { ConsoleProfile } from "../../../consoles/profile.ts";
import { type Answered, writeAnswers } from "../../../consoles/told.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Logger } from "../../../lib/logger.ts";
import { consoleAction, readingEvents } from "../../../modbus/reading-frame.ts";
import type { Journal } from "../../../session/journal.ts";
import { Ledger } from "../../../session/ledger.ts";
import type { Registry } from "../../../session/registry.ts";
import type { StationEntry } from "../../../session/station-entry.ts";
import type { ConsoleVia } from "../../../station/events.ts";
import { observed } from "../../../station/findings.ts";
import type { CloseCause } from "../../../station/model.ts";
import { words } from "../../../station/phrases.ts";
import type { Recorder } from "../../../store/recorder.ts";

type LinkParts = { registry: Registry; recorder: Recorder; journal: Journal; clock: Clock; log: Logger };

/** The connection to a station over its console, from its first answer to the end of its answers: what it says goes on record, and is
 * folded. */
export class StationLink {
  readonly #parts: LinkParts;
  readonly #entry: StationEntry;
  readonly #ledger: Ledger;
  readonly #connection: number;

  /** Puts the connection on record. */
  constructor(parts: LinkParts, entry: StationEntry, via: ConsoleVia) {
    const { journal } = parts;
    this.#parts = parts;
    this.#entry = entry;
    this.#connection = journal.take();
    this.#ledger = new Ledger({ ...parts, entry, connection: this.#connection });
    journal.write(entry, { kind: "link-opened", connection: this.#connection, via }, this.#connection);
  }

  /** Takes a round of answers. */
  answers(profile: ConsoleProfile, answered: readonly Answered[]): void {
    const text = writeAnswers(profile, answered);
    const events = readingEvents(text, this.#entry.state);
    const meaning = { action: consoleAction, question: null, findings: [], events, stationTime: null };
    this.#ledger.received({ data: text, at: this.#parts.clock.now() }, meaning);
  }

  /** An answer came whose check does not fit: it is on record, and nothing is made of it. */
  damaged(line: string): void {
    const found = observed("line-damaged", "frame", words("line-check"));
    const meaning = { action: null, question: null, findings: [found], events: [], stationTime: null };
    this.#ledger.received({ data: line, at: this.#parts.clock.now() }, meaning);
  }

  /** Puts its end on record. */
  end(cause: CloseCause): void {
    const code = cause === "asked" || cause === "shutdown" ? 1000 : 1006;
    this.#parts.journal.write(this.#entry, {
      kind: "link-closed",
      connection: this.#connection,
      code,
      reason: "",
      cause,
    });
  }
}
