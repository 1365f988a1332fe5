import { expect, test, vi } from "vitest";
import { browserSocket } from "./socket.ts";

/** What stands for the browser's: keeps what it is told, and can be made to speak. */
class Opened extends EventTarget {
  static last: Opened;
  readonly sent: string[] = [];
  isClosed = false;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    Opened.last = this;
  }
  send(text: string) {
    this.sent.push(text);
  }
  close() {
    this.isClosed = true;
  }
}

test("the way to the core is where the page came from, and passes on texts, and why it ended", () => {
  vi.stubGlobal("WebSocket", Opened);
  expect(browserSocket({ protocol: "https:", host: "h:1" }) && Opened.last.url).toBe("wss://h:1/api");
  const socket = browserSocket({ protocol: "http:", host: "127.0.0.1:8100" });
  const { last } = Opened;
  expect(last.url).toBe("ws://127.0.0.1:8100/api");
  const heard: unknown[] = [];
  socket.onOpen(() => heard.push("open"));
  socket.onMessage((text) => heard.push(text));
  socket.onClose((why) => heard.push({ why }));
  last.dispatchEvent(new Event("open"));
  last.dispatchEvent(Object.assign(new Event("message"), { data: "text" }));
  last.dispatchEvent(Object.assign(new Event("message"), { data: new ArrayBuffer(1) }));
  last.dispatchEvent(Object.assign(new Event("close"), { reason: "another window" }));
  expect(heard).toEqual(["open", "text", { why: "another window" }]);
  socket.send("said");
  expect([last.sent, last.isClosed]).toEqual([["said"], false]);
  socket.close();
  expect(last.isClosed).toBe(true);
});
