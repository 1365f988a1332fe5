import { execFile, spawnSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ssh2, { type ClientChannel, type ConnectConfig, type SFTPWrapper } from "ssh2";
import { afterEach, expect, onTestFinished, test, vi } from "vitest";
import { mustSkip } from "../../../../test/harness/required.ts";
import { memoryDrop } from "../../../../test/harness/transports/memory-drop.ts";
import { DisposableStore } from "../../../lib/disposable.ts";
import { openSftpReceiver } from "./receiver.ts";

let store = new DisposableStore();
afterEach(async () => {
  await store.dispose();
  store = new DisposableStore();
});

const hostKeys = [
  generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "sec1", format: "pem" }),
  generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ type: "pkcs1", format: "pem" }),
].map(String);

/** A receiver with one drop that keeps files in memory, and what it saw. */
async function receiver({ fileBytes = 1e9 } = {}) {
  const { drop, ...memory } = memoryDrop({ password: "p4ss", path: "/logs/" });
  const opened = store.add(
    await openSftpReceiver({ host: "127.0.0.1", port: 0, hostKeys, limits: { fileBytes }, onStray: drop.onSeen }),
  );
  return { port: opened.port, ...memory, withdraw: opened.offer(drop) };
}

/** Connects; resolves once it is logged in, rejects where it is not. */
function logIn(port: number, more: ConnectConfig = {}): Promise<InstanceType<typeof ssh2.Client>> {
  const client = new ssh2.Client();
  store.add({ dispose: () => void client.end() });
  return new Promise((resolve, reject) => {
    client.on("ready", () => resolve(client)).on("error", reject);
    client.connect({ host: "127.0.0.1", port, username: "u1", password: "p4ss", ...more });
  });
}

async function sftpOf(port: number, more: ConnectConfig = {}): Promise<SFTPWrapper> {
  const client = await logIn(port, more);
  return new Promise((resolve, reject) => client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp))));
}

/** The outcome of one request: what it gave, or the words of its status. */
function asked<T>(request: (done: (error?: Error | null, value?: T) => void) => void): Promise<T | undefined | string> {
  return new Promise((resolve) => request((error, value) => resolve(error ? error.message : value)));
}

const open = async (sftp: SFTPWrapper, path: string, flags: "w" | "a"): Promise<Buffer> =>
  (await asked<Buffer>((done) => sftp.open(path, flags, done))) as Buffer;
const write = (sftp: SFTPWrapper, file: Buffer, at: number, text: string) =>
  asked<void>((done) => sftp.write(file, Buffer.from(text), 0, text.length, at, (error) => done(error)));
const close = (sftp: SFTPWrapper, file: Buffer) => asked<void>((done) => sftp.close(file, done));
const sizeOf = async (sftp: SFTPWrapper, path: string) => {
  const stats = await asked<{ size: number }>((done) => sftp.stat(path, done as never));
  return typeof stats === "object" ? stats.size : stats;
};

test("takes a file in, and says so only once it is kept", async () => {
  const { port, files, gate, seen } = await receiver();
  const kept = Promise.withResolvers<void>();
  gate.hold = kept.promise;
  const sftp = await sftpOf(port);
  const file = await open(sftp, "/logs/day/a.log", "w");
  expect(await write(sftp, file, 0, "hello")).toBeUndefined();
  let closed = false;
  const closing = close(sftp, file).then((said) => {
    closed = true;
    return said;
  });
  expect(await asked((done) => sftp.realpath("a", done))).toBe("/a");
  expect(closed).toBe(false);
  kept.resolve();
  expect(await closing).toBeUndefined();
  expect(files.get("day/a.log")?.toString()).toBe("hello");
  expect(seen.map(({ type }) => type)).toEqual(["login", "stored"]);
});

test("goes on where a part is, at the offset that is written at, and never in the middle of nothing", async () => {
  const { port, files, seen } = await receiver();
  const sftp = await sftpOf(port);
  const first = await open(sftp, "a", "w");
  await write(sftp, first, 0, "12345");
  await close(sftp, first);
  // "a" appends: whoever resumes tells the offset all the same.
  const again = await open(sftp, "/logs/a", "a");
  await write(sftp, again, 3, "abc");
  await close(sftp, again);
  expect(files.get("a")?.toString()).toBe("123abc");
  const beyond = await open(sftp, "a", "a");
  expect(await write(sftp, beyond, 9, "x")).toMatch(/goes on at byte 9, and 6 bytes/);
  expect(seen.at(-1)).toMatchObject({ type: "refused", name: "a" });
});

