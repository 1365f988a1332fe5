/** Bytes of their text in base64. */
export function fromBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** Bytes as a text in base64. */
export function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

const known: Readonly<Record<string, string>> = { r: "\r", n: "\n", t: "\t", "\\": "\\", "0": "\0" };

/** What a macro sends: `\r`, `\n`, `\t`, `\0`, `\\` and `\x1b` stand for what cannot be typed. */
export function unescaped(text: string): string {
  return text.replace(
    /\\(?:x([\da-f]{2})|([rnt0\\]))/gi,
    (_all, hex: string | undefined, letter: string | undefined) =>
      hex ? String.fromCharCode(Number.parseInt(hex, 16)) : (known[(letter ?? "").toLowerCase()] ?? ""),
  );
}
