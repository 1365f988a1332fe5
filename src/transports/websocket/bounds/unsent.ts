import { mostUnsentBeforePause, mostUnsentBytes, pieceCost } from "../../../station/bounds.ts";

export type UnsentOptions = {
  /** So many bytes are unsent now. */
  changed: (bytes: number) => void;
  /** Nothing more is to be read from who does not read, or all is well again. */
  pause: (paused: boolean) => void;
};

/** Counts what waits to be sent on one connection, with what each message costs beside its bytes. */
export class Unsent {
  readonly #options: UnsentOptions;
  #bytes = 0;
  #paused = false;

  constructor(options: UnsentOptions) {
    this.#options = options;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** True when so much waits that nothing may be added. */
  get full(): boolean {
    return this.#bytes > mostUnsentBytes;
  }

  /** A message is about to be sent; call what this gives when it is out. */
  add(data: string | Uint8Array): () => void {
    const cost = (typeof data === "string" ? Buffer.byteLength(data) : data.byteLength) + pieceCost;
    this.#set(this.#bytes + cost);
    return () => this.#set(this.#bytes - cost);
  }

  #set(bytes: number): void {
    this.#bytes = bytes;
    this.#options.changed(bytes);
    const paused = bytes > (this.#paused ? mostUnsentBeforePause / 2 : mostUnsentBeforePause);
    if (paused === this.#paused) return;
    this.#paused = paused;
    this.#options.pause(paused);
  }
}
