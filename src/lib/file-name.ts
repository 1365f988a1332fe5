import { shownText } from "./shown-text.ts";

/** Bytes of a name: every file system takes 255, encrypted folders 143. */
const longest = 140;
const longestEnding = 16;

/** Names that Windows keeps for devices, whatever comes after a dot. */
const device = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(?:\.|$)/i;

/** Whether Windows takes it for a device and not for a file. */
export function isDeviceName(name: string): boolean {
  return device.test(name);
}

/** Whether Windows goes to another computer for it: `\\server\share`, and not `\\?\C:\` or `\\.\`. */
export function isOnNetwork(path: string): boolean {
  return /^[/\\]{2}(?:[?.][/\\]UNC[/\\]|(?![?.][/\\]))/i.test(path);
}

/** A name for a file that every system takes, that stays in its folder, is not hidden and reads as it is; a station's identity may be
 * part of it. The ending is kept where the name has to be cut. */
export function fileName(wanted: string): string {
  const kept = [...wanted.normalize("NFC")]
    .map((letter) => (shownText(letter) !== letter || '<>:"/\\|?*'.includes(letter) ? "_" : letter))
    .join("")
    .replace(/^(?:\.+|[\s\-~]+)|[.\s]+$/g, "_");
  const name = shorten(isDeviceName(kept) ? `_${kept}` : kept);
  return name === "" ? "plugside" : name;
}

function shorten(name: string): string {
  if (bytesOf(name) <= longest) return name;
  const dot = name.lastIndexOf(".");
  const ending = dot > 0 && bytesOf(name.slice(dot)) <= longestEnding ? name.slice(dot) : "";
  let room = longest - bytesOf(ending);
  let stem = "";
  for (const letter of name.slice(0, name.length - ending.length)) {
    room -= bytesOf(letter);
    if (room < 0) break;
    stem += letter;
  }
  return stem.replace(/[.\s]+$/, "_") + ending;
}

/** In UTF-8. */
function bytesOf(text: string): number {
  let bytes = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
