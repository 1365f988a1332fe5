import type { ClientSocket } from "../../src/api/client.ts";

/** The browser's WebSocket to the core that served this page (`ws(s)://<host>/api`); the cookie says who we are. */
export function browserSocket(location: { protocol: string; host: string }): ClientSocket {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const socket = new WebSocket(`${scheme}://${location.host}/api`);
  return {
    send: (text) => socket.send(text),
    close: () => socket.close(),
    onOpen: (listener) => socket.addEventListener("open", () => listener()),
    onMessage: (listener) =>
      socket.addEventListener("message", (message) => {
        if (typeof message.data === "string") listener(message.data);
      }),
    onClose: (listener) => socket.addEventListener("close", (event) => listener(event.reason)),
  };
}
