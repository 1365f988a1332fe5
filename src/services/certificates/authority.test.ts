import { generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer, type TLSSocket } from "node:tls";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createManualClock, type ManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import { words } from "../../station/phrases.ts";
import { CertificatesRepository } from "../../store/certificates.ts";
import { Database } from "../../store/sqlite/database.ts";
import { Authority } from "./authority.ts";
import { type KeyVault, openKeyFiles } from "./keys.ts";
import type { ServerNames } from "./names.ts";

const now = Date.UTC(2026, 5, 1);
const day = 86_400_000;

let folder: string;
let opened: { authority: Authority; database: Database }[];
const settings = { rsaCertificate: false, oldTls: false };
let names: ServerNames;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "plugside-test-"));
  opened = [];
  Object.assign(settings, { rsaCertificate: false, oldTls: false });
  names = { common: "192.0.2.7", dns: ["bench", "localhost"], ip: ["127.0.0.1", "192.0.2.7", "::1", "fd00::7"] };
});

const told: string[] = [];
afterEach(async () => {
  told.length = 0;
  for (const { authority, database } of opened) {
    await authority.dispose();
    database.dispose();
  }
  await rm(folder, { recursive: true, force: true });
});

function open(clock: ManualClock, vault: KeyVault | null = null, othersMayRead = false): Authority {
  const database = new Database(join(folder, "plugside.db"));
  const authority = new Authority({
    repository: new CertificatesRepository(database),
    keys: openKeyFiles(join(folder, "keys"), vault),
    clock,
    log: silentLogger,
    settings: () => settings,
    names: () => names,
    tell: (what) => told.push(what.phrase),
    othersMayRead: () => othersMayRead,
  });
  opened.push({ authority, database });
  return authority;
}

async function close(authority: Authority): Promise<void> {
  const at = opened.findIndex((each) => each.authority === authority);
  const [found] = opened.splice(at, 1);
  await authority.dispose();
  found?.database.dispose();
}

/** The fingerprints of the certificates of a kind that a restart finds. */
function onRecord(kind: "server" | "root"): string[] {
  const database = opened.at(-1)?.database;
  return database ? new CertificatesRepository(database).all(kind).map(({ fingerprint }) => fingerprint) : [];
}

/** What a client sees that trusts our root, and whether it is content. */
async function visit(authority: Authority, host: string, root = authority.roots()[0]?.certificate.toString()) {
  const offer = authority.current();
  if (!offer) throw new Error("nothing is offered");
  const server = createServer(offer.options);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  const { port } = server.address() as { port: number };
  try {
    return await new Promise<{ protocol: string | null; cipher: string; authorized: boolean; error: string }>(
      (resolve, reject) => {
        const named = /^[a-z]/.test(host) ? { servername: host } : {};
        const socket: TLSSocket = connect(
          { port, host: "127.0.0.1", ca: root, rejectUnauthorized: false, ...named },
          () => {
            const { authorized, authorizationError } = socket;
            resolve({
              protocol: socket.getProtocol(),
              cipher: socket.getCipher().name,
              authorized,
              error: authorized ? "" : String(authorizationError),
            });
            socket.destroy();
          },
        );
        socket.on("error", reject);
      },
    );
  } finally {
    server.close();
  }
}

