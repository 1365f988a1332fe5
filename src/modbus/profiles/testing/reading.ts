import { decode } from "../../profile/decode.ts";
import { type Told, tell } from "../../profile/told.ts";
import { shippedProfiles } from "../shipped.ts";

/** Registers as a device tells them: from an address on, as on the wire, in the table of the profile unless it is said. */
export type Read = readonly [at: number, registers: readonly number[], table?: "holding" | "input"];

/** What a shipped profile tells of some registers. For tests. */
export function toldBy(name: string, reads: readonly Read[]): Told {
  const profile = shippedProfiles().find((one) => one.name === name);
  if (!profile) throw new Error(`no profile is called ${name}`);
  const blocks = reads.map(([at, registers, table = profile.table]) => {
    return { table, address: at, count: registers.length, registers };
  });
  return tell(decode(profile, blocks));
}

/** The same, with values in a short form: "Voltage L1-N": "230.1 V". */
export function valuesBy(name: string, reads: readonly Read[]): Record<string, string> {
  const samples = toldBy(name, reads).samples.flatMap((one) => one.samples);
  return Object.fromEntries(
    samples.map(({ measurand, phase, value, unit }) => [
      phase ? `${measurand} ${phase}` : measurand,
      unit ? `${value} ${unit}` : String(value),
    ]),
  );
}

/** The two registers of a float, high word first. */
export function float(value: number): [number, number] {
  const view = new DataView(new ArrayBuffer(4));
  view.setFloat32(0, value);
  return [view.getUint16(0), view.getUint16(2)];
}

/** The registers of a text, two letters in each. */
export function letters(text: string, registers = Math.ceil(text.length / 2)): number[] {
  return Array.from({ length: registers }, (_, i) => {
    const [high, low] = [text.charCodeAt(2 * i) || 0, text.charCodeAt(2 * i + 1) || 0];
    return high * 256 + low;
  });
}
