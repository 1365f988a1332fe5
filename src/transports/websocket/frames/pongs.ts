import type { WebSocket } from "ws";

/** Answers pings one at a time: of those that come while an answer is still unsent only the last is answered (RFC 6455 5.5.3), so
 * that a flood of them neither piles up nor ends the link. */
export function answerPings(socket: WebSocket): void {
  let sending = false;
  let next: Buffer | null = null;
  function answer(data: Buffer): void {
    if (socket.readyState !== socket.OPEN) return;
    sending = true;
    socket.pong(data, undefined, () => {
      sending = false;
      const waiting = next;
      next = null;
      if (waiting) answer(waiting);
    });
  }
  socket.on("ping", (data) => {
    // A copy: what came is a view of the whole chunk.
    if (sending) next = Buffer.from(data);
    else answer(data);
  });
}
