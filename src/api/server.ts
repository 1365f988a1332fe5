import { z } from "zod";
import type { Clock } from "../lib/clock.ts";
import type { FeedSource } from "../lib/contract.ts";
import type { Logger } from "../lib/logger.ts";
import { apiUnsentBytes, mostApiCalls, mostApiFeeds } from "../station/bounds.ts";
import { failure } from "../station/failure.ts";
import { words } from "../station/phrases.ts";
import { type CoreHandlers, contract, type ServerMessage } from "./contract.ts";
import { type Feed, type FeedShape, openFeed } from "./feed.ts";
import { toFailure } from "./to-failure.ts";

/** A front door's socket as the server needs it. */
export type ServerSocket = {
  send(text: string): void;
  /** Bytes not yet taken by the other end. */
  readonly buffered: number;
  /** Ends it: the other end does not read, or asks beyond all bounds. */
  cut(): void;
};

export type ServerOptions = { handlers: CoreHandlers; clock: Clock; log: Logger };

/** One front door's conversation with the core. Neither throws. */
export type Conversation = { receive(text: string): void; close(): void };

const message = z.union([
  z.object({ id: z.number().int(), call: z.string(), input: z.unknown() }),
  z.object({ id: z.number().int(), watch: z.string(), input: z.unknown() }),
  z.object({ id: z.number().int(), unwatch: z.literal(true) }),
]);

type Handler = (input: never) => unknown;
type FeedHandler = (input: never, push: (change: unknown) => void) => FeedSource<unknown>;

/** Serves the contract over a socket. An answer goes to its asker alone; feeds merge changes for up to 100 ms, and a client too slow
 * for the changes gets a fresh snapshot. One that does not read at all is cut off. */
export function converse(socket: ServerSocket, options: ServerOptions): Conversation {
  const { handlers, clock, log } = options;
  const feeds = new Map<number, Feed>();
  let underWay = 0;
  let closed = false;

  function post(reply: ServerMessage): void {
    if (closed) return;
    socket.send(JSON.stringify(reply));
    if (socket.buffered <= apiUnsentBytes) return;
    log.warn("a screen that does not read was cut off", { unsent: socket.buffered });
    end();
    socket.cut();
  }

  function fail(id: number, error: unknown): void {
    post({ id, failure: toFailure(error, log) });
  }

  async function call(id: number, name: string, input: unknown): Promise<void> {
    underWay += 1;
    try {
      if (underWay > mostApiCalls) throw failure("unavailable", words("too-many-calls", { most: mostApiCalls }));
      const handler = handlerOf(handlers, name, "call") as Handler;
      post({ id, value: (await handler(readInput(name, input) as never)) ?? null });
    } catch (error) {
      fail(id, error);
    } finally {
      underWay -= 1;
    }
  }

  function watch(id: number, name: string, input: unknown): void {
    try {
      if (feeds.has(id)) throw failure("conflict", words("id-in-use", { id }));
      if (feeds.size >= mostApiFeeds) throw failure("unavailable", words("too-many-watches", { most: mostApiFeeds }));
      const handler = handlerOf(handlers, name, "feed") as FeedHandler;
      const checked = readInput(name, input) as never;
      const feed = openFeed(shapeOf(name), (push) => handler(checked, push), { id, post, socket, clock, onFailure });
      if (closed) feed.close();
      else feeds.set(id, feed);
    } catch (error) {
      fail(id, error);
    }

    function onFailure(error: unknown): void {
      feeds.delete(id);
      fail(id, error);
    }
  }

  function unwatch(id: number): void {
    feeds.get(id)?.close();
    feeds.delete(id);
  }

  function end(): void {
    closed = true;
    for (const feed of feeds.values()) feed.close();
    feeds.clear();
  }

  return {
    receive(text) {
      try {
        const parsed = readMessage(text);
        if (!parsed) {
          const words = "A message that is no call, watch or unwatch.";
          post({ id: -1, failure: { code: "invalid-input", message: words } });
        } else if ("call" in parsed) void call(parsed.id, parsed.call, parsed.input);
        else if ("watch" in parsed) watch(parsed.id, parsed.watch, parsed.input);
        else unwatch(parsed.id);
      } catch (error) {
        log.bug("a message of a screen failed", { error });
      }
    },
    close: end,
  };
}

function shapeOf(name: string): FeedShape {
  const spec = contract[name as keyof typeof contract];
  if (spec.kind !== "feed") return { shape: "value" };
  return { shape: spec.shape, key: spec.key };
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
