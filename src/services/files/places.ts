import { randomBytes } from "node:crypto";
import type { Clock } from "../../lib/clock.ts";
import type { FileWish } from "../../store/files/file-store.ts";

/** What a place is for: one new file, one that is kept, or one that is made while it is fetched. */
export type Place = { up: FileWish } | { down: number } | { made: MadeFile };

/** A file that is written when somebody fetches it, piece by piece. */
export type MadeFile = { name: string; text(): AsyncIterable<{ text: string }> };

/** Places where files go up and come down, each good once and for ten minutes. */
export type FilePlaces = {
  /** Its path on the port of the screens. */
  open(place: Place): string;
  /** What a path is for, and no more afterwards; null for one that is not good. */
  take(path: string): Place | null;
};

const root = "/files/";
const lifeMs = 10 * 60_000;
const most = 100;

/** Makes the places. */
export function createFilePlaces(clock: Clock): FilePlaces {
  const open = new Map<string, { place: Place; until: number }>();
  return {
    open(place) {
      const token = randomBytes(24).toString("base64url");
      open.set(token, { place, until: clock.monotonic() + lifeMs });
      if (open.size > most) open.delete(open.keys().next().value ?? "");
      return root + token;
    },
    take(path) {
      const token = path.slice(root.length);
      const found = open.get(token);
      open.delete(token);
      return found && clock.monotonic() < found.until ? found.place : null;
    },
  };
}