test("brings pieces into their order, and keeps the part before a gap as a part", async () => {
  const { port, files, seen } = await receiver();
  const sftp = await sftpOf(port);
  const file = await open(sftp, "a", "w");
  const late = [write(sftp, file, 6, "ghi"), write(sftp, file, 3, "def")];
  await write(sftp, file, 0, "abc");
  expect(await Promise.all(late)).toEqual([undefined, undefined]);
  expect(await close(sftp, file)).toBeUndefined();
  expect(files.get("a")?.toString()).toBe("abcdefghi");
  const torn = await open(sftp, "b", "w");
  await write(sftp, torn, 0, "abc");
  void write(sftp, torn, 6, "ghi");
  expect(await close(sftp, torn)).toMatch(/missing, from byte 3/);
  expect(files.get("b")?.toString()).toBe("abc");
  expect(seen.at(-1)).toMatchObject({ type: "broken-off", name: "b", received: 3 });
});

test("takes what is shorter than it was told to be for a part", async () => {
  const { port, seen } = await receiver();
  const sftp = await sftpOf(port);
  const file = await open(sftp, "a", "w");
  await write(sftp, file, 0, "abc");
  await asked<void>((done) => sftp.fsetstat(file, { size: 5 } as never, done));
  expect(await close(sftp, file)).toMatch(/5 bytes were told, and 3 came/);
  expect(seen.map(({ type }) => type)).not.toContain("stored");
});

test("keeps the part of what was broken off, and ends what comes in when the request is withdrawn", async () => {
  const { port, files, saw, withdraw } = await receiver();
  const client = await logIn(port);
  const sftp = await new Promise<SFTPWrapper>((resolve) => client.sftp((_error, one) => resolve(one)));
  const file = await open(sftp, "a", "w");
  await write(sftp, file, 0, "part");
  client.destroy();
  expect(await saw("broken-off")).toMatchObject({ name: "a", received: 4 });
  expect(files.get("a")?.toString()).toBe("part");
  const other = await sftpOf(port);
  await write(other, await open(other, "b", "w"), 0, "part");
  const over = new Promise((gone) => other.on("close", gone));
  withdraw();
  await over;
  await expect(logIn(port)).rejects.toThrow(/authentication/);
});

test("shows, gives and overwrites nothing else", async () => {
  const { port, seen } = await receiver();
  const sftp = await sftpOf(port);
  expect(await asked((done) => sftp.open("/etc/passwd", "r", done))).toMatch(/only taken in/);
  expect(await asked((done) => sftp.unlink("/logs/a", done))).toMatch(/only taken in/);
  expect(await sizeOf(sftp, "/etc/passwd")).toMatch(/No such file/);
  expect(await asked((done) => sftp.readdir("/etc", done))).toEqual([]);
  expect(await asked((done) => sftp.realpath("../../x", done))).toBe("/x");
  expect(await asked((done) => sftp.symlink("/etc/passwd", "/logs/a", done))).toMatch(/unsupported/i);
  expect(await asked((done) => sftp.open("n".repeat(300), "w", done))).toMatch(/too long/);
  expect(seen.at(-1)).toMatchObject({ type: "refused" });
});

test("gives what came another name", async () => {
  const { port, files } = await receiver();
  const sftp = await sftpOf(port);
  await close(sftp, await open(sftp, "a.part", "w"));
  expect(await asked<void>((done) => sftp.rename("/a.part", "/logs/a", done))).toBeUndefined();
  expect([...files.keys()]).toEqual(["a"]);
  expect(await asked<void>((done) => sftp.rename("/no", "/logs/a", done))).toBe("Failure");
});

