const longestLine = 4096;

/** Cuts a control connection into lines: over segments, with CRLF or LF, without telnet's commands before ABOR. */
export class ControlLines {
  #rest = Buffer.alloc(0);

  /** True while a line has begun that has not ended. */
  get unfinished(): boolean {
    return this.#rest.length > 0;
  }

  /** Takes a segment in.
   * @throws RangeError when a line is longer than 4096 bytes */
  push(segment: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, segment]);
    if (this.#rest.length > longestLine && !this.#rest.subarray(0, longestLine).includes(10))
      throw new RangeError("line too long");
  }

  /** The next whole line, or null. */
  next(): string | null {
    const end = this.#rest.indexOf(10);
    if (end < 0) return null;
    let line = this.#rest.subarray(0, end);
    this.#rest = this.#rest.subarray(end + 1);
    if (line.at(-1) === 13) line = line.subarray(0, -1);
    // RFC 959: ABOR may come after telnet's IAC IP IAC DM.
    while (line.length > 0 && (line[0] ?? 0) >= 0xf0) line = line.subarray(line[0] === 0xff ? 2 : 1);
    const text = line.toString("utf8");
    return text.includes("\ufffd") ? line.toString("latin1") : text;
  }
}
