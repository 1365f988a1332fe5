import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { failure } from "../../../../station/failure.ts";
import { words } from "../../../../station/phrases.ts";
import type { Delivery } from "../sender.ts";
import { isGood } from "../web/answer.ts";
import type { S3 } from "./client.ts";
import { escaped, textOf, textsOf } from "./xml.ts";

/** Bytes of a part: one is held in memory, and one is sent anew where a link breaks. S3 takes 10,000 of 5 MB and more. */
export const partBytes = 8 * 1024 * 1024;

type Part = { etag: string; bytes: number };

/** Sends a file in parts, going on from those that are there.
 * @returns the ETag of the whole as the server tells it, and as it is where it is made of MD5s
 * @throws FailureError */
export async function sendInParts(
  s3: S3,
  key: string,
  headers: Record<string, string>,
  { file, from, resume, keep, progress, signal }: Delivery,
): Promise<{ told: string; expected: string }> {
  const known = resume === undefined ? null : await listParts(s3, key, resume);
  const uploadId = known && resume !== undefined ? resume : await begin(s3, key, headers);
  if (!known) keep(uploadId);
  const etags: string[] = [];
  const sums = createHash("md5");
  const count = Math.ceil(file.bytes / partBytes);
  const handle = await open(from, "r");
  try {
    for (let number = 1; number <= count; number++) {
      signal.throwIfAborted();
      const bytes = await readPart(handle, (number - 1) * partBytes, file.bytes);
      sums.update(createHash("md5").update(bytes).digest());
      const there = known?.get(number);
      etags.push(there?.bytes === bytes.length ? there.etag : await sendPart(s3, key, uploadId, number, bytes));
      progress((number - 1) * partBytes + bytes.length);
    }
  } finally {
    await handle.close();
  }
  const told = await complete(s3, key, uploadId, etags);
  return { told, expected: `"${sums.digest("hex")}-${count}"` };
}

async function begin(s3: S3, key: string, headers: Record<string, string>): Promise<string> {
  const { text } = await s3.must({ method: "POST", key, query: { uploads: "" }, headers });
  const uploadId = textOf(text, "UploadId");
  if (uploadId === null) throw failure("unavailable", words("s3-odd-answer", { action: "CreateMultipartUpload" }));
  return uploadId;
}

/** The parts that are there; null where the server knows nothing of the upload any more. */
async function listParts(s3: S3, key: string, uploadId: string): Promise<Map<number, Part> | null> {
  const parts = new Map<number, Part>();
  for (let marker = "0"; ; ) {
    const answer = await s3.ask({ method: "GET", key, query: { uploadId, "part-number-marker": marker } });
    if (!isGood(answer)) return null;
    for (const part of textsOf(answer.text, "Part")) {
      const [number, etag, size] = ["PartNumber", "ETag", "Size"].map((name) => textOf(part, name));
      if (number && etag) parts.set(Number(number), { etag, bytes: Number(size) });
    }
    const next = textOf(answer.text, "NextPartNumberMarker") ?? marker;
    if (textOf(answer.text, "IsTruncated") !== "true" || Number(next) <= Number(marker)) return parts;
    marker = next;
  }
}

async function readPart(handle: FileHandle, at: number, size: number): Promise<Uint8Array> {
  const buffer = Buffer.alloc(Math.min(partBytes, size - at));
  const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
  return buffer.subarray(0, bytesRead);
}

async function sendPart(s3: S3, key: string, uploadId: string, number: number, body: Uint8Array): Promise<string> {
  const query = { partNumber: String(number), uploadId };
  const { headers } = await s3.must({ method: "PUT", key, query, body });
  if (headers.etag === undefined) throw failure("unavailable", words("s3-odd-answer", { action: "UploadPart" }));
  return headers.etag;
}

async function complete(s3: S3, key: string, uploadId: string, etags: readonly string[]): Promise<string> {
  const parts = etags.map((etag, at) => `<Part><PartNumber>${at + 1}</PartNumber><ETag>${escaped(etag)}</ETag></Part>`);
  const body = Buffer.from(`<CompleteMultipartUpload>${parts.join("")}</CompleteMultipartUpload>`);
  const { text } = await s3.must({ method: "POST", key, query: { uploadId }, body });
  // Its status comes before it is done: an error may stand in the text of a success.
  const etag = textOf(text, "ETag");
  if (etag === null) throw failure("unavailable", words("s3-odd-answer", { action: "CompleteMultipartUpload" }));
  return etag;
}
