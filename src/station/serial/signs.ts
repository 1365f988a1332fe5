/** What prints on a console. `device`: it does not say what it is. */
export type SignSystem = "esp32" | "esp8266" | "stm32" | "zephyr" | "linux" | "u-boot" | "device";

/** Why a processor began anew, by its own word. */
export const resetCauses = [
  "power-on",
  "software",
  "watchdog",
  "brownout",
  "external",
  "deep-sleep",
  "low-power",
  "other",
] as const;
export type ResetCause = (typeof resetCauses)[number];

/** What tells of a start or an end that was meant, or at least survived. */
export const bootSigns = ["started", "reset", "going-down"] as const;
/** What tells of something that went wrong. `hang`: a processor makes no headway. `boot-loop`: it starts again and again. */
export const faultSigns = [
  "panic",
  "oops",
  "watchdog",
  "brownout",
  "hang",
  "out-of-memory",
  "storage",
  "boot-failed",
  "boot-loop",
] as const;

/** What a line of a console tells of the health of what prints it. */
export type ConsoleSign = {
  system: SignSystem;
  sign: (typeof bootSigns)[number] | (typeof faultSigns)[number];
  cause?: ResetCause;
  /** What the line says of it in its own words: a version, an exception, a task. */
  detail?: string;
  /** The line, cut. */
  said: string;
  /** So many more like it came since it was last told. */
  again?: number;
};

/** Whether it tells of something that went wrong. */
export function isFaultSign({ sign }: Pick<ConsoleSign, "sign">): boolean {
  return (faultSigns as readonly string[]).includes(sign);
}
