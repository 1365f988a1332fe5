import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { failure } from "../../../station/failure.ts";
import type { Destination } from "../../../station/onward/outbox.ts";
import { words } from "../../../station/phrases.ts";
import { folderUrl, nameWithHash, segment, shownUrl } from "../names.ts";
import type { Delivered, Delivery, Sender, SenderTools } from "./sender.ts";
import { type Answer, isGood } from "./web/answer.ts";
import { counted } from "./web/counted.ts";
import { basicAuth, openWeb, type Web } from "./web/web.ts";
import { statusFailure } from "./web/why.ts";

type WebDavDestination = Extract<Destination, { kind: "webdav" }>;

/** What is asked of a file: its length alone (RFC 4918 9.1, 15.4). */
const lengthQuestion = Buffer.from(
  '<?xml version="1.0"?><propfind xmlns="DAV:"><prop><getcontentlength/></prop></propfind>',
);

/** A folder of a WebDAV server. A file is put under a name that is only a draft, and moved to its own once it is whole. */
export function webdavSender(destination: WebDavDestination, { secret }: SenderTools): Sender {
  const folder = folderUrl(destination.url);
  const own = { ...basicAuth(destination.user, secret.password), ...secret.headers };

  async function ask(web: Web, method: string, url: URL, more: Record<string, string> = {}): Promise<Answer> {
    return await web.ask({ method, url, headers: { ...own, ...more } });
  }

  /** Makes the folder, and those that it lies in. */
  async function makeFolder(web: Web): Promise<void> {
    const names = folder.pathname.split("/").filter((name) => name !== "");
    for (let depth = 1; depth <= names.length; depth++) {
      const url = new URL(`/${names.slice(0, depth).join("/")}/`, folder);
      const answer = await ask(web, "MKCOL", url);
      // 405: it is there (RFC 4918 9.3.1). What else the upper ones say shows at the last one.
      if (depth === names.length && !isGood(answer) && answer.status !== 405) throw statusFailure(url, answer);
    }
  }

  async function put(
    web: Web,
    url: URL,
    body: () => Pick<Parameters<Web["ask"]>[0], "body" | "length">,
  ): Promise<void> {
    let answer = await web.ask({ method: "PUT", url, headers: own, ...body() });
    // 409: the folder is not there (RFC 4918 9.7.1); some say 404.
    if (answer.status === 409 || answer.status === 404) {
      await makeFolder(web);
      answer = await web.ask({ method: "PUT", url, headers: own, ...body() });
    }
    if (!isGood(answer)) throw statusFailure(url, answer);
  }

  /** The bytes of what lies there; null where nothing does. */
  async function sizeOf(web: Web, url: URL): Promise<number | null> {
    const answer = await web.ask({
      method: "PROPFIND",
      url,
      headers: { ...own, depth: "0", "content-type": "application/xml" },
      body: lengthQuestion,
    });
    if (answer.status === 404 || answer.status === 409) return null;
    if (!isGood(answer)) throw statusFailure(url, answer);
    const told = /<(?:[\w-]+:)?getcontentlength\b[^>]*>\s*(\d{1,15})\s*</i.exec(answer.text)?.[1];
    if (told === undefined) throw failure("not-allowed", words("no-webdav", { host: url.host }));
    return Number(told);
  }

  async function send(web: Web, { file, from, sha256, progress }: Delivery): Promise<Delivered> {
    const url = new URL(segment(nameWithHash(file.name, sha256)), folder);
    const place = shownUrl(url);
    if ((await sizeOf(web, url)) === file.bytes) return { place, proof: "size" };
    const draft = new URL(`.plugside-${sha256.slice(0, 32)}.part`, folder);
    await put(web, draft, () => ({ body: counted(createReadStream(from), progress), length: file.bytes }));
    if ((await sizeOf(web, draft)) !== file.bytes) throw failure("unavailable", words("sent-differs-there", { place }));
    const moved = await ask(web, "MOVE", draft, { destination: url.href, overwrite: "T" });
    if (!isGood(moved)) throw statusFailure(url, moved);
    if ((await sizeOf(web, url)) !== file.bytes) throw failure("unavailable", words("sent-differs-there", { place }));
    return { place, proof: "size" };
  }

  async function test(web: Web): Promise<void> {
    const url = new URL(`.plugside-test-${randomUUID()}`, folder);
    await put(web, url, () => ({ body: Buffer.from("Plugside") }));
    await sizeOf(web, url);
    const removed = await ask(web, "DELETE", url);
    if (!isGood(removed)) throw statusFailure(url, removed);
  }

  async function open<Done>(signal: AbortSignal, work: (web: Web) => Promise<Done>): Promise<Done> {
    const web = openWeb({ ca: destination.ca, signal });
    return await work(web).finally(() => web.close());
  }

  return {
    test: (signal) => open(signal, test),
    send: (delivery) => open(delivery.signal, (web) => send(web, delivery)),
  };
}
