import { expect, test } from "vitest";
import { createManualClock } from "../../../../lib/clock.ts";
import type { KeptFile } from "../../../../station/model.ts";
import type { S3Destination } from "../../../../station/onward/outbox.ts";
import { words } from "../../../../station/phrases.ts";
import type { Answer } from "../web/answer.ts";
import type { Ask, Web } from "../web/web.ts";
import { openS3 } from "./client.ts";
import { folderOf, manifestOf, prefixOf } from "./layout.ts";
import { escaped, textOf, textsOf } from "./xml.ts";

const destination: S3Destination = {
  kind: "s3",
  name: "s3",
  endpoint: "https://s3.example:9000/base/",
  region: "eu-north-1",
  bucket: "logs",
  prefix: "",
  site: "",
  pathStyle: true,
  user: "KEY",
} as S3Destination;

const now = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

function open(change: Partial<S3Destination> = {}, answer: Partial<Answer> = {}, secret = {}) {
  const asked: Ask[] = [];
  const web: Web = {
    async ask(ask) {
      asked.push(ask);
      return { status: 200, headers: {}, text: "", ...answer };
    },
    close: () => undefined,
  };
  const tools = { clock: createManualClock(now), secret, learnHost: () => undefined };
  return { asked, s3: openS3({ ...destination, ...change }, tools, web) };
}

test("a request goes to its key, part by part, in the bucket or at its host, signed at this time for its region", async () => {
  const { asked, s3 } = open({}, {}, { password: "SECRET", sessionToken: "TOKEN" });
  const body = Buffer.from("x");
  await s3.ask({ method: "PUT", key: "a b/å+.zip", query: { uploadId: "1&2" }, body, headers: { "x-own": "o" } });
  const [sent] = asked;
  expect(sent?.url.href).toBe("https://s3.example:9000/base/logs/a%20b/%C3%A5%2B.zip?uploadId=1%262");
  expect(sent).toMatchObject({ method: "PUT", body });
  expect(sent?.headers).toMatchObject({
    "x-own": "o",
    "x-amz-date": "20260102T030405Z",
    "x-amz-security-token": "TOKEN",
    "x-amz-content-sha256": "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881",
    authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=KEY\/20260102\/eu-north-1\/s3\/aws4_request, /),
  });
  await s3.ask({ method: "PUT", key: "k", sha256: "ab" });
  expect(asked[1]?.headers).toMatchObject({ "x-amz-content-sha256": "ab" });
  const hosted = open({ pathStyle: false });
  await hosted.s3.ask({ method: "HEAD", key: "k" });
  expect(hosted.asked[0]?.url.href).toBe("https://logs.s3.example:9000/base/k");
  expect(hosted.asked[0]?.headers).not.toHaveProperty("x-amz-security-token");
});

const host = "s3.example:9000";
test.each([
  ["NoSuchBucket", "not-allowed", words("s3-no-bucket", { bucket: "logs", host })],
  ["InvalidAccessKeyId", "not-allowed", words("s3-unknown-key", { host })],
  ["SignatureDoesNotMatch", "not-allowed", words("s3-wrong-secret", { host })],
  ["ExpiredToken", "not-allowed", words("s3-token", { host })],
  ["InvalidToken", "not-allowed", words("s3-token", { host })],
  [
    "AuthorizationHeaderMalformed",
    "not-allowed",
    words("s3-region", { bucket: "logs", region: "eu-north-1", right: "us-x" }),
  ],
  ["PermanentRedirect", "not-allowed", words("s3-region", { bucket: "logs", region: "eu-north-1", right: "us-x" })],
  [
    "IllegalLocationConstraintException",
    "not-allowed",
    words("s3-region", { bucket: "logs", region: "eu-north-1", right: "us-x" }),
  ],
  ["AccessDenied", "not-allowed", words("s3-denied", { bucket: "logs", said: "no & never" })],
  ["AllAccessDisabled", "not-allowed", words("s3-denied", { bucket: "logs", said: "no & never" })],
  ["QuotaExceeded", "unavailable", words("away-full", { host, status: 418 })],
  ["XMinioStorageFull", "unavailable", words("away-full", { host, status: 418 })],
  ["InsufficientCapacity", "unavailable", words("away-full", { host, status: 418 })],
  ["EntityTooLarge", "not-allowed", words("away-too-large", { host })],
  ["SlowDown", "unavailable", words("away-busy", { host, status: 418 })],
  ["ServiceUnavailable", "unavailable", words("away-busy", { host, status: 418 })],
  [
    "RequestTimeTooSkewed",
    "not-allowed",
    words("away-clock", { host, ours: "2026-01-02T03:04:05.678Z", theirs: "2026-01-02T00:00:00.000Z" }),
  ],
] as const)("a refusal with %s is %s: %j", async (code, failed, told) => {
  const text = `<Error><Code>${code}</Code><Message>no &amp; never</Message><Region>us-x</Region></Error>`;
  const { s3 } = open({}, { status: 418, text, headers: { date: "Fri, 02 Jan 2026 00:00:00 GMT" } });
  await expect(s3.must({ method: "GET", key: "" })).rejects.toMatchObject({ code: failed, words: told });
  expect((await s3.ask({ method: "GET", key: "" })).status).toBe(418);
});

