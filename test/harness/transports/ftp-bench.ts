import { connect, type Socket } from "node:net";
import { afterEach, expect } from "vitest";
import { DisposableStore } from "../../../src/lib/disposable.ts";
import type { ReceiverEvent, ReceiverLimits } from "../../../src/transports/receivers/drop.ts";
import { openFtpReceiver } from "../../../src/transports/receivers/ftp/receiver.ts";
import { selfSigned } from "../self-signed.ts";
import { memoryDrop } from "./memory-drop.ts";

/** What one test opened, closed after it. */
export let store = new DisposableStore();
afterEach(async () => {
  await store.dispose();
  store = new DisposableStore();
});

/** A receiver with one drop that keeps files in memory, and what it saw. */
export async function receiver(
  options: { host?: string; tls?: boolean; implicit?: boolean } & Partial<ReceiverLimits> = {},
) {
  const { drop, ...memory } = memoryDrop({ password: "p@ss", path: "/logs/" });
  const strays: ReceiverEvent[] = [];
  const { host = "127.0.0.1", tls, implicit = false, fileBytes = 1e9, ...limits } = options;
  const opened = store.add(
    await openFtpReceiver({
      host,
      port: 0,
      implicit,
      limits: { fileBytes, dataWaitMs: 5000, ...limits },
      onStray: (event) => strays.push(event),
      ...(tls ? { tls: await selfSigned("127.0.0.1") } : {}),
    }),
  );
  return { port: opened.port, ...memory, strays, offer: opened.offer, withdraw: opened.offer(drop) };
}

/** A client that says a line and reads the reply's last line. */
export async function client(port: number) {
  const socket = connect(port, "127.0.0.1");
  store.add({ dispose: () => void socket.destroy() });
  const lines = socket.setEncoding("utf8")[Symbol.asyncIterator]() as AsyncIterator<string>;
  let rest = "";
  const reply = async (): Promise<string> => {
    for (;;) {
      const line = /^(?:.*\r\n)*?(\d{3} .*)\r\n/.exec(rest);
      if (line) {
        rest = rest.slice(line[0].length);
        return line[1] ?? "";
      }
      const next = await lines.next();
      if (next.done) return "closed";
      rest += next.value;
    }
  };
  const say = (line: string) => {
    socket.write(`${line}\r\n`);
    return reply();
  };
  await reply();
  return { socket, say, reply };
}

export async function loggedIn(port: number) {
  const one = await client(port);
  await one.say("USER u1");
  expect(await one.say("PASS p@ss")).toMatch(/^230/);
  return one;
}

/** Opens a passive data connection and begins `command` on it. */
export async function begin(one: Awaited<ReturnType<typeof client>>, command: string): Promise<Socket> {
  const port = Number(/\|(\d+)\|/.exec(await one.say("EPSV"))?.[1]);
  const data = connect(port, "127.0.0.1");
  expect(await one.say(command)).toMatch(/^150/);
  return data;
}
