import { onTestFinished } from "vitest";
import WebSocket from "ws";

/** A bare socket to the core that says what it is told and keeps what it hears. */
export type RawStation = {
  socket: WebSocket;
  /** Everything heard, in order. */
  heard: string[];
  send(data: string | Uint8Array, options?: { binary?: boolean }): void;
  /** The next text heard that was not handed out yet. */
  next(): Promise<string>;
  /** Sends a CALL and gives the payload of its CALLRESULT. What we are asked meanwhile is left for `next`. Fails on anything else. */
  ask(action: string, payload: unknown): Promise<unknown>;
  closed: Promise<{ code: number; reason: string }>;
  close(): Promise<void>;
};

/** Opens a socket as a station does. */
export async function rawStation(
  url: string,
  protocols: string[] = ["ocpp1.6"],
  options: WebSocket.ClientOptions = {},
): Promise<RawStation> {
  const socket = new WebSocket(url, protocols, { perMessageDeflate: false, ...options });
  const heard: string[] = [];
  const waiting: ((text: string) => void)[] = [];
  const unread: string[] = [];
  socket.on("message", (data) => {
    const text = String(data);
    heard.push(text);
    const taker = waiting.shift();
    if (taker) taker(text);
    else unread.push(text);
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.on("close", (code, reason) => resolve({ code, reason: String(reason) }));
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });
  socket.on("error", () => undefined);
  onTestFinished(() => socket.terminate());
  function next(): Promise<string> {
    const ready = unread.shift();
    return ready === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(ready);
  }
  let count = 0;
  return {
    socket,
    heard,
    next,
    send: (data, sendOptions) => socket.send(data, sendOptions ?? {}),
    async ask(action, payload) {
      const id = `ask-${++count}`;
      socket.send(JSON.stringify([2, id, action, payload]));
      const asked: string[] = [];
      let text = await next();
      while (text.startsWith("[2,")) {
        asked.push(text);
        text = await next();
      }
      unread.unshift(...asked);
      const answer = JSON.parse(text);
      if (answer[0] !== 3 || answer[1] !== id) throw new Error(`expected an answer to ${id}, got ${text}`);
      return answer[2];
    },
    closed,
    async close() {
      socket.close(1000);
      await closed;
    },
  };
}
