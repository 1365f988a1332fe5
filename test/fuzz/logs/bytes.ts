import { readdirSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Random } from "../../../src/simulator/random.ts";
import { tarOf } from "../../harness/tar.ts";

const folder = new URL("../../archives/", import.meta.url);
const archives = readdirSync(folder)
  .filter((name) => !name.endsWith(".md"))
  .map((name) => ({ name, bytes: readFileSync(new URL(name, folder)) }));
const names = archives.map(({ name }) => name);
const odd = [0, 1, 0x7f, 0x80, 0xff, 0x50, 0x4b, 0x0a, 0x0d];

/** A file as nobody made it: an archive, or a text, in which bytes were changed, cut out, doubled or put in; by itself or packed again. */
export function spoiltFile(random: Random): { name: string; bytes: Buffer } {
  const { name, bytes } = random.pick(archives);
  let spoilt: Buffer = Buffer.from(bytes);
  const changes = Math.floor(random.next() ** 3 * 20);
  for (let left = changes; left > 0; left--) spoilt = change(spoilt, random);
  if (random.next() < 0.15) return { name: `${name}.gz`, bytes: gzipSync(spoilt) };
  if (random.next() < 0.15)
    return {
      name: "all.tar",
      bytes: tarOf([
        [name, spoilt],
        [random.pick(names), bytes],
      ]),
    };
  return { name, bytes: spoilt };
}

function change(bytes: Buffer, random: Random): Buffer {
  const at = placeIn(bytes, random);
  const length = 1 + Math.floor(random.next() ** 4 * 300);
  switch (Math.floor(random.next() * 5)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 1:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    case 2:
      return bytes.subarray(0, at);
    default:
      for (let place = at; place < Math.min(bytes.length, at + Math.ceil(length / 30)); place++) {
        bytes[place] = random.next() < 0.5 ? random.pick(odd) : Math.floor(random.next() * 256);
      }
      return bytes;
  }
}

/** Heads and directories stand at either end. */
function placeIn({ length }: Buffer, random: Random): number {
  const near = Math.floor(random.next() ** 2 * length);
  return random.next() < 0.4
    ? near
    : random.next() < 0.5
      ? Math.max(0, length - 1 - near)
      : Math.floor(random.next() * length);
}

const pieces = [
  "2026-11-26T10:02:11.042Z",
  "2026-11-26 10:02:11,042",
  "Nov 26 10:02:11",
  "Feb 31 25:61:61",
  "[   12.345678]",
  "1795687331042",
  "99999999999999999999",
  "[error]",
  "ERROR",
  "<3>",
  "<999>",
  "level=",
  '[2,"a","Heartbeat",{}]',
  '[2,\\"a\\",\\"Heartbeat\\",{\\"b\\":\\"\\\\\\"\\"}]',
  '[3,"a",{"currentTime":"2026-11-26T10:02:11Z"}]',
  "[2,&quot;a&quot;,&quot;B&quot;,{}]",
  "5b322c2261222c2242222c7b7d5d",
  "[".repeat(200),
  '[2,"',
  "\\".repeat(50),
  "\\u00",
  "\u001b[31m",
  "\u001b[",
  "\0".repeat(20),
  "å",
  "\ud800",
  "\r",
  "\n",
  "\r\n",
  " ",
  "x".repeat(3000),
];

/** A text of pieces that mean something, in any order, in any encoding. */
export function oddText(random: Random): Buffer {
  const count = 1 + Math.floor(random.next() ** 2 * 400);
  const text = Array.from({ length: count }, () => random.pick(pieces)).join("");
  const encoding = random.pick(["utf8", "utf8", "latin1", "utf16le"] as const);
  return Buffer.from(encoding === "utf16le" ? `\ufeff${text}` : text, encoding);
}

const patterns = [
  "a",
  "[^x]",
  "\\s",
  "\\S",
  "(a|b)*",
  "^",
  "$",
  "\\b",
  "(?=x)",
  "(?<!\\s)",
  "[\\s\\S]",
  "\\n",
  ".",
  "{2,}",
  "(",
  "[",
  "\\",
  "å",
  "\\u00e5",
];

/** Letters to look for: an expression that ends soon, or what is none. */
export function oddPattern(random: Random): string {
  return Array.from({ length: 1 + Math.floor(random.next() * 4) }, () => random.pick(patterns)).join("");
}
