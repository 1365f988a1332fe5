import type { Source } from "../bytes/source.ts";
import type { HexRow } from "../model.ts";

const rowSize = 16;
const mostRows = 4096;

/** Some rows of bytes from a place on, which is taken back to the beginning of its row. */
export async function readHex(source: Source, from: number, rows: number): Promise<HexRow[]> {
  const begin = Math.max(0, from - (from % rowSize));
  const bytes = await source.read(begin, Math.min(rows, mostRows) * rowSize);
  return Array.from({ length: Math.ceil(bytes.length / rowSize) }, (_, row) => {
    const part = bytes.subarray(row * rowSize, (row + 1) * rowSize);
    return {
      at: begin + row * rowSize,
      hex: part.toString("hex").replace(/..(?!$)/g, "$& "),
      letters: Array.from(part, (byte) => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : ".")).join(""),
    };
  });
}
