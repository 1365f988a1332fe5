import { Worker } from "node:worker_threads";
import { openSource, type Source } from "../bytes/source.ts";
import type { LogText } from "../lines/text.ts";
import type { FileWork, ListedParts, OpenedPart } from "./file-work.ts";
import { failureOf, type WorkerMessage, workerPath } from "./messages.ts";

type File = Pick<FileWork, "path" | "name">;

/** Lists the first parts of a file in a thread: who has stations to answer must not be held up by what is packed hard.
 * @throws FailureError as `openLog` */
export function listApart(file: File, most: number, signal?: AbortSignal): Promise<ListedParts> {
  return inThread<ListedParts>({ ...file, wish: { list: most } }, signal);
}

/** Opens a part of a file in a thread, as above; what it holds can be read here.
 * @throws FailureError as `open` of a log */
export async function openApart(
  file: File,
  wish: FileWork["wish"] & { open: string },
  signal?: AbortSignal,
): Promise<Pick<OpenedPart, "changedAt" | "problem"> & { source: Source; text?: LogText }> {
  const { place, changedAt, problem, text } = await inThread<OpenedPart>({ ...file, wish }, signal);
  const source = await openSource(place);
  return { source, changedAt, ...(problem && { problem }), ...(text && { text: { source, ...text } }) };
}

function inThread<Result>(input: FileWork, signal?: AbortSignal): Promise<Result> {
  const worker = new Worker(workerPath(), { workerData: input });
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const onAbort = () => reject(signal?.reason);
  if (signal?.aborted) onAbort();
  signal?.addEventListener("abort", onAbort);
  worker.on("error", reject);
  worker.on("message", (message: WorkerMessage) => {
    if ("result" in message) resolve(message.result as Result);
    else if ("failed" in message) reject(failureOf(message.failed));
  });
  return promise.finally(() => {
    signal?.removeEventListener("abort", onAbort);
    void worker.terminate();
  });
}
