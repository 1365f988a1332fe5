import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Destination } from "../../../station/onward/outbox.ts";
import { placeOf, readDestination } from "./destination.ts";

/** A file that is its owner's alone. */
function fileOf(text: string, mode = 0o600): string {
  const folder = mkdtempSync(join(tmpdir(), "plugside-destination-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "secret");
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

const s3 = { kind: "s3", region: "us-east-1", site: "", user: "key", bucket: "logs", prefix: "" };
const sftp = { kind: "sftp", host: "h", port: 22, user: "me", path: "." };

test.each<[string, Parameters<typeof readDestination>[2], Record<string, unknown>]>([
  ["sticks/one", {}, { kind: "folder", path: resolve("sticks/one") }],
  ["http://h/in", {}, { kind: "http", url: "http://h/in", method: "PUT", user: undefined }],
  ["HTTPS://h/in", { method: "POST", user: "u" }, { kind: "http", url: "HTTPS://h/in", method: "POST", user: "u" }],
  ["https://h/in", { kind: "http" }, { kind: "http", url: "https://h/in", method: "PUT", user: undefined }],
  ["https://h/dav", { kind: "webdav", user: "u" }, { kind: "webdav", url: "https://h/dav", user: "u" }],
  ["s3://logs", { user: "key" }, { ...s3, endpoint: "https://s3.us-east-1.amazonaws.com", pathStyle: false }],
  [
    "s3://logs/a/b",
    { user: "key", region: "cn-north-1", site: "yard", endpoint: "https://s3.cn-north-1.amazonaws.com.cn/" },
    {
      ...{ ...s3, prefix: "a/b", region: "cn-north-1", site: "yard", pathStyle: false },
      endpoint: "https://s3.cn-north-1.amazonaws.com.cn/",
    },
  ],
  [
    "s3://my.logs/a",
    { user: "key" },
    { ...s3, bucket: "my.logs", prefix: "a", endpoint: "https://s3.us-east-1.amazonaws.com", pathStyle: true },
  ],
  [
    "s3://logs",
    { user: "key", endpoint: "http://minio:9000" },
    { ...s3, endpoint: "http://minio:9000", pathStyle: true },
  ],
  ["sftp://me@h", {}, sftp],
  ["sftp://me@h:2222/in/box", {}, { ...sftp, port: 2222, path: "in/box" }],
  ["sftp://me@h//srv/in", {}, { ...sftp, path: "/srv/in" }],
  ["sftp://m%40e@[::1]/a%20b", {}, { ...sftp, host: "::1", user: "m@e", path: "a b" }],
])("%s with %j is read whole", (place, flags, read) => {
  expect(readDestination("d", place, flags)).toEqual({ name: "d", ...read });
});

test.each<[string, Parameters<typeof readDestination>[2], string]>([
  ["/f", { endpoint: "e" }, "--endpoint, --region and --site go with s3://"],
  ["https://h/", { region: "r" }, "--endpoint, --region and --site go with s3://"],
  ["sticks", { site: "s" }, "--endpoint, --region and --site go with s3://"],
  ["/f", { kind: "http" }, "--kind takes http or webdav"],
  ["s3://b", { kind: "webdav" }, "--kind takes http or webdav"],
  ["/f", { method: "PUT" }, "--method goes with"],
  ["https://h/", { method: "PUT", kind: "webdav" }, "--method goes with"],
  ["/f", { user: "u" }, "A folder takes no"],
  ["/f", { ca: "c" }, "A folder takes no"],
  ["s3:///p", { user: "u" }, "s3:// takes a bucket"],
  ["sftp://me@h", { ca: "c" }, "sftp:// takes --secret alone."],
  ["sftp://me@h", { method: "PUT" }, "sftp:// takes --secret alone."],
  ["sftp://me@", {}, "An SFTP destination is sftp://USER@HOST:PORT/FOLDER."],
])("%s with %j cannot be meant", (place, flags, says) => {
  expect(() => readDestination("d", place, flags)).toThrow(says);
});

test.each([
  ["one\r\ntwo\n", { password: "one" }],
  ["", { password: "" }],
  ["-----BEGIN KEY-----\nx\n", { privateKey: "-----BEGIN KEY-----\nx\n" }],
  ['  {"sessionToken":"t"}', { sessionToken: "t" }],
])("the secrets of %j", (text, secret) => {
  const path = fileOf(text);
  expect(readDestination("d", "https://h/", { secret: path })).toMatchObject({ secret });
  expect(readDestination("d", "sftp://me@h", { secret: path })).toEqual({ name: "d", ...sftp, secret });
});

const read = (secret: string) => () => readDestination("d", "https://h/", { secret });

test("secrets that are none are not quoted", () => {
  expect(read(fileOf('{"password":"hunter22'))).toThrow(/^The secrets begin as JSON, and are none\.$/);
  const ca = fileOf("the authority", 0o644);
  expect(readDestination("d", "s3://b", { user: "u", ca })).toMatchObject({ ca: "the authority" });
});

// Windows has no such bits.
test.skipIf(process.platform === "win32")("secrets that others may read are not taken", () => {
  for (const mode of [0o640, 0o604, 0o601]) {
    const open = fileOf("x", mode);
    expect(read(open)).toThrow(`Others may read ${open}. Make it your own first: chmod 600 ${open}`);
  }
});

test("where each leads to, on one line", () => {
  const named = { name: "d", user: "me" };
  const places: [Destination, string][] = [
    [{ ...named, kind: "folder", path: "/srv" } as Destination, "/srv"],
    [{ ...named, kind: "http", url: "https://h/", method: "PUT" } as Destination, "https://h/"],
    [{ ...named, kind: "webdav", url: "https://w/" } as Destination, "https://w/"],
    [{ ...named, kind: "sftp", host: "h", port: 22, path: "in" } as Destination, "sftp://me@h:22/in"],
    [{ ...named, kind: "sftp", host: "::1", port: 22, path: "/in" } as Destination, "sftp://me@[::1]:22//in"],
    [{ ...named, kind: "s3", bucket: "b", prefix: "p/q" } as Destination, "s3://b/p/q"],
  ];
  for (const [destination, place] of places) expect(placeOf(destination)).toBe(place);
});
