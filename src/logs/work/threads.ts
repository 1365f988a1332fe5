import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { type Stretch, stretchesOf } from "../lines/line-index.ts";
import type { LogText } from "../lines/text.ts";
import { failureOf, type WorkerInput, type WorkerMessage, workerPath } from "./messages.ts";
import { doTask, type Task, type TaskName, type Tasks } from "./task.ts";

/** A text is worked on in parts of about so many bytes. */
const partSize = 32 * 1024 * 1024;
const mostThreads = 4;
/** A thread that has told nothing for so long is stuck: an expression can be written that never ends. */
const stuckMs = 5000;
/** On a laptop that does much else a thread may be slow to start. */
const startMs = 30_000;

export type WorkOptions = {
  /** Told how many bytes more were gone through. */
  onProgress?: (bytes: number) => void;
  signal?: AbortSignal;
  /** Works here and not in threads: for what is small, and cannot get stuck. */
  here?: boolean;
  stuckMs?: number;
};

/** Does a task on a text from a line on, in several threads, and gives what came of each part in the order of the text. Whoever has enough
 * stops asking.
 * @throws FailureError where a thread is stuck
 * @throws AbortError, by the signal */
export async function* workOn<Name extends TaskName>(
  text: LogText,
  task: Task<Name>,
  fromLine: number,
  options: WorkOptions,
): AsyncGenerator<Tasks[Name]["result"]> {
  const parts = [...stretchesOf(text.index, fromLine, text.index.count, partSize)];
  if (options.here) {
    for (const part of parts) {
      options.signal?.throwIfAborted();
      yield await doTask(text, task, part, (bytes) => options.onProgress?.(bytes));
    }
    return;
  }
  const threads = Array.from({ length: Math.min(parts.length, mostThreads, availableParallelism()) }, () =>
    startThread(text, task, options),
  );
  try {
    const results: Promise<unknown>[] = [];
    let next = 0;
    // Each thread takes the next part when it is done with one, so that there is always a result to wait for.
    const give = (thread: Thread) => {
      const part = parts[next++];
      if (!part) return;
      const result = thread.work(part);
      result.catch(() => undefined);
      results.push(result);
      void result.then(() => give(thread)).catch(() => undefined);
    };
    for (const thread of threads) give(thread);
    for (let at = 0; at < parts.length; at++) yield await (results[at] as Promise<Tasks[Name]["result"]>);
  } finally {
    for (const thread of threads) thread.stop();
  }
}

type Thread = { work(part: Stretch): Promise<unknown>; stop(): void };

function startThread({ source, shape, index }: LogText, task: Task, options: WorkOptions): Thread {
  const input: WorkerInput = { place: source.place, shape, index, task };
  const worker = new Worker(workerPath(), { workerData: input });
  const { signal, onProgress } = options;
  let settle: { resolve(result: unknown): void; reject(error: unknown): void } | undefined;
  let watch: NodeJS.Timeout | undefined;
  const waitFor = (ms: number) => {
    clearTimeout(watch);
    watch = setTimeout(() => fail(failure("unavailable", words("log-search-stuck"))), ms);
  };
  function fail(error: unknown): void {
    settle?.reject(error);
    stop();
  }
  function stop(): void {
    clearTimeout(watch);
    signal?.removeEventListener("abort", onAbort);
    void worker.terminate();
  }
  const onAbort = () => fail(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  worker.on("error", fail);
  worker.on("message", (message: WorkerMessage) => {
    waitFor(options.stuckMs ?? stuckMs);
    if ("progress" in message) onProgress?.(message.progress);
    else {
      clearTimeout(watch);
      if ("failed" in message) settle?.reject(failureOf(message.failed));
      else settle?.resolve(message.result);
    }
  });
  return {
    work(part) {
      waitFor(startMs);
      worker.postMessage(part);
      return new Promise((resolve, reject) => {
        settle = { resolve, reject };
        if (signal?.aborted) fail(signal.reason);
      });
    },
    stop,
  };
}
