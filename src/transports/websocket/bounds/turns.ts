import type { Clock } from "../../../lib/clock.ts";
import { pieceBytes, turnBytes } from "../../../station/bounds.ts";

/** Who reads what came, piece by piece, and is told when all of it is read. */
export type PieceReader = { read(piece: Buffer): void; done(): void };

type Waiting = { reader: PieceReader; rest: Buffer };

export type TurnsOptions = {
  /** False while enough waits to be stored. */
  ready: () => boolean;
  clock: Clock;
};

/** Turns of the event loop that are looked at in a row while nothing may be read; then there is a pause. */
const quickLooks = 16;
const pauseMs = 20;

/** Shares the reading among links. As long as the record keeps up what comes is read at once; past that everybody waits, who sends
 * little goes first, and the others go in turn, a piece each. */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #little: Waiting[] = [];
  readonly #much: Waiting[] = [];
  #scheduled = false;
  #looks = 0;

  constructor(options: TurnsOptions) {
    this.#options = options;
  }

  /** Reads what came as far as it may be read now. True when that was all; else the rest follows by itself, and nothing more may be
   * given until then. */
  take(reader: PieceReader, chunk: Buffer): boolean {
    const little = chunk.length <= pieceBytes;
    if (little && this.#little.length === 0 && this.#options.ready()) {
      reader.read(chunk);
      return true;
    }
    const waiting = { reader, rest: chunk };
    if (!little && this.#little.length === 0 && this.#much.length === 0) {
      while (waiting.rest.length > 0 && this.#options.ready()) readPiece(waiting);
      if (waiting.rest.length === 0) return true;
    }
    (little ? this.#little : this.#much).push(waiting);
    this.#soon();
    return false;
  }

  /** Reads at once what waits of this reader: nothing more will come. */
  finish(reader: PieceReader): void {
    for (const queue of [this.#little, this.#much]) {
      const at = queue.findIndex((waiting) => waiting.reader === reader);
      const [waiting] = at === -1 ? [] : queue.splice(at, 1);
      while (waiting && waiting.rest.length > 0) readPiece(waiting);
    }
  }

  #soon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // A record that cannot be written is not asked a thousand times in a second.
    if (this.#looks < quickLooks) setImmediate(() => this.#go());
    else this.#options.clock.after(pauseMs, () => this.#go());
  }

  #go(): void {
    this.#scheduled = false;
    this.#looks++;
    for (let read = 0; read < turnBytes && this.#options.ready(); ) {
      const waiting = this.#little.shift() ?? this.#much.shift();
      if (!waiting) break;
      this.#looks = 0;
      read += readPiece(waiting);
      if (waiting.rest.length > 0) this.#much.push(waiting);
      else waiting.reader.done();
    }
    if (this.#little.length > 0 || this.#much.length > 0) this.#soon();
  }
}

/** Gives how much was read. */
function readPiece(waiting: Waiting): number {
  const piece = waiting.rest.subarray(0, pieceBytes);
  waiting.rest = waiting.rest.subarray(pieceBytes);
  waiting.reader.read(piece);
  return piece.length;
}
