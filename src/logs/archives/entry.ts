import type { Words } from "../../lib/words.ts";
import type { Bytes, Source } from "../bytes/source.ts";

/** What an archive says of something in it. */
export type Entry = {
  /** As it is told there: it leads nowhere, and may hold any letter. */
  name: string;
  /** Bytes unpacked, where that is told. */
  size?: number;
  /** When it was last changed; of a zip or tar without a zone, as its writer's clock showed it. */
  changedAt?: number;
  /** Why its bytes cannot be had. */
  problem?: Words;
  /** Its bytes at rest, where they lie in the archive as they are. */
  atRest?(): Promise<Source>;
  /** Reads all of what lies at rest against the checksum that the archive tells, where it tells one.
   * @throws DamagedError where it is not this
   * @throws AbortError, by the signal of the reading */
  check?(): Promise<void>;
  /** Its bytes, once; of most archives only before the next entry is asked for. */
  open(): Bytes;
};

/** The entries of an archive, in its order: files alone. */
export type Entries = AsyncGenerator<Entry, void, undefined>;
