import type { Clock } from "../../../lib/clock.ts";
import type { Logger } from "../../../lib/logger.ts";
import type { ModbusTrouble } from "../../../modbus/bus/trouble.ts";
import type { BlockReading } from "../../../modbus/device/read-device.ts";
import { decode } from "../../../modbus/profile/decode.ts";
import type { Profile } from "../../../modbus/profile/model.ts";
import { tell } from "../../../modbus/profile/told.ts";
import { readingAction, readingEvents, writeReading } from "../../../modbus/reading-frame.ts";
import type { Journal } from "../../../session/journal.ts";
import { Ledger } from "../../../session/ledger.ts";
import type { Registry } from "../../../session/registry.ts";
import type { StationEntry } from "../../../session/station-entry.ts";
import type { ModbusVia } from "../../../station/events.ts";
import { type Finding, finding, observed } from "../../../station/findings.ts";
import type { CloseCause } from "../../../station/model.ts";
import type { Recorder } from "../../../store/recorder.ts";

export type LinkParts = { registry: Registry; recorder: Recorder; journal: Journal; clock: Clock; log: Logger };

/** The connection to one device, from its first answer to the end of its answers: what it says goes on record, and is folded. */
export class ModbusLink {
  readonly #parts: LinkParts;
  readonly #entry: StationEntry;
  readonly #ledger: Ledger;
  readonly #connection: number;
  readonly #profile: Profile;
  readonly #via: ModbusVia;

  /** Puts the connection on record. */
  constructor(parts: LinkParts, entry: StationEntry, profile: Profile, via: ModbusVia) {
    const { journal } = parts;
    this.#parts = parts;
    this.#entry = entry;
    this.#profile = profile;
    this.#via = via;
    this.#connection = journal.take();
    this.#ledger = new Ledger({ ...parts, entry, connection: this.#connection });
    journal.write(entry, { kind: "link-opened", connection: this.#connection, via }, this.#connection);
  }

  /** Takes one reading. */
  reading(blocks: readonly BlockReading[]): void {
    const told = tell(decode(this.#profile, blocks));
    const text = writeReading(this.#profile.name, this.#via.unit, blocks, told);
    const findings: Finding[] = [
      ...told.unknown.map(({ means, at, said }) => finding("modbus-unknown-value", `${means} register ${at}`, said)),
      ...blocks.flatMap(({ table, address, count, trouble }) =>
        trouble ? [observed("modbus-refused", placeOf(table, address, count), trouble.words)] : [],
      ),
    ];
    const events = readingEvents(text, this.#entry.state);
    const meaning = { action: readingAction, question: null, findings, events, stationTime: null };
    this.#ledger.received({ data: text, at: this.#parts.clock.now() }, meaning);
  }

  /** An answer came, and nothing can be made of it. */
  damaged(trouble: ModbusTrouble): void {
    const found = observed("modbus-damaged", "link", trouble.words);
    const meaning = { action: null, question: null, findings: [found], events: [], stationTime: null };
    this.#ledger.received({ data: trouble.raw, at: this.#parts.clock.now() }, meaning);
  }

  /** Puts its end on record. */
  end(cause: CloseCause): void {
    const code = cause === "asked" || cause === "shutdown" ? 1000 : 1006;
    const event = { kind: "link-closed", connection: this.#connection, code, reason: "", cause } as const;
    this.#parts.journal.write(this.#entry, event);
  }
}

function placeOf(table: string, address: number, count: number): string {
  return `${table} ${address}${count > 1 ? ` to ${address + count - 1}` : ""}`;
}
