/** The lines of an input, put together piece by piece. One over the bound is passed over to its end and told once: who pours
 * something endless in must not fill the memory. */
export class InputLines {
  readonly #most: number;
  readonly #tooLong: () => void;
  readonly #decoder = new TextDecoder();
  #line = "";
  #isOver = false;
  #afterReturn = false;

  /** @param most characters of a line
   * @param tooLong told as a line becomes longer; nothing of it is given */
  constructor(most: number, tooLong: () => void) {
    this.#most = most;
    this.#tooLong = tooLong;
  }

  /** The lines that a piece ends, without their line ends (LF, CR LF or CR). */
  take(piece: Uint8Array): string[] {
    const text = this.#decoder.decode(piece, { stream: true });
    if (text === "") return [];
    const parts = (this.#afterReturn && text.startsWith("\n") ? text.slice(1) : text).split(/\r\n|\n|\r/);
    this.#afterReturn = text.endsWith("\r");
    const last = parts.pop() ?? "";
    const lines = parts.flatMap((part) => {
      this.#add(part);
      return this.#end();
    });
    this.#add(last);
    return lines;
  }

  /** What is left when the input is over: a last line that nothing ended. */
  rest(): string[] {
    this.#add(this.#decoder.decode());
    return this.#line === "" ? [] : this.#end();
  }

  #add(part: string): void {
    if (this.#isOver) return;
    this.#line += part;
    if (this.#line.length <= this.#most) return;
    this.#line = "";
    this.#isOver = true;
    this.#tooLong();
  }

  #end(): string[] {
    const ended = this.#isOver ? [] : [this.#line];
    this.#line = "";
    this.#isOver = false;
    return ended;
  }
}
