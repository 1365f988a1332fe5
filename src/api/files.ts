import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Failure, FailureCode } from "../lib/contract.ts";
import { fileName } from "../lib/file-name.ts";
import type { Logger } from "../lib/logger.ts";
import type { FilePlaces, MadeFile, Place } from "../services/files/places.ts";
import { failure } from "../station/failure.ts";
import type { KeptFile } from "../station/model.ts";
import { words } from "../station/phrases.ts";
import { toFailure } from "./to-failure.ts";

/** The files as the port of the screens hands them on. */
export type FileDoor = {
  places: FilePlaces;
  files: {
    require(id: number): KeptFile;
    read(id: number): Readable;
    keep(wish: { station?: string; name: string }, chunks: AsyncIterable<Uint8Array>): Promise<KeptFile>;
  };
};

/** Whoever sends or takes nothing for so long is cut off. */
const idleMs = 30_000;

/** How long one that was refused may go on sending. */
const lingerMs = 2000;

const statuses: Partial<Record<FailureCode, number>> = { "not-found": 404, "invalid-input": 413, unavailable: 507 };

/** Answers a request for a file: PUT brings one, GET takes one, one that is kept or one that is made on the way. What fails is told as the contract tells it (`Failure`), as JSON.
 * @param place what the path is good for; null for one that is good for nothing */
export async function answerFile(
  files: FileDoor["files"],
  place: Place | null,
  request: IncomingMessage,
  response: ServerResponse,
  log: Logger,
): Promise<void> {
  // Node destroys a socket that reaches it.
  request.socket.setTimeout(idleMs);
  try {
    if (!place || "up" in place !== (request.method === "PUT")) throw failure("not-found", words("file-place-gone"));
    if ("made" in place) return await make(place.made, response, log);
    if ("down" in place) return send(files.require(place.down), files.read(place.down), response);
    // Whoever is refused in the midst of it hears why.
    const file = await files.keep(place.up, request.iterator({ destroyOnReturn: false }));
    response.writeHead(201, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(JSON.stringify(file));
  } catch (error) {
    if (request.destroyed && !request.complete) response.destroy();
    else tell(toFailure(error, log), request, response);
  }
}

/** The bytes as they are made. Their number is not known before: what ends too early is cut off, so that no half file passes for a whole. */
async function make({ name, text }: MadeFile, response: ServerResponse, log: Logger): Promise<void> {
  const pieces = text()[Symbol.asyncIterator]();
  // What cannot even begin is told as a failure.
  const first = await pieces.next();
  response.writeHead(200, asFile(name));
  async function* texts(): AsyncGenerator<string> {
    try {
      for (let piece = first; !piece.done; piece = await pieces.next()) {
        // A long search that finds nothing is no silence; who takes nothing for so long still is cut off.
        response.socket?.setTimeout(idleMs);
        if (piece.value.text !== "") yield piece.value.text;
      }
    } finally {
      await pieces.return?.();
    }
  }
  try {
    await pipeline(texts, response);
  } catch (error) {
    // Whoever breaks off is no fault of ours.
    if (!isBrokenOff(error)) log.error("a file could not be made to its end", { name, error });
  }
}

function isBrokenOff(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE";
}

function asFile(name: string): Record<string, string> {
  return {
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(fileName(name))}`,
    "cache-control": "no-store",
  };
}

function send({ name, bytes }: KeptFile, from: Readable, response: ServerResponse): void {
  response.writeHead(200, { ...asFile(name), "content-length": bytes });
  from.on("error", () => response.destroy());
  response.on("close", () => from.destroy());
  from.pipe(response);
}

/** What is still to come is let go by for a moment: a connection that is closed with bytes unread takes the answer away from its reader
 * (RFC 9112 9.6). */
function tell(failed: Failure, request: IncomingMessage, response: ServerResponse): void {
  const text = Buffer.from(JSON.stringify(failed));
  response.writeHead(statuses[failed.code] ?? 500, {
    "content-type": "application/json",
    "content-length": text.length,
    "cache-control": "no-store",
    connection: "close",
  });
  response.write(text);
  const end = () => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs).unref();
  request.once("close", end).once("end", end).resume();
}
