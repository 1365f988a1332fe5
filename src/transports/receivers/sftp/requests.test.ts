import { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import type { Connection, SFTPWrapper } from "ssh2";
import { expect, test } from "vitest";
import { english, words } from "../../../station/phrases.ts";
import { type Drop, type ReceiverEvent, usualLimits } from "../drop.ts";
import { algorithms } from "./algorithms.ts";
import { SshConnection } from "./connection.ts";
import { disagreement } from "./disagreement.ts";
import { Incoming } from "./incoming.ts";
import { serveSftp } from "./requests.ts";
import { openMode, status } from "./ssh2.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A drop under /logs/ that keeps files in memory; `room`: how much may come. */
function dropOf(room = 1000) {
  const files = new Map<string, string>();
  const seen: ReceiverEvent[] = [];
  const drop: Drop = {
    ...{ user: "u1", password: "p", path: "/logs/", room: () => room },
    sizeOf: (name) => files.get(name)?.length ?? null,
    onSeen: (event) => seen.push(event),
    rename(from, to) {
      const file = files.get(from);
      if (file !== undefined) files.set(to, file);
      return files.delete(from);
    },
    async receive({ name, offset, chunks }) {
      let text = (files.get(name) ?? "").slice(0, offset);
      try {
        for await (const chunk of chunks) text += Buffer.from(chunk);
      } finally {
        files.set(name, text);
      }
      return { size: text.length };
    },
  };
  return { drop, files, seen };
}

/** A channel of SFTP that is asked by hand. */
function channel(given: { room?: number; fileBytes?: number } = {}) {
  const { drop, files, seen } = dropOf(given.room);
  const answers: unknown[] = [];
  const counts = { held: 0, answers: 0, ended: 0 };
  const sftp = Object.assign(new EventEmitter(), {
    status: (id: number, code: number, text?: string) =>
      answers.push([id, code, ...(text === undefined ? [] : [text])]),
    handle: (id: number, name: Buffer) => answers.push([id, "handle", name.toString("hex")]),
    attrs: (id: number, attributes: object) => answers.push([id, attributes]),
    name: (id: number, names: object[]) => answers.push([id, names]),
    end: () => counts.ended++,
    outgoing: { id: 1, state: "closed" },
  });
  const abort = serveSftp({
    sftp: sftp as unknown as SFTPWrapper,
    ...{ drop, from: "192.0.2.1", limits: { ...usualLimits, fileBytes: given.fileBytes ?? 1e9 } },
    onHeld: (bytes) => (counts.held += bytes),
    onAnswer: () => counts.answers++,
  });
  let id = 0;
  /** Asks, and gives what is answered to it, without its number. */
  const ask = async (name: string, ...rest: unknown[]) => {
    sftp.emit(name, ++id, ...rest);
    for (let turns = 0; turns < 20; turns++) await turn();
    return answers
      .splice(0)
      .map((answer) => ((answer as unknown[])[0] === id ? (answer as unknown[]).slice(1) : answer));
  };
  const open = async (path: string, flags = openMode.WRITE) => {
    const [[, name] = []] = (await ask("OPEN", path, flags)) as unknown[][];
    return Buffer.from(String(name), "hex");
  };
  return { ask, open, files, seen, counts, abort, sftp, answers };
}

const ok = [[status.OK]];
const failed = [[status.FAILURE]];
const why = (phrase: ReturnType<typeof words>) => [[status.FAILURE, english(phrase)]];
const who = { protocol: "sftp", from: "192.0.2.1" };
const handle = (number: number) => Buffer.from([0, 0, 0, number]);
const attributes = (mode: number, size: number) => [[{ mode, size, uid: 0, gid: 0, atime: 0, mtime: 0 }]];
const folder = attributes(0o040300, 0);
const denied = [[status.PERMISSION_DENIED, english(words("upload-only-in"))]];

test("a file is opened, written, told of and closed", async () => {
  const { ask, files, seen, counts } = channel();
  expect(await ask("OPEN", "/logs/a", openMode.WRITE | openMode.CREAT)).toEqual([["handle", "00000000"]]);
  expect(await ask("FSTAT", handle(0))).toEqual(attributes(0o100200, 0));
  expect(await ask("WRITE", handle(0), 0, Buffer.from("hello"))).toEqual(ok);
  expect(await ask("FSETSTAT", handle(0), {})).toEqual(ok);
  expect(await ask("FSETSTAT", handle(0), { size: 5 })).toEqual(ok);
  expect(await ask("CLOSE", handle(0))).toEqual(ok);
  expect([files.get("a"), seen, counts]).toEqual([
    "hello",
    [{ ...who, type: "stored", name: "a", size: 5 }],
    { held: 0, answers: 2, ended: 0 },
  ]);
  for (const [name, ...rest] of [["CLOSE"], ["FSTAT"], ["WRITE", 0, Buffer.from("x")]]) {
    expect(await ask(String(name), handle(0), ...rest)).toEqual(failed);
    expect(await ask(String(name), Buffer.from([0, 0, 0, 0, 0]), ...rest)).toEqual(failed);
  }
});

test("a file that is only read, is there already, or has no name is not opened", async () => {
  const { ask, open, files, seen } = channel();
  expect(await ask("OPEN", "/logs/a", openMode.READ)).toEqual(denied);
  files.set("a", "12345");
  expect(await ask("OPEN", "/logs/a", openMode.WRITE | openMode.EXCL)).toEqual(failed);
  expect((await open("/logs/b", openMode.WRITE | openMode.EXCL)).length).toBe(4);
  expect(await ask("OPEN", "n".repeat(256), openMode.WRITE)).toEqual(why(words("upload-name")));
  expect(seen).toEqual([{ ...who, type: "refused", name: "", why: words("upload-name") }]);
});

test("a file that is there is gone on with, begun anew, or left as it is", async () => {
  const { ask, open, files, seen } = channel();
  files.set("a", "12345");
  await ask("CLOSE", await open("/logs/a"));
  expect([files.get("a"), seen]).toEqual(["12345", []]);
  const on = await open("/logs/a");
  await ask("WRITE", on, 3, Buffer.from("abc"));
  await ask("CLOSE", on);
  expect([files.get("a"), seen.splice(0)]).toEqual(["123abc", [{ ...who, type: "stored", name: "a", size: 6 }]]);
  const beyond = await open("/logs/a");
  expect(await ask("WRITE", beyond, 7, Buffer.from("x"))).toEqual(why(words("upload-beyond", { at: 7, bytes: 6 })));
  expect(seen.splice(0)).toEqual([
    { ...who, type: "refused", name: "a", why: words("upload-beyond", { at: 7, bytes: 6 }) },
  ]);
  await ask("CLOSE", await open("/logs/a", openMode.WRITE | openMode.TRUNC));
  expect([files.get("a"), seen.splice(0)]).toEqual(["", [{ ...who, type: "stored", name: "a", size: 0 }]]);
  await ask("CLOSE", await open("/logs/new"));
  expect(files.get("new")).toBe("");
  // Some read their file out of order: what comes later waits for what stands before it.
  const late = await open("/logs/late");
  expect(await ask("WRITE", late, 3, Buffer.from("def"))).toEqual([]);
  await ask("WRITE", late, 0, Buffer.from("abc"));
  expect([await ask("CLOSE", late), files.get("late")]).toEqual([ok, "abcdef"]);
});

test("a file that has no room, or does not become what it was told to be, fails", async () => {
  const small = channel({ fileBytes: 4 });
  const four = await small.open("a");
  expect(await small.ask("WRITE", four, 0, Buffer.from("1234"))).toEqual(ok);
  expect(await small.ask("WRITE", four, 4, Buffer.from("5"))).toEqual(why(words("upload-room", { bytes: 4 })));
  const none = channel({ room: 0 });
  expect(await none.ask("WRITE", await none.open("a"), 0, Buffer.from("1"))).toEqual(
    why(words("upload-room", { bytes: 0 })),
  );
  expect(none.seen).toEqual([{ ...who, type: "refused", name: "a", why: words("upload-room", { bytes: 0 }) }]);
  const told = channel();
  const short = await told.open("a");
  await told.ask("WRITE", short, 0, Buffer.from("12"));
  await told.ask("FSETSTAT", short, { size: 3 });
  const less = words("upload-told-more", { told: 3, bytes: 2 });
  expect(await told.ask("CLOSE", short)).toEqual(why(less));
  expect(told.seen).toEqual([{ ...who, type: "broken-off", name: "a", received: 2, why: less }]);
});

test("sixteen are open at once, and a folder counts as one", async () => {
  const { ask, open } = channel();
  for (let count = 0; count < 15; count++) await open(`f${count}`);
  expect(await ask("OPENDIR", "/")).toEqual([["handle", "0000000f"]]);
  expect([await ask("OPENDIR", "/"), await ask("OPEN", "x", openMode.WRITE)]).toEqual([failed, failed]);
  expect([await ask("READDIR", handle(15)), await ask("CLOSE", handle(15))]).toEqual([[[status.EOF]], ok]);
  expect(await ask("OPEN", "x", openMode.WRITE)).toEqual([["handle", "00000010"]]);
});

test("what is there is told: files of this drop, the way to it, and folders that were made", async () => {
  const { ask, files } = channel();
  files.set("a", "12345");
  for (const name of ["STAT", "LSTAT"]) {
    expect(await ask(name, "/logs/a")).toEqual(attributes(0o100200, 5));
    expect(await ask(name, "a")).toEqual(attributes(0o100200, 5));
    for (const path of ["/", "/logs", "/logs/", "anything/", "odd\\"]) expect(await ask(name, path)).toEqual(folder);
    for (const path of ["/log", "/logs/day", "/etc"]) expect(await ask(name, path)).toEqual([[status.NO_SUCH_FILE]]);
  }
  expect(await ask("MKDIR", "logs/day")).toEqual(ok);
  expect(await ask("STAT", "/logs/day")).toEqual(folder);
  const named = (filename: string) => [
    [[{ filename, longname: filename, attrs: { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 } }]],
  ];
  expect([await ask("REALPATH", "../x/./y"), await ask("REALPATH", ".")]).toEqual([named("/x/y"), named("/")]);
  expect(await ask("REALPATH", "x".repeat(1024))).toEqual(named(`/${"x".repeat(1024)}`));
  expect(await ask("REALPATH", "x".repeat(1025))).toEqual(failed);
});

test("a hundred folders are made, none with a name that is too long", async () => {
  const { ask } = channel();
  expect([await ask("MKDIR", "x".repeat(1024)), await ask("MKDIR", "x".repeat(1025))]).toEqual([ok, failed]);
  for (let count = 1; count < 100; count++) expect(await ask("MKDIR", `f${count}`)).toEqual(ok);
  expect(await ask("MKDIR", "more")).toEqual(failed);
});

test("names are given anew within the drop alone, and nothing is read or removed", async () => {
  const { ask, files } = channel();
  files.set("a", "1");
  expect(await ask("RENAME", "/logs/a", "/logs/b")).toEqual(ok);
  expect(await ask("RENAME", "/logs/a", "/logs/b")).toEqual(failed);
  expect(await ask("RENAME", "/logs/b", "n".repeat(256))).toEqual(failed);
  expect(await ask("RENAME", "n".repeat(256), "/logs/c")).toEqual(failed);
  expect([...files.keys()]).toEqual(["b"]);
  for (const name of ["READ", "REMOVE", "RMDIR"]) expect(await ask(name, "x")).toEqual(denied);
  expect(await ask("SETSTAT", "x", {})).toEqual(ok);
});

test("a channel that ends finishes what it asked for, and what is open breaks off", async () => {
  const { ask, open, seen, sftp, counts, files } = channel();
  const file = await open("a");
  await ask("WRITE", file, 0, Buffer.from("part"));
  sftp.emit("end");
  for (let turns = 0; turns < 20; turns++) await turn();
  expect([files.get("a"), counts.ended, counts.held]).toEqual(["part", 1, 0]);
  expect(seen).toEqual([{ ...who, type: "broken-off", name: "a", received: 4, why: words("upload-cut") }]);
  expect(await ask("FSTAT", file)).toEqual(failed);
});

test("what nobody reads any more is held no longer, and lost", async () => {
  let held = 0;
  const incoming = new Incoming(0, 100, (bytes) => (held += bytes));
  const lost: unknown[] = [];
  for (const at of [0, 4, 8]) void incoming.write(at, Buffer.from("part")).catch((error) => lost.push(error));
  await turn();
  expect(held).toBe(12);
  const why = new Error("gone");
  incoming.abandon(why);
  await turn();
  expect([held, lost]).toEqual([0, [why, why, why]]);
});

test("pieces ahead of a gap wait, four megabytes of them, and none is taken twice", async () => {
  let held = 0;
  const incoming = new Incoming(5, 10 * 1024 * 1024, (bytes) => (held += bytes));
  const million = Buffer.alloc(1024 * 1024);
  const lost: unknown[] = [];
  const ahead = (at: number, data = million) =>
    void incoming.write(at, data).catch((error: Error & { words?: unknown }) => lost.push(error.words));
  for (let count = 0; count < 4; count++) ahead(6 + count * million.length);
  await turn();
  expect([held, lost, incoming.received]).toEqual([0, [], 0]);
  ahead(6 + 4 * million.length, Buffer.alloc(1));
  await turn();
  expect(lost).toEqual(Array(5).fill(words("upload-gap", { at: 5 })));
  const again = new Incoming(0, 100, () => undefined);
  const gone: unknown[] = [];
  void again.write(5, Buffer.from("x")).catch(() => gone.push("first"));
  void again.write(5, Buffer.from("x")).catch(() => gone.push("second"));
  await turn();
  expect(gone.sort()).toEqual(["first", "second"]);
});

test.each([
  ["no matching key exchange algorithm", "handshake", "kex_algorithms"],
  ["no matching host key format", "handshake", "server_host_key_algorithms"],
  ["no matching C->S cipher", "handshake", "encryption_algorithms"],
  ["no matching S->C MAC", "handshake", "mac_algorithms"],
  ["no matching compression", "handshake", "compression_algorithms"],
  ["no matching anything", "handshake", "no matching anything"],
  ["no matching cipher", "protocol", null],
  ["connection lost", "handshake", null],
])("that there is %s (%s) is told as %s", (message, level, what) => {
  expect(disagreement(Object.assign(new Error(message), { level }))).toEqual(
    what && words("ssh-none-in-common", { what }),
  );
});

test("old stations are spoken with, and nothing is unpacked", () => {
  expect(algorithms()).toEqual({
    kex: {
      append: ["diffie-hellman-group-exchange-sha1", "diffie-hellman-group14-sha1", "diffie-hellman-group1-sha1"],
      ...{ prepend: [], remove: [] },
    },
    cipher: {
      append: ["aes128-cbc", "aes256-cbc", "3des-cbc"],
      ...{ prepend: [], remove: ["chacha20-poly1305@openssh.com"] },
    },
    hmac: { append: ["hmac-sha1-96", "hmac-md5"], prepend: [], remove: [] },
    compress: ["none"],
  });
});

class FakeSocket extends EventEmitter {
  readonly remoteAddress = "::ffff:192.0.2.1";
  readonly remotePort = 1;
  readonly localAddress = "10.0.0.1";
  readonly localPort = 22;
  readonly did: unknown[] = [];
  writableCorked = 0;
  #paused = false;
  isPaused(): boolean {
    return this.#paused;
  }
  destroy(): void {
    this.did.push("destroyed");
  }
  pause(): void {
    this.#paused = true;
    this.did.push("pause");
  }
  resume(): void {
    this.#paused = false;
    this.did.push("resume");
  }
  cork(): void {
    this.writableCorked++;
    this.did.push("cork");
  }
  uncork(): void {
    this.writableCorked--;
    this.did.push("uncork");
  }
}

/** An SSH connection whose two ends are held by hand. */
function connection() {
  const { drop, seen } = dropOf(1e9);
  const strays: ReceiverEvent[] = [];
  const socket = new FakeSocket();
  const { did } = socket;
  const ssh = Object.assign(new EventEmitter(), { end: () => did.push("end") });
  const one = new SshConnection({
    connection: ssh as unknown as Connection,
    socket: socket as unknown as Socket,
    limits: usualLimits,
    login: (user, password) => (user === "u1" && password === "p" ? drop : null),
    onStray: (event, ends) => strays.push({ ...event, ...(ends.localPort === 22 ? {} : { ends }) } as ReceiverEvent),
  });
  const tries = (method: string, more: object = {}) => {
    ssh.emit("authentication", {
      ...{ method, username: "u1", ...more },
      accept: () => did.push("accepted"),
      reject: (ways: string[]) => did.push(ways.join()),
    });
    return did.splice(0);
  };
  return { ssh, one, drop, seen, strays, did, tries };
}

const ways = "password,keyboard-interactive";

test("a login is by password, said at once or when asked, and by nothing else", () => {
  const { tries, seen, strays, one, drop } = connection();
  expect([tries("none"), tries("publickey", { username: "k" })]).toEqual([[ways], [ways]]);
  expect(tries("password", { password: "no", username: "x".repeat(300) })).toEqual([ways]);
  expect(strays).toEqual([{ ...who, type: "wrong-login", user: "x".repeat(255) }]);
  const asks = (answers: unknown) =>
    tries("keyboard-interactive", {
      prompt: (prompts: unknown, done: (answers: unknown) => void) => {
        expect(prompts).toEqual([{ prompt: "Password: ", echo: false }]);
        done(answers);
      },
    });
  expect([asks(new Error("none")), asks([]), one.drop]).toEqual([[ways], [ways], null]);
  expect([asks(["p"]), one.drop, seen]).toEqual([["accepted"], drop, [{ ...who, type: "login" }]]);
});

test("three wrong passwords end it, and twenty tries of any kind", () => {
  const wrong = connection();
  const told = Array.from({ length: 3 }, () => wrong.tries("password", { password: "no" }));
  expect(told).toEqual([[ways], [ways], [ways, "end"]]);
  const many = connection();
  for (let count = 0; count < 20; count++) expect(many.tries("publickey")).toEqual([ways]);
  expect(many.tries("publickey")).toEqual(["destroyed"]);
});

test.each([
  ["shown our key", () => undefined, [{ ...who, type: "left-at-key" }]],
  [
    "with a key alone",
    (one) => one.tries("publickey", { username: "k".repeat(300) }),
    [{ ...who, type: "key-alone", user: "k".repeat(255) }],
  ],
  ["with nothing", (one) => one.tries("none"), []],
  [
    "with a wrong password",
    (one) => one.tries("password", { password: "no" }),
    [{ ...who, type: "wrong-login", user: "u1" }],
  ],
  ["logged in", (one) => one.tries("password", { password: "p" }), []],
  [
    "with nothing in common",
    (one) => one.ssh.emit("error", Object.assign(new Error("no matching cipher"), { level: "handshake" })),
    [{ ...who, type: "no-agreement", why: words("ssh-none-in-common", { what: "encryption_algorithms" }) }],
  ],
  ["of another error", (one) => one.ssh.emit("error", new Error("odd")), [{ ...who, type: "left-at-key" }]],
  ["by us", (one) => one.one.dispose(), []],
] as [string, (one: ReturnType<typeof connection>) => unknown, unknown[]][])(
  "who leaves %s is told so",
  (_, before, told) => {
    const one = connection();
    before(one);
    one.ssh.emit("close");
    expect(one.strays).toEqual(told);
  },
);

test("only who is logged in has sessions, ten of them, of SFTP alone", () => {
  const { ssh, tries, seen, did } = connection();
  const session = new EventEmitter();
  const ask = () => {
    ssh.emit(
      "session",
      () => session,
      () => did.push("no session"),
    );
    return did.splice(0);
  };
  expect(ask()).toEqual(["no session"]);
  tries("password", { password: "p" });
  seen.length = 0;
  for (let count = 0; count < 10; count++) expect(ask()).toEqual([]);
  expect(ask()).toEqual(["no session"]);
  session.removeAllListeners();
  const other = connection();
  other.tries("password", { password: "p" });
  other.seen.length = 0;
  other.ssh.emit(
    "session",
    () => session,
    () => undefined,
  );
  for (const name of ["exec", "shell"]) {
    session.emit(name, null, () => other.did.push(`no ${name}`));
    session.emit(name, null, undefined);
  }
  expect(other.did).toEqual(["no exec", "no shell"]);
  expect(other.seen).toEqual(Array(4).fill({ ...who, type: "refused", name: "", why: words("upload-only-sftp") }));
});

test("the answers of one turn go out together", async () => {
  const { ssh, tries, did } = connection();
  tries("password", { password: "p" });
  const session = new EventEmitter();
  ssh.emit(
    "session",
    () => session,
    () => undefined,
  );
  const sftp = Object.assign(new EventEmitter(), { status: () => did.push("answer"), handle: () => undefined });
  session.emit("sftp", () => sftp);
  sftp.emit("OPEN", 1, "a", openMode.WRITE);
  for (let count = 0; count < 2; count++) sftp.emit("WRITE", 2 + count, handle(0), count, Buffer.from("x"));
  while (!did.includes("uncork")) await turn();
  expect(did).toEqual(["cork", "answer", "answer", "uncork"]);
});

test("who sends faster than it is written is held up from two megabytes on, until half of one is left", async () => {
  const { ssh, tries, did, drop } = connection();
  const kept: (() => void)[] = [];
  drop.receive = async ({ chunks }) => {
    for await (const _ of chunks) await new Promise<void>((next) => kept.push(next));
    return { size: 0 };
  };
  tries("password", { password: "p" });
  const session = new EventEmitter();
  ssh.emit(
    "session",
    () => session,
    () => undefined,
  );
  const sftp = Object.assign(new EventEmitter(), { status: () => undefined, handle: () => undefined });
  session.emit("sftp", () => sftp);
  sftp.emit("OPEN", 1, "a", openMode.WRITE);
  const piece = Buffer.alloc(512 * 1024);
  const write = async (count: number) => {
    sftp.emit("WRITE", 2 + count, handle(0), count * piece.length, piece);
    await turn();
    return did.splice(0);
  };
  for (let count = 0; count < 4; count++) expect(await write(count)).toEqual([]);
  expect(await write(4)).toEqual(["pause"]);
  const next = async () => {
    while (kept.length === 0) await turn();
    kept.shift()?.();
    await turn();
    await turn();
    return did.splice(0).filter((one) => one === "pause" || one === "resume");
  };
  expect([await next(), await next(), await next(), await next()]).toEqual([[], [], [], []]);
  expect(await next()).toEqual(["resume"]);
});
