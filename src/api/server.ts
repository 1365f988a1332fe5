import { z } from "zod";
import type { Clock, Timer } from "../lib/clock.ts";
import { type Failure, FailureError, type FeedSource } from "../lib/contract.ts";
import type { Logger } from "../lib/logger.ts";
import { failure } from "../station/failure.ts";
import { english, words } from "../station/phrases.ts";
import { type CoreHandlers, contract, type ServerMessage } from "./contract.ts";

/** A front door's socket as the server needs it. */
export type ServerSocket = {
  send(text: string): void;
  /** Bytes not yet taken by the other end. */
  readonly buffered: number;
};

export type ServerOptions = { handlers: CoreHandlers; clock: Clock; log: Logger };

/** One front door's conversation with the core. */
export type Conversation = { receive(text: string): void; close(): void };

const message = z.union([
  z.object({ id: z.number().int(), call: z.string(), input: z.unknown() }),
  z.object({ id: z.number().int(), watch: z.string(), input: z.unknown() }),
  z.object({ id: z.number().int(), unwatch: z.literal(true) }),
]);

type Handler = (input: never) => unknown;
type FeedHandler = (input: never, push: (change: unknown) => void) => FeedSource<unknown>;

const mergeMs = 100;
const slowBytes = 4 * 1024 * 1024;
const maxFeeds = 200;

/** Serves the contract over a socket. An answer goes to its asker alone; feeds merge changes for up to 100 ms, and a client too slow
 * for the changes gets a fresh snapshot. */
export function converse(socket: ServerSocket, options: ServerOptions): Conversation {
  const feeds = new Map<number, Feed>();
  let closed = false;

  function post(reply: ServerMessage): void {
    if (!closed) socket.send(JSON.stringify(reply));
  }

  function fail(id: number, error: unknown): void {
    post({ id, failure: toFailure(error, options.log) });
  }

  async function call(id: number, name: string, input: unknown): Promise<void> {
    try {
      const handler = handlerOf(options.handlers, name, "call") as Handler;
      post({ id, value: (await handler(readInput(name, input) as never)) ?? null });
    } catch (error) {
      fail(id, error);
    }
  }

  function watch(id: number, name: string, input: unknown): void {
    try {
      if (feeds.has(id)) throw failure("conflict", words("id-in-use", { id }));
      if (feeds.size >= maxFeeds) throw failure("unavailable", words("too-many-watches", { most: maxFeeds }));
      const handler = handlerOf(options.handlers, name, "feed") as FeedHandler;
      const spec = Object.hasOwn(contract, name) ? contract[name as keyof typeof contract] : undefined;
      const shape = spec?.kind === "feed" ? spec.shape : "value";
      const checked = readInput(name, input) as never;
      feeds.set(
        id,
        openFeed(shape, (push) => handler(checked, push), { id, post, socket, clock: options.clock }),
      );
    } catch (error) {
      fail(id, error);
    }
  }

  return {
    receive(text) {
      const parsed = readMessage(text);
      if (!parsed) {
        post({ id: -1, failure: { code: "invalid-input", message: "A message that is no call, watch or unwatch." } });
        return;
      }
      if ("call" in parsed) void call(parsed.id, parsed.call, parsed.input);
      else if ("watch" in parsed) watch(parsed.id, parsed.watch, parsed.input);
      else {
        feeds.get(parsed.id)?.close();
        feeds.delete(parsed.id);
      }
    },
    close() {
      closed = true;
      for (const feed of feeds.values()) feed.close();
      feeds.clear();
    },
  };
}

type Feed = { close(): void };
type FeedDoor = { id: number; post: (reply: ServerMessage) => void; socket: ServerSocket; clock: Clock };

function openFeed(
  shape: "value" | "log",
  open: (push: (change: unknown) => void) => FeedSource<unknown>,
  door: FeedDoor,
): Feed {
  const { id, post, socket, clock } = door;
  let waiting: unknown[] | undefined;
  let timer: Timer | null = null;
  let source = open(push);
  post({ id, snapshot: source.snapshot });

  function push(change: unknown): void {
    if (shape === "log") {
      waiting ??= [];
      waiting.push(...(made(change) as unknown[]));
    } else waiting = [change];
    timer ??= clock.after(mergeMs, flush);
  }

  function flush(): void {
    timer = null;
    if (!waiting) return;
    if (socket.buffered > slowBytes) {
      if (shape === "log") resync();
      else timer = clock.after(mergeMs, flush);
      return;
    }
    post(shape === "log" ? { id, added: waiting } : { id, change: made(waiting[0]) });
    waiting = undefined;
  }

  /** Too slow for the changes: they are dropped, and a fresh snapshot follows once there is room. */
  function resync(): void {
    waiting = undefined;
    source.close();
    timer = clock.after(mergeMs, () => {
      timer = null;
      if (socket.buffered > slowBytes) return resync();
      source = open(push);
      post({ id, snapshot: source.snapshot });
    });
  }

  return {
    close() {
      timer?.stop();
      source.close();
    },
  };
}

function made(change: unknown): unknown {
  return typeof change === "function" ? change() : change;
}

function handlerOf(handlers: CoreHandlers, name: string, kind: "call" | "feed"): unknown {
  const spec = Object.hasOwn(contract, name) ? contract[name as keyof typeof contract] : undefined;
  if (spec?.kind !== kind) {
    throw failure("not-found", words(kind === "call" ? "no-such-call" : "no-such-feed", { name }));
  }
  return handlers[name as keyof CoreHandlers];
}

function readInput(name: string, input: unknown): unknown {
  const parsed = contract[name as keyof typeof contract].input.safeParse(input ?? {});
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => `${issue.path.join(".") || "input"}: ${issue.message}`);
  throw failure("invalid-input", words("bad-input", { name, issues: where.join("; ") }), parsed.error.issues);
}

function readMessage(text: string): z.infer<typeof message> | null {
  try {
    const parsed = message.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

function toFailure(error: unknown, log: Logger): Failure {
  if (error instanceof FailureError) {
    const { code, message, details, words } = error;
    return { code, message, details, words };
  }
  log.error("a request failed", { error });
  const why = words("internal-failure");
  return { code: "internal", message: english(why), words: why };
}
