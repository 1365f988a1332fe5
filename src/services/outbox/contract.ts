import { z } from "zod";
import { call, tableFeed } from "../../lib/contract.ts";
import type { Words } from "../../lib/words.ts";
import type { KeptFile } from "../../station/model.ts";
import type { Destination, OutboxEntry, RedactionPreview } from "../../station/onward/outbox.ts";

const id = z.number().int().min(1);
const name = z.string().trim().min(1).max(100);
const text = z.string().trim().min(1).max(1000);
const user = z.string().max(200).optional();
const ca = z.string().max(20_000).optional();

const secret = z.object({
  password: z.string().max(2000).optional(),
  sessionToken: z.string().max(8000).optional(),
  headers: z
    .record(
      z.string().regex(/^[!#$%&'*+.^_`|~\w-]{1,100}$/),
      z
        .string()
        .max(4000)
        .regex(/^[\t\x20-\x7e\x80-\xff]*$/),
    )
    .optional(),
  query: z.string().max(4000).optional(),
  privateKey: z.string().max(20_000).optional(),
});

/** Its secrets are kept apart. Left out, those that are kept stay; null, none are kept. */
const more = { name, secret: secret.nullable().optional() };

const destination = z.discriminatedUnion("kind", [
  z.object({ ...more, kind: z.literal("folder"), path: text }),
  z.object({ ...more, kind: z.literal("http"), url: text, method: z.enum(["PUT", "POST"]).default("PUT"), user, ca }),
  z.object({ ...more, kind: z.literal("webdav"), url: text, user, ca }),
  z.object({
    ...more,
    kind: z.literal("s3"),
    endpoint: text,
    region: z.string().trim().min(1).max(50).default("us-east-1"),
    bucket: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{1,254}$/),
    prefix: z.string().trim().max(500).default(""),
    site: z.string().trim().max(100).default(""),
    pathStyle: z.boolean().default(true),
    user: z.string().trim().min(1).max(200),
    ca,
  }),
  z.object({
    ...more,
    kind: z.literal("sftp"),
    host: z.string().trim().min(1).max(255),
    port: z.number().int().min(1).max(65_535).default(22),
    path: text,
    user: z.string().trim().min(1).max(200),
    hostKey: z
      .string()
      .regex(/^SHA256:[A-Za-z0-9+/]{43}$/)
      .optional(),
  }),
]);

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
  "outbox.save": call(destination).returns<Destination>(),
  /** Fails with not-found, with conflict while a file waits for it. */
  "outbox.forget": call(z.object({ name })).returns<null>(),
  /** What would be replaced in a file before others see it. Fails with not-found, with invalid-input for what is no text. */
  "outbox.preview": call(z.object({ file: id })).returns<RedactionPreview>(),
  /** Keeps a copy of a file without what is not for others: its text alone. Fails as above. */
  "outbox.redact": call(z.object({ file: id })).returns<{ file: KeptFile; preview: RedactionPreview }>(),
  /** Writes something there and takes it away again: what is wrong, or null. Fails with not-found. */
  "outbox.test": call(z.object({ name })).returns<{ problem: Words | null }>(),
};
