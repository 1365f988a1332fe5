import { type AddressInfo, connect, createServer } from "node:net";
import { connect as connectSecure } from "node:tls";
import { expect, test } from "vitest";
import { begin, client, loggedIn, receiver, store } from "../../../../test/harness/transports/ftp-bench.ts";
import { english, words } from "../../../station/phrases.ts";

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

test("who says nothing for too long is let go", async () => {
  const silent = await client((await receiver({ idleMs: 40 })).port);
  expect([await silent.reply(), await silent.reply()]).toEqual(["421 Nothing came for too long.", "closed"]);
});

test("who sends nothing of its file for too long is told to be silent, and not cut", async () => {
  // Long enough for a laptop that is busy to log in.
  const { port, seen, saw } = await receiver({ idleMs: 400 });
  const one = await loggedIn(port);
  (await begin(one, "STOR a")).on("error", () => undefined).write("part");
  await saw("broken-off");
  const why = words("upload-silent", { seconds: 0.4 });
  // Its control connection was as silent, and outlives it.
  expect(await one.reply()).toBe(`426 ${english(why)}`);
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