test("refuses what is too large, and has no shell", async () => {
  const { port, saw } = await receiver({ fileBytes: 4 });
  const client = await logIn(port);
  const sftp = await new Promise<SFTPWrapper>((resolve) => client.sftp((_error, one) => resolve(one)));
  const file = await open(sftp, "a", "w");
  expect(await write(sftp, file, 0, "12345")).toMatch(/room for 4 bytes/);
  expect(await asked((done) => client.exec("id", done as never))).toMatch(/exec/);
  expect(await saw("refused")).toBeDefined();
});

test("tells of wrong logins, of a key in place of the password, and of who only looked at our key", async () => {
  const { port, seen, saw } = await receiver();
  await expect(logIn(port, { password: "no" })).rejects.toThrow(/authentication/);
  expect(seen).toContainEqual({ protocol: "sftp", from: "127.0.0.1", type: "wrong-login", user: "u1" });
  const privateKey = hostKeys[1];
  await expect(logIn(port, { username: "u2", password: undefined, privateKey })).rejects.toThrow(/authentication/);
  expect(await saw("key-alone")).toMatchObject({ user: "u2" });
  await expect(logIn(port, { hostVerifier: () => false })).rejects.toThrow();
  expect(await saw("left-at-key")).toBeDefined();
});

const oldWays: ConnectConfig["algorithms"][] = [
  { kex: ["diffie-hellman-group14-sha1"], serverHostKey: ["ssh-rsa"], cipher: ["aes128-cbc"], hmac: ["hmac-sha1"] },
  { kex: ["diffie-hellman-group1-sha1"], cipher: ["3des-cbc"], hmac: ["hmac-md5"] },
];

test.each(oldWays)("speaks with old stations: %j", async (algorithms) => {
  const { port, files } = await receiver();
  const sftp = await sftpOf(port, { algorithms });
  const file = await open(sftp, "a", "w");
  await write(sftp, file, 0, "old");
  await close(sftp, file);
  expect(files.get("a")?.toString()).toBe("old");
});

test("tells what is not in common with one that is older still", async () => {
  const { port, saw } = await receiver();
  await expect(logIn(port, { algorithms: { compress: ["zlib"] } })).rejects.toThrow();
  expect(await saw("no-agreement")).toMatchObject({
    why: { phrase: "ssh-none-in-common", values: { what: "compression_algorithms" } },
  });
});

test("who does not log in within a minute is let go, and who has is not", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  onTestFinished(() => void vi.useRealTimers());
  const { port, files } = await receiver();
  const sftp = await sftpOf(port);
  const waiting = connect(port, "127.0.0.1");
  await once(waiting, "data");
  vi.advanceTimersByTime(59_999);
  expect(await sizeOf(sftp, "/logs/none")).toMatch(/No such file/);
  expect(waiting.readyState).toBe("open");
  const gone = once(waiting.on("error", () => undefined).resume(), "close");
  vi.advanceTimersByTime(1);
  await gone;
  await close(sftp, await open(sftp, "a", "w"));
  expect([...files.keys()]).toEqual(["a"]);
});

test("is not ended by what is no SSH", async () => {
  const { port, files } = await receiver();
  const said = await new Promise<string>((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => socket.end("SSH-2.0-x\r\n\u0000\u0000\uffff\uffffrubbish\r\n"));
    socket.on("data", (data) => {
      text += data.toString("latin1");
    });
    socket.on("error", () => undefined).on("close", () => resolve(text));
  });
  expect(said).toMatch(/^SSH-2\.0-Plugside/);
  const sftp = await sftpOf(port);
  await close(sftp, await open(sftp, "a", "w"));
  expect([...files.keys()]).toEqual(["a"]);
});

/** Numbers that are the same each time. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A request of SFTP with strings and numbers as they fall; now and then cut, or longer than it says. */
function strangePacket(roll: (below: number) => number): Buffer {
  const parts = [Buffer.from([roll(25)]), number32(roll(1000))];
  for (let count = roll(5); count > 0; count--) {
    const text =
      [
        "/logs/a",
        "../../etc/passwd",
        "\u0000\u0001\u0002\u0003",
        "",
        "å".repeat(roll(400)),
        "\u0000\u0000\u0000\u0000",
      ][roll(6)] ?? "";
    parts.push(
      roll(3) === 0
        ? number32(roll(2 ** 32))
        : Buffer.concat([number32(Buffer.byteLength(text) + (roll(20) === 0 ? 9 : 0)), Buffer.from(text)]),
    );
  }
  const body = Buffer.concat(parts);
  return Buffer.concat([number32(body.length), body]);
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}

