import type { SerialSettings } from "./ports.ts";

/** Speeds in the order in which consoles have them; 74,880 is that of the ROM of an ESP8266, 1,500,000 of Rockchip boards. */
const guessedBauds = [
  115_200, 9600, 57_600, 38_400, 19_200, 230_400, 460_800, 921_600, 74_880, 1_500_000, 4800, 2400,
] as const;

/** How bytes are framed, as far as listening can tell: a stop bit more is heard as silence. */
export type HeardFrame = Pick<SerialSettings, "dataBits" | "parity">;

/** What a port is listened to with. */
export type ListenSettings = Pick<SerialSettings, "baudRate"> & HeardFrame;

/** What was heard at one setting. */
export type Heard = {
  bytes: number;
  /** The part that reads as text, 0 to 1. */
  text: number;
  /** All bytes have this parity in their highest bit: the line has seven data bits. */
  parity?: "even" | "odd";
  /** Letters came of one parity alone: those of the other were dropped, as eight bits with this parity are where none is expected. */
  dropped?: "even" | "odd";
  /** The port passes bytes alone, and has no speed. */
  plain?: true;
};

/** What a port is likely set to. `orElse`: read in these ways it reads as well, or nothing was heard to rule them out. */
export type Guess = { settings: ListenSettings; heard: Heard; orElse: HeardFrame[] };

/** What is heard of a port in all. `plain`: it passes bytes alone, so there is no speed to find. */
export type Guessed = { guess: Guess | null; heard: number; plain?: true };

/** Enough to be sure of, and the least that is told. */
const sure = { text: 0.97, bytes: 32 };
const likely = { text: 0.85, bytes: 12 };

/** Different letters that all have one parity by chance: one time in a thousand at the most. */
const mostByChance = 10;

const none: HeardFrame = { dataBits: 8, parity: "none" };
const others: readonly HeardFrame[] = [
  { dataBits: 8, parity: "even" },
  { dataBits: 8, parity: "odd" },
];

/** Settings that are listened to at the most. */
export const mostListened = guessedBauds.length + others.length;

/** How much of what was heard reads as text, and what its bits tell of a parity. */
export function judgeBytes(bytes: Uint8Array): Heard {
  if (bytes.length === 0) return { bytes: 0, text: 0 };
  const plain = share(bytes, (byte) => byte < 0x80 && isText(byte));
  const stripped = share(bytes, (byte) => isText(byte & 0x7f));
  const even = bytes.every((byte) => ones(byte) % 2 === 0);
  const odd = bytes.every((byte) => ones(byte) % 2 === 1);
  if ((even || odd) && stripped > plain && bytes.length >= likely.bytes)
    return { bytes: bytes.length, text: stripped, parity: even ? "even" : "odd" };
  const heard: Heard = { bytes: bytes.length, text: Math.max(plain, readable(bytes)) };
  // A byte with an odd count of ones ends in a 1 under even parity, which passes for the stop bit; the others break the frame.
  if ((even || odd) && plain === 1 && new Set(bytes).size >= mostByChance) heard.dropped = odd ? "even" : "odd";
  return heard;
}

/** Listens at one speed after the other until one reads as text; the best of all otherwise, or null where none is likely. Then it listens for a
 * parity: a line with one reads as text without it on many adapters, which do not tell errors, and loses letters on others.
 * @param progress told before each; false ends the search */
export async function guessSettings(
  listen: (settings: ListenSettings) => Promise<Heard>,
  progress: (at: number, settings: ListenSettings) => boolean = () => true,
): Promise<Guessed> {
  let best: Omit<Guess, "orElse"> | null = null;
  let most = 0;
  for (const [at, baudRate] of guessedBauds.entries()) {
    const settings = { baudRate, ...none };
    if (!progress(at, settings)) return { guess: null, heard: most };
    const heard = await listen(settings);
    most = Math.max(most, heard.bytes);
    if (heard.plain) return { guess: null, heard: heard.bytes, plain: true };
    if (heard.bytes < likely.bytes || heard.text < likely.text) continue;
    if (!best || heard.text > best.heard.text) best = { settings, heard };
    if (heard.text >= sure.text && heard.bytes >= sure.bytes) break;
  }
  return { guess: best && (await withParity(best, listen, progress)), heard: most };
}

/** Looks whether a line that reads as text has a parity after its eight bits. */
async function withParity(
  best: Omit<Guess, "orElse">,
  listen: (settings: ListenSettings) => Promise<Heard>,
  progress: (at: number, settings: ListenSettings) => boolean,
): Promise<Guess> {
  const { settings, heard } = best;
  // Seven bits with a parity are as long as eight without: they were heard whole.
  if (heard.parity) return { settings: { ...settings, dataBits: 7, parity: heard.parity }, heard, orElse: [] };
  const tried = new Map<HeardFrame["parity"], Heard>();
  for (const [n, frame] of others.entries()) {
    const next = { ...settings, ...frame };
    if (progress(guessedBauds.length + n, next)) tried.set(frame.parity, await listen(next));
  }
  function isOpen({ parity }: HeardFrame): boolean {
    const there = tried.get(parity);
    return !there || there.bytes < likely.bytes || isWhole(there);
  }
  if (heard.dropped === undefined) return { ...best, orElse: others.filter(isOpen) };
  const frame = { dataBits: 8, parity: heard.dropped } as const;
  const there = tried.get(heard.dropped);
  if (there && isWhole(there)) return { settings: { ...settings, ...frame }, heard: there, orElse: [] };
  return isOpen(frame) ? { settings: { ...settings, ...frame }, heard, orElse: [none] } : { ...best, orElse: [] };
}

function isWhole({ bytes, text, dropped, parity }: Heard): boolean {
  return bytes >= likely.bytes && text >= sure.text && !dropped && !parity;
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