test("what a refusal does not say is told as unknown, or by its status", async () => {
  const refused = (answer: Partial<Answer>) => open({}, answer).s3.must({ method: "GET", key: "" });
  await expect(refused({ status: 403, text: "<Code>RequestTimeTooSkewed</Code>" })).rejects.toMatchObject({
    words: { values: { theirs: "?" } },
  });
  const malformed = { status: 400, text: "<Code>PermanentRedirect</Code>" };
  await expect(refused(malformed)).rejects.toMatchObject({ words: { values: { right: "?" } } });
  await expect(refused({ ...malformed, headers: { "x-amz-bucket-region": "eu" } })).rejects.toMatchObject({
    words: { values: { right: "eu" } },
  });
  await expect(refused({ status: 404 })).rejects.toMatchObject({
    words: words("away-no-place", { host, status: 404 }),
  });
});

test("a file lies under its site, its station and its day, each in signs that every engine takes", () => {
  const file = { at: now, station: "CP/1 å" } as KeptFile;
  const folder = (change: Partial<S3Destination>, of: KeptFile = file) => folderOf({ ...destination, ...change }, of);
  expect(folder({})).toBe("no-site/CP_1_å/2026-01-02/");
  expect(folder({ site: "Depå 4", prefix: "/a//b/" })).toBe("a/b/Depå_4/CP_1_å/2026-01-02/");
  expect(folder({ site: "..x" }, { at: now } as KeptFile)).toBe("_x/no-station/2026-01-02/");
  expect([prefixOf(destination), prefixOf({ ...destination, prefix: "p" })]).toEqual(["", "p/"]);
});

test("the manifest says all of a file on one line, and nothing where there is nothing to say", () => {
  const file = { name: "n", bytes: 5, at: now, state: "partial" } as KeptFile;
  const told = (change: Partial<S3Destination>, of: KeptFile) =>
    manifestOf({ ...destination, ...change }, of, "ab", "k");
  const common = {
    bucket: "logs",
    key: "k",
    name: "n",
    bytes: 5,
    sha256: "ab",
    received_at: "2026-01-02T03:04:05.678Z",
  };
  expect(told({}, file).endsWith("}\n")).toBe(true);
  expect(JSON.parse(told({}, file))).toEqual({
    manifest: 1,
    site: null,
    station: null,
    date: "2026-01-02",
    ...common,
    whole: false,
  });
  expect(JSON.parse(told({ site: "S" }, { ...file, station: "CP1", state: "whole" }))).toEqual({
    ...{ manifest: 1, site: "S", station: "CP1", date: "2026-01-02", ...common, whole: true },
  });
});

test("XML is read by the names of its elements, and written so that it can be read", () => {
  const xml = "<a>1 &lt;&gt;&quot;&apos;&amp;&#34;&#39;&other;</a><b><a>2</a></b><a>open";
  expect(textsOf(xml, "a")).toEqual(["1 <>\"'&\"'&other;", "2"]);
  expect([textOf(xml, "b"), textOf(xml, "c")]).toEqual(["<a>2</a>", null]);
  expect(escaped(`a&b<c>"d"&`)).toBe("a&amp;b&lt;c&gt;&quot;d&quot;&amp;");
});
