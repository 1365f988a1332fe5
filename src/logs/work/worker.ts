import { parentPort, workerData } from "node:worker_threads";
import { openSource, type Place } from "../bytes/source.ts";
import type { LineIndex, Stretch } from "../lines/line-index.ts";
import type { Shape } from "../lines/shape.ts";
import { doTask, type Task } from "./task.ts";

/** What a thread is given to begin with. */
export type WorkerInput = { place: Place; shape: Shape; index: LineIndex; task: Task };
/** What it tells: bytes gone through, or the result of a stretch, or why there is none. */
export type WorkerMessage = { progress: number } | { result: unknown } | { failed: unknown };

const { place, shape, index, task } = workerData as WorkerInput;
const source = openSource(place);

parentPort?.on("message", async (stretch: Stretch) => {
  const post = (message: WorkerMessage) => parentPort?.postMessage(message);
  post({ progress: 0 });
  try {
    const text = { source: await source, shape, index };
    post({ result: await doTask(text, task, stretch, (progress) => post({ progress })) });
  } catch (failed) {
    post({ failed });
  }
});
