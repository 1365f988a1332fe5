import { createHash, createHmac } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type Asked, type Stub, startStub } from "./stub.ts";

export const s3Account = {
  accessKeyId: "AKIAPLUGSIDE",
  secret: "s3cr3t/plus+equals=",
  region: "eu-north-1",
  bucket: "logs",
};

/** An S3 of a test's own: it checks signature, time and hash of each request by itself, as the specification of Signature Version 4 says. */
export type S3Stub = Stub & {
  /** By their keys. */
  objects: Map<string, Buffer>;
  /** The key of each object, each time that one was stored. */
  stored: string[];
  /** Parts that came, by upload. */
  uploads: Map<string, { key: string; parts: Map<number, Buffer> }>;
  /** Its clock, beside ours, ms. */
  aheadMs: number;
  /** Whether its ETags are made of something else than MD5s. */
  encrypted: boolean;
};

type Reply = { status: number; headers?: Record<string, string>; body?: string | Buffer };

const sha256 = (data: string | Uint8Array) => createHash("sha256").update(data).digest("hex");
const md5 = (data: Uint8Array) => createHash("md5").update(data).digest();
const hmac = (key: string | Uint8Array, text: string) => createHmac("sha256", key).update(text).digest();
const strictly = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

export async function startS3(): Promise<S3Stub> {
  let uploadsBegun = 0;
  const own = {
    objects: new Map<string, Buffer>(),
    stored: [] as string[],
    uploads: new Map<string, { key: string; parts: Map<number, Buffer> }>(),
    aheadMs: 0,
    encrypted: false,
  };

  function answer(request: IncomingMessage, asked: Asked, body: Buffer): Reply {
    const refused = whyRefused(request, asked, body, Date.now() + stub.aheadMs);
    if (refused) return { ...refusal(refused), headers: { date: new Date(Date.now() + stub.aheadMs).toUTCString() } };
    const [, bucket = "", ...names] = asked.path.split("/").map(decodeURIComponent);
    if (bucket !== s3Account.bucket) return refusal("NoSuchBucket");
    const key = names.join("/");
    const uploadId = asked.query.get("uploadId");
    if (uploadId !== null) return ofUpload(asked, key, uploadId, body);
    if (asked.query.has("uploads")) {
      const id = `upload-${++uploadsBegun}`;
      stub.uploads.set(id, { key, parts: new Map() });
      return {
        status: 200,
        body: `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      };
    }
    if (asked.method === "PUT") {
      store(key, body);
      return { status: 200, headers: { etag: etagOf(md5(body).toString("hex")) } };
    }
    if (asked.method === "DELETE") {
      stub.objects.delete(key);
      return { status: 204 };
    }
    const object = stub.objects.get(key);
    return object
      ? { status: 200, body: object, headers: { "content-length": String(object.length) } }
      : refusal("NoSuchKey");
  }

  function ofUpload({ method, query }: Asked, key: string, id: string, body: Buffer): Reply {
    const upload = stub.uploads.get(id);
    if (!upload || upload.key !== key) return refusal("NoSuchUpload");
    if (method === "DELETE") {
      stub.uploads.delete(id);
      return { status: 204 };
    }
    if (method === "PUT") {
      upload.parts.set(Number(query.get("partNumber")), body);
      return { status: 200, headers: { etag: etagOf(md5(body).toString("hex")) } };
    }
    const parts = [...upload.parts].sort(([one], [other]) => one - other);
    if (method === "GET") return { status: 200, body: listOf(parts, Number(query.get("part-number-marker") ?? 0)) };
    const wanted = [...String(body).matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>(.*?)<\/ETag>/g)];
    const fits = wanted.every(([, number, etag], at) => {
      const part = upload.parts.get(Number(number));
      return Number(number) === at + 1 && part && etag?.replaceAll("&quot;", '"') === etagOf(md5(part).toString("hex"));
    });
    if (!fits || wanted.length !== parts.length) return refusal("InvalidPart");
    store(key, Buffer.concat(parts.map(([, part]) => part)));
    stub.uploads.delete(id);
    const sum = md5(Buffer.concat(parts.map(([, part]) => md5(part)))).toString("hex");
    const etag = etagOf(`${sum}-${parts.length}`).replaceAll('"', "&quot;");
    return { status: 200, body: `<CompleteMultipartUploadResult><ETag>${etag}</ETag></CompleteMultipartUploadResult>` };
  }

  /** Two on a page, so that pages are turned. */
  function listOf(parts: [number, Buffer][], marker: number): string {
    const left = parts.filter(([number]) => number > marker);
    const page = left.slice(0, 2);
    const rows = page.map(
      ([number, part]) =>
        `<Part><PartNumber>${number}</PartNumber><ETag>${etagOf(md5(part).toString("hex"))}</ETag><Size>${part.length}</Size></Part>`,
    );
    const next = page.at(-1)?.[0] ?? marker;
    return `<ListPartsResult><NextPartNumberMarker>${next}</NextPartNumberMarker><IsTruncated>${left.length > 2}</IsTruncated>${rows.join("")}</ListPartsResult>`;
  }

  function store(key: string, body: Buffer): void {
    stub.objects.set(key, body);
    stub.stored.push(key);
  }

  function etagOf(sum: string): string {
    return stub.encrypted ? `"${sha256(sum).slice(0, 32)}"` : `"${sum}"`;
  }

  const stub: S3Stub = Object.assign(await startStub(answer), own);
  return stub;
}

const statuses: Record<string, number> = { NoSuchBucket: 404, NoSuchKey: 404, NoSuchUpload: 404, InvalidPart: 400 };

function refusal(code: string): Reply {
  const region = code === "AuthorizationHeaderMalformed" ? `<Region>${s3Account.region}</Region>` : "";
  const body = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>It is ${code}.</Message>${region}</Error>`;
  return { status: statuses[code] ?? 403, body };
}

/** The code that S3 refuses a request with; null where it is in order. */
function whyRefused(
  { headers }: IncomingMessage,
  { method, path, query }: Asked,
  body: Buffer,
  now: number,
): string | null {
  const told =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
      headers.authorization ?? "",
    );
  if (!told) return "AccessDenied";
  const [, id = "", day = "", region = "", names = "", signature = ""] = told;
  if (id !== s3Account.accessKeyId) return "InvalidAccessKeyId";
  if (region !== s3Account.region) return "AuthorizationHeaderMalformed";
  const time = String(headers["x-amz-date"]);
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time)?.map(Number) ?? [];
  const at = Date.UTC(y ?? 0, (mo ?? 1) - 1, d, h, mi, s);
  if (Math.abs(at - now) > 15 * 60_000) return "RequestTimeTooSkewed";
  const canonical = [
    method,
    path
      .split("/")
      .map((name) => strictly(decodeURIComponent(name)))
      .join("/"),
    [...query]
      .map((pair) => pair.map(strictly).join("="))
      .sort()
      .join("&"),
    ...names.split(";").map((name) => `${name}:${String(headers[name]).trim().replace(/\s+/g, " ")}`),
    "",
    names,
    String(headers["x-amz-content-sha256"]),
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const key = hmac(hmac(hmac(hmac(`AWS4${s3Account.secret}`, day), region), "s3"), "aws4_request");
  const expected = hmac(key, ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n")).toString("hex");
  if (expected !== signature) return "SignatureDoesNotMatch";
  return headers["x-amz-content-sha256"] === sha256(body) ? null : "XAmzContentSHA256Mismatch";
}
