import WebSocket from "ws";
import type { ClientSocket } from "./client.ts";
import type { Contact } from "./contact.ts";
import { askCore } from "./proof.ts";

const handshakeMs = 5000;

/** Connects to a core as the command line does. It is open once each has proved itself to the other; what answers and is not the
 * core is hung up on, and told by `onImpostor`. */
export function dialCore({ url, secret }: Contact, onImpostor: () => void = () => undefined): ClientSocket {
  const ask = askCore(secret, Number(new URL(url).port));
  const socket = new WebSocket(url, { headers: ask.headers, handshakeTimeout: handshakeMs });
  let reply: string | null = null;
  let opened: () => void = () => undefined;
  socket.on("upgrade", ({ headers }) => {
    reply = ask.reply(headers);
  });
  socket.on("open", () => {
    if (reply === null) {
      onImpostor();
      return socket.terminate();
    }
    socket.send(reply);
    opened();
  });
  socket.on("error", () => undefined);
  return {
    send: (text) => socket.send(text),
    close: () => socket.close(),
    onOpen(listener) {
      opened = listener;
    },
    onMessage: (listener) => void socket.on("message", (data) => listener(String(data))),
    onClose: (listener) => void socket.on("close", () => listener("The core is gone.")),
  };
}
