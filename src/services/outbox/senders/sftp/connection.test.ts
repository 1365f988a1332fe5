import { createHash } from "node:crypto";
import type { EventEmitter } from "node:events";
import { beforeEach, expect, test, vi } from "vitest";
import { failure } from "../../../../station/failure.ts";
import type { SftpDestination } from "../../../../station/onward/outbox.ts";
import { words } from "../../../../station/phrases.ts";
import type { DestinationSecret } from "../sender.ts";
import { openSftp } from "./connection.ts";

type Config = {
  [name: string]: unknown;
  hostVerifier(key: Buffer): boolean;
};

/** A client of SSH that says what a test lets it. */
const ssh = vi.hoisted(() => ({
  client: null as unknown,
  socket: null as unknown,
  dialled: null as unknown,
  config: null as unknown,
  ended: 0,
  refuses: null as Error | null,
  noSftp: false,
}));
vi.mock("node:net", async (importActual) => {
  const { EventEmitter } = await import("node:events");
  return {
    ...(await importActual<typeof import("node:net")>()),
    connect(to: unknown) {
      ssh.dialled = to;
      ssh.socket = Object.assign(new EventEmitter(), { destroy: () => void ssh.ended++ });
      return ssh.socket;
    },
  };
});
vi.mock("ssh2", async (importActual) => {
  const { EventEmitter } = await import("node:events");
  const actual = await importActual<{ default: object }>();
  class Client extends EventEmitter {
    constructor() {
      super();
      ssh.client = this;
    }
    connect(config: unknown) {
      if (ssh.refuses) throw ssh.refuses;
      ssh.config = config;
    }
    sftp(done: (error: Error | undefined, sftp: unknown) => void) {
      done(ssh.noSftp ? new Error("no") : undefined, "sftp");
    }
    end() {
      ssh.ended++;
    }
  }
  return { ...actual, default: { ...actual.default, Client } };
});
beforeEach(() => Object.assign(ssh, { ended: 0, refuses: null, noSftp: false }));

const key = Buffer.from("host key");
const hostKey = `SHA256:${createHash("sha256").update(key).digest("base64").replace(/=+$/, "")}`;
const host = "h";

function open(
  secret: DestinationSecret = { password: "pw" },
  change: Partial<SftpDestination> = {},
  signal = new AbortController().signal,
) {
  const learnt: string[] = [];
  const destination = { kind: "sftp", name: "n", host, port: 2022, user: "u", path: "/", ...change } as SftpDestination;
  const opened = openSftp(destination, { secret, learnHost: (one: string) => void learnt.push(one) } as never, signal);
  opened.catch(() => undefined);
  return {
    opened,
    learnt,
    client: ssh.client as EventEmitter,
    socket: ssh.socket as EventEmitter,
    config: ssh.config as Config,
  };
}

test("it logs in with its password, also where it is asked for at the keyboard, and learns the server's key", async () => {
  const { opened, learnt, client, config, socket } = open();
  expect(ssh.dialled).toEqual({ host, port: 2022 });
  const { hostVerifier, ...rest } = config;
  expect(rest).toEqual({
    sock: socket,
    username: "u",
    ident: "Plugside",
    readyTimeout: 30_000,
    keepaliveInterval: 15_000,
    tryKeyboard: true,
    password: "pw",
  });
  expect(hostVerifier(key)).toBe(true);
  const said: unknown[] = [];
  client.emit("keyboard-interactive", "", "", "", [{}, {}], (answers: unknown) => said.push(answers));
  client.emit("ready");
  const { sftp, close } = await opened;
  expect([sftp, said, learnt]).toEqual(["sftp", [["pw", "pw"]], [hostKey]]);
  close();
  expect(ssh.ended).toBe(2);
});

test("a key of ours is shown in place of the password, which is its passphrase then; without any nothing is", async () => {
  expect(open({ privateKey: "PEM" }).config).toMatchObject({ privateKey: "PEM", tryKeyboard: false });
  expect(open({ privateKey: "PEM" }).config).not.toHaveProperty("passphrase");
  expect(open({ privateKey: "PEM", password: "pp" }).config).toMatchObject({ passphrase: "pp" });
  expect(open({ privateKey: "PEM" }).config).not.toHaveProperty("password");
  expect(open({}).config).toMatchObject({ password: "" });
});

test("a server with another key than before is not spoken to, and one with the same is learnt no more", async () => {
  const other = open(undefined, { hostKey: "SHA256:other" });
  expect(other.config.hostVerifier(key)).toBe(false);
  other.client.emit("error", new Error("verification failed"));
  await expect(other.opened).rejects.toMatchObject({
    code: "not-allowed",
    words: words("sftp-other-key", { host: "h:2022", seen: hostKey, known: "SHA256:other" }),
  });
  const same = open(undefined, { hostKey });
  expect(same.config.hostVerifier(key)).toBe(true);
  same.client.emit("ready");
  await same.opened;
  expect(same.learnt).toEqual([]);
});

test.each([
  [{ level: "client-authentication" }, "not-allowed", words("sftp-credentials", { host })],
  [{ level: "client-timeout" }, "unavailable", words("away-silent", { host: "h:2022" })],
  [{ level: "protocol" }, "unavailable", words("sftp-no-ssh", { host: "h:2022", error: "it said" })],
  [{ level: "handshake" }, "unavailable", words("sftp-no-ssh", { host: "h:2022", error: "it said" })],
  [{ code: "ECONNREFUSED" }, "unavailable", words("away-refused", { host: "h:2022" })],
])("an error of %j is %s: %j", async (more, code, told) => {
  // One that is known from before and shows no key is not another server.
  for (const change of [{}, { hostKey }]) {
    ssh.ended = 0;
    const { opened, client } = open(undefined, change);
    client.emit("error", Object.assign(new Error("it said"), more));
    await expect(opened).rejects.toMatchObject({ code, words: told });
    expect(ssh.ended).toBe(2);
  }
});

test("a link that breaks before it is open is told, as are a key that cannot be read and a server without SFTP", async () => {
  const closed = open();
  closed.client.emit("close");
  await expect(closed.opened).rejects.toMatchObject({ code: "unavailable", words: { phrase: "away-broken" } });
  const broken = open();
  const own = failure("not-allowed", words("no-core"));
  broken.socket.emit("error", own);
  await expect(broken.opened).rejects.toBe(own);
  ssh.noSftp = true;
  const without = open();
  without.client.emit("ready");
  await expect(without.opened).rejects.toMatchObject({ code: "not-allowed", words: words("sftp-none", { host }) });
  ssh.refuses = new Error("no key");
  await expect(open().opened).rejects.toMatchObject({
    code: "not-allowed",
    words: words("sftp-key-unreadable", { error: "no key" }),
  });
});

test("one that is stopped is closed, and fails for the reason it was stopped for", async () => {
  const stop = new AbortController();
  const { opened, client } = open(undefined, {}, stop.signal);
  stop.abort(new Error("enough"));
  expect(ssh.ended).toBe(2);
  client.emit("close");
  await expect(opened).rejects.toThrow("enough");
  await expect(open(undefined, {}, stop.signal).opened).rejects.toThrow("enough");
});
