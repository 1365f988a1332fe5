import type { Clock, Timer } from "../lib/clock.ts";
import type { FeedSource, FeedSpec, RowChange } from "../lib/contract.ts";
import { apiRowsAtOnce, apiSlowBytes } from "../station/bounds.ts";
import type { ServerMessage } from "./contract.ts";

/** One watched feed. */
export type Feed = { close(): void };

export type FeedShape = Pick<FeedSpec, "shape" | "key">;

export type FeedDoor = {
  id: number;
  post: (reply: ServerMessage) => void;
  socket: { readonly buffered: number };
  clock: Clock;
  /** A change could not be made or sent; the feed is closed. */
  onFailure: (error: unknown) => void;
};

const mergeMs = 100;

/** What waits to be sent, merged as its shape allows. */
type Waiting = {
  add(change: unknown): void;
  readonly empty: boolean;
  /** Takes the next message of it. */
  take(id: number): ServerMessage;
};

/** Opens a feed: posts its snapshot, then its changes, merged for up to 100 ms. A change is made when it is sent; one that cannot be
 * made ends this feed and nothing else. */
export function openFeed(
  { shape, key }: FeedShape,
  open: (push: (change: unknown) => void) => FeedSource<unknown>,
  door: FeedDoor,
): Feed {
  const { id, post, socket, clock, onFailure } = door;
  let waiting = waitingOf(shape);
  let timer: Timer | null = null;
  let closed = false;
  let source = open(push);
  post({ id, snapshot: source.snapshot, key });

  function push(change: unknown): void {
    if (closed) return;
    guarded(() => waiting.add(change));
    if (!closed) timer ??= clock.after(mergeMs, () => guarded(flush));
  }

  function flush(): void {
    timer = null;
    if (waiting.empty) return;
    if (socket.buffered > apiSlowBytes) {
      // What a value or a table has to say is bounded by itself, and waits; a log grows.
      if (shape === "log") resync();
      else timer = clock.after(mergeMs, () => guarded(flush));
      return;
    }
    post(waiting.take(id));
    if (!waiting.empty) timer ??= clock.after(mergeMs, () => guarded(flush));
  }

  /** Too slow for the changes: they are dropped, and a fresh snapshot follows once there is room. */
  function resync(): void {
    waiting = waitingOf(shape);
    source.close();
    timer = clock.after(mergeMs, () =>
      guarded(() => {
        timer = null;
        if (socket.buffered > apiSlowBytes) return resync();
        source = open(push);
        post({ id, snapshot: source.snapshot, key });
      }),
    );
  }

  function close(): void {
    closed = true;
    timer?.stop();
    source.close();
  }

  function guarded(work: () => void): void {
    if (closed) return;
    try {
      work();
    } catch (error) {
      close();
      onFailure(error);
    }
  }

  return { close };
}

function waitingOf(shape: FeedSpec["shape"]): Waiting {
  if (shape === "log") return logWaiting();
  return shape === "table" ? tableWaiting() : valueWaiting();
}

function valueWaiting(): Waiting {
  let latest: { change: unknown } | null = null;
  return {
    add(change) {
      latest = { change };
    },
    get empty() {
      return latest === null;
    },
    take(id) {
      const change = made(latest?.change);
      latest = null;
      return { id, change };
    },
  };
}

function logWaiting(): Waiting {
  let added: unknown[] = [];
  return {
    add(change) {
      // Not spread into a call: a long list would not fit on the stack.
      for (const entry of made(change) as unknown[]) added.push(entry);
    },
    get empty() {
      return added.length === 0;
    },
    take(id) {
      const entries = added;
      added = [];
      return { id, added: entries };
    },
  };
}

function tableWaiting(): Waiting {
  const changes = new Map<string, RowChange<unknown>["row"]>();
  return {
    add(change) {
      const { key, row } = made(change) as RowChange<unknown>;
      changes.set(key, row);
    },
    get empty() {
      return changes.size === 0;
    },
    take(id) {
      const rows: unknown[] = [];
      const gone: string[] = [];
      for (const [key, row] of changes) {
        if (rows.length + gone.length === apiRowsAtOnce) break;
        changes.delete(key);
        if (row) rows.push(row());
        else gone.push(key);
      }
      return { id, rows, gone };
    },
  };
}

function made(change: unknown): unknown {
  return typeof change === "function" ? change() : change;
}
