/** How a value stands in registers. `text`: two characters in each, the high byte first. `bit`: a coil or a discrete input. */
export const valueTypes = ["u16", "i16", "u32", "i32", "u64", "i64", "f32", "f64", "text", "bit"] as const;
export type ValueType = (typeof valueTypes)[number];

/** `words: little`: the low register first. `bytes: little`: the low byte of each register first. */
export type ValueForm = {
  type: ValueType;
  words?: "big" | "little";
  bytes?: "big" | "little";
  /** Registers of a text. */
  length?: number;
  /** Only every second byte of a text is a letter (UTF-16). */
  wide?: boolean;
};

const sizes: Record<Exclude<ValueType, "text">, number> = {
  u16: 1,
  i16: 1,
  u32: 2,
  i32: 2,
  u64: 4,
  i64: 4,
  f32: 2,
  f64: 4,
  bit: 1,
};

/** How many registers a value takes. */
export function sizeOf({ type, length = 1 }: ValueForm): number {
  return type === "text" ? length : sizes[type];
}

/** Reads a value: a number, whole numbers exactly, or a text without what fills it up. Null where a floating number is none (NaN).
 * @param registers as many as `sizeOf` says */
export function readValue(registers: readonly number[], form: ValueForm): number | bigint | string | null {
  if (form.type === "bit") return registers[0] ?? 0;
  if (form.type === "text") return readText(registers, form);
  const view = viewOf(registers, form);
  switch (form.type) {
    case "u16":
      return view.getUint16(0);
    case "i16":
      return view.getInt16(0);
    case "u32":
      return view.getUint32(0);
    case "i32":
      return view.getInt32(0);
    case "u64":
      return small(view.getBigUint64(0));
    case "i64":
      return small(view.getBigInt64(0));
    case "f32":
      return finite(shortest(view.getFloat32(0)));
    case "f64":
      return finite(view.getFloat64(0));
  }
}

/** Puts a number into registers. What does not fit is a RangeError. */
export function writeValue(value: number, { type, words, bytes }: ValueForm): number[] {
  const size = sizeOf({ type });
  const view = new DataView(new ArrayBuffer(2 * size));
  const whole = Math.round(value);
  switch (type) {
    case "u16":
      view.setUint16(0, within(whole, 0, 0xffff));
      break;
    case "i16":
      view.setInt16(0, within(whole, -0x8000, 0x7fff));
      break;
    case "u32":
      view.setUint32(0, within(whole, 0, 0xffff_ffff));
      break;
    case "i32":
      view.setInt32(0, within(whole, -0x8000_0000, 0x7fff_ffff));
      break;
    case "u64":
      view.setBigUint64(0, BigInt(within(whole, 0, Number.MAX_SAFE_INTEGER)));
      break;
    case "i64":
      view.setBigInt64(0, BigInt(whole));
      break;
    case "f32":
      view.setFloat32(0, value);
      break;
    case "f64":
      view.setFloat64(0, value);
      break;
    case "bit":
      return [within(whole, 0, 1)];
    case "text":
      throw new RangeError("a number is no text");
  }
  const registers = Array.from({ length: size }, (_, place) => view.getUint16(2 * place));
  const turned = bytes === "little" ? registers.map(turn) : registers;
  return words === "little" ? turned.reverse() : turned;
}

/** Puts a text into registers, filled up with zeros. */
export function writeText(text: string, { length = 1, bytes, wide }: ValueForm): number[] {
  const data = Buffer.from(wide ? [...text].join("\0").padStart(1) : text, "latin1");
  const shifted = wide ? Buffer.concat([Buffer.of(0), data]) : data;
  const registers = Array.from(
    { length },
    (_, place) => ((shifted[2 * place] ?? 0) << 8) | (shifted[2 * place + 1] ?? 0),
  );
  return bytes === "little" ? registers.map(turn) : registers;
}

function viewOf(registers: readonly number[], { words, bytes }: ValueForm): DataView {
  const view = new DataView(new ArrayBuffer(2 * registers.length));
  const ordered = words === "little" ? registers.toReversed() : registers;
  for (const [place, register] of ordered.entries())
    view.setUint16(2 * place, bytes === "little" ? turn(register) : register);
  return view;
}

function readText(registers: readonly number[], { bytes, wide }: ValueForm): string {
  const all = registers.flatMap((register) => {
    const one = bytes === "little" ? turn(register) : register;
    return wide ? [one & 255] : [one >>> 8, one & 255];
  });
  const end = all.indexOf(0);
  return Buffer.from(end < 0 ? all : all.slice(0, end))
    .toString("latin1")
    .trim();
}

function turn(register: number): number {
  return ((register & 255) << 8) | (register >>> 8);
}

function small(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** The digits that a single float stands for: 230.1, not 230.10000610351562. */
function shortest(value: number): number {
  return Number.isFinite(value) ? Number(value.toPrecision(7)) : value;
}

function within(value: number, least: number, most: number): number {
  if (!(value >= least && value <= most)) throw new RangeError(`${value} is not between ${least} and ${most}`);
  return value;
}