describe("the authority", () => {
  it("makes a root that signs alone, and a server certificate for every name, for 397 days", async () => {
    const authority = open(createManualClock(now));
    const logged = vi.spyOn(silentLogger, "info");
    expect(authority.current()).toBe(null);
    await authority.keep();
    const [root] = authority.roots();
    const [server] = authority.servers();
    expect(logged.mock.calls).toEqual([
      ["a root certificate was made", { kind: "ec", fingerprint: root?.certificate.fingerprint256 }],
      ["a server certificate was made", { kind: "ec", why: "there is none" }],
    ]);
    expect(root).toMatchObject({ kind: "ec", current: true });
    expect(root?.certificate.ca).toBe(true);
    expect(root?.certificate.subject).toMatch(/^CN=Plugside root [0-9a-f]{8}\nO=Plugside$/);
    expect(root?.certificate.checkIssued(root.certificate)).toBe(true);
    expect(root?.certificate.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
    expect(server?.ca).toBe(false);
    expect(server?.subject).toBe("CN=192.0.2.7\nO=Plugside");
    expect(server?.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1"]);
    expect(server?.subjectAltName).toBe(
      "DNS:bench, DNS:localhost, DNS:127.0.0.1, DNS:192.0.2.7, IP Address:127.0.0.1, IP Address:192.0.2.7, IP Address:0:0:0:0:0:0:0:1, IP Address:FD00:0:0:0:0:0:0:7",
    );
    const length = (server?.validToDate.getTime() ?? 0) - (server?.validFromDate.getTime() ?? 0);
    expect([server?.validFromDate.getTime(), length]).toEqual([now - day, 397 * day]);
    expect(root && server?.verify(root.certificate.publicKey)).toBe(true);
  });

  it("is trusted over TLS 1.3 by a client that has its root, by each of its names, and by no other", async () => {
    const authority = open(createManualClock(Date.now()));
    await authority.keep();
    const cipher = "TLS_AES_128_GCM_SHA256";
    expect(await visit(authority, "127.0.0.1")).toEqual({ protocol: "TLSv1.3", cipher, authorized: true, error: "" });
    expect(await visit(authority, "bench")).toMatchObject({ authorized: true });
    // As those look at it that take an address for a name.
    const [server] = authority.servers();
    expect([server?.checkHost("192.0.2.7"), server?.checkIP("192.0.2.7")]).toEqual(["192.0.2.7", "192.0.2.7"]);
    expect(await visit(authority, "elsewhere")).toMatchObject({ error: "ERR_TLS_CERT_ALTNAME_INVALID" });
  });

  it("keeps its keys in files that only this user reads, and offers the same after a restart", async () => {
    const clock = createManualClock(now);
    const before = open(clock);
    await before.keep();
    const shown = before.servers()[0]?.fingerprint256;
    await close(before);
    const files = readdirSync(join(folder, "keys"));
    expect(files.map((name) => name.replace(/[0-9a-f]{32}/, "N")).sort()).toEqual(["root-N.key", "server-N.key"]);
    // On Windows a mode says nothing.
    if (process.platform !== "win32") {
      expect(files.map((name) => statSync(join(folder, "keys", name)).mode & 0o777)).toEqual([0o600, 0o600]);
      expect(statSync(join(folder, "keys")).mode & 0o777).toBe(0o700);
    }
    const after = open(clock);
    await after.open();
    expect(after.current()?.generation).toBe(1);
    expect(after.servers().map((server) => server.fingerprint256)).toEqual([shown]);
  });

  it.each([
    ["31 days before its end", () => names, 365 * day, false],
    ["29 days before its end", () => names, 367 * day, true],
    ["when the clock was set back before its time", () => names, -2 * day, true],
    ["for a new address", () => ({ ...names, ip: [...names.ip, "169.254.9.9"] }), 0, true],
    ["for a new name", () => ({ ...names, dns: [...names.dns, "bench.local"] }), 0, true],
    ["for an address that is gone", () => ({ ...names, ip: ["127.0.0.1"] }), 0, false],
  ])("renews the server certificate by itself: %s", async (_when, next, later, renewed) => {
    const before = open(createManualClock(now));
    await before.keep();
    const first = before.servers()[0]?.fingerprint256;
    await close(before);
    const clock = createManualClock(now + later);
    const after = open(clock);
    await after.open();
    names = next();
    after.start();
    clock.advance(2000);
    await after.keep();
    expect(after.servers()[0]?.fingerprint256 !== first).toBe(renewed);
    expect(after.current()?.generation).toBe(renewed ? 2 : 1);
    // The key of the one before is gone with it.
    expect(readdirSync(join(folder, "keys")).filter((name) => name.startsWith("server-"))).toHaveLength(1);
    expect(onRecord("server")).toEqual(after.servers().map(({ fingerprint256 }) => fingerprint256));
  });

  it("signs under a new root when asked for one, and trusts what the earlier one signed", async () => {
    const authority = open(createManualClock(now));
    await authority.keep();
    const [earlier] = authority.roots();
    const made = await authority.newRoot("ec");
    expect(authority.roots().map(({ certificate, current }) => [certificate.fingerprint256, current])).toEqual([
      [made.fingerprint256, true],
      [earlier?.certificate.fingerprint256, false],
    ]);
    expect(authority.servers()[0]?.verify(made.publicKey)).toBe(true);
    expect(authority.current()?.options.ca).toHaveLength(2);
  });

  it("offers an RSA certificate under an RSA root beside the other when wanted", async () => {
    const authority = open(createManualClock(Date.now()));
    settings.rsaCertificate = true;
    await authority.keep();
    const kinds = authority.servers().map(({ publicKey }) => publicKey.asymmetricKeyType);
    expect(kinds).toEqual(["ec", "rsa"]);
    const rsaRoot = authority
      .roots()
      .find(({ kind }) => kind === "rsa")
      ?.certificate.toString();
    const offer = authority.current();
    const server = createServer(offer?.options ?? {});
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
    const { port } = server.address() as { port: number };
    const cipher = await new Promise<string>((resolve, reject) => {
      const socket = connect(
        { port, host: "127.0.0.1", ca: rsaRoot, maxVersion: "TLSv1.2", ciphers: "AES128-GCM-SHA256" },
        () => {
          resolve(socket.getCipher().standardName);
          socket.destroy();
        },
      );
      socket.on("error", reject);
    }).finally(() => server.close());
    expect(cipher).toBe("TLS_RSA_WITH_AES_128_GCM_SHA256");
    const shown = authority.servers().map(({ fingerprint256 }) => fingerprint256);
    await close(authority);
    const after = open(createManualClock(Date.now()));
    await after.open();
    expect({ told, shown: after.servers().map(({ fingerprint256 }) => fingerprint256) }).toEqual({ told: [], shown });
    expect(after.current()?.options.cert).toEqual(offer?.options.cert);
  }, 20_000);

  it("looks every two seconds at what it is for, and makes what is missing soon after the start", async () => {
    const clock = createManualClock(now);
    const authority = open(clock);
    authority.start();
    const made = async (ms: number) => {
      clock.advance(ms);
      // One piece of work after the other: this waits for what began.
      await authority.root("ec").catch(() => undefined);
      return authority.servers().length;
    };
    clock.advance(49);
    expect(authority.current()).toBeNull();
    expect(await made(1)).toBe(1);
    const shown = () => authority.servers()[0]?.fingerprint256;
    const first = shown();
    names = { ...names, dns: [...names.dns, "another"] };
    await made(1949);
    expect(shown()).toBe(first);
    await made(1);
    expect(shown()).not.toBe(first);
    const second = shown();
    await made(20_000);
    expect(shown()).toBe(second);
  });

  it("says that it cannot be asked any more once it is closed, and why a certificate cannot be made", async () => {
    const authority = open(createManualClock(now));
    await authority.keep();
    const changes: string[] = [];
    authority.changed.on(() => changes.push("changed"));
    authority.refresh();
    expect(changes).toHaveLength(1);
    rmSync(join(folder, "keys"), { recursive: true });
    writeFileSync(join(folder, "keys"), "no folder");
    await expect(authority.renew()).rejects.toMatchObject({ code: "unavailable" });
    expect((await authority.standing()).wss).toMatchObject({ state: "ready", problem: expect.anything() });
    await close(authority);
    await expect(authority.root("ec")).rejects.toMatchObject({ words: words("core-closing") });
    const blocked = open(createManualClock(now));
    expect((await blocked.standing()).wss).toEqual({ state: "making" });
    rmSync(join(folder, "plugside.db"), { force: true });
    const fresh = open(createManualClock(now));
    await fresh.keep();
    expect((await fresh.standing()).wss).toMatchObject({ state: "blocked", problem: expect.anything() });
  });

  it("writes the servers' keys again when their folder was made anew, and misses the root's at once", async () => {
    const authority = open(createManualClock(now));
    await authority.keep();
    rmSync(join(folder, "keys"), { recursive: true });
    await authority.keysLost();
    expect(readdirSync(join(folder, "keys")).map((name) => name.replace(/[0-9a-f]{32}/, "N"))).toEqual([
      "server-N.key",
    ]);
    expect(told).toEqual(["root-key-lost"]);
  });

  it("speaks TLS 1.0 only when told to, and says what is missing", async () => {
    const authority = open(createManualClock(now));
    await authority.keep();
    expect(authority.current()?.options).toMatchObject({ minVersion: "TLSv1.2", maxVersion: "TLSv1.3" });
    expect((await authority.standing()).oldTls).toEqual({ wanted: false, missing: [] });
    expect(String(authority.current()?.options.ciphers)).not.toMatch(/SECLEVEL|-SHA(:|$)/);
    settings.oldTls = true;
    await authority.keep();
    expect(authority.current()?.options.minVersion).toBe("TLSv1");
    expect((await authority.standing()).oldTls).toEqual({ wanted: true, missing: [] });
  });

  it("never puts a key on record", async () => {
    const authority = open(createManualClock(now));
    await authority.keep();
    await close(authority);
    const database = new Database(join(folder, "plugside.db"));
    const kept = JSON.stringify(database.prepare("SELECT * FROM certificates").all());
    database.dispose();
    expect(kept).toContain("BEGIN CERTIFICATE");
    expect(kept).not.toContain("PRIVATE");
  });
});

describe("a key that is lost", () => {
  const garbage: [string, (path: string) => void][] = [
    ["empty", (path) => writeFileSync(path, "")],
    ["garbage", (path) => writeFileSync(path, Buffer.alloc(300, 0xa5))],
    ["a key of another", (path) => writeFileSync(path, anotherKey())],
    ["gone", (path) => rmSync(path)],
    [
      "a folder",
      (path) => {
        rmSync(path);
        mkdirSync(path);
      },
    ],
  ];

  function anotherKey(): string {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  }

  function pathOf(kind: "root" | "server", serial: string | undefined): string {
    return join(folder, "keys", `${kind}-${serial?.toLowerCase()}.key`);
  }

  it.each(garbage)("of the server (%s) is told, and made anew under the same root", async (_what, damage) => {
    const clock = createManualClock(now);
    const before = open(clock);
    await before.keep();
    const root = before.roots()[0]?.certificate.fingerprint256;
    const serial = before.servers()[0]?.serialNumber;
    await close(before);
    damage(pathOf("server", serial));
    const after = open(clock);
    await after.open();
    expect({ told, offered: after.current() }).toEqual({ told: ["server-key-lost"], offered: null });
    await after.keep();
    expect((await visit(after, "bench")).authorized).toBe(true);
    expect(after.roots().map(({ certificate }) => certificate.fingerprint256)).toEqual([root]);
    expect(after.servers()[0]?.serialNumber).not.toBe(serial);
  });

  it("of the server that cannot be opened is logged, and is as one that is lost", async () => {
    const clock = createManualClock(now);
    const before = open(clock);
    await before.keep();
    const path = pathOf("server", before.servers()[0]?.serialNumber);
    await close(before);
    writeFileSync(path.replace(/key$/, "sealed"), "x");
    const logged = vi.spyOn(silentLogger, "warn");
    const after = open(clock);
    await after.open();
    expect(logged.mock.calls).toEqual([
      ["a server key could not be read", { error: expect.objectContaining({ code: "unavailable" }) }],
    ]);
    expect({ told, offered: after.current() }).toEqual({ told: ["server-key-lost"], offered: null });
    await after.keep();
    expect((await visit(after, "bench")).authorized).toBe(true);
  });

  it.each(garbage)(
    "of the root (%s) is told at once; what it signed stays until the next is due",
    async (_what, damage) => {
      const clock = createManualClock(now);
      const before = open(clock);
      await before.keep();
      const [root] = before.roots();
      const serial = before.servers()[0]?.serialNumber;
      await close(before);
      damage(pathOf("root", root?.certificate.serialNumber));
      const after = open(clock);
      await after.open();
      await after.keep();
      expect({ told, serial: after.servers()[0]?.serialNumber }).toEqual({ told: ["root-key-lost"], serial });
      names = { ...names, dns: [...names.dns, "another"] };
      await after.keep();
      expect(told).toEqual(["root-key-lost", "root-made-anew"]);
      expect(after.roots().map(({ current }) => current)).toEqual([true, false]);
      expect((await visit(after, "another")).authorized).toBe(true);
      expect((await after.standing()).wss).toEqual({ state: "ready" });
    },
  );
});

it("makes a root anew where its certificate cannot be read, and says that stations must be given it", async () => {
  const clock = createManualClock(now);
  const before = open(clock);
  await before.keep();
  await close(before);
  const database = new Database(join(folder, "plugside.db"));
  database.exec("UPDATE certificates SET pem = 'no certificate'");
  database.dispose();
  const after = open(clock);
  await after.open();
  await after.keep();
  expect(told).toEqual(["root-made-anew"]);
  expect((await visit(after, "bench")).authorized).toBe(true);
});

describe("a key store", () => {
  function vault(): KeyVault & { locked: boolean } {
    const turn = (bytes: Uint8Array) => Buffer.from(bytes.map((byte) => byte ^ 0xff));
    return {
      locked: false,
      available: () => Promise.resolve(true),
      seal: (plain) => Promise.resolve(turn(Buffer.from(plain))),
      open(sealed) {
        return this.locked
          ? Promise.reject(new Error("the key ring is locked"))
          : Promise.resolve(turn(sealed).toString());
      },
    };
  }

  it("says of keys in files whether others may read them", async () => {
    const stores = [open(createManualClock(now)), open(createManualClock(now), null, true)];
    const standing = await Promise.all(stores.map((authority) => authority.standing()));
    expect(standing.map(({ keyStore }) => keyStore)).toEqual(["file", "open-file"]);
    expect((await open(createManualClock(now), vault(), true).standing()).keyStore).toBe("system");
  });

  it("seals the root's key, and wss works without it until something must be signed", async () => {
    const clock = createManualClock(now);
    const store = vault();
    const before = open(clock, store);
    await before.keep();
    expect((await before.standing()).keyStore).toBe("system");
    const serial = before.roots()[0]?.certificate.serialNumber.toLowerCase();
    expect(existsSync(join(folder, "keys", `root-${serial}.sealed`))).toBe(true);
    expect(existsSync(join(folder, "keys", `root-${serial}.key`))).toBe(false);
    await close(before);

    const without = open(clock, null);
    await without.open();
    await without.keep();
    expect((await without.standing()).wss).toEqual({ state: "ready" });
    // What is sealed is not looked at before it is needed.
    expect(told).toEqual([]);
    names = { ...names, dns: [...names.dns, "new"] };
    await without.keep();
    expect((await without.standing()).wss).toEqual({
      state: "ready",
      problem: words("root-key-unreadable", { problem: words("root-key-sealed") }),
    });
    await close(without);

    store.locked = true;
    const locked = open(clock, store);
    const logged = vi.spyOn(silentLogger, "error");
    await locked.open();
    await locked.keep();
    expect(logged).toHaveBeenCalledWith("the server certificate cannot be made", {
      error: expect.objectContaining({ code: "unavailable" }),
    });
    expect((await locked.standing()).wss.problem).toEqual(
      words("root-key-unreadable", { problem: words("system-says", { error: "the key ring is locked" }) }),
    );
  });
});
