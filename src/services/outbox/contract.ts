import { z } from "zod";
import { call, tableFeed } from "../../lib/contract.ts";
import type { Words } from "../../lib/words.ts";
import type { Destination, OutboxEntry } from "../../station/model.ts";

const id = z.number().int().min(1);
const name = z.string().trim().min(1).max(100);

export const outboxContract = {
  /** What waits to be sent onward, what went and what cannot go, oldest first. */
  "outbox.list": tableFeed("id", z.object({})).of<OutboxEntry>(),
  /** Puts a file there; one that is there for that destination already is not sent twice, and is tried now if it waits or had stopped.
   * Fails with not-found, with conflict while it is coming. */
  "outbox.add": call(z.object({ file: id, destination: name })).returns<OutboxEntry>(),
  /** Takes one out; what went stays where it is. Fails with not-found. */
  "outbox.remove": call(z.object({ id })).returns<null>(),
  /** Tries all that waits now. */
  "outbox.run": call(z.object({})).returns<null>(),
  "outbox.destinations": tableFeed("name", z.object({})).of<Destination>(),
  /** Keeps a destination, in place of the one of that name; what waits for it is tried now. Fails with invalid-input, conflict. */
  "outbox.save": call(
    z.object({ name, kind: z.literal("folder"), path: z.string().trim().min(1).max(1000) }),
  ).returns<Destination>(),
  /** Fails with not-found, with conflict while a file waits for it. */
  "outbox.forget": call(z.object({ name })).returns<null>(),
  /** Writes something there and takes it away again: what is wrong, or null. Fails with not-found. */
  "outbox.test": call(z.object({ name })).returns<{ problem: Words | null }>(),
};
