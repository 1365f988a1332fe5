import { isUtf8 } from "node:buffer";
import { shownText } from "../../lib/shown-text.ts";

/** Bytes that were read as Latin-1, as text: in UTF-8 where they are that. */
export function asText(latin: string): string {
  const bytes = Buffer.from(latin, "latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : latin;
}

/** The same, with what cannot be seen written out, as in \\x00. */
export function readable(latin: string): string {
  return shownText(asText(latin));
}
