import type { IncomingMessage, ServerResponse } from "node:http";
import { PassThrough, Readable } from "node:stream";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { silentLogger } from "../lib/logger.ts";
import { failure } from "../station/failure.ts";
import { words } from "../station/phrases.ts";
import { answerFile, type FileDoor } from "./files.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A request and its answer, as far as a file needs them. */
function exchange(method: "PUT" | "GET") {
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
