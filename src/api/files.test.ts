import { once } from "node:events";
import { Agent, type IncomingMessage, request, type ServerResponse } from "node:http";
import { PassThrough, Readable } from "node:stream";
import { expect, onTestFinished, test, vi } from "vitest";
import { systemClock } from "../lib/clock.ts";
import { type Failure, FailureError } from "../lib/contract.ts";
import { silentLogger } from "../lib/logger.ts";
import { createFilePlaces } from "../services/files/places.ts";
import { failure } from "../station/failure.ts";
import { words } from "../station/phrases.ts";
import { answerFile, type FileDoor } from "./files.ts";
import { openLoopback } from "./testing/open-loopback.ts";

/** A request and its answer, as far as a file needs them. */
function exchange(method: "PUT" | "GET") {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const idle: number[] = [];
  const request = Object.assign(new PassThrough(), {
    method,
    complete: false,
    socket: { setTimeout: (ms: number) => void idle.push(ms) },
  });
  const answer = new PassThrough();
  const told = { status: 0, headers: {} as object };
  const response = Object.assign(answer, {
    socket: request.socket,
    writeHead(status: number, headers: object) {
      Object.assign(told, { status, headers });
    },
  });
  const text = () => String(answer.read() ?? "");
  return {
    idle,
    request: Object.assign(request, { iterator: () => request[Symbol.asyncIterator]() }),
    response,
    told,
    text,
    of: (files: Partial<FileDoor["files"]>, place: Parameters<typeof answerFile>[1]) =>
      answerFile(
        files as FileDoor["files"],
        place,
        request as unknown as IncomingMessage,
        response as unknown as ServerResponse,
        silentLogger,
      ),
  };
}

const turn = () => vi.advanceTimersByTimeAsync(0);

test("who sends a file is watched by what comes, for half a minute, and is told how it is kept", async () => {
  const { idle, request, of, told, text } = exchange("PUT");
  const kept = { id: 3, name: "a.log", bytes: 5 };
  const came: string[] = [];
  const keep = async (wish: unknown, chunks: AsyncIterable<Uint8Array>) => {
    came.push(JSON.stringify(wish));
    for await (const chunk of chunks) came.push(String(chunk));
    return kept as never;
  };
  request.end("12345");
  await of({ keep }, { up: { station: "CP1", name: "a.log" } });
  expect([idle, came]).toEqual([[30_000], ['{"station":"CP1","name":"a.log"}', "12345"]]);
  expect(told).toEqual({ status: 201, headers: { "content-type": "application/json", "cache-control": "no-store" } });
  expect(JSON.parse(text())).toEqual(kept);
});

test("a file that is made slowly is no silence, whatever a piece of it holds", async () => {
  const { idle, of, told, text } = exchange("GET");
  async function* pieces() {
    for (const piece of ["", "head\n", "", "tail\n"]) yield { text: piece };
  }
  await of({}, { made: { name: "Lög 1.csv", text: pieces } });
  expect([idle, text()]).toEqual([Array(5).fill(30_000), "head\ntail\n"]);
  expect(told).toEqual({
    status: 200,
    headers: {
      "content-type": "application/octet-stream",
      "content-disposition": "attachment; filename*=UTF-8''L%C3%B6g%201.csv",
      "cache-control": "no-store",
    },
  });
});

test("who is refused may go on sending for two seconds, and no longer; who is done is answered at once", async () => {
  const full = { keep: () => Promise.reject(failure("unavailable", words("no-frame", { seq: 1 }))) };
  const up = { up: { name: "x" } };
  const slow = exchange("PUT");
  await slow.of(full, up);
  expect(slow.told).toMatchObject({
    status: 507,
    headers: { "content-type": "application/json", "cache-control": "no-store", connection: "close" },
  });
  const said = slow.text();
  expect(slow.told.headers).toMatchObject({ "content-length": Buffer.byteLength(said) });
  expect(JSON.parse(said)).toMatchObject({ code: "unavailable", words: words("no-frame", { seq: 1 }) });
  await vi.advanceTimersByTimeAsync(1999);
  expect(slow.response.writableEnded).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(slow.response.writableEnded).toBe(true);
  for (const over of ["end", "close"]) {
    const quick = exchange("PUT");
    await quick.of(full, up);
    quick.request.emit(over);
    expect([quick.response.writableEnded, vi.getTimerCount()]).toEqual([true, 0]);
  }
});

