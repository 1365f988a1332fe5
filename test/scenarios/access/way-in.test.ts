import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { createManualClock } from "../../../src/lib/clock.ts";
import type { Attempt } from "../../../src/station/attempts.ts";
import type { CauseCode } from "../../../src/words/en/causes.ts";
import { jsonOf, runCli, serveCli } from "../../harness/cli.ts";
import { connectTo } from "../../harness/client.ts";
import { snapshot, type TestCore, temporaryFolder, testCore, until } from "../../harness/core.ts";
import { openByHand } from "../../harness/stations/hand-made-socket.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";
import { codesOf, handshake, say } from "../../harness/way-in.ts";

const boot = { chargePointVendor: "V", chargePointModel: "M" };
const protocol = { "Sec-WebSocket-Protocol": "ocpp1.6" };

/** The row of an identity once it is as wanted, as the screen has it. */
async function rowOf(core: TestCore, identity: string, wanted: (attempt: Attempt) => boolean): Promise<Attempt> {
  const isIt = (attempt: Attempt) => attempt.identity === identity && attempt.into === undefined && wanted(attempt);
  const rows = await until(core.client, "connection.attempts", {}, (list) => list.some(isIt));
  return rows.findLast(isIt) as Attempt;
}

function has(code: CauseCode): (attempt: Attempt) => boolean {
  return (attempt) => attempt.causes.some((cause) => cause.code === code);
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

/** Until what a station speaks has been loaded after its handshake: before that it is an attempt, and no station yet. Asks anew each
 * time, since under a clock that stands still a feed tells nothing after its first sight. */
async function isOnline(core: TestCore, identity: string): Promise<void> {
  for (;;) {
    const state = await snapshot(core.client, "stations.state", { identity });
    if (state?.link.state === "online") return;
  }
}

/** A port that nobody has. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describe("an attempt on the screen", () => {
  test("goes on to the boot, with its connection on record", async () => {
    const core = await testCore();
    const station = await rawStation(`${core.url}CP1`);
    await station.ask("BootNotification", boot);
    const attempt = await rowOf(core, "CP1", ({ passed }) => passed === "boot");
    expect(attempt).toMatchObject({ state: "connected", causes: [], ocpp: "1.6", boot: "Accepted", repeats: 1 });
    const { link } = (await snapshot(core.client, "stations.state", { identity: "CP1" })) ?? {};
    expect(attempt.connection).toBe(link?.connection);
    expect(Object.keys(attempt.times).slice(-3)).toEqual(["open", "first-frame", "boot"]);
  });

  test.each([
    ["Pending", "boot-pending"],
    ["Rejected", "boot-rejected"],
  ] as const)("tells that its boot was answered with %s", async (bootStatus, code) => {
    const core = await testCore();
    await core.client.call("settings.change", { bootStatus });
    const station = await rawStation(`${core.url}CP1`);
    await station.ask("BootNotification", boot);
    expect(codesOf(await rowOf(core, "CP1", has(code)))).toEqual([code]);
  });

  test("tells that no boot came within a minute, until it comes", async () => {
    const clock = createManualClock();
    const core = await testCore({ clock });
    await core.client.call("settings.change", { triggerAfterConnect: false, pingSeconds: 0 });
    const station = await rawStation(`${core.url}CP1`);
    await station.ask("Heartbeat", {});
    clock.advance(60_000);
    clock.advance(1000);
    expect(codesOf(await rowOf(core, "CP1", has("no-boot")))).toEqual(["no-boot"]);
    await station.ask("BootNotification", boot);
    clock.advance(1000);
    expect(codesOf(await rowOf(core, "CP1", ({ passed }) => passed === "boot"))).toEqual([]);
  });

  test("tells that a ping was not answered", async () => {
    const clock = createManualClock();
    const core = await testCore({ clock });
    await core.client.call("settings.change", { triggerAfterConnect: false, pingSeconds: 10 });
    const station = await openByHand(core.url, "/CP1", protocol);
    await isOnline(core, "CP1");
    clock.advance(10_000);
    await station.pinged;
    clock.advance(10_000);
    await station.closed;
    await until(core.client, "stations.state", { identity: "CP1" }, (state) => state?.link.state === "offline");
    clock.advance(1000);
    expect(codesOf(await rowOf(core, "CP1", ({ state }) => state === "ended"))).toEqual(["ping-unanswered"]);
  });

  test("keeps what its handshake was forgiven as findings of the station", async () => {
    const core = await testCore();
    await say(portOf(core.url), handshake("//CP1", { Connection: null, "X-Long": "a\r\n b" }));
    const state = await until(
      core.client,
      "stations.state",
      { identity: "CP1" },
      (value) => (value?.findings.length ?? 0) >= 3,
    );
    expect(state?.findings.map(({ rule, where, said }) => [rule, where, said])).toEqual([
      ["bad-header", "link", "X-Long"],
      ["no-connection-upgrade", "link", "Connection: "],
      ["double-slash", "link", "//CP1"],
    ]);
  });

  test("is there again after a restart, and numbers go on", async () => {
    const core = await testCore();
    await say(portOf(core.url), "GET / HTTP/1.1\r\nAuthorization: Basic c2VjcmV0\r\n\r\n");
    const before = (await until(core.client, "connection.attempts", {}, (rows) => rows.some(has("plain-request")))).at(
      -1,
    );
    const next = await core.restart();
    expect(await snapshot(next.client, "connection.attempts", {})).toEqual([before]);
    const whole = await next.client.call("connection.attempt", { id: before?.id ?? 0 });
    expect(Buffer.from(whole.raw ?? "", "base64").toString()).toBe("GET / HTTP/1.1\r\nAuthorization: •••\r\n\r\n");
    await say(portOf(next.url), '[2,"1"]');
    const rows = await until(next.client, "connection.attempts", {}, (list) => list.some(has("not-http")));
    expect(rows.at(-1)?.id).toBeGreaterThan(before?.id ?? Number.NaN);
    await expect(next.client.call("connection.attempt", { id: 999 })).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("the port", () => {
  test("tells what can be seen of it when nothing comes", async () => {
    const core = await testCore();
    const port = portOf(core.url);
    const quiet = await core.client.call("connection.port", {});
    expect(quiet).toEqual({
      open: true,
      listening: [{ host: "127.0.0.1", port, wanted: port, mode: "both" }],
      addresses: [],
      lastFromOutside: null,
      last: null,
    });
    await say(port, "", { hangUp: true });
    await until(core.client, "connection.attempts", {}, (rows) => rows.some(has("closed-at-once")));
    const { last, lastFromOutside } = await core.client.call("connection.port", {});
    expect([last && codesOf(last), lastFromOutside]).toEqual([["closed-at-once"], null]);
  });

  test("that tests itself leaves no attempt behind", async () => {
    const core = await testCore();
    await core.client.call("connection.selfTest", {});
    await say(portOf(core.url), "", { hangUp: true });
    const rows = await until(core.client, "connection.attempts", {}, (list) => list.some(has("closed-at-once")));
    const latest = [...new Map(rows.map((row) => [row.id, row])).values()];
    expect(latest.filter(({ into }) => into === undefined).map(codesOf)).toEqual([["closed-at-once"]]);
  });

  test("takes wss as well once there is a certificate, with the same identity and record", async () => {
    const core = await testCore();
    await until(core.client, "connection.status", {}, ({ secure }) => secure);
    const station = await rawStation(`${core.url.replace("ws:", "wss:")}CP1`, ["ocpp1.6"], {
      rejectUnauthorized: false,
    });
    await station.ask("BootNotification", boot);
    const attempt = await rowOf(core, "CP1", ({ passed }) => passed === "boot");
    expect(attempt).toMatchObject({ state: "connected", tls: { version: "TLSv1.3" } });
    expect((await snapshot(core.client, "stations.state", { identity: "CP1" }))?.link.secure).toBe(true);
  });

  test("changes live, and who is connected stays", async () => {
    const port = await freePort();
    const other = await freePort();
    const folder = await temporaryFolder();
    const core = await testCore({ dataFolder: folder, listen: [{ host: "127.0.0.1", port: 0 }] });
    const station = await rawStation(`${core.url}CP1`);
    await station.close();
    const again = await core.restart();
    await again.client.call("settings.change", { port });
    await again.client.call("settings.change", {
      listeners: [
        { host: "127.0.0.1", port, mode: "ws" },
        { host: "127.0.0.1", port: other, mode: "wss" },
      ],
    });
    // Asked for on the command line, the place stays as it was.
    expect((await snapshot(again.client, "connection.status", {})).listening).toHaveLength(1);
    await again.core.dispose();
    const free = await testCore({ dataFolder: folder, listen: undefined });
    const status = await snapshot(free.client, "connection.status", {});
    expect(status.listening).toEqual([
      { host: "127.0.0.1", port, wanted: port, mode: "ws" },
      { host: "127.0.0.1", port: other, wanted: other, mode: "wss" },
    ]);
    const first = await rawStation(`ws://127.0.0.1:${port}/CP1`);
    await say(other, handshake("/CP2"));
    await until(free.client, "connection.attempts", {}, (rows) => rows.some(has("plain-on-tls-port")));
    await free.client.call("settings.change", { listeners: [{ host: "127.0.0.1", port: other, mode: "both" }] });
    await until(free.client, "connection.status", {}, ({ listening }) => listening.length === 1);
    const second = await rawStation(`ws://127.0.0.1:${other}/CP2`);
    await second.ask("Heartbeat", {});
    await first.ask("Heartbeat", {});
    await expect(rawStation(`ws://127.0.0.1:${port}/CP3`)).rejects.toThrow("ECONNREFUSED");
  });

  test("that cannot be had does not keep the others from opening, and says why", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await once(taken, "listening");
    onTestFinished(() => void taken.close());
    const { port } = taken.address() as AddressInfo;
    const other = await freePort();
    const folder = await temporaryFolder();
    const first = await testCore({ dataFolder: folder });
    await first.client.call("settings.change", {
      listeners: [
        { host: "127.0.0.1", port, mode: "both" },
        { host: "127.0.0.1", port: other, mode: "both" },
      ],
    });
    await first.core.dispose();
    const core = await testCore({ dataFolder: folder, listen: undefined });
    expect((await core.client.call("connection.port", {})).listening).toEqual([
      { host: "127.0.0.1", port, wanted: port, mode: "both", problem: "EADDRINUSE" },
      { host: "127.0.0.1", port: other, wanted: other, mode: "both" },
    ]);
    expect(core.core.ready.ocpp).toEqual([`ws://127.0.0.1:${other}/`]);
  });
});

describe("the command line", () => {
  test("listens at several places, and lists attempts with and without a core", async () => {
    const folder = await temporaryFolder();
    const core = await serveCli(folder, [
      "--listen",
      "127.0.0.1:0",
      "--listen",
      "ws://127.0.0.1:0",
      "--listen",
      "wss://127.0.0.1:0",
    ]);
    expect(core.ready.ocpp.map((url) => new URL(url).protocol)).toEqual(["ws:", "ws:", "wss:"]);
    const client = connectTo(folder);
    await say(portOf(core.ready.ocpp[1] ?? ""), "GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    await until(client, "connection.attempts", {}, (rows) => rows.some(has("plain-request")));
    client.close();
    const online = await jsonOf("attempts", "--data", folder, "--json");
    expect(online).toMatchObject([{ passed: "http", state: "stopped", causes: [{ code: "plain-request" }] }]);
    await core.end("SIGTERM");
    expect(await jsonOf("attempts", "--data", folder, "--json")).toEqual(online);
    const { stdout } = await runCli("attempts", "--data", folder);
    expect(stdout).toContain("\t! A plain HTTP request, no WebSocket (GET / HTTP/1.1). ");
  });

  test("refuses a place that makes no sense", async () => {
    expect(await runCli("serve", "--listen", "https://x:1")).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('--listen takes HOST:PORT, for example 0.0.0.0:9000; got "https://x:1".\n'),
    });
  });
});
