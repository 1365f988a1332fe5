import { isUtf8 } from "node:buffer";

/** Bytes that were read as Latin-1, as text: in UTF-8 where they are that. */
export function asText(latin: string): string {
  const bytes = Buffer.from(latin, "latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : latin;
}

/** The same, with what cannot be seen written out, as in \\x00. */
export function readable(latin: string): string {
  return asText(latin).replace(
    invisible,
    (character) => `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, "0")}`,
  );
}

/** True for text with characters that cannot be seen, or that change how others are shown. */
export function hasInvisible(text: string): boolean {
  return text.search(invisible) !== -1;
}

const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
