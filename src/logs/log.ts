import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Words } from "../lib/words.ts";
import { failure, whyOf } from "../station/failure.ts";
import { words } from "../station/phrases.ts";
import { type Limits, usualLimits } from "./archives/limits.ts";
import { listParts, openPart } from "./archives/parts.ts";
import { openSource, type Source } from "./bytes/source.ts";
import { isText } from "./lines/encoding.ts";
import { type LogText, openText } from "./lines/text.ts";
import type { Encoding, Part } from "./model.ts";

/** A file of logs, open for reading: one text, or an archive of many. Nothing is written. */
export type Log = {
  readonly name: string;
  readonly size: number;
  readonly changedAt: number;
  /** All that is in it, as it is found. Whoever wants all of it opens each as it comes: an archive is then gone through once. */
  parts(signal?: AbortSignal): AsyncGenerator<LogPart>;
  /** Opens a part by its id. What is packed is held in memory, packed.
   * @throws FailureError for one that there is not, or that cannot be read */
  open(id: string, options?: OpenOptions): Promise<OpenLog>;
  close(): Promise<void>;
};

export type LogPart = {
  part: Part;
  /** Opens it, before the next is asked for. Fails as `open` of the file. */
  open(options?: OpenOptions): Promise<OpenLog>;
};

export type OpenOptions = { encoding?: Encoding; onProgress?: (bytes: number) => void; signal?: AbortSignal };

/** A part of a file, open: text by its lines, or bytes. */
export type OpenLog = {
  source: Source;
  /** Absent for what is no text. */
  text?: LogText;
  /** Why it ends too early. */
  problem?: Words;
};

const headSize = 4096;

/** Opens a file of logs; `name` is what it is called, where its name on disk is another.
 * @throws FailureError for one that there is not, or that cannot be read */
export async function openLog(
  path: string,
  { name = basename(path), limits = usualLimits }: { name?: string; limits?: Limits } = {},
): Promise<Log> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error && found.code === "ENOENT")
    throw failure("not-found", words("log-no-file", { name: path }));
  if (found instanceof Error) throw unreadable(path, found);
  if (!found.isFile()) throw failure("invalid-input", words("log-not-a-file", { name: path }));
  const source = await openSource(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  return {
    name,
    size: source.size,
    changedAt: found.mtimeMs,
    async *parts(signal) {
      for await (const { open, ...part } of listParts(source, name, limits, signal)) {
        yield { part, open: async (options) => openedAs(await open(), options) };
      }
    },
    open: async (id, options) =>
      openedAs(await openPart(source, { id, name, limits, signal: options?.signal }), options),
    close: () => source.close(),
  };
}

async function openedAs(opened: { source: Source; problem?: Words }, options: OpenOptions = {}): Promise<OpenLog> {
  const isReadable = options.encoding || isText(await opened.source.read(0, headSize));
  return { ...opened, ...(isReadable && { text: await openText(opened.source, options) }) };
}

function unreadable(name: string, error: unknown) {
  return failure("unavailable", words("log-unreadable", { name, why: whyOf(error) }));
}
