import { execFile, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectSecure } from "node:tls";
import { afterEach, expect, test } from "vitest";
import { mustSkip } from "../../../../test/harness/required.ts";
import { selfSigned } from "../../../../test/harness/self-signed.ts";
import { DisposableStore } from "../../../lib/disposable.ts";
import { english, words } from "../../../station/phrases.ts";
import type { Drop, ReceiverEvent, ReceiverLimits } from "../drop.ts";
import { openFtpReceiver } from "./receiver.ts";

let store = new DisposableStore();
afterEach(async () => {
  await store.dispose();
  store = new DisposableStore();
});

/** A receiver with one drop that keeps files in memory, and what it saw. */
async function receiver(options: { host?: string; tls?: boolean; implicit?: boolean } & Partial<ReceiverLimits> = {}) {
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

/** What it says to lines one after the other, each whole. */
async function talk(one: Awaited<ReturnType<typeof client>>, lines: readonly string[]): Promise<string[][]> {
  const told: string[][] = [];
  for (const line of lines) told.push([line, await one.say(line)]);
  return told;
}

test("says what it takes to who is not logged in yet, and nothing more", async () => {
  const one = await client((await receiver()).port);
  const told = [
    ["NOOP", "200 Good."],
    ["clnt x", "200 Good."],
    ["SYST", "215 UNIX Type: L8"],
    ["FEAT", "211 End"],
    ["OPTS UTF8 ON", "200 Good."],
    ["OPTS utf-8", "200 Good."],
    ["OPTS MLST", "501 Only UTF8 ON."],
    ["TYPE I", "200 Good."],
    ["TYPE A N", "200 Good."],
    ["TYPE L 8", "200 Good."],
    ["TYPE E", "504 Only I and A."],
    ["MODE S", "200 Good."],
    ["MODE B", "504 Only S."],
    ["STRU F", "200 Good."],
    ["STRU R", "504 Only F."],
    ["AUTH TLS", "504 Not here."],
    ["PBSZ 0", "503 AUTH first."],
    ["PROT P", "503 AUTH first."],
    ["PWD", "530 Log in first."],
    ["LIST", "530 Log in first."],
    ["ODD", "530 Log in first."],
    ["ABOR", "226 Nothing runs."],
    ["USER u1", "331 Password?"],
    ["PASS p@ss", "230 Welcome."],
    ["ODD", "502 Not here."],
    ["much too long", "502 Not here."],
    ["PWD", '257 "/"'],
    ['CWD /logs/"a"', "250 Good."],
    ["XPWD", '257 "/logs/""a"""'],
    ["CDUP", "250 Good."],
    ["PWD", '257 "/logs"'],
    ["XCWD b", "250 Good."],
    ["MKD c", '257 "/logs/b/c"'],
    ["XMKD /d", '257 "/d"'],
    [`CWD /${"x".repeat(1023)}`, "250 Good."],
    [`CWD /${"x".repeat(1024)}`, "550 The folder's name is too long."],
    ["CWD /logs", "250 Good."],
    ["SIZE a", "550 Not here."],
    ["REST x", "501 A number of bytes."],
    ["REST 1234567890123456", "501 A number of bytes."],
    ["REST 123456789012345", "350 From 123456789012345."],
    ["REST 0", "350 From 0."],
    ["EPSV ALL", "200 Good."],
    ["EPSV 2", "522 Use (1)."],
    ["PORT 1,2", "501 An address and a port."],
    ["EPRT |1|127.0.0.1|1023|", "504 Only your own address, and ports from 1024."],
    ["EPRT |1|127.0.0.1|65536|", "504 Only your own address, and ports from 1024."],
    ["EPRT |1|127.0.0.1|1024|", "200 Good."],
    ["PORT 127,0,0,1,255,255", "200 Good."],
    ["DELE a", "550 Files are only taken in here."],
    ["RMD a", "550 Files are only taken in here."],
    ["RETR a", "550 Files are only taken in here."],
    ["STOR a", "425 PASV or PORT first."],
    ["NLST", "425 PASV or PORT first."],
    ["RNFR a", "550 Not here."],
    ["RNTO a", "503 RNFR first."],
    ["ALLO 1000000000", "200 Good."],
    ["ALLO 1000000001", "552 There is room for 1000000000 bytes."],
    ["QUIT", "221 Bye."],
  ];
  expect(
    await talk(
      one,
      told.map(([line = ""]) => line),
    ),
  ).toEqual(told);
  expect(await one.reply()).toBe("closed");
});

test("tells what it can, with TLS and without", async () => {
  for (const tls of [false, true]) {
    const { port } = await receiver({ tls });
    const socket = connect(port, "127.0.0.1");
    store.add({ dispose: () => void socket.destroy() });
    let said = "";
    socket.on("data", (bytes) => {
      said += bytes;
    });
    socket.write("FEAT\r\nQUIT\r\n");
    await new Promise((resolve) => socket.once("close", resolve));
    const secure = tls ? [" AUTH TLS", " PBSZ", " PROT"] : [];
    expect(said.split("\r\n")).toEqual([
      "220 Plugside",
      ...["211-Features", ...secure, " EPRT", " EPSV", " REST STREAM", " SIZE", " UTF8", "211 End"],
      ...["221 Bye.", ""],
    ]);
  }
});

test("takes TLS once, and no data connection but in it or beside it", async () => {
  const { port, seen, strays } = await receiver({ tls: true });
  const one = await client(port);
  expect(await one.say("AUTH TLS")).toBe("234 TLS now.");
  one.socket.removeAllListeners();
  const secured = connectSecure({ socket: one.socket, rejectUnauthorized: false });
  let said = "";
  secured
    .on("error", () => undefined)
    .on("data", (bytes: Buffer) => {
      said += bytes;
    });
  const told = ["AUTH TLS", "PBSZ 0", "PROT X", "PROT c", "PROT P", "USER u1", "PASS p@ss", "QUIT"];
  for (const line of told) secured.write(`${line}\r\n`);
  await new Promise((resolve) => secured.once("close", resolve));
  expect(said.split("\r\n")).toEqual([
    ...["503 TLS is on already.", "200 PBSZ=0", "536 Only P and C.", "200 Good.", "200 Good."],
    ...["331 Password?", "230 Welcome.", "221 Bye.", ""],
  ]);
  const who = { protocol: "ftps", from: "127.0.0.1" };
  expect([seen, strays]).toEqual([
    [
      { ...who, type: "secured" },
      { ...who, type: "login" },
    ],
    [],
  ]);
});

test("who leaves as TLS begins is told as one that did not take it", async () => {
  const { port, strays } = await receiver({ tls: true });
  const left = await client(port);
  await left.say("AUTH SSL");
  left.socket.destroy();
  const broken = await client(port);
  await broken.say("AUTH TLS-C");
  broken.socket.write("this is no TLS at all, whatever it says\r\n");
  while (strays.length < 2) await new Promise((resolve) => setImmediate(resolve));
  expect(strays.map(({ protocol, type }) => [protocol, type])).toEqual(Array(2).fill(["ftps", "tls-failed"]));
  expect(strays).toContainEqual(expect.objectContaining({ why: words("tls-left") }));
});

test("nothing in the clear behind AUTH is taken for protected", async () => {
  const one = await client((await receiver({ tls: true })).port);
  one.socket.write("AUTH TLS\r\nUSER u1\r\nNO");
  expect(await one.reply()).toBe("closed");
});

test("tells each thing that it saw, whole", async () => {
  const { port, seen } = await receiver({ fileBytes: 10 });
  const one = await loggedIn(port);
  const data = await begin(one, "STOR a");
  const { remotePort } = data;
  data.end("hello");
  await one.reply();
  (await begin(one, "STOR b")).on("error", () => undefined).end("01234567890");
  expect(await one.reply()).toBe(`552 ${english(words("upload-room", { bytes: 10 }))}`);
  await one.say("REST 6");
  expect(await one.say("STOR a")).toBe(`554 ${english(words("upload-beyond", { at: 6, bytes: 5 }))}`);
  expect(await one.say(`STOR ${"n".repeat(300)}`)).toBe(`553 ${english(words("upload-name"))}`);
  const who = { protocol: "ftp", from: "127.0.0.1" };
  const opened = (port: unknown) => ({ ...who, type: "data-opened", address: "127.0.0.1", port, passive: true });
  expect(seen).toEqual([
    { ...who, type: "login" },
    opened(remotePort),
    { ...who, type: "stored", name: "a", size: 5 },
    opened(expect.any(Number)),
    { ...who, type: "broken-off", name: "b", received: 11, why: words("upload-room", { bytes: 10 }) },
    { ...who, type: "refused", name: "a", why: words("upload-beyond", { at: 6, bytes: 5 }) },
    { ...who, type: "refused", name: "", why: words("upload-name") },
  ]);
});

test("nobody who comes to the data connection, and nobody who takes one, is told by its place", async () => {
  const { port, seen } = await receiver({ dataWaitMs: 30 });
  const one = await loggedIn(port);
  const free = createServer();
  await new Promise<void>((resolve) => free.listen(0, "127.0.0.1", resolve));
  const { port: shut } = free.address() as AddressInfo;
  await new Promise((resolve) => free.close(resolve));
  const passive = Number(/\|(\d+)\|/.exec(await one.say("EPSV 1"))?.[1]);
  expect(await one.say("STOR a")).toBe("150 Go on.");
  expect(await one.reply()).toBe(`425 No data connection: ${english(words("upload-nobody-came"))}.`);
  await one.say(`EPRT |1|127.0.0.1|${shut}|`);
  expect(await one.say("LIST")).toBe("150 Go on.");
  expect(await one.reply()).toBe(`425 No data connection: ${english(words("upload-unreached"))}.`);
  const failed = { protocol: "ftp", from: "127.0.0.1", type: "data-failed", address: "127.0.0.1" };
  expect(seen.slice(1)).toEqual([
    { ...failed, port: passive, passive: true, why: words("upload-nobody-came") },
    { ...failed, port: shut, passive: false, why: words("upload-unreached") },
  ]);
});

test("shows an empty list over a data connection of its own", async () => {
  const one = await loggedIn((await receiver()).port);
  const data = await begin(one, "LIST");
  let shown = "";
  data.on("data", (bytes) => {
    shown += bytes;
  });
  expect(await one.reply()).toBe("226 Nothing to show.");
  await new Promise((resolve) => data.once("close", resolve));
  expect(shown).toBe("");
});

test("PASV tells the address and the port in bytes", async () => {
  const one = await loggedIn((await receiver()).port);
  const [, host, high, low] = /^227 Passive \((127,0,0,1),(\d+),(\d+)\)$/.exec(await one.say("PASV")) ?? [];
  const data = connect(Number(high) * 256 + Number(low), host?.replaceAll(",", "."));
  await new Promise((resolve) => data.once("connect", resolve));
  data.destroy();
});

test("who says nothing for too long is let go, and who sends nothing of its file", async () => {
  const { port, seen, saw } = await receiver({ idleMs: 40 });
  const silent = await client(port);
  expect([await silent.reply(), await silent.reply()]).toEqual(["421 Nothing came for too long.", "closed"]);
  const one = await loggedIn(port);
  (await begin(one, "STOR a")).on("error", () => undefined).write("part");
  await saw("broken-off");
  const why = words("upload-silent", { seconds: 0.04 });
  expect(seen.at(-1)).toEqual({ protocol: "ftp", from: "127.0.0.1", type: "broken-off", name: "a", received: 4, why });
});

test("who piles up commands while a file comes in is let go, at the sixty-fifth that waits", async () => {
  const { port, gate } = await receiver();
  const kept = Promise.withResolvers<void>();
  gate.hold = kept.promise;
  for (const [count, stays] of [
    [63, true],
    [64, false],
  ] as const) {
    const one = await loggedIn(port);
    (await begin(one, "STOR a")).end("x");
    one.socket.write("SYST\r\n".repeat(count));
    expect(await one.say("NOOP")).toBe(stays ? "200 Here." : "closed");
  }
  kept.resolve();
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
