import { createHash, timingSafeEqual } from "node:crypto";

/** Compares in a time that tells nothing of where they differ. */
export function sameSecret(one: string | Uint8Array, other: string | Uint8Array): boolean {
  const digest = (text: string | Uint8Array) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
