import type { IncomingMessage, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import type { Words } from "../../../lib/words.ts";
import { failure } from "../../../station/failure.ts";
import { english, words } from "../../../station/phrases.ts";
import { plainAddress } from "../../ends.ts";
import { readBasic } from "../../http/basic-credentials.ts";
import { type Drop, type ReceiverEvent, type ReceiverLimits, usualLimits } from "../drop.ts";
import { nameUnder } from "../names.ts";
import { sameSecret } from "../secret.ts";
import { whyBroken } from "../why.ts";
import { readRange } from "./content-range.ts";
import { readForm } from "./multipart.ts";

/** Takes files in over an HTTP(S) server of the caller's. */
export type HttpReceiver = {
  /** Takes files in for `drop`, under its path, until what it returns is called. */
  offer(drop: Drop): () => void;
  /** Answers a request whose path is a drop's. False, and nothing done, for any other. */
  onRequest(request: IncomingMessage, response: ServerResponse): boolean;
};

/** `here`: how much of the file is here, where that was asked for wrongly. */
type Reply = { status: number; text: string; here?: number };

/** Makes a receiver of PUT and POST with the file as the body, chunked or not, or of a form with files. The path of a drop is its secret: a sender without
 * credentials is let in, one with wrong ones is not. */
export function httpReceiver(limits: Partial<ReceiverLimits> = {}): HttpReceiver {
  const bounds = { ...usualLimits, ...limits };
  const drops = new Map<Drop, Set<IncomingMessage>>();
  const secured = new WeakSet<object>();
  return {
    offer(drop) {
      const running = new Set<IncomingMessage>();
      drops.set(drop, running);
      return () => {
        drops.delete(drop);
        for (const request of running) request.destroy(failure("unavailable", words("upload-withdrawn")));
      };
    },
    onRequest(request, response) {
      const path = readPath(request.url);
      const found = [...drops].find(([drop]) => `${path}/`.startsWith(drop.path.replace(/\/*$/, "/")));
      if (path === null || !found) return false;
      const [drop, running] = found;
      running.add(request);
      const { socket } = request;
      if (socket instanceof TLSSocket && !secured.has(socket)) {
        secured.add(socket);
        drop.onSeen({ protocol: "https", from: plainAddress(socket.remoteAddress), type: "secured" });
      }
      response.on("error", () => request.destroy());
      request.setTimeout(bounds.idleMs, () =>
        request.destroy(failure("unavailable", words("upload-silent", { seconds: bounds.idleMs / 1000 }))),
      );
      void take(drop, path, request, bounds)
        .catch((): Reply => ({ status: 500, text: "The file could not be taken in." }))
        .then((reply) => answer(request, response, reply))
        .finally(() => running.delete(request));
      return true;
    },
  };
}

async function take(drop: Drop, path: string, request: IncomingMessage, bounds: ReceiverLimits): Promise<Reply> {
  const protocol = request.socket instanceof TLSSocket ? "https" : "http";
  const who = { protocol, from: plainAddress(request.socket.remoteAddress) } as const;
  const name = nameUnder(drop.path, path);
  const seen = (event: ReceiverEvent) => drop.onSeen(event);
  const refuse = (status: number, why: Words): Reply => {
    seen({ ...who, type: "refused", name: name ?? "", why });
    return { status, text: english(why) };
  };
  const said = readBasic(request.headers.authorization);
  if (said && !(said.user === drop.user && sameSecret(drop.password, said.password))) {
    seen({ ...who, type: "wrong-login", user: said.user.slice(0, 255) });
    return { status: 401, text: "Wrong user or password." };
  }
  if (request.method !== "PUT" && request.method !== "POST") return refuse(405, words("upload-by-put"));
  if (name === null) return refuse(400, words("upload-name"));
  const here = drop.sizeOf(name) ?? 0;
  const range = readRange(request.headers["content-range"]);
  if (range === null) return refuse(400, words("upload-range"));
  const { offset } = range;
  if (offset > here) return { ...refuse(416, words("upload-beyond", { at: offset, bytes: here })), here };
  const most = Math.min(bounds.fileBytes, await drop.room());
  const length = Number(request.headers["content-length"] ?? 0);
  if (most <= 0 || length > most)
    return refuse(most <= 0 ? 507 : 413, words("upload-room", { bytes: Math.max(0, most) }));
  const count = { bytes: 0 };
  const keep = async (as: string, source: AsyncIterable<Uint8Array>, total?: number): Promise<Reply> => {
    try {
      const { size } = await drop.receive({ ...who, name: as, offset, total, chunks: counted(source, most, count) });
      if (total !== undefined && size < total) seen({ ...who, type: "part-stored", name: as, size, total });
      else seen({ ...who, type: "stored", name: as, size });
      return { status: 201, text: `Stored ${size} bytes.` };
    } catch (error) {
      const why = whyBroken(error);
      seen({ ...who, type: "broken-off", name: as, received: count.bytes, why });
      return { status: count.bytes > most ? 413 : 500, text: english(why) };
    }
  };
  if (!/^multipart\/form-data/i.test(request.headers["content-type"] ?? ""))
    return keep(name, request.iterator({ destroyOnReturn: false }), range.total);
  const replies: Reply[] = [];
  try {
    await readForm(request, async (given, chunks) => {
      const as = given === "" ? name : nameUnder("/", given);
      if (as === null) throw failure("invalid-input", words("upload-name"));
      replies.push(await keep(as, chunks));
    });
  } catch (error) {
    if (replies.length === 0) return refuse(400, words("upload-form", { why: whyBroken(error) }));
  }
  return replies.find(({ status }) => status !== 201) ?? replies[0] ?? refuse(400, words("upload-no-file"));
}

/** What comes, at the reader's pace; throws where the sender broke off, or sends more than `most`. */
async function* counted(
  source: AsyncIterable<Uint8Array>,
  most: number,
  count: { bytes: number },
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    count.bytes += chunk.length;
    if (count.bytes > most) throw failure("invalid-input", words("upload-room", { bytes: most }));
    yield chunk;
  }
}

function answer(request: IncomingMessage, response: ServerResponse, { status, text, here }: Reply): void {
  if (response.destroyed) return;
  const early = !request.complete;
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    // RFC 9110, 15.5.17: from there it can go on.
    ...(here !== undefined ? { "content-range": `bytes */${here}` } : {}),
    ...(status === 401 ? { "www-authenticate": 'Basic realm="upload"' } : {}),
    // What is left of the body is not read.
    ...(early ? { connection: "close" } : {}),
  });
  response.end(`${text}\n`);
}

function readPath(url = "/"): string | null {
  try {
    // As a proxy is asked, and with slashes that a station put in twice.
    const path = url.replace(/^https?:\/\/[^/]*/i, "").replace(/^\/{2,}/, "/");
    return decodeURIComponent(path.split("?")[0] ?? "");
  } catch {
    return null;
  }
}
