import type { IncomingMessage, ServerResponse } from "node:http";
import type { Readable } from "node:stream";
import { type FailureCode, FailureError } from "../lib/contract.ts";
import { fileName } from "../lib/file-name.ts";
import type { FilePlaces } from "../services/files/places.ts";
import type { KeptFile } from "../station/model.ts";
import { english, words } from "../station/phrases.ts";

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

const statuses: Partial<Record<FailureCode, number>> = { "not-found": 404, "invalid-input": 413, unavailable: 507 };

/** Answers a request for a file: PUT brings one, GET takes one. */
export async function answerFile(
  { places, files }: FileDoor,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const place = places.take(path);
  request.socket.setTimeout(idleMs, () => request.socket.destroy());
  try {
    if (!place || "up" in place !== (request.method === "PUT")) {
      return tell(response, 404, english(words("file-place-gone")));
    }
    if ("up" in place) {
      const file = await files.keep(place.up, request);
      response.writeHead(201, { "content-type": "application/json", "cache-control": "no-store" });
      return void response.end(JSON.stringify(file));
    }
    const { name, bytes } = files.require(place.down);
    const bytesOf = files.read(place.down);
    response.writeHead(200, {
      "content-type": "application/octet-stream",
      "content-length": bytes,
      "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(fileName(name))}`,
      "cache-control": "no-store",
    });
    bytesOf.on("error", () => response.destroy());
    response.on("close", () => bytesOf.destroy());
    bytesOf.pipe(response);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    tell(response, statuses[error.code] ?? 500, error.message);
  }
}

/** What was still to be sent is not waited for. */
function tell(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    connection: "close",
  });
  response.end(`${text}\n`);
}
