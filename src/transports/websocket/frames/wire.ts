import { createHash, type Hash } from "node:crypto";
import { keptHeadBytes, pieceCost } from "../../../station/bounds.ts";
import { unmask } from "./masking.ts";

/** What no WebSocket may send (RFC 6455 5.1 to 5.5). */
export type WireProblem =
  | "reserved-bits"
  | "unknown-opcode"
  | "unmasked"
  | "masked"
  | "stray-continuation"
  | "interleaved"
  | "control-fragment"
  | "control-length"
  | "length";

/** A message that nobody gets whole, as far as it came. */
export type PartOfMessage = {
  binary: boolean;
  /** Its first bytes, unmasked. */
  head: Buffer;
  /** Bytes of it that came, and that were announced. */
  came: number;
  announced: number;
  /** SHA-256 of what came, hex. */
  sha256?: string;
};

export type WireReaderOptions = {
  /** Whether the other end masks: a client must, a server must not. */
  masked: boolean;
  /** The largest message, bytes; asked at each frame. */
  limit: () => number;
  /** Messages may come compressed (RFC 7692 6): marked by the first reserved bit of their first frame. */
  compressed?: boolean;
};

/** How the reading ended: no more of it goes to whoever puts messages together. */
export type WireEnd =
  /** `raw`: the bytes from where it went wrong. */
  | { kind: "broken"; problem: WireProblem; raw: Buffer }
  /** A message over the limit began; it is read on until it is whole. */
  | { kind: "over-limit" }
  /** The other end's close frame came. */
  | { kind: "closed" };

type Message = {
  binary: boolean;
  packed: boolean;
  announced: number;
  came: number;
  head: Buffer[];
  headLength: number;
  hash: Hash | null;
};

const noBytes = Buffer.alloc(0);
const longestHeader = 14;
/** The first byte of a text in one frame. */
const soleTextFrame = 0x81;
/** The header of one with a length of at most two bytes. */
const longestSoleHeader = 8;

/** Follows the frames of a WebSocket in its raw bytes (RFC 6455 5.2), beside the library that puts its messages together: so it is
 * known at any time what is held, since when, and how a message began that never becomes whole. */
export class WireReader {
  readonly #options: WireReaderOptions;
  #header: Buffer = noBytes;
  #left = 0;
  #opcode = 0;
  #final = true;
  #mask: Buffer | null = null;
  #maskAt = 0;
  #inFrame = false;
  #message: Message | null = null;
  #begun: number | null = null;
  #held = 0;
  #end: WireEnd | null = null;
  #whole = false;
  #closedAfter = false;
  #counted: ArrayBufferLike | null = null;
  /** Of each whole message that the library has not handed over yet: whether it came compressed. */
  readonly #packed: boolean[] = [];

  constructor(options: WireReaderOptions) {
    this.#options = options;
  }

  /** When what is not whole yet began; null where nothing is. */
  get begun(): number | null {
    return this.#begun;
  }

  /** Bytes of memory that a message which is not whole yet keeps busy. */
  get held(): number {
    return this.#held;
  }

  get end(): WireEnd | null {
    return this.#end;
  }

  /** The message over the limit has come whole. */
  get whole(): boolean {
    return this.#whole;
  }

  /** A close frame came after the end of the reading. */
  get closedAfter(): boolean {
    return this.#closedAfter;
  }

  /** Whether the next message that is handed over came compressed. */
  takePacked(): boolean {
    return this.#packed.length > 0 && this.#packed.shift() === true;
  }

