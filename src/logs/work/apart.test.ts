import type { EventEmitter } from "node:events";
import { beforeEach, expect, test, vi } from "vitest";
import { listApart } from "./apart.ts";

/** The threads that were started, and whether they have ended. */
const threads = vi.hoisted(
  () => [] as { input: unknown; ended: boolean; emit(name: string, what: unknown): boolean }[],
);
vi.mock("node:worker_threads", async () => {
  const { EventEmitter: Emitter } = await vi.importActual<{ EventEmitter: typeof EventEmitter }>("node:events");
  return {
    Worker: class extends Emitter {
      ended = false;
      input: unknown;
      constructor(_path: unknown, { workerData }: { workerData: unknown }) {
        super();
        this.input = workerData;
        threads.push(this as never);
      }
      terminate() {
        this.ended = true;
      }
    },
  };
});
beforeEach(() => void threads.splice(0));

const file = { path: "/data/1", name: "log.zip" };

test("a file is listed in a thread, which ends with its answer", async () => {
  const listing = listApart(file, 5);
  expect(threads.map(({ input, ended }) => [input, ended])).toEqual([[{ ...file, wish: { list: 5 } }, false]]);
  threads[0]?.emit("message", { result: { parts: [] } });
  expect(await listing).toEqual({ parts: [] });
  expect(threads[0]?.ended).toBe(true);
});

test("whoever wants it no more ends the thread at once, also before it has begun", async () => {
  const stop = new AbortController();
  const listing = listApart(file, 5, stop.signal);
  stop.abort(new Error("enough"));
  await expect(listing).rejects.toThrow("enough");
  expect(threads[0]?.ended).toBe(true);
  await expect(listApart(file, 5, AbortSignal.abort(new Error("never")))).rejects.toThrow("never");
  expect(threads[1]?.ended).toBe(true);
});

test("a thread that fails, or ends by a fault, says so", async () => {
  const listing = listApart(file, 5);
  threads[0]?.emit("error", new Error("out of memory"));
  await expect(listing).rejects.toThrow("out of memory");
});
