import { cutText } from "../../../lib/text.ts";

/** What stands on a line beside OCPP: an object, where OCPP has a list. Either end may leave it out.
 * `hello`: a station says who it is and what it speaks, as its request does over a WebSocket, and the central system says what it
 * takes; one that has begun anew asks for a hello by one that takes nothing. `close`: goodbye (RFC 6455 7.4). */
export type Control =
  | { kind: "hello"; identity?: string; subprotocols: string[]; software?: string }
  | { kind: "close"; code: number; reason: string };

const longestControl = 4096;
const longestIdentity = 48;
const longestWord = 200;
const mostSubprotocols = 10;
const brace = 0x7b;

/** Reads a message of the line's own; null for what is none. */
export function readControl(data: Uint8Array): Control | null {
  if (data[0] !== brace || data.length > longestControl) return null;
  try {
    const { hello, close } = JSON.parse(Buffer.from(data).toString("utf8"));
    if (isObject(hello)) {
      const { identity, subprotocols, software } = hello;
      const told = Array.isArray(subprotocols) ? subprotocols : [];
      const offered = told.filter((one) => typeof one === "string").slice(0, mostSubprotocols);
      return {
        kind: "hello",
        ...(typeof identity === "string" && isIdentity(identity) && { identity }),
        ...(typeof software === "string" && { software: cutText(software, longestWord) }),
        subprotocols: offered.map((one) => cutText(one, longestWord)),
      };
    }
    if (!isObject(close)) return null;
    const { code, reason } = close;
    return {
      kind: "close",
      code: Number.isInteger(code) && Number(code) >= 1000 && Number(code) < 5000 ? Number(code) : 1005,
      reason: typeof reason === "string" ? cutText(reason, longestWord) : "",
    };
  } catch {
    return null;
  }
}

/** A message of the line's own, as it goes out. */
export function writeControl({ kind, ...rest }: Control): Uint8Array {
  return Buffer.from(JSON.stringify({ [kind]: rest }));
}

/** Whether a text can be the identity of a station (OCPP-J 1.6 3.1.1: it is part of a URL there). */
export function isIdentity(text: string): boolean {
  return (
    text.length > 0 && text.length <= longestIdentity && /^[\x21-\x7e\xa1-\uffff]+$/.test(text) && !/[/\\?#]/.test(text)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
