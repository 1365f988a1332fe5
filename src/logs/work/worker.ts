import { parentPort, workerData } from "node:worker_threads";
import { openSource } from "../bytes/source.ts";
import type { Stretch } from "../lines/line-index.ts";
import { doFileWork } from "./file-work.ts";
import { tellFailure, type WorkerInput, type WorkerMessage } from "./messages.ts";
import { doTask } from "./task.ts";

const input = workerData as WorkerInput;
const post = (message: WorkerMessage) => parentPort?.postMessage(message);

async function answer(work: () => Promise<unknown>): Promise<void> {
  try {
    post({ result: await work() });
  } catch (error) {
    post({ failed: tellFailure(error) });
  }
}

if ("path" in input) void answer(() => doFileWork(input));
else {
  const { place, shape, index, task } = input;
  const source = openSource(place);
  // Whoever gives the first stretch is told.
  source.catch(() => undefined);
  parentPort?.on("message", (stretch: Stretch) => {
    post({ progress: 0 });
    void answer(async () =>
      doTask({ source: await source, shape, index }, task, stretch, (progress) => post({ progress })),
    );
  });
}
