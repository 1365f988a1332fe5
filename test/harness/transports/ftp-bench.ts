import { connect, type Socket } from "node:net";
import { afterEach, expect } from "vitest";
import { DisposableStore } from "../../../src/lib/disposable.ts";
import type { Drop, ReceiverEvent, ReceiverLimits } from "../../../src/transports/receivers/drop.ts";
import { openFtpReceiver } from "../../../src/transports/receivers/ftp/receiver.ts";
import { selfSigned } from "../self-signed.ts";

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
  const files = new Map<string, Buffer>();
  const seen: ReceiverEvent[] = [];
  const strays: ReceiverEvent[] = [];
  const waiting: (() => void)[] = [];
  const gate = { hold: Promise.resolve() };
  const onSeen = (event: ReceiverEvent) => {
    seen.push(event);
    for (const wake of waiting.splice(0)) wake();
  };
  const drop: Drop = {
    user: "u1",
    password: "p@ss",
    path: "/logs/",
    rename(from, to) {
      const file = files.get(from);
      if (file) files.set(to, file);
      return files.delete(from);
    },
    sizeOf: (name) => files.get(name)?.length ?? null,
    room: () => 1e9,
    onSeen,
    async receive({ name, offset, chunks }) {
      const parts = [(files.get(name) ?? Buffer.alloc(0)).subarray(0, offset)];
      try {
        for await (const chunk of chunks) parts.push(Buffer.from(chunk));
      } finally {
        files.set(name, Buffer.concat(parts));
      }
      await gate.hold;
      return { size: files.get(name)?.length ?? 0 };
    },
  };
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
  const withdraw = opened.offer(drop);
  const saw = async (type: ReceiverEvent["type"]) => {
    while (!seen.some((event) => event.type === type)) await new Promise<void>((wake) => waiting.push(wake));
  };
  return { port: opened.port, files, seen, strays, saw, withdraw, gate };
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
