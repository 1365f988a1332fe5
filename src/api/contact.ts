import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Disposable } from "../lib/disposable.ts";
import { patiently } from "../lib/patient.ts";
import { replaceFile } from "../lib/write-file.ts";

/** How the command line reaches a running core. */
export type Contact = z.infer<typeof contactShape>;

/** `ports`: where stations connect, in the order asked for; for a core that is started again in place of this one. */
const contactShape = z.object({
  url: z.string(),
  secret: z.string(),
  pid: z.number().int(),
  ports: z.array(z.number().int()).default([]),
});
const fileName = "core.json";

/** Writes the contact of this core into its data folder, readable by its user alone; takes it away again when disposed. */
export function contactFile(dataFolder: string, contact: Contact): Disposable {
  const path = join(dataFolder, fileName);
  // Where the power is cut there is no core to be reached either.
  replaceFile(path, `${JSON.stringify(contact)}\n`, false);
  return {
    dispose() {
      if (readContact(dataFolder)?.secret === contact.secret) patiently(() => rmSync(path, { force: true }));
    },
  };
}

/** The contact of the core that uses a folder, or did when it was killed. Null when there is none. */
export function readContact(dataFolder: string): Contact | null {
  try {
    return contactShape.parse(JSON.parse(readFileSync(join(dataFolder, fileName), "utf8")));
  } catch {
    return null;
  }
}
