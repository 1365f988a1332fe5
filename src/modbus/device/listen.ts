import { readRtu, rtuAnswerLength, rtuQuestionLength } from "../codec/framing.ts";
import { type Answer, type Request, readAnswer, readFunctions, type Table } from "../codec/pdu.ts";

/** Questions that are known when they are overheard. */
export type Heard = Extract<Request, { kind: "read" | "write-coil" | "write-register" | "write-registers" }>;

/** What was overheard: a question, or an answer to the one before it; or bytes that are neither. */
export type Overheard =
  | { kind: "question"; unit: number; request: Heard }
  | { kind: "answer"; unit: number; request: Heard; answer: Answer }
  | { kind: "frame"; unit: number; bytes: Uint8Array }
  | { kind: "damaged"; bytes: Uint8Array };

const longest = 512;

/** Reads what another master and its devices say to each other on a serial line. Frames are told apart by their checksums, since a laptop
 * does not see the silences between them.
 * @param tell hears of each, in order */
export class Eavesdropper {
  readonly #tell: (heard: Overheard) => void;
  #bytes: Uint8Array = new Uint8Array();
  #asked: { unit: number; request: Heard } | null = null;

  constructor(tell: (heard: Overheard) => void) {
    this.#tell = tell;
  }

  /** Takes bytes as they come. */
  hear(bytes: Uint8Array): void {
    this.#bytes = Uint8Array.of(...this.#bytes, ...bytes);
    while (this.#take());
  }

  /** The line has been silent: what is left is no frame. */
  silent(): void {
    if (this.#bytes.length > 0) this.#damaged(this.#bytes.length);
  }

  #take(): boolean {
    const bytes = this.#bytes;
    if (bytes.length < 4) return false;
    for (let from = 0; from + 4 <= bytes.length; from++) {
      const length = this.#frameAt(bytes.subarray(from));
      if (length === null) continue;
      if (from > 0) this.#damaged(from);
      this.#frame(this.#bytes.slice(0, length));
      this.#bytes = this.#bytes.slice(length);
      return true;
    }
    if (bytes.length > longest) this.#damaged(bytes.length - longest / 2);
    return false;
  }

  /** The length of a frame whose check fits; null where none begins. */
  #frameAt(bytes: Uint8Array): number | null {
    const lengths = this.#asked
      ? [rtuAnswerLength(bytes), rtuQuestionLength(bytes)]
      : [rtuQuestionLength(bytes), rtuAnswerLength(bytes)];
    for (const length of lengths) {
      if (typeof length === "number" && length <= bytes.length && readRtu(bytes.subarray(0, length))) return length;
    }
    return null;
  }

  #frame(bytes: Uint8Array): void {
    const adu = readRtu(bytes);
    if (!adu) return;
    const { unit, pdu } = adu;
    const asked = this.#asked;
    const answer = asked?.unit === unit ? readAnswer(asked.request, pdu) : null;
    if (asked && answer) {
      this.#asked = null;
      this.#tell({ kind: "answer", unit, request: asked.request, answer });
      return;
    }
    const request = readQuestion(pdu);
    this.#asked = request && { unit, request };
    this.#tell(request ? { kind: "question", unit, request } : { kind: "frame", unit, bytes });
  }

  #damaged(count: number): void {
    this.#tell({ kind: "damaged", bytes: this.#bytes.slice(0, count) });
    this.#bytes = this.#bytes.slice(count);
  }
}

/** Reads a question; null for one that is not known. */
function readQuestion(pdu: Uint8Array): Heard | null {
  const word = (place: number) => ((pdu[place] ?? 0) << 8) | (pdu[place + 1] ?? 0);
  const code = pdu[0] ?? 0;
  const table = (Object.keys(readFunctions) as Table[]).find((name) => readFunctions[name] === code);
  if (table && pdu.length === 5) return { kind: "read", table, address: word(1), count: word(3) };
  if (code === 5 && pdu.length === 5) return { kind: "write-coil", address: word(1), on: word(3) === 0xff00 };
  if (code === 6 && pdu.length === 5) return { kind: "write-register", address: word(1), value: word(3) };
  if (code === 16 && pdu.length === 6 + (pdu[5] ?? 0))
    return {
      kind: "write-registers",
      address: word(1),
      registers: Array.from({ length: word(3) }, (_, place) => word(6 + 2 * place)),
    };
  return null;
}
