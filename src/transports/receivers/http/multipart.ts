import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyHeaders } from "@fastify/busboy";

/** What a form may hold beside its files. */
const limits = { files: 20, fields: 100, fieldSize: 65_536, fieldNameSize: 1000, headerPairs: 100 };

/** Reads a form with files (RFC 7578) as it comes, and hands each file to `keep`. Other fields are passed over.
 * @returns how many files were kept
 * @throws where the form is none, breaks off, or a file could not be kept */
export async function readForm(
  request: IncomingMessage,
  keep: (name: string, chunks: AsyncIterable<Uint8Array>) => Promise<unknown>,
): Promise<number> {
  const parser = new Busboy({ headers: request.headers as BusboyHeaders, limits });
  const open = new Set<Readable>();
  const kept: Promise<unknown>[] = [];
  parser.on("file", (_field, file, name) => {
    open.add(file);
    // A form that breaks off tells it here as well; without a listener that would end the process.
    file.on("error", () => undefined);
    const work = keep(name ?? "", file).finally(() => {
      open.delete(file);
      // The rest of one that is not wanted is passed over, so that the form goes on.
      file.resume();
    });
    work.catch(() => undefined);
    kept.push(work);
  });
  try {
    await pipeline(request, parser);
  } catch (error) {
    for (const file of open) file.destroy(error instanceof Error ? error : new Error(String(error)));
    await Promise.allSettled(kept);
    throw error;
  }
  await Promise.all(kept);
  return kept.length;
}
