/** A line of a console. */
export type ConsoleLine = {
  /** Our clock, of its first byte. */
  at: number;
  text: string;
  /** It has not ended yet, or is longer than a line may be. */
  isPart?: true;
};

/** A longer line is told in parts, characters. */
const longestLine = 8192;

/** Cuts what comes on a console into lines, whatever ends them: CR, LF or both. Bytes that are no UTF-8 become U+FFFD. */
export class LineCutter {
  readonly #longest: number;
  readonly #decoder = new TextDecoder("utf-8");
  #line = "";
  #at = 0;
  #afterReturn = false;

  /** @param longest a line, characters */
  constructor(longest = longestLine) {
    this.#longest = longest;
  }

  /** Takes bytes; hands back the lines that they end.
   * @param at our clock, when they came */
  push(bytes: Uint8Array, at: number): ConsoleLine[] {
    const lines: ConsoleLine[] = [];
    for (const part of this.#decoder.decode(bytes, { stream: true }).split(/(?<=[\r\n])/)) {
      const end = part.at(-1);
      const ended = end === "\r" || end === "\n";
      const text = ended ? part.slice(0, -1) : part;
      const wasReturn = this.#afterReturn;
      this.#afterReturn = end === "\r";
      if (ended && text === "" && end === "\n" && wasReturn) continue;
      if (this.#line === "") this.#at = at;
      this.#line += text;
      if (ended) lines.push(this.#take());
      while (this.#line.length > this.#longest) {
        lines.push({ at: this.#at, text: this.#line.slice(0, this.#longest), isPart: true });
        this.#line = this.#line.slice(this.#longest);
      }
    }
    return lines;
  }

  /** What has come of a line that has not ended, as a prompt; null where nothing has. */
  rest(): ConsoleLine | null {
    return this.#line === "" ? null : { ...this.#take(), isPart: true };
  }

  #take(): ConsoleLine {
    const line = { at: this.#at, text: this.#line };
    this.#line = "";
    return line;
  }
}
