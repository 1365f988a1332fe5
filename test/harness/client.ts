import WebSocket from "ws";
import { type CoreClient, createClient } from "../../src/api/client.ts";
import { readContact } from "../../src/api/contact.ts";
import type { FeedInput, FeedName, FeedValue } from "../../src/api/contract.ts";

/** A client of the core that uses a folder, as the command line makes it. */
export function connectTo(folder: string): CoreClient {
  const contact = readContact(folder);
  if (!contact) throw new Error(`no core in ${folder}`);
  return createClient({
    retryMs: null,
    connect() {
      const socket = new WebSocket(contact.url, { headers: { authorization: `Bearer ${contact.secret}` } });
      return {
        send: (text) => socket.send(text),
        close: () => socket.close(),
        onOpen: (listener) => void socket.on("open", listener),
        onMessage: (listener) => void socket.on("message", (data) => listener(String(data))),
        onClose: (listener) => void socket.on("close", () => listener("closed")),
      };
    },
  });
}

/** Watches a feed until its value is as wanted; resolves with that value. Fails by the test's own time-out, saying what was last seen. */
export function until<N extends FeedName>(
  client: CoreClient,
  name: N,
  input: FeedInput<N>,
  wanted: (value: FeedValue<N>) => boolean,
): Promise<FeedValue<N>> {
  return new Promise((resolve, reject) => {
    const watch = client.watch(
      name,
      input,
      (value) => {
        if (!wanted(value)) return;
        queueMicrotask(() => watch.stop());
        resolve(value);
      },
      reject,
    );
  });
}

/** What a feed shows at first sight. */
export function snapshot<N extends FeedName>(client: CoreClient, name: N, input: FeedInput<N>): Promise<FeedValue<N>> {
  return until(client, name, input, () => true);
}
