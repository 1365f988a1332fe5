import { type FailureCode, FailureError } from "../lib/contract.ts";
import { failure } from "../station/failure.ts";
import { words } from "../station/phrases.ts";
import type {
  CallInput,
  CallName,
  CallOutput,
  ClientMessage,
  FeedInput,
  FeedName,
  FeedValue,
  ServerMessage,
} from "./contract.ts";

/** A socket as the client needs it: the browser's, or one of Node's. */
export type ClientSocket = {
  send(text: string): void;
  close(): void;
  onOpen(listener: () => void): void;
  onMessage(listener: (text: string) => void): void;
  onClose(listener: (reason: string) => void): void;
};

export type ConnectionState = "connecting" | "open" | "closed";

/** A client of the core. Watches survive a lost socket: they are asked for again when it is back. */
export type CoreClient = {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** `onValue` gets the whole value each time: for a log feed the list with the new entries at its end.
   * `onFailure` is told once when the core refuses the watch. */
  watch<N extends FeedName>(
    name: N,
    input: FeedInput<N>,
    onValue: (value: FeedValue<N>, added: FeedValue<N> | null) => void,
    onFailure?: (error: FailureError) => void,
  ): { stop(): void };
  onState(listener: (state: ConnectionState) => void): { stop(): void };
  readonly state: ConnectionState;
  close(): void;
};

export type ClientOptions = {
  connect: () => ClientSocket;
  /** Milliseconds before a lost socket is tried again; null = not at all. */
  retryMs?: number | null;
  setTimer?: (task: () => void, ms: number) => void;
  /** Longest list kept for a log feed; older entries fall off. */
  keep?: number;
};

type Watch = {
  name: FeedName;
  input: unknown;
  value: unknown;
  /** The rows of a table by their keys, in the order they came. */
  rows: Map<string, unknown> | null;
  /** The field that is a row's key. */
  key: string;
  onValue: (value: never, added: never | null) => void;
  onFailure?: (error: FailureError) => void;
};
type Pending = { resolve: (value: never) => void; reject: (error: FailureError) => void };

/** Connects to the core. Calls made before the socket is open wait for it. */
export function createClient(options: ClientOptions): CoreClient {
  const keep = options.keep ?? 5000;
  const retryMs = options.retryMs === undefined ? 1000 : options.retryMs;
  const setTimer = options.setTimer ?? setTimeout;
  const pending = new Map<number, Pending>();
  const watches = new Map<number, Watch>();
  const stateListeners = new Set<(state: ConnectionState) => void>();
  let queue: string[] = [];
  let nextId = 1;
  let state: ConnectionState = "connecting";
  let socket: ClientSocket | null = null;
  let ended = false;

  function setState(next: ConnectionState): void {
    if (state === next) return;
    state = next;
    for (const listener of stateListeners) listener(next);
  }

  function open(): void {
    const mine = options.connect();
    socket = mine;
    mine.onOpen(() => {
      // Who hears of it may watch more, which is asked for at once, or less.
      const before = [...watches];
      setState("open");
      for (const [id, watch] of before) if (watches.has(id)) post({ id, watch: watch.name, input: watch.input });
      const waiting = queue;
      queue = [];
      for (const text of waiting) mine.send(text);
    });
    mine.onMessage((text) => receive(JSON.parse(text) as ServerMessage));
    mine.onClose((reason) => {
      if (socket !== mine) return;
      socket = null;
      setState("closed");
      const lost = reason ? new FailureError("unavailable", reason) : failure("unavailable", words("core-lost"));
      for (const waiting of pending.values()) waiting.reject(lost);
      pending.clear();
      queue = [];
      if (ended || retryMs === null) return;
      setTimer(() => {
        if (ended) return;
        setState("connecting");
        open();
      }, retryMs);
    });
  }

  function post(message: ClientMessage): void {
    const text = JSON.stringify(message);
    if (state === "open" && socket) socket.send(text);
    else if (!("watch" in message)) queue.push(text);
  }

  function receive(message: ServerMessage): void {
    const watch = watches.get(message.id);
    if ("snapshot" in message) return begin(watch, message.snapshot, message.key);
    if ("change" in message) return deliver(watch, message.change, null);
    if ("added" in message) return append(watch, message.added);
    if ("rows" in message) return merge(watch, message.rows, message.gone);
    const waiting = pending.get(message.id);
    pending.delete(message.id);
    if ("value" in message) return waiting?.resolve(message.value as never);
    const { code, message: said, details, words: why } = message.failure;
    const error = new FailureError(code as FailureCode, said, details, why);
    if (waiting) waiting.reject(error);
    else if (watch) {
      watches.delete(message.id);
      watch.onFailure?.(error);
    }
  }

  function begin(watch: Watch | undefined, value: unknown, key: string | undefined): void {
    if (watch && key !== undefined) {
      watch.key = key;
      watch.rows = new Map((value as unknown[]).map((row) => [keyOf(row, key), row]));
    }
    deliver(watch, value, null);
  }

  function merge(watch: Watch | undefined, rows: unknown[], gone: string[]): void {
    if (!watch?.rows) return;
    for (const key of gone) watch.rows.delete(key);
    for (const row of rows) watch.rows.set(keyOf(row, watch.key), row);
    deliver(watch, [...watch.rows.values()], null);
  }

  function append(watch: Watch | undefined, added: unknown[]): void {
    if (!watch) return;
    const list = [...(watch.value as unknown[]), ...added];
    deliver(watch, list.length > keep ? list.slice(-keep) : list, added);
  }

  function deliver(watch: Watch | undefined, value: unknown, added: unknown): void {
    if (!watch) return;
    watch.value = value;
    watch.onValue(value as never, added as never);
  }

  open();
  return {
    get state() {
      return state;
    },
    call(name, input) {
      return new Promise((resolve, reject) => {
        if (ended) return reject(failure("unavailable", words("core-closed")));
        const id = nextId++;
        pending.set(id, { resolve: resolve as (value: never) => void, reject });
        post({ id, call: name, input });
      });
    },
    watch(name, input, onValue, onFailure) {
      const id = nextId++;
      watches.set(id, {
        name,
        input,
        value: undefined,
        rows: null,
        key: "",
        onValue: onValue as Watch["onValue"],
        onFailure,
      });
      if (state === "open") post({ id, watch: name, input });
      return {
        stop() {
          if (watches.delete(id) && state === "open") post({ id, unwatch: true });
        },
      };
    },
    onState(listener) {
      stateListeners.add(listener);
      return { stop: () => void stateListeners.delete(listener) };
    },
    close() {
      ended = true;
      socket?.close();
    },
  };
}

function keyOf(row: unknown, key: string): string {
  return String((row as Record<string, unknown>)[key]);
}

declare const setTimeout: (task: () => void, ms: number) => unknown;
