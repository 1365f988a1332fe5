import type { FailureError } from "../../lib/contract.ts";
import type { Words } from "../../lib/words.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { type HeldBytes, hold } from "../bytes/hold.ts";
import { ByteReader } from "../bytes/reader.ts";
import { type Bytes, type Source, streamOf } from "../bytes/source.ts";
import { isText } from "../lines/encoding.ts";
import type { Part } from "../model.ts";
import type { Entries, Entry } from "./entry.ts";
import { type Format, formatOf, headSize, isContainer, nameWithin, packings } from "./formats.ts";
import { Budget, type Limits } from "./limits.ts";
import { tamePath } from "./names.ts";
import { readSevenZip } from "./seven-zip/seven-zip.ts";
import { readTar } from "./tar/tar.ts";
import { troubleOf } from "./trouble.ts";
import { readZip } from "./zip/zip.ts";

/** A part that was just found. */
export type FoundPart = Part & {
  /** Its bytes, at rest: only before the next part is asked for. `problem` tells why they end too early.
   * @throws FailureError where there are none */
  open(): Promise<Opened>;
};

type Opened = { source: Source; problem?: Words };

/** Something on the way: an entry, and where it stands. */
type Node = { entry: Entry; id: string; name: string; path: string; depth: number; within: string };

/** All that can be read in a file, archives within archives included. Nothing is written, and nothing held but archives that cannot be
 * read from front to back. */
export async function* listParts(
  source: Source,
  name: string,
  limits: Limits,
  signal?: AbortSignal,
): AsyncGenerator<FoundPart> {
  yield* walk(rootOf(source, name), new Budget(limits, signal));
}

/** The bytes of a part, at rest. `problem` tells why they end too early.
 * @throws FailureError for a part that there is not, or that cannot be read at all */
export async function openPart(
  source: Source,
  { id, name, limits, signal }: { id: string; name: string; limits: Limits; signal?: AbortSignal },
): Promise<Opened> {
  const [, ...way] = id.split(".").map(Number);
  if (!/^0(?:\.\d{1,7}){0,50}$/.test(id)) throw noPart(id);
  const opened = await descend(rootOf(source, name), way, new Budget(limits, signal));
  if (!opened) throw noPart(id);
  return opened;
}

function noPart(id: string): FailureError {
  return failure("not-found", words("log-no-part", { id }));
}

function rootOf(source: Source, name: string): Node {
  const entry = { name, size: source.size, atRest: async () => source, open: () => streamOf(source) };
  return { entry, id: "0", name, path: "", depth: 0, within: "" };
}

async function* walk(node: Node, budget: Budget): AsyncGenerator<FoundPart> {
  const { id, name, entry, path } = node;
  const { size, changedAt } = entry;
  const told = { id, name: path || name, changedAt, ...(size !== undefined && { size }) };
  let format: Format | undefined;
  try {
    const content = await contentOf(node);
    const head = await content.from.head(headSize);
    format = formatOf(head, name);
    if (!format) {
      yield { ...told, kind: isText(head) ? "text" : "binary", open: () => bytesOf(content, node, budget) };
      await content.from.close();
      return;
    }
    for await (const child of childrenOf(node, { format, content, budget })) {
      budget.countEntry();
      yield* walk(child, budget);
      if (budget.isSpent) return;
    }
  } catch (error) {
    budget.signal?.throwIfAborted();
    const problem = troubleOf(error, format ?? node.within);
    yield {
      ...told,
      kind: format ? "archive" : "binary",
      problem,
      open: () => Promise.reject(failure("unavailable", problem)),
    };
  }
}

async function descend(node: Node, way: number[], budget: Budget): Promise<Opened | undefined> {
  const [index, ...further] = way;
  const content = await contentOf(node);
  const format = index === undefined ? undefined : await headOf(content, node);
  if (index === undefined) return await bytesOf(content, node, budget);
  if (!format) return undefined;
  let at = 0;
  for await (const child of childrenOf(node, { format, content, budget })) {
    if (at++ === index) return await descend(child, further, budget);
  }
  return undefined;
}

async function bytesOf(content: Content, { within }: Node, budget: Budget): Promise<Opened> {
  const { source, failed } = await readingOf(content, budget);
  budget.signal?.throwIfAborted();
  const problem = failed === undefined ? undefined : troubleOf(failed, within);
  if (problem && source.size === 0) throw failure("unavailable", problem);
  return { source, ...(problem && { problem }) };
}

async function readingOf({ source, from, check }: Content, { limits }: Budget): Promise<HeldBytes> {
  if (!source) return await hold(from.stream(), limits.held);
  try {
    await check?.();
    return { source };
  } catch (failed) {
    return { source, failed };
  }
}

/** The format of what is followed.
 * @throws FailureError where its first bytes cannot be had */
async function headOf({ from }: Content, { name, within }: Node): Promise<Format | undefined> {
  try {
    return formatOf(await from.head(headSize), name);
  } catch (error) {
    throw failure("unavailable", troubleOf(error, within));
  }
}

type Content = { source?: Source; from: ByteReader; check?: Entry["check"] };

async function contentOf({ entry, within }: Node): Promise<Content> {
  if (entry.problem) throw failure("unavailable", entry.problem);
  const source = await entry.atRest?.();
  if (!source) return { from: new ByteReader(withTrouble(entry.open(), within)) };
  const check = async () => {
    await entry.check?.().catch((error: unknown) => rethrow(error, within));
  };
  return { source, from: new ByteReader(source), check };
}

/** What is wrong with how it is packed is told of what it is packed in, not of what is read out of it. */
async function* withTrouble(bytes: Bytes, format: string): Bytes {
  try {
    yield* bytes;
  } catch (error) {
    rethrow(error, format);
  }
}

function rethrow(error: unknown, format: string): never {
  throw failure("unavailable", troubleOf(error, format));
}

async function* childrenOf(
  { id, name, path, depth }: Node,
  { format, content, budget }: { format: Format; content: Content; budget: Budget },
): AsyncGenerator<Node> {
  const { limits } = budget;
  if (depth >= limits.depth) throw failure("invalid-input", words("log-too-deep", { limit: limits.depth }));
  let index = 0;
  try {
    for await (const entry of entriesOf(name, { format, content, budget })) {
      const tame = isContainer(format) ? tamePath(entry.name) : entry.name;
      const here = isContainer(format) ? (path ? `${path}/${tame}` : tame) : path && nameWithin(path);
      yield { entry, id: `${id}.${index++}`, name: tame, path: here, depth: depth + 1, within: format };
    }
    await content.check?.();
  } catch (error) {
    rethrow(error, format);
  }
}

async function* entriesOf(
  name: string,
  { format, content, budget }: { format: Format; content: Content; budget: Budget },
): Entries {
  const { from, source } = content;
  if (!isContainer(format)) {
    const unpack = packings[format];
    const open = () => budget.watch(from.stream(), (input) => unpack(input, budget.limits));
    yield { name: nameWithin(name), open };
  } else if (format === "tar") yield* readTar(source ?? from.stream(), budget.limits);
  else {
    const held = source ? { source } : await hold(from.stream(), budget.limits.held);
    yield* format === "zip" ? readZip(held.source, budget) : readSevenZip(held.source, budget);
    if ("failed" in held) throw held.failed;
  }
}
