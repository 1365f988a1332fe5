import type { SerialSettings } from "./ports.ts";

/** Speeds in the order in which consoles have them. */
export const guessedBauds = [115_200, 9600, 57_600, 38_400, 19_200, 230_400, 460_800, 921_600, 4800, 2400] as const;

/** What was heard at one speed. */
export type Heard = {
  bytes: number;
  /** The part that reads as text, 0 to 1. */
  text: number;
  /** All bytes have this parity in their highest bit: the line has seven data bits. */
  parity?: "even" | "odd";
};

/** What a port is likely set to. */
export type Guess = { settings: Pick<SerialSettings, "baudRate" | "dataBits" | "parity">; heard: Heard };

/** Enough to be sure of, and the least that is told. */
const sure = { text: 0.97, bytes: 32 };
const likely = { text: 0.85, bytes: 12 };

/** How much of what was heard reads as text, and whether it has a parity in its highest bit. */
export function judgeBytes(bytes: Uint8Array): Heard {
  if (bytes.length === 0) return { bytes: 0, text: 0 };
  const plain = share(bytes, (byte) => byte < 0x80 && isText(byte));
  const stripped = share(bytes, (byte) => isText(byte & 0x7f));
  const even = bytes.every((byte) => ones(byte) % 2 === 0);
  const odd = bytes.every((byte) => ones(byte) % 2 === 1);
  if ((even || odd) && stripped > plain && bytes.length >= likely.bytes)
    return { bytes: bytes.length, text: stripped, parity: even ? "even" : "odd" };
  return { bytes: bytes.length, text: Math.max(plain, readable(bytes)) };
}

/** Listens at one speed after the other until one reads as text; the best of all otherwise, or null where none is likely.
 * @param progress told before each speed; false ends the search */
export async function guessSettings(
  listen: (baudRate: number) => Promise<Heard>,
  progress: (at: number, baudRate: number) => boolean = () => true,
): Promise<{ guess: Guess | null; heard: number }> {
  let best: Guess | null = null;
  let most = 0;
  for (const [at, baudRate] of guessedBauds.entries()) {
    if (!progress(at, baudRate)) break;
    const heard = await listen(baudRate);
    most = Math.max(most, heard.bytes);
    if (heard.bytes < likely.bytes || heard.text < likely.text) continue;
    const frame = heard.parity
      ? { dataBits: 7 as const, parity: heard.parity }
      : { dataBits: 8 as const, parity: "none" as const };
    if (!best || heard.text > best.heard.text) best = { settings: { baudRate, ...frame }, heard };
    if (heard.text >= sure.text && heard.bytes >= sure.bytes) break;
  }
  return { guess: best, heard: most };
}

/** UTF-8 reads as text beyond ASCII; at a wrong speed its letters hardly ever come by chance. */
function readable(bytes: Uint8Array): number {
  let good = 0;
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    const length = byte < 0x80 ? 1 : byte >= 0xc2 && byte < 0xe0 ? 2 : byte >= 0xe0 && byte < 0xf0 ? 3 : 1;
    const rest = bytes.subarray(at + 1, at + length);
    const whole = rest.length === length - 1 && rest.every((one) => (one & 0xc0) === 0x80);
    const letter = length === 1 ? byte < 0x80 && isText(byte) : whole;
    if (letter) good += length;
    at += letter ? length : 1;
  }
  return good / bytes.length;
}

function isText(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x0a || byte === 0x0d || byte === 0x09 || byte === 0x1b;
}

function share(bytes: Uint8Array, fits: (byte: number) => boolean): number {
  return bytes.reduce((count, byte) => count + (fits(byte) ? 1 : 0), 0) / bytes.length;
}

function ones(byte: number): number {
  let count = 0;
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}
