/** The lowest profile as it is chosen. */
export const profiles = ["any", "p0", "p1", "p2", "p3"] as const;

/** A profile as it was chosen; null for any. */
export function readProfile(chosen: string | null): number | null {
  return chosen?.startsWith("p") ? Number(chosen.slice(1)) : null;
}

/** True for a SHA-256 fingerprint, with or without colons. */
export function isFingerprint(text: string): boolean {
  return /^([0-9a-f]{2}:?){31}[0-9a-f]{2}$/i.test(text);
}

/** How many times, as typed; undefined where it is no whole number from 1 to 100. */
export function readTimes(text: string): number | undefined {
  const times = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return times >= 1 && times <= 100 ? times : undefined;
}

/** Seconds as typed: null for none, undefined where it is no whole number from 0 to a day. */
export function readSeconds(text: string): number | null | undefined {
  if (text === "") return null;
  const seconds = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  return seconds <= 86_400 ? seconds : undefined;
}
