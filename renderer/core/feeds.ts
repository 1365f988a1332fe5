import type { CoreClient } from "../../src/api/client.ts";
import type { FeedInput, FeedName, FeedValue } from "../../src/api/contract.ts";
import type { FailureError } from "../../src/lib/contract.ts";

/** What a screen knows of a feed. */
export type Watched<Value> =
  | { state: "loading"; value: undefined }
  | { state: "ready"; value: Value }
  | { state: "failed"; value: undefined; error: FailureError };

/** One feed as it is shared by everybody on screen who watches it with the same input. */
export type SharedFeed<N extends FeedName> = {
  current(): Watched<FeedValue<N>>;
  subscribe(listener: () => void): () => void;
};

export type Feeds = { get<N extends FeedName>(name: N, input: FeedInput<N>): SharedFeed<N> };

const loading: Watched<never> = { state: "loading", value: undefined };

/** Watches each feed once, however many components look at it; the last to leave ends the watch. */
export function createFeeds(client: CoreClient): Feeds {
  const shared = new Map<string, SharedFeed<FeedName>>();

  function make<N extends FeedName>(name: N, input: FeedInput<N>): SharedFeed<N> {
    const listeners = new Set<() => void>();
    let current: Watched<FeedValue<N>> = loading;
    let watch: { stop(): void } | null = null;

    function set(next: Watched<FeedValue<N>>): void {
      current = next;
      for (const listener of listeners) listener();
    }

    return {
      current: () => current,
      subscribe(listener) {
        listeners.add(listener);
        watch ??= client.watch(
          name,
          input,
          (value) => set({ state: "ready", value }),
          (error) => set({ state: "failed", value: undefined, error }),
        );
        return () => {
          listeners.delete(listener);
          if (listeners.size > 0) return;
          watch?.stop();
          watch = null;
          current = loading;
        };
      },
    };
  }

  return {
    get(name, input) {
      const key = `${name} ${JSON.stringify(input)}`;
      let feed = shared.get(key);
      if (!feed) {
        feed = make(name, input) as unknown as SharedFeed<FeedName>;
        shared.set(key, feed);
      }
      return feed as unknown as SharedFeed<typeof name>;
    },
  };
}