test("who breaks off in the midst is not answered, and what cannot be read is cut off; nothing is read for who is gone", async () => {
  const broken = exchange("PUT");
  broken.request.destroy();
  await broken.of({ keep: () => Promise.reject(new Error("broken off")) }, { up: { name: "x" } });
  expect([broken.response.destroyed, broken.told.status]).toEqual([true, 0]);
  const file = { id: 4, name: "a", bytes: 9 };
  const of = (door: ReturnType<typeof exchange>, from: Readable) =>
    door.of({ require: () => file as never, read: () => from }, { down: 4 });
  const spoilt = exchange("GET");
  spoilt.response.on("error", () => undefined);
  const from = new Readable({ read: () => undefined });
  await of(spoilt, from);
  from.destroy(new Error("the disk is gone"));
  await turn();
  expect([spoilt.told.status, spoilt.response.destroyed]).toEqual([200, true]);
  const gone = exchange("GET");
  const unread = new Readable({ read: () => undefined });
  await of(gone, unread);
  gone.response.destroy();
  await turn();
  expect(unread.destroyed).toBe(true);
});

test("whoever is refused in the midst of a file hears why, and whoever breaks off is no fault of ours", async () => {
  const places = createFilePlaces(systemClock);
  const begun: string[] = [];
  const ends: string[] = [];
  const bugs: string[] = [];
  const files = {
    async keep({ name }: { name: string }, chunks: AsyncIterable<Uint8Array>) {
      try {
        for await (const _chunk of chunks) {
          begun.push(name);
          if (name === "too large") throw failure("invalid-input", words("no-frame", { seq: 1 }));
        }
      } catch (error) {
        ends.push(name);
        throw error;
      }
    },
  } as unknown as FileDoor["files"];
  const loopback = await openLoopback(true, {
    files: { places, files },
    log: { ...silentLogger, bug: (what) => bugs.push(what) },
  });
  const send = (name: string) =>
    request({ host: "127.0.0.1", port: loopback.port, path: places.open({ up: { name } }), method: "PUT" });
  const refused = send("too large");
  refused.on("error", () => undefined);
  refused.write(Buffer.alloc(1_000_000));
  const [answer] = (await once(refused, "response")) as [IncomingMessage];
  const told = JSON.parse(Buffer.concat(await answer.toArray()).toString()) as Failure;
  expect([answer.statusCode, told.code, told.words?.phrase]).toEqual([413, "invalid-input", "no-frame"]);

  const broken = send("broken off");
  broken.on("error", () => undefined);
  broken.write("some");
  await expect.poll(() => begun, { timeout: 10_000 }).toContain("broken off");
  broken.destroy();
  await expect.poll(() => ends, { timeout: 10_000 }).toEqual(["too large", "broken off"]);
  expect(bugs).toEqual([]);
});

test("many files on one connection leave nothing behind on it", async () => {
  const places = createFilePlaces(systemClock);
  const files = {
    async keep(_wish: object, chunks: AsyncIterable<Uint8Array>) {
      for await (const _chunk of chunks);
    },
  };
  const loopback = await openLoopback(true, { files: { places, files: files as unknown as FileDoor["files"] } });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  const warnings: string[] = [];
  const warned = (warning: Error) => warnings.push(warning.name);
  process.on("warning", warned);
  onTestFinished(() => void process.off("warning", warned));
  for (let sent = 0; sent < 12; sent++) {
    const path = places.open({ up: { name: "x" } });
    const put = request({ host: "127.0.0.1", port: loopback.port, path, method: "PUT", agent });
    put.end("x");
    const [answer] = (await once(put, "response")) as [IncomingMessage];
    await answer.toArray();
    expect(answer.statusCode).toBe(201);
  }
  expect(warnings).toEqual([]);
});

