import { execFile, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { mustSkip } from "../../../../test/harness/required.ts";
import { begin, client, loggedIn, receiver, store } from "../../../../test/harness/transports/ftp-bench.ts";
import { memoryDrop } from "../../../../test/harness/transports/memory-drop.ts";
import { english, words } from "../../../station/phrases.ts";

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
  // It holds for one file alone.
  (await begin(one, "STOR b")).end("new");
  expect(await one.reply()).toMatch(/^226/);
  expect(files.get("b")?.toString()).toBe("new");
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
  for (const name of ["n".repeat(256), "a\u0001b"]) {
    expect(await one.say("RNFR a")).toMatch(/^350/);
    expect(await one.say(`RNTO ${name}`)).toBe("553 Not with this name.");
  }
  expect(await one.say(`SIZE ${"n".repeat(256)}`)).toMatch(/^550/);
  expect([...files.keys()]).toEqual(["a"]);
});

test("takes nothing in while there is no room, and says so before it comes", async () => {
  const { port, offer } = await receiver();
  const { drop, seen } = memoryDrop({ password: "full", path: "/full/" });
  drop.room = () => 0;
  offer(drop);
  const one = await client(port);
  await one.say("USER u1");
  expect(await one.say("PASS full")).toMatch(/^230/);
  const why = words("upload-room", { bytes: 0 });
  expect(await one.say("STOR a")).toBe(`452 ${english(why)}`);
  expect(seen.at(-1)).toEqual({ protocol: "ftp", from: "127.0.0.1", type: "refused", name: "a", why });
});

test("ends what comes in when the request is withdrawn", async () => {
  const { port, saw, withdraw } = await receiver();
  const one = await loggedIn(port);
  (await begin(one, "STOR a")).on("error", () => undefined).write("part");
  withdraw();
  await saw("broken-off");
  expect(await (await client(port)).say("USER u1")).toMatch(/^331/);
});

test("lets who came for another request go on when one is withdrawn", async () => {
  const { port, offer, withdraw, saw } = await receiver();
  const other = memoryDrop({ password: "other", path: "/logs/" });
  offer(other.drop);
  const [one, two] = [await loggedIn(port), await client(port)];
  await two.say("USER u1");
  expect(await two.say("PASS other")).toMatch(/^230/);
  (await begin(one, "STOR a")).on("error", () => undefined).write("part");
  const data = await begin(two, "STOR b");
  withdraw();
  await saw("broken-off");
  data.end("whole");
  expect(await two.reply()).toMatch(/^226/);
  expect(other.files.get("b")?.toString()).toBe("whole");
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
  expect(await one.say("ALLO 10")).toMatch(/^200/);
  (await begin(one, "STOR b")).end("0123456789");
  expect(await one.reply()).toMatch(/^226/);
});

test("begins with TLS only where nothing else waits to be done, and with nothing in the clear behind it", async () => {
  const { port } = await receiver({ tls: true });
  const one = await client(port);
  one.socket.write("NOOP\r\nAUTH TLS\r\n");
  expect([await one.reply(), await one.reply()]).toEqual(["200 Good.", "504 Not here."]);
  const other = await client(port);
  other.socket.write("AUTH TLS\r\nUSER");
  expect(await other.reply()).toBe("closed");
  expect(await one.say("auth tls")).toBe("234 TLS now.");
});

test("ends the conversation after three wrong logins, and tells of each", async () => {
  const { port, strays } = await receiver();
  const one = await client(port);
  expect(await one.say("STOR a")).toMatch(/^530/);
  await one.say("USER u1");
  expect(await one.say("PASS no")).toMatch(/^530/);
  await one.say(`USER ${"x".repeat(256)}`);
  expect(await one.say("PASS no")).toMatch(/^530/);
  expect(await one.say("PASS no")).toMatch(/^421/);
  expect(await one.reply()).toBe("closed");
  const long = { type: "wrong-login", user: "x".repeat(255) };
  expect(strays).toMatchObject([{ type: "wrong-login", user: "u1" }, long, long]);
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
