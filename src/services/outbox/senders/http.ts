import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { failure } from "../../../station/failure.ts";
import type { Destination } from "../../../station/onward/outbox.ts";
import { words } from "../../../station/phrases.ts";
import { folderUrl, nameWithHash, segment, shownUrl } from "../names.ts";
import type { Delivered, Delivery, Sender, SenderTools } from "./sender.ts";
import { isGood, lengthOf } from "./web/answer.ts";
import { counted } from "./web/counted.ts";
import { basicAuth, openWeb, type Web } from "./web/web.ts";
import { statusFailure } from "./web/why.ts";

type HttpDestination = Extract<Destination, { kind: "http" }>;

/** A server that takes files by PUT, each at an address of its own under the given one, or by POST at that address. */
export function httpSender(destination: HttpDestination, { secret }: SenderTools): Sender {
  const { method, ca } = destination;
  const own = { ...basicAuth(destination.user, secret.password), ...secret.headers };

  /** The address, with the secret part of it. */
  function urlOf(name: string | null): URL {
    const url = name === null ? new URL(destination.url) : new URL(segment(name), folderUrl(destination.url));
    if (secret.query !== undefined) url.search = secret.query;
    return url;
  }

  /** What lies at a file's address. Some servers take files and never show them: there it is untold. */
  async function lies(web: Web, url: URL, bytes: number): Promise<"whole" | "other" | "untold"> {
    const head = await web.ask({ method: "HEAD", url, headers: own });
    // What it cannot tell now it may tell later: it is not sent twice for that.
    if (head.status === 429 || (head.status >= 500 && head.status !== 501)) throw statusFailure(url, head);
    const length = isGood(head) ? lengthOf(head) : null;
    if (length === null) return "untold";
    return length === bytes ? "whole" : "other";
  }

  async function put(web: Web, delivery: Delivery): Promise<Delivered> {
    const { file, sha256 } = delivery;
    const url = urlOf(nameWithHash(file.name, sha256));
    const place = shownUrl(url);
    if ((await lies(web, url, file.bytes)) === "whole") return { place, proof: "size" };
    await deliver(web, url, delivery);
    const there = await lies(web, url, file.bytes);
    if (there === "other") throw failure("unavailable", words("sent-differs-there", { place }));
    return { place, proof: there === "whole" ? "size" : "said" };
  }

  async function deliver(web: Web, url: URL, { file, from, sha256, progress }: Delivery): Promise<string | undefined> {
    const answer = await web.ask({
      method,
      url,
      headers: {
        "content-type": "application/octet-stream",
        "content-disposition": `attachment; filename*=UTF-8''${segment(file.name)}`,
        // RFC 9530; and the draft by which a POST that comes again is known.
        "content-digest": `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`,
        "idempotency-key": `"${sha256}"`,
        ...own,
      },
      body: counted(createReadStream(from), progress),
      length: file.bytes,
    });
    if (!isGood(answer)) throw statusFailure(url, answer);
    return answer.headers.location;
  }

  return {
    async test(signal) {
      const web = openWeb({ ca, signal });
      try {
        const url = urlOf(method === "PUT" ? `plugside-test-${randomUUID()}` : null);
        // A POST makes something that cannot be taken away: only whether somebody is there is looked at.
        if (method === "POST") {
          const answer = await web.ask({ method: "HEAD", url, headers: own });
          if (!isGood(answer) && ![404, 405, 501].includes(answer.status)) throw statusFailure(url, answer);
          return;
        }
        const answer = await web.ask({ method, url, headers: own, body: Buffer.from("Plugside") });
        if (!isGood(answer)) throw statusFailure(url, answer);
        await web.ask({ method: "DELETE", url, headers: own });
      } finally {
        web.close();
      }
    },
    async send(delivery) {
      const web = openWeb({ ca, signal: delivery.signal });
      try {
        if (method === "PUT") return await put(web, delivery);
        const url = urlOf(null);
        const location = await deliver(web, url, delivery);
        const place = location && URL.canParse(location, url.href) ? shownUrl(new URL(location, url)) : shownUrl(url);
        return { place, proof: "said" };
      } finally {
        web.close();
      }
    },
  };
}
