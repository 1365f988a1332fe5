import { createReadStream } from "node:fs";
import { isoTime } from "../../../../lib/units.ts";
import { failure } from "../../../../station/failure.ts";
import type { S3Destination } from "../../../../station/onward/outbox.ts";
import { words } from "../../../../station/phrases.ts";
import { nameWithHash } from "../../names.ts";
import type { Delivered, Delivery, Sender, SenderTools } from "../sender.ts";
import { isGood, lengthOf } from "../web/answer.ts";
import { counted } from "../web/counted.ts";
import { openWeb } from "../web/web.ts";
import { statusFailure } from "../web/why.ts";
import { openS3, type S3 } from "./client.ts";
import { folderOf, manifestOf, prefixOf } from "./layout.ts";
import { partBytes, sendInParts } from "./parts.ts";

/** S3 and what speaks like it. Each file is followed by a manifest of it, from which engines read what there is. */
export function s3Sender(destination: S3Destination, tools: SenderTools): Sender {
  const { bucket } = destination;

  const keyOf = ({ file, sha256 }: Pick<Delivery, "file" | "sha256">) =>
    folderOf(destination, file) + nameWithHash(file.name, sha256);

  async function send(s3: S3, delivery: Delivery): Promise<Delivered> {
    const { file, sha256 } = delivery;
    const key = keyOf(delivery);
    const proof = (await isThere(s3, key, file.bytes)) ? "size" : await deliver(s3, key, delivery);
    const body = Buffer.from(manifestOf(destination, file, sha256, key));
    const headers = { "content-type": "application/json" };
    await s3.must({ method: "PUT", key: `${key}.manifest.json`, headers, body });
    return { place: `s3://${bucket}/${key}`, proof };
  }

  /** An account that may only write is told nothing. */
  async function isThere(s3: S3, key: string, bytes: number): Promise<boolean> {
    const head = await s3.ask({ method: "HEAD", key });
    // What it cannot tell now it may tell later: it is not sent twice for that.
    if (head.status === 429 || head.status >= 500)
      throw statusFailure({ host: new URL(destination.endpoint).host }, head);
    return isGood(head) && lengthOf(head) === bytes;
  }

  async function deliver(s3: S3, key: string, delivery: Delivery): Promise<Delivered["proof"]> {
    const { file, sha256 } = delivery;
    const headers = { "content-type": "application/octet-stream", "x-amz-meta-sha256": sha256 };
    const whole = file.bytes > partBytes ? await sendInParts(s3, key, headers, delivery) : null;
    if (!whole) {
      // What arrives with another hash is refused.
      const body = counted(createReadStream(delivery.from), delivery.progress);
      await s3.must({ method: "PUT", key, headers, body, length: file.bytes, sha256 });
      return "hash";
    }
    if (whole.told === whole.expected) return "hash";
    // Where it is stored encrypted, its ETag is made of something else.
    if (await isThere(s3, key, file.bytes)) return "size";
    throw failure("unavailable", words("sent-differs-there", { place: `s3://${bucket}/${key}` }));
  }

  async function open<Done>(signal: AbortSignal, work: (s3: S3) => Promise<Done>): Promise<Done> {
    const web = openWeb({ ca: destination.ca, signal });
    return await work(openS3(destination, tools, web)).finally(() => web.close());
  }

  return {
    test: (signal) =>
      open(signal, async (s3) => {
        // One name: where nothing may be taken away, no more than one stays.
        const key = `${prefixOf(destination)}.plugside-test`;
        await s3.must({ method: "PUT", key, body: Buffer.from(isoTime(tools.clock.now())) });
        await s3.ask({ method: "DELETE", key });
      }),
    send: (delivery) => open(delivery.signal, (s3) => send(s3, delivery)),
    abandon: (delivery) =>
      open(delivery.signal, async (s3) => {
        const { resume: uploadId } = delivery;
        // Parts cost money until they are taken away.
        await s3.ask({ method: "DELETE", key: keyOf(delivery), query: { uploadId } });
      }),
  };
}
