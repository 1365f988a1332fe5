import type { Words } from "../../lib/words.ts";
import { english, words } from "../../station/phrases.ts";

/** Why a question got no good answer. `echo`: our own bytes came back, and nothing else. `gone`: the port or the connection. */
export type TroubleKind =
  | "no-answer"
  | "cut"
  | "bad-check"
  | "echo"
  | "other-unit"
  | "no-fit"
  | "exception"
  | "no-modbus"
  | "gone";

/** A question that got no good answer. `raw`: what came. */
export class ModbusTrouble extends Error {
  readonly kind: TroubleKind;
  readonly words: Words;
  readonly raw: Uint8Array;
  /** The exception's code, where it is one. */
  readonly code: number | undefined;

  constructor(kind: TroubleKind, told: Words, raw: Uint8Array = new Uint8Array(), code?: number) {
    super(english(told));
    this.kind = kind;
    this.words = told;
    this.raw = raw;
    this.code = code;
  }
}

const exceptions: Readonly<Record<number, Words>> = {
  1: words("modbus-exception-function"),
  2: words("modbus-exception-address"),
  3: words("modbus-exception-value"),
  4: words("modbus-exception-failure"),
  5: words("modbus-exception-acknowledge"),
  6: words("modbus-exception-busy"),
  8: words("modbus-exception-memory"),
  10: words("modbus-exception-gateway"),
  11: words("modbus-exception-target"),
};

/** A device's refusal (Modbus Application Protocol V1.1b3, 7). */
export function exceptionTrouble(code: number, raw: Uint8Array): ModbusTrouble {
  return new ModbusTrouble("exception", exceptions[code] ?? words("modbus-exception-other", { code }), raw, code);
}
