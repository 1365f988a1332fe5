import type { ConsoleProfile } from "./profile.ts";

const ends = { cr: "\r", lf: "\n", crlf: "\r\n" } as const;

/** A command as it goes out: with its check and its line end. */
export function written({ check, ends: end }: Pick<ConsoleProfile, "check" | "ends">, command: string): string {
  return sealed(command, check) + ends[end];
}

/** A command with its check behind it: for RAPI "^" and all characters before it XORed, as two hex digits (rapi_proc.h). */
export function sealed(text: string, check: ConsoleProfile["check"]): string {
  return check === "none" ? text : `${text}^${hex(xorOf(text))}`;
}

/** An answer without its check; null where the check does not fit. An answer that bears none passes: old firmware sends none. */
export function opened(line: string, check: ConsoleProfile["check"]): string | null {
  if (check === "none") return line;
  const match = /^(.*)\^([\da-f]{2})$/i.exec(line);
  if (!match) return line.includes("^") ? null : line;
  const [, text = "", said = ""] = match;
  return hex(xorOf(text)) === said.toUpperCase() ? text : null;
}

function xorOf(text: string): number {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum ^= text.charCodeAt(at) & 0xff;
  return sum;
}

function hex(byte: number): string {
  return byte.toString(16).toUpperCase().padStart(2, "0");
}
