import { expect, test } from "vitest";
import type { Destination } from "../../station/onward/outbox.ts";
import { words } from "../../station/phrases.ts";
import { checkDestination, withHostKey } from "./check.ts";
import { folderUrl, nameWithHash, segment, shownUrl } from "./names.ts";

const to = (rest: object) => ({ name: "n", ...rest }) as Destination;

test.each([
  [{ kind: "folder", path: "/media/stick" }, null],
  [{ kind: "folder", path: "stick" }, words("destination-path-relative", { path: "stick" })],
  [{ kind: "http", url: "https://a.example/b" }, null],
  [{ kind: "webdav", url: "http://a.example" }, null],
  [{ kind: "s3", endpoint: "https://s3.example" }, null],
  [{ kind: "http", url: "ftp://a.example" }, words("destination-no-url", { url: "ftp:" })],
  [{ kind: "webdav", url: "nothing" }, words("destination-no-url", { url: "nothing" })],
  [{ kind: "s3", endpoint: "s3.example" }, words("destination-no-url", { url: "s3.example" })],
  [{ kind: "http", url: "https://u@a.example" }, words("url-with-credentials")],
  [{ kind: "http", url: "https://:p@a.example" }, words("url-with-credentials")],
  [{ kind: "http", url: "https://a.example/?sig=1" }, words("destination-url-query")],
  [{ kind: "webdav", url: "https://a.example/#x" }, words("destination-url-query")],
  [{ kind: "sftp", host: "a.example" }, null],
  [{ kind: "sftp", host: "fe80::1" }, null],
  [{ kind: "sftp", host: "a.example:22" }, words("destination-no-host", { host: "a.example:22" })],
  [{ kind: "sftp", host: "u@a.example" }, words("destination-no-host", { host: "u@a.example" })],
  [{ kind: "sftp", host: "a b" }, words("destination-no-host", { host: "a b" })],
  [{ kind: "sftp", host: "a/b" }, words("destination-no-host", { host: "a/b" })],
])("%j can be a destination, or is refused: %j", (rest, why) => {
  const look = () => checkDestination(to(rest));
  if (why === null) expect(look).not.toThrow();
  else expect(look).toThrow(expect.objectContaining({ code: "invalid-input", words: why }));
});

test("the key of a server stays known while it is the same server, and no other kind has one", () => {
  const sftp = (more: object = {}) => to({ kind: "sftp", host: "h", port: 22, path: "/", user: "u", ...more });
  const known = sftp({ hostKey: "SHA256:k" });
  expect(withHostKey(sftp({ user: "v" }), known)).toEqual(sftp({ user: "v", hostKey: "SHA256:k" }));
  for (const [given, before] of [
    [sftp({ host: "other" }), known],
    [sftp({ port: 23 }), known],
    [sftp(), sftp()],
    [sftp(), undefined],
    [sftp({ hostKey: "SHA256:own" }), known],
    [sftp(), to({ kind: "folder", path: "/" })],
    [to({ kind: "folder", path: "/" }), known],
  ] as const) {
    expect(withHostKey(given, before)).toBe(given);
  }
});

test("a name tells which bytes it holds, and is fit for a file, a URL and a key", () => {
  const sha256 = "0123456789abcdef".repeat(4);
  expect(nameWithHash("log.txt", sha256)).toBe("log-0123456789ab.txt");
  expect(nameWithHash("log", sha256)).toBe("log-0123456789ab");
  expect(nameWithHash("a/b.tar.gz", sha256)).toBe("a_b.tar-0123456789ab.gz");
  expect(segment("å b/(1)!'*")).toBe("%C3%A5%20b%2F%281%29%21%27%2A");
  expect(folderUrl("https://a.example/b").href).toBe("https://a.example/b/");
  expect(folderUrl("https://a.example/b/").href).toBe("https://a.example/b/");
  expect(shownUrl(new URL("https://a.example/b/c?sig=secret#x"))).toBe("https://a.example/b/c");
});