test("is not ended by what is no SFTP", { timeout: 60_000 }, async () => {
  const { port, files } = await receiver();
  const roll = dice(20261127);
  for (let round = 0; round < 10; round++) {
    const client = await logIn(port);
    const channel = await new Promise<ClientChannel>((resolve, reject) =>
      client.subsys("sftp", (error, one) => (error ? reject(error) : resolve(one))),
    );
    channel.on("error", () => undefined).resume();
    const over = new Promise<void>((gone) => client.on("close", () => gone()));
    channel.write(Buffer.from([0, 0, 0, 5, 1, 0, 0, 0, 3]));
    for (let packets = 1 + roll(40); packets > 0; packets--) channel.write(strangePacket(roll));
    channel.end(() => client.end());
    await over;
  }
  const sftp = await sftpOf(port);
  const file = await open(sftp, "after", "w");
  await write(sftp, file, 0, "whole");
  expect(await close(sftp, file)).toBeUndefined();
  expect(files.get("after")?.toString()).toBe("whole");
});

const programs = ["sftp", "scp", "curl", "lftp"] as const;
const there = (program: string) => spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;

/** What each is told to do, with the password by SSH_ASKPASS. */
const commands: Record<(typeof programs)[number], (port: number, file: string) => string[]> = {
  sftp: (port, file) => [...ssh, "-P", `${port}`, "-b", `${file}.batch`, "u1@127.0.0.1"],
  scp: (port, file) => [...ssh, "-P", `${port}`, file, "u1@127.0.0.1:/logs/day/own.log"],
  curl: (port, file) => [
    "-sS",
    "-k",
    "-m",
    "20",
    "-u",
    "u1:p4ss",
    "-T",
    file,
    `sftp://127.0.0.1:${port}/logs/day/own.log`,
  ],
  lftp: (port, file) => [
    "-c",
    `set sftp:auto-confirm yes; set net:max-retries 1; set net:timeout 10; set sftp:connect-program "ssh -a -x -o UserKnownHostsFile=/dev/null"; open -u u1,p4ss sftp://127.0.0.1:${port}; mkdir -p /logs/day; put -O /logs/day ${file} -o own.log`,
  ],
};
const ssh = [
  "-o",
  "StrictHostKeyChecking=no",
  "-o",
  "UserKnownHostsFile=/dev/null",
  "-o",
  "NumberOfPasswordPrompts=1",
  "-o",
  "BatchMode=no",
];

test.for(programs)(
  "takes in 3 MB from %s, whatever is in flight when it closes",
  { timeout: 30_000 },
  async (program, { skip }) => {
    if (mustSkip(program, there(program), `Install ${program}.`)) skip();
    const { port, files, seen } = await receiver();
    const folder = mkdtempSync(join(tmpdir(), "sftp-"));
    store.add({ dispose: () => rmSync(folder, { recursive: true }) });
    const file = join(folder, "f");
    const body = randomBytes(3_000_000);
    writeFileSync(file, body);
    writeFileSync(`${file}.batch`, `mkdir /logs/day\nput ${file} /logs/day/own.log\n`);
    const askpass = join(folder, "askpass");
    writeFileSync(askpass, "#!/bin/sh\necho p4ss\n", { mode: 0o700 });
    // lftp has a terminal of its own for ssh, and types the password there.
    const asking = program === "lftp" ? {} : { SSH_ASKPASS: askpass, SSH_ASKPASS_REQUIRE: "force" };
    const env = { ...process.env, ...asking, HOME: folder };
    const said = await new Promise<string>((resolve) => {
      execFile(program, commands[program](port, file), { env, timeout: 20_000 }, (error, _out, stderr) =>
        resolve(error ? `${error.code} ${stderr}` : "done"),
      );
    });
    expect(said).toBe("done");
    expect(files.get("day/own.log")?.equals(body)).toBe(true);
    expect(seen.filter(({ type }) => type === "stored")).toHaveLength(1);
  },
);
