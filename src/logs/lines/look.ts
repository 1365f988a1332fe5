import { readFixed } from "../stamps/fixed.ts";
import { type Stamp, StampFinder } from "../stamps/stamp.ts";
import { plainText } from "./text.ts";

/** So much of a line is looked at for its stamp and its level. */
const reach = 240;

/** Looks at the beginning of lines, as bytes. */
export class LineLook {
  readonly #finder = new StampFinder();
  /** Where the last stamp stood in its line. */
  #column = 0;

  /** The stamp of a line that stands in bytes of one or more a letter. */
  stampOf(bytes: Buffer, begin: number, end: number): Stamp | undefined {
    const fixed = readFixed(bytes, begin, begin + this.#column, end);
    if (fixed) return fixed;
    const found = this.#finder.find(headOf(bytes, begin, end));
    if (found) this.#column = found.begin;
    return found;
  }
}

/** The beginning of a line as text for expressions that look for plain letters alone. */
export function headOf(bytes: Buffer, begin: number, end: number): string {
  return plainText(bytes.toString("latin1", begin, Math.min(end, begin + reach)));
}
