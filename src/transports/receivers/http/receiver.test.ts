import { request as ask, createServer, type IncomingMessage } from "node:http";
import { Agent, request as askSecure, createServer as createSecure } from "node:https";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { selfSigned } from "../../../../test/harness/self-signed.ts";
import { memoryDrop } from "../../../../test/harness/transports/memory-drop.ts";
import { DisposableStore } from "../../../lib/disposable.ts";
import type { Words } from "../../../lib/words.ts";
import { english, words } from "../../../station/phrases.ts";
import type { ReceiverEvent, ReceiverLimits } from "../drop.ts";
import { httpReceiver } from "./receiver.ts";

let store = new DisposableStore();
afterEach(async () => {
  await store.dispose();
  store = new DisposableStore();
});

/** A server with one drop under /d1/ that keeps files in memory. */
async function receiver(fileBytes = 1e9, limits: Partial<ReceiverLimits> = {}) {
  const begun = Promise.withResolvers<void>();
  const { drop, files, seen, saw } = memoryDrop({ password: "p@ss", path: "/d1/" }, begun.resolve);
  const uploads = httpReceiver({ fileBytes, ...limits });
  const withdraw = uploads.offer(drop);
  const server = createServer((request, response) => {
    if (!uploads.onRequest(request, response)) response.writeHead(404).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  store.add({
    dispose: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const put = async (path: string, body: string, headers: Record<string, string> = {}, method = "PUT") =>
    (await fetch(origin + path, { method, headers, ...(method === "GET" ? {} : { body }) })).status;
  return { origin, put, drop, files, seen, broken: saw("broken-off"), begun: begun.promise, withdraw };
}

test("takes in PUT and POST, under whatever name and folder", async () => {
  const { put, files } = await receiver();
  expect(await put("/d1/day/a%20b.log", "hello")).toBe(201);
  expect(await put("/d1/", "there", {}, "POST")).toBe(201);
  expect(files.get("day/a b.log")?.toString()).toBe("hello");
  expect(files.get("upload")?.toString()).toBe("there");
});

test("goes on from the byte that Content-Range tells", async () => {
  const { put, files } = await receiver();
  await put("/d1/a", "12345");
  expect(await put("/d1/a", "abc", { "content-range": "bytes 3-5/6" })).toBe(201);
  expect(files.get("a")?.toString()).toBe("123abc");
  expect(await put("/d1/a", "x", { "content-range": "bytes 9-9/10" })).toBe(416);
  expect(await put("/d1/a", "x", { "content-range": "lines 1" })).toBe(400);
  expect(await put("/d1/a", "x", { "content-range": "bytes 2-1/6" })).toBe(400);
});

test("what is short of the length that Content-Range tells is a part", async () => {
  const { put, seen } = await receiver();
  await put("/d1/a", "123", { "content-range": "bytes 0-2/6" });
  await put("/d1/a", "45", { "content-range": "bytes 3-4/6" });
  await put("/d1/a", "6", { "content-range": "bytes 5-5/6" });
  await put("/d1/b", "123", { "content-range": "bytes 0-2/*" });
  expect(seen.map(({ protocol: _protocol, from: _from, ...what }) => what)).toEqual([
    { type: "part-stored", name: "a", size: 3, total: 6 },
    { type: "part-stored", name: "a", size: 5, total: 6 },
    { type: "stored", name: "a", size: 6 },
    { type: "stored", name: "b", size: 3 },
  ]);
});

test("takes in chunks after 100-continue", async () => {
  const { origin, files } = await receiver();
  const sent = ask(`${origin}/d1/a`, { method: "PUT", headers: { expect: "100-continue" } });
  sent.flushHeaders();
  await new Promise((resolve) => sent.once("continue", resolve));
  sent.write("one");
  sent.end("two");
  expect(await new Promise((resolve) => sent.once("response", ({ statusCode }) => resolve(statusCode)))).toBe(201);
  expect(files.get("a")?.toString()).toBe("onetwo");
});

test("refuses wrong credentials, other methods, what is too large, and leaves other paths alone", async () => {
  const { put, files, seen } = await receiver(5);
  expect(await put("/d1/a", "x", { authorization: `Basic ${btoa("u1:no")}` })).toBe(401);
  expect(await put("/d1/a", "", {}, "GET")).toBe(405);
  expect(await put("/d1/a", "123456")).toBe(413);
  expect(await put("/d1/a", "x", { "content-type": "multipart/form-data; boundary=b" })).toBe(400);
  expect(await put("/d1/a", "x", { "content-type": "multipart/form-data" })).toBe(400);
  expect(await put("/d1/a%01", "x")).toBe(400);
  expect(await put("/d10/a", "x")).toBe(404);
  expect(await put("/d1/%ff", "x")).toBe(404);
  expect(files.size).toBe(0);
  expect(seen.map(({ type }) => type)).toEqual(["wrong-login", "refused", "refused", "refused", "refused", "refused"]);
  expect(await put("/d1/a", "x", { authorization: `Basic ${btoa("u1:p@ss")}` })).toBe(201);
});

test("says so when there is a failure at this end", async () => {
  const { put, files, drop } = await receiver();
  drop.room = () => Promise.reject(new Error("the disk is gone"));
  expect(await put("/d1/a", "x")).toBe(500);
  expect(files.size).toBe(0);
});

test("refuses a chunked body once it is too large", async () => {
  const { origin, broken } = await receiver(5);
  const sent = ask(`${origin}/d1/a`, { method: "PUT" });
  sent.on("error", () => undefined);
  const status = new Promise((resolve) => sent.once("response", ({ statusCode }) => resolve(statusCode)));
  sent.write("123456");
  await broken;
  expect(await status).toBe(413);
  sent.destroy();
});

test.for(["sender", "withdrawal"])("keeps the part of what the %s broke off", async (who) => {
  const { origin, broken, begun, files, withdraw } = await receiver();
  const sent = ask(`${origin}/d1/a`, { method: "PUT", headers: { "content-length": "100" } });
  sent.on("error", () => undefined);
  sent.write("part");
  await begun;
  if (who === "sender") sent.destroy();
  else withdraw();
  await broken;
  expect(files.get("a")?.toString()).toBe("part");
});

test("takes in the files of a form, under their own names wherever they claim to lie", async () => {
  const { origin, files } = await receiver();
  const form = new FormData();
  form.append("kind", "log");
  form.append("file", new Blob(["x".repeat(300_000)]), "åäö.log");
  form.append("other", new Blob(["there"]), "../../etc/passwd");
  const { status } = await fetch(`${origin}/d1/`, { method: "POST", body: form });
  expect(status).toBe(201);
  expect([...files].map(([name, bytes]) => [name, bytes.length])).toEqual([
    ["åäö.log", 300_000],
    ["passwd", 5],
  ]);
});

test("a file of a form without a name is called as its path is, one whose name cannot be is refused, and a form without files as that", async () => {
  const { origin, files } = await receiver();
  const file = (name: string) =>
    `--b\r\ncontent-disposition: form-data; name="f"; filename="${name}"\r\ncontent-type: text/plain\r\n\r\nhello\r\n`;
  const post = async (...parts: string[]) => {
    const headers = { "content-type": "multipart/form-data; boundary=b" };
    const answer = await fetch(`${origin}/d1/own.log`, { method: "POST", headers, body: `${parts.join("")}--b--\r\n` });
    return [answer.status, (await answer.text()).trimEnd()];
  };
  const field = '--b\r\ncontent-disposition: form-data; name="kind"\r\n\r\nlog\r\n';
  expect(await post(field)).toEqual([400, english(words("upload-no-file"))]);
  expect(await post(file("n".repeat(256)))).toEqual([
    400,
    english(words("upload-form", { why: words("upload-name") })),
  ]);
  expect(files.size).toBe(0);
  expect(await post(file(""))).toEqual([201, "Stored 5 bytes."]);
  expect([...files].map(([name, bytes]) => [name, bytes.toString()])).toEqual([["own.log", "hello"]]);
});

test.for([
  ["a.log", "b.log"],
  ["b.log", "a.log"],
])(
  "passes over the rest of a file of a form that cannot be kept, %s, and says so once the form is over",
  async ([lost, kept]) => {
    const { origin, drop, files } = await receiver();
    const { receive } = drop;
    drop.receive = (upload) => (upload.name === lost ? Promise.reject(new Error("the disk is gone")) : receive(upload));
    const form = new FormData();
    form.append("file", new Blob(["x".repeat(300_000)]), "a.log");
    form.append("file", new Blob(["there"]), "b.log");
    expect((await fetch(`${origin}/d1/`, { method: "POST", body: form })).status).toBe(500);
    expect([...files.keys()]).toEqual([kept]);
  },
);

test("keeps the part of a form that breaks off, and refuses one that is too large", async () => {
  const { origin, broken, files } = await receiver(100);
  const head = '--b\r\ncontent-disposition: form-data; name="f"; filename="a.log"\r\n\r\n';
  const headers = { "content-type": "multipart/form-data; boundary=b" };
  const large = await fetch(`${origin}/d1/`, { method: "POST", headers, body: `${head}${"x".repeat(200)}\r\n--b--` });
  expect(large.status).toBe(413);
  files.clear();
  const sent = ask(`${origin}/d1/`, { method: "POST", headers });
  sent.on("error", () => undefined);
  sent.write(`${head}${"y".repeat(50)}`, () => setImmediate(() => sent.destroy()));
  await broken;
  while (!files.has("a.log")) await new Promise((resolve) => setImmediate(resolve));
  expect(files.get("a.log")?.toString()).toMatch(/^y*$/);
});

test("each answer is whole: what is wrong, what is here, and what was seen of it", async () => {
  const { origin, files, seen, drop } = await receiver(10);
  const say = async (path: string, init: RequestInit) => {
    const answer = await fetch(origin + path, { method: "PUT", ...init });
    const told = ["content-type", "content-range", "www-authenticate"].map((name) => answer.headers.get(name));
    return [answer.status, (await answer.text()).trimEnd(), ...told, seen.splice(0)];
  };
  const plain = "text/plain; charset=utf-8";
  const who = { protocol: "http", from: "127.0.0.1" };
  const refused = (status: number, why: Words, name: string, range: string | null = null) => [
    ...[status, english(why), plain, range, null],
    [{ ...who, type: "refused", name, why }],
  ];
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString("base64")}` });
  const stored = (name: string, size: number) => [
    ...[201, `Stored ${size} bytes.`, plain, null, null],
    [{ ...who, type: "stored", name, size }],
  ];
  expect(await say("/d1/a", { body: "12345", headers: basic("u1:p@ss") })).toEqual(stored("a", 5));
  expect(await say("//d1/b?x=1", { body: "1234567890" })).toEqual(stored("b", 10));
  expect(await say("/d1", { body: "1" })).toEqual(stored("upload", 1));
  for (const credentials of ["u1:wrong", "u2:p@ss"]) {
    expect(await say("/d1/a", { body: "1", headers: basic(credentials) })).toEqual([
      ...[401, "Wrong user or password.", plain, null, 'Basic realm="upload"'],
      [{ ...who, type: "wrong-login", user: credentials.slice(0, 2) }],
    ]);
  }
  expect(await say("/d1/a", { method: "DELETE" })).toEqual(refused(405, words("upload-by-put"), "a"));
  expect(await say(`/d1/${"n".repeat(256)}`, { body: "1" })).toEqual(refused(400, words("upload-name"), ""));
  const range = (text: string) => ({ body: "1", headers: { "content-range": text } });
  expect(await say("/d1/a", range("odd"))).toEqual(refused(400, words("upload-range"), "a"));
  expect(await say("/d1/a", range("bytes 6-6/7"))).toEqual(
    refused(416, words("upload-beyond", { at: 6, bytes: 5 }), "a", "bytes */5"),
  );
  expect(await say("/d1/a", range("bytes 5-5/6"))).toEqual(stored("a", 6));
  expect(files.get("a")?.toString()).toBe("123451");
  expect(await say("/d1/c", { body: "12345678901" })).toEqual(refused(413, words("upload-room", { bytes: 10 }), "c"));
  for (const room of [0, -5]) {
    drop.room = () => room;
    expect(await say("/d1/c", { body: "" })).toEqual(refused(507, words("upload-room", { bytes: 0 }), "c"));
  }
  drop.room = () => 4;
  expect(await say("/d1/c", { body: "1234" })).toEqual(stored("c", 4));
  drop.receive = () => Promise.reject(new Error("disk on fire"));
  const why = words("system-says", { error: "disk on fire" });
  expect(await say("/d1/c", { body: "1234" })).toEqual([
    ...[500, english(why), plain, null, null],
    [{ ...who, type: "broken-off", name: "c", received: 0, why }],
  ]);
  drop.sizeOf = () => {
    throw new Error("a fault");
  };
  expect((await say("/d1/c", { body: "1" })).slice(0, 2)).toEqual([500, "The file could not be taken in."]);
});

test("a path that is no drop's is left to others", async () => {
  const { put } = await receiver();
  expect([await put("/d10/a", "x"), await put("/d", "x"), await put("/%zz", "x"), await put("/d1/a", "x")]).toEqual([
    404, 404, 404, 201,
  ]);
});

test("who sends more than was told, or nothing for too long, is broken off", async () => {
  const { origin, seen, broken } = await receiver(10, { idleMs: 400 });
  const slow = ask(`${origin}/d1/a`, { method: "PUT" }).on("error", () => undefined);
  slow.write("part");
  await broken;
  expect(seen).toEqual([
    {
      ...{ protocol: "http", from: "127.0.0.1", type: "broken-off", name: "a", received: 4 },
      why: words("upload-silent", { seconds: 0.4 }),
    },
  ]);
});

test("a drop that is withdrawn takes nothing more, and a secured line is told once", async () => {
  const { put, withdraw } = await receiver();
  withdraw();
  expect(await put("/d1/a", "x")).toBe(404);
  const seen: ReceiverEvent[] = [];
  const uploads = httpReceiver();
  const drop = { user: "u1", password: "p", path: "/d1", sizeOf: () => null, rename: () => false, room: () => 100 };
  uploads.offer({
    ...drop,
    onSeen: (event) => void seen.push(event),
    async receive({ chunks }) {
      let size = 0;
      for await (const chunk of chunks) size += chunk.length;
      return { size };
    },
  });
  const server = createSecure(await selfSigned("127.0.0.1"), (request, response) => {
    uploads.onRequest(request, response);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  store.add({ dispose: () => void server.close() });
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1, rejectUnauthorized: false });
  store.add({ dispose: () => agent.destroy() });
  for (let count = 0; count < 2; count++) {
    const answer = await new Promise<IncomingMessage>((resolve) =>
      askSecure({ agent, port, host: "127.0.0.1", method: "PUT", path: "/d1/a" }, resolve).end("x"),
    );
    await answer.toArray();
    expect(answer.statusCode).toBe(201);
  }
  const who = { protocol: "https", from: "127.0.0.1" };
  const stored = { ...who, type: "stored", name: "a", size: 1 };
  expect(seen).toEqual([{ ...who, type: "secured" }, stored, stored]);
});
