import type { z } from "zod";
import type { Words } from "./words.ts";

/** One request, one answer. `Input` is the schema of what is asked. */
export type CallSpec<Input extends z.ZodType = z.ZodType, Output = unknown> = {
  kind: "call";
  input: Input;
  /** Type only; there is nothing behind it at run time. */
  output?: Output;
};

/** A snapshot, then changes. `value`: each change is the whole value anew, only the latest counts.
 * `log`: the snapshot is a list, and each change is a list of entries to add at its end.
 * `table`: the snapshot is a list of rows, and each change is a row anew or gone, by its key. */
export type FeedSpec<Input extends z.ZodType = z.ZodType, Value = unknown, Pushed = Value> = {
  kind: "feed";
  shape: "value" | "log" | "table";
  input: Input;
  /** The field of a table's row that tells it from the others. */
  key?: string;
  value?: Value;
  pushed?: Pushed;
};

/** Declares a call: `call(z.object({...})).returns<Answer>()`. */
export function call<Input extends z.ZodType>(input: Input): { returns<Output>(): CallSpec<Input, Output> } {
  return { returns: () => ({ kind: "call", input }) };
}

/** Declares a feed whose changes replace the value. */
export function feed<Input extends z.ZodType>(input: Input): { of<Value>(): FeedSpec<Input, Value> } {
  return { of: () => ({ kind: "feed", shape: "value", input }) };
}

/** Declares a feed that grows at its end; `Entry` is one line of it. */
export function logFeed<Input extends z.ZodType>(input: Input): { of<Entry>(): FeedSpec<Input, Entry[]> } {
  return { of: () => ({ kind: "feed", shape: "log", input }) };
}

/** Declares a feed of rows that change one by one; `key` is the field that tells a row from the others. The snapshot may hold
 * the first rows alone; the others follow as changes. */
export function tableFeed<Input extends z.ZodType>(
  key: string,
  input: Input,
): { of<Row>(): FeedSpec<Input, Row[], RowChange<Row>> } {
  return { of: () => ({ kind: "feed", shape: "table", key, input }) };
}

/** What a table's handler pushes: how to make the row, or null where it is gone. */
export type RowChange<Row> = { key: string; row: (() => Row) | null };

/** What a handler is given: checked, with defaults filled in. */
export type InputOf<S> = S extends { input: infer Input extends z.ZodType } ? z.output<Input> : never;
/** What a client may leave out is left out. */
export type AskedOf<S> = S extends { input: infer Input extends z.ZodType } ? z.input<Input> : never;
export type OutputOf<S> = S extends { kind: "call"; output?: infer O } ? O : never;
export type ValueOf<S> = S extends { kind: "feed"; value?: infer V } ? V : never;
export type PushedOf<S> = S extends { kind: "feed"; pushed?: infer P } ? P : never;
export type CallNames<C> = { [K in keyof C]: C[K] extends { kind: "call" } ? K : never }[keyof C];
export type FeedNames<C> = { [K in keyof C]: C[K] extends { kind: "feed" } ? K : never }[keyof C];

/** What a feed handler pushes: a change, or how to make it. It is made when it is sent, so that a value that changes a
 * thousand times a second is written ten times. */
export type Change<Value> = Value | (() => Value);

/** What a feed handler gives. It pushes changes any time until closed; the server merges them for up to 100 ms. */
export type FeedSource<Value> = { snapshot: Value; close(): void };

/** The handlers of a contract: a forgotten or misspelt one does not compile. */
export type Handlers<C> = {
  [K in keyof C]: C[K] extends { kind: "call" }
    ? (input: InputOf<C[K]>) => OutputOf<C[K]> | Promise<OutputOf<C[K]>>
    : (input: InputOf<C[K]>, push: (change: Change<PushedOf<C[K]>>) => void) => FeedSource<ValueOf<C[K]>>;
};

/** The closed set of failure codes. A station's refusal is not among them: that is a CommandOutcome. */
export type FailureCode = "invalid-input" | "not-found" | "conflict" | "unavailable" | "not-allowed" | "internal";

/** The one shape of failure. */
export type Failure = {
  code: FailureCode;
  /** In English. */
  message: string;
  details?: unknown;
  /** The same for whoever reads another language; absent where it is not ours. */
  words?: Words;
};

/** Thrown by handlers and by the client for expected failures: says what, where, and what to do. */
export class FailureError extends Error {
  readonly code: FailureCode;
  readonly details?: unknown;
  readonly words?: Words;
  constructor(code: FailureCode, message: string, details?: unknown, words?: Words) {
    super(message);
    this.name = "FailureError";
    this.code = code;
    this.details = details;
    this.words = words;
  }
}