test("a file that is made on the way comes whole, is cut off where it breaks, and tells why it could not begin", async () => {
  const places = createFilePlaces(systemClock);
  const errors: string[] = [];
  const ends: string[] = [];
  const loopback = await openLoopback(true, {
    files: { places, files: {} as never },
    log: { ...silentLogger, error: (what) => errors.push(what) },
  });
  async function* pieces(name: string): AsyncGenerator<{ text: string }> {
    try {
      if (name === "never") throw failure("not-found", words("no-frame", { seq: 1 }));
      yield { text: "head\n" };
      yield { text: "" };
      if (name === "broken") throw new Error("the disk is gone");
      for (let at = 0; at < (name === "endless" ? Number.POSITIVE_INFINITY : 3); at++)
        yield { text: `${"x".repeat(9999)}\n` };
    } finally {
      ends.push(name);
    }
  }
  const open = (name: string) => places.open({ made: { name: `${name}.csv`, text: () => pieces(name) } });
  const fetched = (name: string) => fetch(`http://127.0.0.1:${loopback.port}${open(name)}`);
  const whole = await fetched("whole");
  expect(whole.headers.get("content-disposition")).toBe("attachment; filename*=UTF-8''whole.csv");
  expect((await whole.text()).length).toBe(5 + 3 * 10_000);
  await expect(fetched("broken").then((answer) => answer.text())).rejects.toThrow();
  const never = await fetched("never");
  expect([never.status, await never.json()]).toMatchObject([404, { code: "not-found" }]);
  const endless = await fetched("endless");
  await endless.body?.cancel();
  await expect.poll(() => ends, { timeout: 10_000 }).toEqual(["whole", "broken", "never", "endless"]);
  expect(errors).toEqual(["a file could not be made to its end"]);
});

test("a kept file comes down whole under its name, and what a place is not good for is refused", async () => {
  const places = createFilePlaces(systemClock);
  const files = {
    require: (id: number) => ({ id, name: "lög 1.txt", bytes: 5 }),
    read: () => Readable.from([Buffer.from("12345")]),
    async keep(_wish: object, chunks: AsyncIterable<Uint8Array>) {
      for await (const _chunk of chunks);
      throw new FailureError("unavailable", "full");
    },
  };
  const loopback = await openLoopback(true, { files: { places, files: files as unknown as FileDoor["files"] } });
  const ask = (path: string, method = "GET", body?: string) =>
    fetch(`http://127.0.0.1:${loopback.port}${path}`, { method, body });
  const down = places.open({ down: 4 });
  const whole = await ask(down);
  expect([whole.status, await whole.text()]).toEqual([200, "12345"]);
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    "content-type": "application/octet-stream",
    "content-length": "5",
    "content-disposition": "attachment; filename*=UTF-8''l%C3%B6g%201.txt",
    "cache-control": "no-store",
  });
  const refused = async (path: string, method?: string, body?: string) => {
    const answer = await ask(path, method, body);
    return [answer.status, ((await answer.json()) as Failure).code];
  };
  expect(await refused(down)).toEqual([404, "not-found"]);
  expect(await refused(places.open({ down: 4 }), "PUT", "x")).toEqual([404, "not-found"]);
  expect(await refused(places.open({ up: { name: "x" } }))).toEqual([404, "not-found"]);
  expect(await refused(places.open({ up: { name: "x" } }), "PUT", "x")).toEqual([507, "unavailable"]);
  files.require = () => {
    throw new Error("a fault of ours");
  };
  expect(await refused(places.open({ down: 4 }))).toEqual([500, "internal"]);
});
