import { beforeEach, expect, test, vi } from "vitest";
import { failure } from "../../../../station/failure.ts";
import type { SftpDestination } from "../../../../station/onward/outbox.ts";
import { words } from "../../../../station/phrases.ts";
import type { Delivery } from "../sender.ts";
import { sftpSender } from "./sftp.ts";

/** A server whose files are in memory, and that refuses what a test lets it. */
const remote = vi.hoisted(() => ({
  sizes: new Map<string, number>(),
  calls: [] as string[],
  closed: 0,
  refuses: null as ((call: string) => Error | null) | null,
  cuts: 0,
}));
vi.mock("./connection.ts", () => ({ openSftp: async () => ({ sftp: {}, lost: null, close: () => remote.closed++ }) }));
vi.mock("./files.ts", () => {
  const call = (text: string) => {
    remote.calls.push(text);
    const refused = remote.refuses?.(text);
    if (refused) throw refused;
  };
  return {
    RemoteFiles: class {
      async sizeOf(path: string) {
        call(`size ${path}`);
        return remote.sizes.get(path) ?? null;
      }
      async upload(from: string, to: string, bytes: number, there: number) {
        call(`upload ${from} to ${to}, ${bytes} from ${there}`);
        remote.sizes.set(to, bytes - remote.cuts);
      }
      async rename(from: string, to: string) {
        call(`rename ${from} ${to}`);
        remote.sizes.set(to, remote.sizes.get(from) ?? 0);
        remote.sizes.delete(from);
      }
      async remove(path: string) {
        call(`remove ${path}`);
        remote.sizes.delete(path);
      }
      async put(path: string, bytes: Buffer) {
        call(`put ${path} ${bytes}`);
      }
      async makeFolder(path: string) {
        call(`make ${path}`);
      }
    },
  };
});
beforeEach(() => Object.assign(remote, { sizes: new Map(), calls: [], closed: 0, refuses: null, cuts: 0 }));

const { signal } = new AbortController();
const sha256 = "0123456789abcdef".repeat(4);
const delivery = {
  file: { name: "log.txt", bytes: 9 },
  from: "/1",
  sha256,
  signal,
  progress: () => undefined,
} as unknown as Delivery;
const draft = `/in/.plugside-${sha256.slice(0, 32)}.part`;
const name = "/in/log-0123456789ab.txt";
const place = `sftp://h:22${name}`;

const sender = (path = "/in") =>
  sftpSender({ kind: "sftp", name: "n", host: "h", port: 22, user: "u", path } as SftpDestination, {} as never);

const sftpError = (code: number, message = "said so") => Object.assign(new Error(message), { code });

test("a file is put under a draft's name, looked at, and moved to its own", async () => {
  expect(await sender().send(delivery)).toEqual({ place, proof: "size" });
  expect(remote.calls).toEqual([
    `size ${draft}`,
    `size ${name}`,
    `upload /1 to ${draft}, 9 from 0`,
    `size ${draft}`,
    `rename ${draft} ${name}`,
    `size ${name}`,
  ]);
  expect(remote.closed).toBe(1);
  expect((await sender("a/").send(delivery)).place).toBe("sftp://h:22/~/a/log-0123456789ab.txt");
});

test("what is there is gone on with, and what is there whole is not sent again, nor is its draft left", async () => {
  remote.sizes.set(draft, 4);
  await sender().send(delivery);
  expect(remote.calls).toContain(`upload /1 to ${draft}, 9 from 4`);
  remote.calls.length = 0;
  remote.sizes.set(draft, 4);
  expect(await sender().send(delivery)).toEqual({ place, proof: "size" });
  expect(remote.calls).toEqual([`size ${draft}`, `size ${name}`, `remove ${draft}`]);
  remote.calls.length = 0;
  await sender().send(delivery);
  expect(remote.calls).toEqual([`size ${draft}`, `size ${name}`]);
});

test("a folder that is not there is made, once", async () => {
  let refused = 0;
  remote.refuses = (call) => (call.startsWith("upload") && ++refused === 1 ? sftpError(2) : null);
  expect(await sender().send(delivery)).toMatchObject({ place });
  expect(remote.calls.filter((call) => /^(make|upload)/.test(call))).toEqual([
    `upload /1 to ${draft}, 9 from 0`,
    "make /in",
    `upload /1 to ${draft}, 9 from 0`,
  ]);
});

test("what lies there otherwise than it was sent did not arrive", async () => {
  remote.cuts = 1;
  const differs = { code: "unavailable", words: words("sent-differs-there", { place }) };
  await expect(sender().send(delivery)).rejects.toMatchObject(differs);
  remote.cuts = 0;
  remote.refuses = (call) => {
    if (call.startsWith("rename")) remote.sizes.set(draft, 3);
    return null;
  };
  await expect(sender().send(delivery)).rejects.toMatchObject(differs);
  expect(remote.closed).toBe(2);
});

test.each([
  [3, "not-allowed", words("sftp-denied", { host: "h", path: "/in", said: "said so" })],
  [2, "not-allowed", words("sftp-no-folder", { host: "h", path: "/in" })],
  [4, "unavailable", words("sftp-failed", { host: "h", path: "/in", said: "said so" })],
])("a status of %i is told as %s: %j", async (code, failed, told) => {
  remote.refuses = (call) => (/^(upload|put)/.test(call) ? sftpError(code) : null);
  await expect(sender().send(delivery)).rejects.toMatchObject({ code: failed, words: told });
  await expect(sender().test(signal)).rejects.toMatchObject({ code: failed, words: told });
  const lost = failure("unavailable", words("no-core"));
  remote.refuses = () => lost;
  await expect(sender().send(delivery)).rejects.toBe(lost);
});

test("a test puts a file there and takes it away", async () => {
  await sender().test(signal);
  const [put, remove] = remote.calls;
  expect(put).toMatch(/^put \/in\/\.plugside-test-[0-9a-f-]{36} Plugside$/);
  expect(remove).toBe(put?.replace(/^put (.*) Plugside$/, "remove $1"));
  expect(remote.closed).toBe(1);
});
