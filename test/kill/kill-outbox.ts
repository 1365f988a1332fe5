import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CoreClient } from "../../src/api/client.ts";
import { readContact } from "../../src/api/contact.ts";
import { createRandom, type Random } from "../../src/simulator/random.ts";
import { connectTo, snapshot, until } from "../harness/client.ts";
import { type CoreProcess, startCoreProcess } from "../harness/core-process.ts";
import { davAccount, startDav } from "../harness/outbox/dav-stub.ts";
import { startPut } from "../harness/outbox/put-stub.ts";
import { s3Account, startS3 } from "../harness/outbox/s3-stub.ts";
import { hasSshd, openSshd } from "../harness/outbox/sshd.ts";
import type { Fault } from "../harness/outbox/stub.ts";

export type OutboxKillReport = {
  kills: number;
  files: number;
  /** How many kills met a request as it came, one whose answer was on its way, or the time between. */
  moments: Record<string, number>;
  /** What did not arrive, arrived otherwise, or was stored twice. */
  wrong: string[];
};

type Options = { times: number; seed: number; say?: (line: string) => void };

/** A file is added every so many kills. */
const killsAFile = 3;
/** More than one part of S3. */
const largestFile = 20_000_000;
const settleMs = 120_000;

/** Kills a core again and again while files go to servers that fail now and then, and holds what arrived against what was sent: each file
 * once, with its hash. */
