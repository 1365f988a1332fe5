import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type FailureCode, FailureError } from "../../lib/contract.ts";
import type { Words } from "../../lib/words.ts";
import { failure } from "../../station/failure.ts";
import type { Place } from "../bytes/source.ts";
import type { LineIndex } from "../lines/line-index.ts";
import type { Shape } from "../lines/shape.ts";
import type { FileWork } from "./file-work.ts";
import type { Task } from "./task.ts";

/** What a thread is given to begin with: a text, of which it is then given stretches; or a file. */
export type WorkerInput = { place: Place; shape: Shape; index: LineIndex; task: Task } | FileWork;
/** What it tells: bytes gone through, or the result, or why there is none. */
export type WorkerMessage = { progress: number } | { result: unknown } | { failed: ToldFailure };
type ToldFailure = { code: FailureCode; words: Words } | { message: string };

/** An error as another thread can be told of it. */
export function tellFailure(error: unknown): ToldFailure {
  if (error instanceof FailureError && error.words) return { code: error.code, words: error.words };
  return { message: error instanceof Error ? error.message : String(error) };
}

/** The error that was told. */
export function failureOf(told: ToldFailure): Error {
  return "words" in told ? failure(told.code, told.words) : new Error(told.message);
}

/** Beside this file in the sources; in what is built, among the chunks. */
const places = ["./worker.ts", "./log-worker.js", "./chunks/log-worker.js", "../chunks/log-worker.js"];

/** Where the program of a thread is. */
export function workerPath(): string {
  const paths = places.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  return paths.find((path) => existsSync(path)) ?? (paths[1] as string);
}
