import { failure } from "../../../station/failure.ts";
import { words } from "../../../station/phrases.ts";
import type { Drop, ReceiverLimits } from "../drop.ts";
import { whyBroken } from "../why.ts";
import { Incoming } from "./incoming.ts";

export type WritingOptions = {
  drop: Drop;
  name: string;
  from: string;
  /** The sender wants what is there gone: it begins at the first byte. */
  anew: boolean;
  limits: ReceiverLimits;
  /** Told by how many bytes more, or less, are held in memory. */
  onHeld: (bytes: number) => void;
};

/** One file that a client has open. It begins with the first piece: where that belongs tells whether it is gone on with. */
export class Writing {
  readonly #options: WritingOptions;
  #begun: Promise<Incoming> | null = null;
  #kept: Promise<{ size: number }> | null = null;
  #told = 0;
  #closed = false;

  constructor(options: WritingOptions) {
    this.#options = options;
  }

  get name(): string {
    return this.#options.name;
  }

  /** How much of it is here. */
  get size(): number {
    return this.#options.drop.sizeOf(this.name) ?? 0;
  }

  /** Takes a piece in, and resolves once it is written.
   * @throws FailureError where it cannot be kept */
  async write(at: number, data: Uint8Array): Promise<void> {
    this.#begun ??= this.#begin(at);
    const incoming = await this.#begun;
    await incoming.write(at, data);
  }

  /** The sender tells how long the file is, as scp does once all is written. */
  tell(size: number): void {
    this.#told = size;
  }

  /** Resolves once all of it is safe.
   * @throws where it is not */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const { drop, name, from, anew } = this.#options;
    // Opened and closed again: it is empty, or it was whole already.
    if (!this.#begun && !anew && drop.sizeOf(name) !== null) return;
    this.#begun ??= this.#begin(0);
    const incoming = await this.#begun;
    const { start, received } = incoming;
    if (this.#told > start + received) {
      const values = { told: this.#told, bytes: start + received };
      incoming.fail(failure("invalid-input", words("upload-told-more", values)));
    }
    try {
      incoming.end();
    } finally {
      // Why it broke off was told where it did.
      await this.#kept?.catch(() => undefined);
    }
    const kept = await this.#kept;
    drop.onSeen({ protocol: "sftp", from, type: "stored", name, size: kept?.size ?? 0 });
  }

  /** It breaks off. Resolves once what came of it is kept. */
  async abort(error: Error): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    const incoming = await this.#begun?.catch(() => null);
    incoming?.fail(error);
    await this.#kept?.catch(() => undefined);
  }

  async #begin(at: number): Promise<Incoming> {
    const { drop, name, from, anew, limits, onHeld } = this.#options;
    const who = { protocol: "sftp", from } as const;
    const here = drop.sizeOf(name) ?? 0;
    const start = anew || here === 0 ? 0 : at;
    const refuse = (why: ReturnType<typeof words>) => {
      drop.onSeen({ ...who, type: "refused", name, why });
      return failure("invalid-input", why);
    };
    if (start > here) throw refuse(words("upload-beyond", { at: start, bytes: here }));
    const most = Math.min(limits.fileBytes, await drop.room());
    if (most <= 0) throw refuse(words("upload-room", { bytes: 0 }));
    const incoming = new Incoming(start, most, onHeld);
    const kept = drop.receive({ ...who, name, offset: start, chunks: incoming.chunks() });
    this.#kept = kept;
    kept.catch((error: unknown) => {
      const why = whyBroken(error);
      incoming.abandon(error instanceof Error ? error : failure("unavailable", why));
      drop.onSeen({ ...who, type: "broken-off", name, received: incoming.received, why });
    });
    return incoming;
  }
}
