import type { Stretch } from "../lines/line-index.ts";
import type { LogText } from "../lines/text.ts";
import type { Query } from "../search/query.ts";
import { type Found, scanStretch } from "../search/scan.ts";
import { type Counted, countStretch } from "../summary/count.ts";

/** Work on all of a text, stretch by stretch; what it gives for one stretch. */
export type Tasks = {
  search: { input: { query: Query; from: number; limit: number }; result: Found };
  count: { input: null; result: Counted };
};
export type TaskName = keyof Tasks;
export type Task<Name extends TaskName = TaskName> = { name: Name; input: Tasks[Name]["input"] };

/** Does the work on one stretch. */
export function doTask(
  text: LogText,
  task: Task,
  stretch: Stretch,
  onProgress: (bytes: number) => void,
): Promise<Tasks[TaskName]["result"]> {
  return task.name === "search"
    ? scanStretch(text, task.input as Tasks["search"]["input"], stretch, onProgress)
    : countStretch(text, stretch, onProgress);
}
