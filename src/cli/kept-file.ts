import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { CoreClient } from "../api/client.ts";
import { readContact } from "../api/contact.ts";
import { type Failure, FailureError } from "../lib/contract.ts";

/** Writes a file that the core keeps to `out`, which must not be there yet.
 * @throws FailureError as the core says */
export async function fetchFile(core: CoreClient, folder: string, id: number, out: string): Promise<void> {
  const place = await core.call("files.download", { id });
  const answer = await fetch(urlOf(folder, place.path));
  if (!answer.ok || !answer.body) throw await failureOf(answer);
  await pipeline(Readable.fromWeb(answer.body as never), createWriteStream(out, { flags: "wx" }));
}

/** The failure that the core tells in place of a file. */
export async function failureOf(answer: Response): Promise<FailureError> {
  const { code, message, details, words } = (await answer.json()) as Failure;
  return new FailureError(code, message, details, words);
}

/** A place for files of the core that runs on a folder. */
export function urlOf(folder: string, path: string): string {
  const contact = readContact(folder);
  if (!contact) throw new Error("The core is gone.");
  return new URL(path, contact.url.replace(/^ws/, "http")).href;
}
