import { onTestFailed } from "vitest";
import { type CoreClient, createClient } from "../../src/api/client.ts";
import { readContact } from "../../src/api/contact.ts";
import type { FeedInput, FeedName, FeedValue } from "../../src/api/contract.ts";
import { dialCore } from "../../src/api/dial.ts";
import { sketchJson } from "../../src/lib/json.ts";

/** A client of the core that uses a folder, as the command line makes it. */
export function connectTo(folder: string): CoreClient {
  const contact = readContact(folder);
  if (!contact) throw new Error(`no core in ${folder}`);
  return createClient({ retryMs: null, connect: () => dialCore(contact) });
}

const lookMs = 500;

/** Watches a feed until its value is as wanted; resolves with that value. Fails by the test's own time-out, saying what was last seen. */
export function until<N extends FeedName>(
  client: CoreClient,
  name: N,
  input: FeedInput<N>,
  wanted: (value: FeedValue<N>) => boolean,
): Promise<FeedValue<N>> {
  return new Promise((resolve, reject) => {
    let seen: { value?: FeedValue<N>; wanted: boolean } = { wanted: false };
    whenTestFails(() => {
      if (!seen.wanted) console.error(`waited in vain for ${name}; last seen: ${sketchJson(seen.value, 4000)}`);
    });
    let stop = look();
    // Under a clock that a test turns by hand a feed tells nothing after its first sight: it is looked at anew.
    const again = setInterval(() => {
      const before = stop;
      stop = look();
      before();
    }, lookMs);

    function look(): () => void {
      const watch = client.watch(
        name,
        input,
        (value) => {
          if (seen.wanted) return;
          seen = { value, wanted: wanted(value) };
          if (!seen.wanted) return;
          end();
          resolve(value);
        },
        (error) => {
          end();
          reject(error);
        },
      );
      return () => queueMicrotask(() => watch.stop());
    }

    function end(): void {
      clearInterval(again);
      queueMicrotask(() => stop());
    }
  });
}

/** Outside of a test, as in a hook or a program of its own, there is none that could fail. */
function whenTestFails(tell: () => void): void {
  try {
    onTestFailed(tell);
  } catch {
    // Nobody would read it.
  }
}

/** What a feed shows at first sight. */
export function snapshot<N extends FeedName>(client: CoreClient, name: N, input: FeedInput<N>): Promise<FeedValue<N>> {
  return until(client, name, input, () => true);
}
