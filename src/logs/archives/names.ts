import { isUtf8 } from "node:buffer";

/** The letters of a zip's old names behind 127 (code page 437). */
const oldLetters =
  "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■ ";

/** A name of an entry: UTF-8 where it can be, else the letters that its archive had of old. */
export function entryName(bytes: Buffer, old: "cp437" | "latin1"): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  if (old === "latin1") return bytes.toString("latin1");
  return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : oldLetters[byte - 128])).join("");
}

/** A name within its archive, as a path that leads nowhere else: no root, no drive, no way up. */
export function tamePath(name: string): string {
  const parts = name
    .replaceAll("\\", "/")
    .replace(/^[a-z]:/i, "")
    .split("/")
    .filter((part) => part !== "" && part !== "." && part !== "..");
  return parts.join("/").slice(0, longestName) || "-";
}

const longestName = 1000;