export async function killOutbox({ times, seed, say }: Options): Promise<OutboxKillReport> {
  const random = createRandom(seed);
  const folder = mkdtempSync(join(tmpdir(), "plugside-kill-outbox-"));
  const [data, stick] = [join(folder, "data"), join(folder, "stick")];
  mkdirSync(stick);
  const [s3, dav, put] = await Promise.all([startS3(), startDav(), startPut()]);
  const servers = [s3, dav, put];
  const sshd = hasSshd ? await openSshd() : null;
  const names = ["stick", "web", "dav", "s3", ...(sshd ? ["sftp"] : [])];
  const report: OutboxKillReport = { kills: 0, files: 0, moments: {}, wrong: [] };
  const hashes: string[] = [];
  let core: CoreProcess | null = null;
  let kill: (() => void) | null = null;
  /** Requests until the core is killed, and whether its request is still done then. */
  let left = Number.POSITIVE_INFINITY;
  let done = false;

  function befall(): Fault | null {
    left -= 1;
    if (left <= 0 && kill) {
      kill();
      return done ? "lose-answer" : "cut";
    }
    const chance = random.next();
    if (chance < 0.03) return { status: 500 };
    if (chance < 0.06) return "cut";
    return chance < 0.09 ? "lose-answer" : null;
  }
  for (const server of servers) server.fault = befall;

  async function live(work: (client: CoreClient) => Promise<void>): Promise<void> {
    core = await startCoreProcess(data);
    if (core.url === null) throw new Error(`a start ended by itself: ${core.complaints().join(" ")}`);
    const client = connectTo(data);
    await work(client).finally(() => client.close());
    core.kill();
    await core.ended;
  }

  async function setUp(client: CoreClient): Promise<void> {
    const { accessKeyId: user, region, bucket, secret } = s3Account;
    await client.call("outbox.save", { name: "stick", kind: "folder", path: stick });
    await client.call("outbox.save", { name: "web", kind: "http", url: `${put.url}/in/` });
    const { password } = davAccount;
    const url = `${dav.url}/a/b/`;
    await client.call("outbox.save", { name: "dav", kind: "webdav", url, user: davAccount.user, secret: { password } });
    const more = { endpoint: s3.url, region, bucket, user, secret: { password: secret } };
    await client.call("outbox.save", { name: "s3", kind: "s3", ...more });
    if (!sshd) return;
    const { port, user: login, privateKey, folder: path } = sshd;
    const place = { host: "127.0.0.1", port, user: login, path };
    await client.call("outbox.save", { name: "sftp", kind: "sftp", ...place, secret: { privateKey } });
  }

  async function round(client: CoreClient, number: number): Promise<void> {
    if (number % killsAFile === 0) hashes.push(await addFile(client, data, names, random, hashes.length + 1));
    left = 1 + Math.floor(random.next() * 12);
    done = random.next() < 0.5;
    const between = random.next() < 0.2;
    const killed = new Promise<string>((resolve) => {
      kill = () => {
        core?.kill();
        kill = null;
        resolve(done ? "answer lost" : "as it came");
      };
    });
    // It may be killed before it answers.
    await client.call("outbox.run", {}).catch(() => undefined);
    const calm = until(client, "outbox.list", {}, (all) => all.every(({ state }) => state !== "waiting")).then(
      () => "at rest",
      () => "gone",
    );
    const moment = between ? "between" : await Promise.race([killed, calm, later(3000).then(() => "waiting")]);
    report.moments[moment] = (report.moments[moment] ?? 0) + 1;
    report.kills += 1;
    kill = null;
    left = Number.POSITIVE_INFINITY;
  }

  async function settle(client: CoreClient): Promise<void> {
    for (const server of servers) server.fault = () => null;
    await client.call("outbox.run", {});
    const sent = until(client, "outbox.list", {}, (all) => all.every(({ state }) => state === "sent"));
    const late = later(settleMs).then(async () => {
      const left = (await snapshot(client, "outbox.list", {})).filter(({ state }) => state !== "sent");
      report.wrong.push(...left.map((entry) => `never sent: ${JSON.stringify(entry)}`));
    });
    await Promise.race([sent, late]);
  }

  try {
    await live(setUp);
    for (let number = 0; number < times; number++) {
      await live((client) => round(client, number));
      if (number % 20 === 19) say?.(`${report.kills} kills, ${hashes.length} files`);
    }
    await live(settle);
    report.files = hashes.length;
    const withoutManifests = (names: Iterable<string>) => [...names].filter((name) => !name.endsWith(".manifest.json"));
    const onStick = filesIn(stick);
    const onServer = sshd && filesIn(sshd.folder);
    report.wrong.push(
      ...compare("stick", onStick, [...onStick.keys()], hashes),
      ...(onServer ? compare("sftp", onServer, [...onServer.keys()], hashes) : []),
      ...compare("web", put.files, put.stored, hashes),
      ...compare("dav", dav.files, dav.stored, hashes),
      ...compare(
        "s3",
        new Map([...s3.objects].filter(([key]) => !key.endsWith(".json"))),
        withoutManifests(s3.stored),
        hashes,
      ),
    );
    return report;
  } finally {
    (core as CoreProcess | null)?.kill();
    await Promise.all(servers.map((server) => server.close()));
    await sshd?.close();
    if (existsSync(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

function filesIn(folder: string): Map<string, Buffer> {
  return new Map(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]));
}

async function addFile(
  client: CoreClient,
  data: string,
  names: readonly string[],
  random: Random,
  number: number,
): Promise<string> {
  const bytes = Buffer.alloc(Math.floor(random.next() ** 2 * largestFile) + 1, `file ${number} `);
  const { path } = await client.call("files.upload", { name: `log ${number}.bin` });
  const url = new URL(path, readContact(data)?.url.replace(/^ws/, "http")).href;
  const { id } = (await (await fetch(url, { method: "PUT", body: bytes })).json()) as { id: number };
  for (const destination of names) await client.call("outbox.add", { file: id, destination });
  return createHash("sha256").update(bytes).digest("hex");
}

/** What is not as it is to be: each hash once, stored once. */
function compare(
  name: string,
  there: Map<string, Buffer>,
  stored: readonly string[],
  wanted: readonly string[],
): string[] {
  const found = [...there.values()].map((bytes) => createHash("sha256").update(bytes).digest("hex"));
  const twice = stored.filter((one, at) => stored.indexOf(one) !== at);
  return [
    ...wanted.filter((hash) => !found.includes(hash)).map((hash) => `${name}: ${hash} did not arrive`),
    ...found
      .filter((hash, at) => !wanted.includes(hash) || found.indexOf(hash) !== at)
      .map((hash) => `${name}: ${hash} is too much`),
    ...twice.map((one) => `${name}: ${one} was stored twice`),
  ];
}

function later(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