  /** A text that came whole, in one frame and alone in a chunk, as nearly all do: nobody has to put it together. Its mask is taken off the
   * bytes themselves. Null for whatever else came, which is to be read. */
  soleText(chunk: Buffer): Buffer | null {
    const { masked, compressed } = this.#options;
    const isBetween = !this.#inFrame && this.#message === null && this.#header.length === 0 && this.#end === null;
    if (!isBetween || !masked || compressed || chunk[0] !== soleTextFrame) return null;
    const second = chunk[1] ?? 0;
    const short = second & 0x7f;
    if (second < 0x80 || short === 127 || chunk.length < longestSoleHeader) return null;
    const from = short === 126 ? 8 : 6;
    const length = short === 126 ? chunk.readUInt16BE(2) : short;
    if (chunk.length !== from + length || length > this.#options.limit()) return null;
    const text = chunk.subarray(from);
    unmask(text, chunk.subarray(from - 4, from));
    return text;
  }

  /** So long nothing was read, for reasons of ours. */
  postpone(ms: number): void {
    if (this.#begun !== null) this.#begun += ms;
  }

  /** Takes the next bytes; gives how many of them go to whoever puts messages together.
   * @param now monotonic, milliseconds */
  read(chunk: Buffer, now: number): number {
    if (this.#end?.kind === "broken" || this.#end?.kind === "closed") return 0;
    const goesOn = this.#end === null;
    let at = 0;
    let passed = goesOn ? chunk.length : 0;
    let touched = false;
    while (at < chunk.length || (this.#inFrame && this.#left === 0)) {
      if (!this.#inFrame) {
        const start = at;
        this.#begun ??= now;
        at = this.#readHeader(chunk, at);
        if (this.#end && goesOn && passed === chunk.length) passed = start;
        if (this.end?.kind === "broken") return this.#stop(passed);
        if (!this.#inFrame) break;
      }
      if (this.#opcode < 8) touched = true;
      at = this.#readPayload(chunk, at);
      if (this.#left > 0) continue;
      this.#inFrame = false;
      if (this.#opcode === 8) {
        if (this.#end) this.#closedAfter = true;
        else {
          this.#end = { kind: "closed" };
          return this.#stop(at);
        }
      }
      if (this.#opcode < 8 && this.#final) {
        if (this.#end) this.#whole = true;
        else {
          if (this.#options.compressed) this.#packed.push(this.#message?.packed ?? false);
          this.#message = null;
        }
        this.#held = 0;
        this.#counted = null;
        touched = false;
      }
      if (!this.#message || this.#whole) this.#begun = null;
    }
    if (touched && !this.#end) this.#hold(chunk);
    return passed;
  }

  /** What came of the message that is not whole, or over the limit. */
  part(): PartOfMessage | null {
    const message = this.#message;
    if (!message) return null;
    const { binary, came, announced, head, hash } = message;
    const part: PartOfMessage = { binary, head: Buffer.concat(head), came, announced };
    if (hash) part.sha256 = hash.copy().digest("hex");
    return part;
  }

  /** A piece keeps all alive that it was cut from. */
  #hold({ buffer }: Buffer): void {
    if (buffer !== this.#counted) this.#held += buffer.byteLength;
    this.#held += pieceCost;
    this.#counted = buffer;
  }

  #stop(passed: number): number {
    this.#held = 0;
    this.#begun = null;
    this.#message = null;
    return passed;
  }

  /** Reads the header of a frame as far as it is there; gives where its payload begins. */
  #readHeader(chunk: Buffer, at: number): number {
    const before = this.#header.length;
    const bytes = before === 0 ? chunk.subarray(at) : Buffer.concat([this.#header, chunk.subarray(at)]);
    const [first, second] = bytes;
    if (first === undefined || second === undefined) return this.#waitForHeader(chunk, bytes);
    const problem = this.#judge(first, second);
    if (problem) return this.#break(problem, bytes, chunk);
    const short = second & 0x7f;
    const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0;
    const size = 2 + lengthBytes + (second & 0x80 ? 4 : 0);
    if (bytes.length < size) return this.#waitForHeader(chunk, bytes);
    const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short;
    if (!Number.isSafeInteger(length)) return this.#break("length", bytes, chunk);
    // A copy: a view would keep the whole chunk alive.
    this.#mask = second & 0x80 ? Buffer.from(bytes.subarray(size - 4, size)) : null;
    this.#maskAt = 0;
    this.#header = noBytes;
    this.#begin(first, length);
    return at + size - before;
  }

  #waitForHeader(chunk: Buffer, bytes: Buffer): number {
    this.#header = Buffer.from(bytes.subarray(0, longestHeader));
    return chunk.length;
  }

  #break(problem: WireProblem, bytes: Buffer, chunk: Buffer): number {
    this.#end = { kind: "broken", problem, raw: Buffer.from(bytes.subarray(0, keptHeadBytes)) };
    return chunk.length;
  }

  #judge(first: number, second: number): WireProblem | null {
    const opcode = first & 0x0f;
    const final = (first & 0x80) !== 0;
    const short = second & 0x7f;
    const mayPack = this.#options.compressed === true && (opcode === 1 || opcode === 2);
    if (first & (mayPack ? 0x30 : 0x70)) return "reserved-bits";
    if ((opcode > 2 && opcode < 8) || opcode > 10) return "unknown-opcode";
    if (((second & 0x80) !== 0) !== this.#options.masked) return this.#options.masked ? "unmasked" : "masked";
    if (opcode >= 8) {
      if (!final) return "control-fragment";
      return short > 125 || (opcode === 8 && short === 1) ? "control-length" : null;
    }
    if (this.#end) return null;
    if (opcode === 0) return this.#message ? null : "stray-continuation";
    return this.#message ? "interleaved" : null;
  }

  #begin(first: number, length: number): void {
    this.#opcode = first & 0x0f;
    this.#final = (first & 0x80) !== 0;
    this.#left = length;
    this.#inFrame = true;
    if (this.#opcode >= 8 || this.#whole) return;
    this.#message ??= {
      binary: this.#opcode === 2 || (first & 0x40) !== 0,
      packed: (first & 0x40) !== 0,
      announced: 0,
      came: 0,
      head: [],
      headLength: 0,
      hash: this.#final ? null : createHash("sha256"),
    };
    this.#message.announced += length;
    if (this.#end || this.#message.announced <= this.#options.limit()) return;
    this.#end = { kind: "over-limit" };
    this.#message.hash ??= createHash("sha256");
  }

  #readPayload(chunk: Buffer, at: number): number {
    const until = Math.min(chunk.length, at + this.#left);
    const message = this.#opcode < 8 && !this.#whole ? this.#message : null;
    // What is there whole in one frame is nobody's worry.
    const inOne = message && message.came === 0 && this.#final && !message.hash && until - at === this.#left;
    if (message && !inOne) this.#collect(message, chunk.subarray(at, until));
    if (message) message.came += until - at;
    this.#left -= until - at;
    this.#maskAt += until - at;
    return until;
  }

  #collect(message: Message, piece: Buffer): void {
    const room = Math.max(0, keptHeadBytes - message.headLength);
    const plain = this.#unmask(message.hash ? piece : piece.subarray(0, room));
    message.hash?.update(plain);
    if (room === 0 || plain.length === 0) return;
    const kept = plain.length > room ? Buffer.from(plain.subarray(0, room)) : plain;
    message.head.push(kept);
    message.headLength += kept.length;
    this.#held += kept.length;
  }

  /** A copy: the library takes the mask off the bytes themselves. */
  #unmask(piece: Buffer): Buffer {
    const plain = Buffer.from(piece);
    const mask = this.#mask;
    if (!mask) return plain;
    for (let at = 0; at < plain.length; at++) plain[at] = (plain[at] ?? 0) ^ (mask[(this.#maskAt + at) & 3] ?? 0);
    return plain;
  }
}
