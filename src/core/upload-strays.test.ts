import { expect, test } from "vitest";
import type { Attempt } from "../station/attempts.ts";
import { english, words } from "../station/phrases.ts";
import type { ReceiverEvent } from "../transports/receivers/drop.ts";
import { noteStray, tlsFailureOf } from "./upload-strays.ts";

const ends = { remote: { address: "192.0.2.9", port: 40_000 }, local: { address: "192.0.2.1", port: 21 } };

function noted(event: ReceiverEvent): unknown[] {
  const told: unknown[] = [];
  noteStray(
    { turnedAway: (...given) => void told.push(given) } as Parameters<typeof noteStray>[0],
    event,
    ends as never,
  );
  return told;
}

const from = "192.0.2.9";

test.each<[ReceiverEvent, unknown[]]>([
  [
    { protocol: "ftp", from, type: "wrong-login", user: "log1" },
    ["tcp", { code: "upload-login", said: "FTP" }, { credentials: { user: "log1", form: "text" } }],
  ],
  [
    { protocol: "ftps", from, type: "wrong-login", user: "log1" },
    ["tls", { code: "upload-login", said: "FTPS" }, { credentials: { user: "log1", form: "text" } }],
  ],
  [{ protocol: "http", from, type: "wrong-login", user: "" }, ["tcp", { code: "upload-login", said: "HTTP" }, {}]],
  [
    { protocol: "sftp", from, type: "key-alone", user: "cp" },
    ["tcp", { code: "upload-key-alone" }, { credentials: { user: "cp", form: "text" } }],
  ],
  [{ protocol: "sftp", from, type: "left-at-key" }, ["tcp", { code: "upload-left-at-key" }, {}]],
  [
    { protocol: "sftp", from, type: "no-agreement", why: "no cipher" },
    ["tcp", { code: "upload-no-agreement", said: "no cipher" }, {}],
  ],
  [
    { protocol: "ftps", from, type: "tls-failed", why: "no shared cipher" },
    ["tcp", { code: "upload-tls", said: "no shared cipher" }, {}],
  ],
])("who brings a file and is not let in stands among the attempts, with how far it came: %j", (event, told) => {
  expect(noted(event)).toEqual([[ends, ...told]]);
});

test.each<ReceiverEvent>([
  { protocol: "ftp", from, type: "login" },
  { protocol: "ftps", from, type: "secured" },
  { protocol: "ftp", from, type: "stored", name: "a.log", size: 1 },
])("who is let in stands nowhere among them: %j", (event) => {
  expect(noted(event)).toEqual([]);
});

const stopped = (given: Partial<Attempt>) =>
  ({ state: "stopped", passed: "tcp", causes: [], ...given }) as unknown as Attempt;

test.each<[Partial<Attempt>, ReturnType<typeof words> | null]>([
  [{ causes: [{ code: "unknown-ca" }] }, words("tls-unknown-ca")],
  [{ passed: "tls", causes: [{ code: "certificate-expired" }] } as never, words("tls-certificate-refused")],
  [{ causes: [{ code: "tls-closed" }] }, words("tls-left")],
  [{ tls: { error: "wrong version" } } as never, words("tls-library", { error: "wrong version" })],
  [{}, null],
  [{ state: "open", causes: [{ code: "unknown-ca" }] } as never, null],
  [{ passed: "http", causes: [{ code: "unknown-ca" }] } as never, null],
])("why TLS did not come about: %j", (attempt, why) => {
  const told = tlsFailureOf(stopped(attempt));
  expect(told && english(told)).toBe(why && english(why));
});
