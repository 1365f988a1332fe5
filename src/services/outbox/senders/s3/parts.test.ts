import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { words } from "../../../../station/phrases.ts";
import type { Delivery } from "../sender.ts";
import type { Answer } from "../web/answer.ts";
import type { S3, S3Ask } from "./client.ts";
import { partBytes, sendInParts } from "./parts.ts";

const bytes = 2 * partBytes + 5;
const key = "a/b.zip";

/** A bucket that answers by a script, and a file of three parts. */
function bench(change: Partial<Delivery> = {}, answers: Partial<Record<string, Partial<Answer>>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), "plugside-parts-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const from = join(folder, "1");
  writeFileSync(from, "");
  truncateSync(from, bytes);
  const asked: string[] = [];
  const bodies: string[] = [];
  async function ask({ method, key: of, query = {}, body }: S3Ask): Promise<Answer> {
    const name = `${method} ${new URLSearchParams(query)}`;
    expect(of).toBe(key);
    asked.push(name);
    bodies.push(
      body instanceof Uint8Array && body.length < 1000
        ? Buffer.from(body).toString()
        : `${(body as Uint8Array)?.length}`,
    );
    const usual: Partial<Answer> =
      name === "POST uploads="
        ? { text: "<UploadId>NEW</UploadId>" }
        : method === "POST"
          ? { text: "<ETag>&quot;whole&quot;</ETag>" }
          : { headers: { etag: `"e${query.partNumber}"` } };
    return { status: 200, headers: {}, text: "", ...usual, ...answers[name] };
  }
  const kept: string[] = [];
  const done: number[] = [];
  const delivery = {
    file: { bytes },
    from,
    signal: new AbortController().signal,
    keep: (id: string) => void kept.push(id),
    progress: (count: number) => void done.push(count),
    ...change,
  } as Delivery;
  const send = () => sendInParts({ ask, must: ask } as S3, key, { "x-own": "o" }, delivery);
  return { asked, bodies, kept, done, send };
}

const md5 = (data: Buffer) => createHash("md5").update(data).digest();
const whole = `"${createHash("md5")
  .update(Buffer.concat([md5(Buffer.alloc(partBytes)), md5(Buffer.alloc(partBytes)), md5(Buffer.alloc(5))]))
  .digest("hex")}-3"`;

test("a file is sent part by part, its number is kept before, and the whole is told beside what it must be", async () => {
  const { send, asked, bodies, kept, done } = bench();
  expect(await send()).toEqual({ told: '"whole"', expected: whole });
  expect(asked).toEqual([
    "POST uploads=",
    "PUT partNumber=1&uploadId=NEW",
    "PUT partNumber=2&uploadId=NEW",
    "PUT partNumber=3&uploadId=NEW",
    "POST uploadId=NEW",
  ]);
  expect(bodies.slice(1, 4)).toEqual([String(partBytes), String(partBytes), "\0".repeat(5)]);
  const part = (number: number) => `<Part><PartNumber>${number}</PartNumber><ETag>&quot;e${number}&quot;</ETag></Part>`;
  expect(bodies[4]).toBe(`<CompleteMultipartUpload>${part(1)}${part(2)}${part(3)}</CompleteMultipartUpload>`);
  expect([kept, done]).toEqual([["NEW"], [partBytes, 2 * partBytes, bytes]]);
});

test("parts that are there whole are not sent again, whatever page they are told on", async () => {
  const listed = (number: number, size: number) =>
    `<Part><PartNumber>${number}</PartNumber><ETag>"old${number}"</ETag><Size>${size}</Size></Part>`;
  const { send, asked, kept, bodies } = bench(
    { resume: "OLD" },
    {
      "GET uploadId=OLD&part-number-marker=0": {
        text: `${listed(1, partBytes)}<IsTruncated>true</IsTruncated><NextPartNumberMarker>1</NextPartNumberMarker>`,
      },
      "GET uploadId=OLD&part-number-marker=1": {
        text: `${listed(2, 7)}${listed(3, 5)}<IsTruncated>false</IsTruncated>`,
      },
    },
  );
  await send();
  expect(asked).toEqual([
    "GET uploadId=OLD&part-number-marker=0",
    "GET uploadId=OLD&part-number-marker=1",
    "PUT partNumber=2&uploadId=OLD",
    "POST uploadId=OLD",
  ]);
  expect(kept).toEqual([]);
  expect(bodies.at(-1)).toMatch(/old1.*e2.*old3/);
});

test("a server that leads round in a circle is not followed, and one that knows nothing of the upload is sent all anew", async () => {
  const circle = { text: "<IsTruncated>true</IsTruncated><NextPartNumberMarker>0</NextPartNumberMarker>" };
  const round = bench({ resume: "OLD" }, { "GET uploadId=OLD&part-number-marker=0": circle });
  await round.send();
  expect(round.asked.filter((one) => one.startsWith("GET"))).toHaveLength(1);
  const gone = bench({ resume: "OLD" }, { "GET uploadId=OLD&part-number-marker=0": { status: 404 } });
  await gone.send();
  expect([gone.asked[1], gone.kept]).toEqual(["POST uploads=", ["NEW"]]);
});

test.each([
  ["POST uploads=", { text: "" }, "CreateMultipartUpload"],
  ["PUT partNumber=2&uploadId=NEW", { headers: {} }, "UploadPart"],
  ["POST uploadId=NEW", { text: "<Error/>" }, "CompleteMultipartUpload"],
] as const)("an answer to %s without what it must say is no success", async (name, answer, action) => {
  await expect(bench({}, { [name]: answer }).send()).rejects.toMatchObject({
    code: "unavailable",
    words: words("s3-odd-answer", { action }),
  });
});

test("one that is stopped sends no further part", async () => {
  const { send, asked } = bench({ signal: AbortSignal.abort(new Error("stopped")) });
  await expect(send()).rejects.toThrow("stopped");
  expect(asked).toEqual(["POST uploads="]);
});
