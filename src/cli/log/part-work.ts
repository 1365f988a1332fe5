import type { Words } from "../../lib/words.ts";
import type { LogPart } from "../../logs/log.ts";

/** What is done with each part of a file, and at the end. */
export type PartWork = {
  /** @param left so many lines may still be printed
   * @returns how many were; and why the part ends too early */
  take(found: LogPart, left: number): Promise<{ printed: number; problem?: Words }>;
  end(): Promise<void>;
};
