import { execFile, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { mustSkip } from "../../../../test/harness/required.ts";
import { selfSigned } from "../../../../test/harness/self-signed.ts";
import { DisposableStore } from "../../../lib/disposable.ts";
import type { Drop, ReceiverEvent } from "../drop.ts";
import { openFtpReceiver } from "./receiver.ts";

let store = new DisposableStore();
afterEach(async () => {
  await store.dispose();
  store = new DisposableStore();
});

/** A receiver with one drop that keeps files in memory, and what it saw. */
async function receiver(options: { host?: string; tls?: boolean; implicit?: boolean; fileBytes?: number } = {}) {
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
  const { host = "127.0.0.1", tls, implicit = false, fileBytes = 1e9 } = options;
  const opened = store.add(
    await openFtpReceiver({
      host,
      port: 0,
      implicit,
      limits: { fileBytes, dataWaitMs: 5000 },
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
async function client(port: number) {
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

async function loggedIn(port: number) {
  const one = await client(port);
  await one.say("USER u1");
  expect(await one.say("PASS p@ss")).toMatch(/^230/);
  return one;
}

/** Opens a passive data connection and begins `command` on it. */
async function begin(one: Awaited<ReturnType<typeof client>>, command: string): Promise<Socket> {
  const port = Number(/\|(\d+)\|/.exec(await one.say("EPSV"))?.[1]);
  const data = connect(port, "127.0.0.1");
  expect(await one.say(command)).toMatch(/^150/);
  return data;
}

test("takes a file in, and says so only once it is kept", async () => {
  const { port, files, gate, seen } = await receiver();
  const kept = Promise.withResolvers<void>();
  gate.hold = kept.promise;
  const one = await loggedIn(port);
  const data = await begin(one, "STOR /logs/a.log");
  data.end("hello");
  expect(await one.say("NOOP")).toMatch(/^200/);
  kept.resolve();
  expect(await one.reply()).toMatch(/^226/);
  expect(files.get("a.log")?.toString()).toBe("hello");
  expect(seen.map((event) => event.type)).toEqual(["login", "data-opened", "stored"]);
});

test("resumes with REST and with APPE, and tells the size", async () => {
  const { port, files } = await receiver();
  const one = await loggedIn(port);
  (await begin(one, "STOR a")).end("12345");
  await one.reply();
  await one.say("REST 3");
  (await begin(one, "STOR a")).end("abc");
  expect(await one.reply()).toMatch(/^226/);
  (await begin(one, "APPE a")).end("!");
  expect(await one.reply()).toMatch(/^226/);
  expect(files.get("a")?.toString()).toBe("123abc!");
  expect(await one.say("SIZE a")).toBe("213 7");
  await one.say("REST 100");
  expect(await one.say("STOR a")).toMatch(/^554/);
});

test("names what comes without a name, each anew and from its first byte, whatever REST said before", async () => {
  const { port, files } = await receiver();
  const one = await loggedIn(port);
  for (const text of ["12345", "abc"]) {
    await one.say("REST 3");
    (await begin(one, "STOU")).end(text);
    expect(await one.reply()).toMatch(/^226/);
  }
  expect([...files].map(([name, bytes]) => [name, bytes.toString()])).toEqual([
    ["upload-1", "12345"],
    ["upload-2", "abc"],
  ]);
});

test("outlives a data connection that is reset before anything is asked of it", async () => {
  const { port, files } = await receiver();
  const one = await loggedIn(port);
  const data = connect(Number(/\|(\d+)\|/.exec(await one.say("EPSV"))?.[1]));
  await new Promise((resolve) => data.once("connect", resolve));
  data.resetAndDestroy();
  expect(await one.say("NOOP")).toMatch(/^200/);
  expect(await one.say("STOR a")).toMatch(/^150/);
  expect(await one.reply()).toMatch(/^426/);
  (await begin(one, "STOR b")).end("hello");
  expect(await one.reply()).toMatch(/^226/);
  expect(files.get("b")?.toString()).toBe("hello");
});

test("keeps the part of what was broken off", async () => {
  const { port, files, seen, saw } = await receiver();
  const one = await loggedIn(port);
  const data = await begin(one, "STOR a");
  data.write("part", () => data.resetAndDestroy());
  expect(await one.reply()).toMatch(/^426/);
  await saw("broken-off");
  expect(seen.some((event) => event.type === "stored")).toBe(false);
  expect(files.has("a")).toBe(true);
});

test("gives what came another name", async () => {
  const { port, files } = await receiver();
  const one = await loggedIn(port);
  (await begin(one, "STOR a.part")).end("12345");
  await one.reply();
  expect(await one.say("RNTO a")).toMatch(/^503/);
  expect(await one.say("RNFR b")).toMatch(/^550/);
  expect(await one.say("RNFR a.part")).toMatch(/^350/);
  expect(await one.say("RNTO /logs/a")).toMatch(/^250/);
  expect([...files.keys()]).toEqual(["a"]);
});

test("ends what comes in when the request is withdrawn", async () => {
  const { port, saw, withdraw } = await receiver();
  const one = await loggedIn(port);
  (await begin(one, "STOR a")).on("error", () => undefined).write("part");
  withdraw();
  await saw("broken-off");
  expect(await (await client(port)).say("USER u1")).toMatch(/^331/);
});

test("shows, gives and overwrites nothing else, and connects to nobody else", async () => {
  const { port } = await receiver();
  const one = await loggedIn(port);
  expect(await one.say("RETR a")).toMatch(/^550/);
  expect(await one.say("DELE a")).toMatch(/^550/);
  expect(await one.say("CWD ../../etc")).toMatch(/^250/);
  expect(await one.say("SIZE passwd")).toMatch(/^550/);
  expect(await one.say("PORT 10,0,0,1,200,1")).toMatch(/^504/);
  expect(await one.say("EPRT |1|127.0.0.1|22|")).toMatch(/^504/);
  expect(await one.say(`STOR ${"n".repeat(300)}`)).toMatch(/^553/);
  expect(await one.say("STOR a\u0001b")).toMatch(/^553/);
});

test("refuses what is too large, before it comes where the sender tells its size", async () => {
  const { port } = await receiver({ fileBytes: 10 });
  const one = await loggedIn(port);
  expect(await one.say("ALLO 11")).toMatch(/^552/);
  (await begin(one, "STOR a")).on("error", () => undefined).end("01234567890");
  expect(await one.reply()).toMatch(/^552/);
});

test("ends the conversation after three wrong logins, and tells of each", async () => {
  const { port, strays } = await receiver();
  const one = await client(port);
  expect(await one.say("STOR a")).toMatch(/^530/);
  await one.say("USER u1");
  expect(await one.say("PASS no")).toMatch(/^530/);
  expect(await one.say("PASS no")).toMatch(/^530/);
  expect(await one.say("PASS no")).toMatch(/^421/);
  expect(await one.reply()).toBe("closed");
  expect(strays).toHaveLength(3);
});

test("understands a command that comes in two pieces, and refuses one without an end", async () => {
  const { port } = await receiver();
  const one = await client(port);
  one.socket.write("NO");
  expect(await one.say("OP")).toMatch(/^200/);
  expect(await one.say("x".repeat(10_000))).toMatch(/^500/);
});

const noCurl = mustSkip("curl", spawnSync("curl", ["--version"]).status === 0, "Install curl.");
const ways: [string, string[], Parameters<typeof receiver>[0]][] = [
  ["passive", [], {}],
  ["PASV", ["--disable-epsv"], {}],
  ["PORT", ["--disable-eprt", "-P", "127.0.0.1"], {}],
  ["folders made", ["--ftp-create-dirs"], {}],
  ["TLS", ["--ssl-reqd", "-k"], { tls: true }],
  ["TLS on the control connection alone", ["--ftp-ssl-control", "-k"], { tls: true }],
  ["implicit TLS", ["-k"], { tls: true, implicit: true }],
  ["AUTH TLS where implicit TLS is awaited", ["--ssl-reqd", "-k"], { tls: true, implicit: true }],
  ["IPv6", [], { host: "::1" }],
];

test.skipIf(noCurl).for(ways)("takes in 3 MB from curl: %s", { timeout: 30_000 }, async ([, args, options]) => {
  const { port, files } = await receiver(options);
  const folder = mkdtempSync(join(tmpdir(), "ftp-"));
  store.add({ dispose: () => rmSync(folder, { recursive: true }) });
  const body = randomBytes(3_000_000);
  writeFileSync(join(folder, "f"), body);
  const scheme = options?.implicit && !args.includes("--ssl-reqd") ? "ftps" : "ftp";
  const host = options?.host ? `[${options.host}]` : "127.0.0.1";
  const url = `${scheme}://${host}:${port}/logs/day/åäö.log`;
  const said = await new Promise<string>((resolve) => {
    const upload = ["-sS", "-m", "20", "-u", "u1:p@ss", ...args, "-T", join(folder, "f"), url];
    execFile("curl", upload, (error, _, stderr) => resolve(error ? `${error.code} ${stderr}` : "done"));
  });
  expect(said).toBe("done");
  const hash = (bytes: Buffer | undefined) => bytes && createHash("sha256").update(bytes).digest("hex");
  expect(hash(files.get("day/åäö.log"))).toBe(hash(body));
});
