import { keep, kept } from "../../core/kept.ts";

export const mostMacros = 24;
const longestMacro = 200;
const name = "console.macros";

/** The macros that this window keeps. */
export function readMacros(): string[] {
  try {
    const read: unknown = JSON.parse(kept(name) ?? "[]");
    if (!Array.isArray(read)) return [];
    return read.filter((one) => typeof one === "string" && one.length <= longestMacro).slice(0, mostMacros);
  } catch {
    return [];
  }
}

/** Keeps them. */
export function writeMacros(macros: readonly string[]): void {
  keep(name, JSON.stringify(macros));
}
