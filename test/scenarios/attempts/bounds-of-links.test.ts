import { createHash, randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { type AddressInfo, connect, type Socket } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, onTestFinished, test } from "vitest";
import { WebSocketServer } from "ws";
import type { CoreClient } from "../../../src/api/client.ts";
import { createManualClock, type ManualClock } from "../../../src/lib/clock.ts";
import type { Attempt } from "../../../src/station/attempts.ts";
import { keptHeadBytes, longestMessageMs, mostNewOfAddress } from "../../../src/station/bounds.ts";
import type { UpstreamEnd } from "../../../src/station/forward.ts";
import { words } from "../../../src/station/phrases.ts";
import type { AttemptTracker } from "../../../src/transports/attempts/tracker.ts";
import { createDial } from "../../../src/transports/websocket/client.ts";
import type { CauseCode } from "../../../src/words/en/causes.ts";
import { serveCli } from "../../harness/cli.ts";
import { connectTo, snapshot, until } from "../../harness/client.ts";
import { temporaryFolder, testCore } from "../../harness/core.ts";
import { rawStation } from "../../harness/stations/raw-station.ts";
import { codesOf, handshake, wayIn } from "../../harness/way-in.ts";

const text = 0x81;
const ping = 0x89;

/** A frame of a client with a mask of zeros. `announced`: another length than it has. */
function frame(first: number, payload: string | Uint8Array, announced?: number): Buffer {
  const bytes = Buffer.from(payload as string);
  const length = announced ?? bytes.length;
  let head = Buffer.from([first, 0x80 | length]);
  if (length > 0xffff) {
    head = Buffer.from([first, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]);
    head.writeBigUInt64BE(BigInt(length), 2);
  } else if (length > 125) head = Buffer.from([first, 0xfe, length >> 8, length & 0xff]);
  return Buffer.concat([head, Buffer.alloc(4), bytes]);
}

const boot = '[2,"1","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]';
const heartbeats = Buffer.concat(
  Array.from({ length: 2000 }, (_value, at) => frame(text, `[2,"${at}","Heartbeat",{}]`)),
);

/** A station by hand. `reads`: what comes is taken from the wire. */
async function station(port: number, identity: string, reads = true): Promise<{ socket: Socket; head: string }> {
  const socket = connect({ host: "127.0.0.1", port });
  onTestFinished(() => void socket.destroy());
  socket.on("error", () => undefined);
  socket.write(handshake(`/${identity}`, { "Sec-WebSocket-Key": randomBytes(16).toString("base64") }));
  const head = await new Promise<string>((resolve) => {
    socket.once("data", (data: Buffer) => {
      if (reads) socket.on("data", () => undefined);
      else socket.pause();
      resolve(data.toString("latin1").split("\r\n", 1)[0] ?? "");
    });
    socket.once("close", () => resolve("closed"));
  });
  return { socket, head };
}

/** Writes the same again and again, as fast as it is taken; gives whether it was ever not taken any more. */
async function pour(socket: Socket, bytes: Uint8Array, ms: number): Promise<boolean> {
  const end = performance.now() + ms;
  let stuck = false;
  while (performance.now() < end && !socket.destroyed) {
    if (socket.write(bytes)) await sleep(0);
    else {
      const drained = new Promise<boolean>((resolve) => socket.once("drain", () => resolve(true)));
      stuck = !(await Promise.race([drained, sleep(Math.max(1, end - performance.now()), false)]));
    }
  }
  return stuck;
}

const closedOf = (client: CoreClient, identity: string) =>
  until(client, "stations.state", { identity }, (state) => state?.link.closed !== undefined).then(
    (state) => state?.link.closed,
  );

/** Waits for an attempt of this identity with this cause. */
async function causeOf(client: CoreClient, identity: string, code: CauseCode) {
  const rows = await until(client, "connection.attempts", {}, (all) =>
    all.some((row) => row.identity === identity && codesOf(row).includes(code)),
  );
  return rows.find((row) => row.identity === identity)?.causes.find((cause) => cause.code === code);
}

describe("one who breaks the protocol", () => {
  test.each([
    ["reserved-bits", frame(0xc1, "x")],
    ["unknown-opcode", frame(0x83, "x")],
    ["unmasked", Buffer.from([text, 2, 0x68, 0x69])],
    ["stray-continuation", frame(0x80, "x")],
    ["control-length", frame(ping, "x".repeat(126))],
  ] as const)("is told of, with the bytes, as ended by us: %s", async (problem, bytes) => {
    const { client, url } = await testCore();
    const { socket } = await station(Number(new URL(url).port), "CP1");
    const said = words(`wire-${problem}`);
    socket.end(Buffer.concat([frame(text, boot), bytes]));
    expect(await closedOf(client, "CP1")).toMatchObject({ cause: "protocol-error" });
    expect(await causeOf(client, "CP1", "protocol-error")).toEqual({ code: "protocol-error", said });
    const frames = await client.call("messages.frames", { since: 0, limit: 10 });
    const last = frames.at(-1);
    expect(last?.findings).toEqual([{ rule: "protocol-error", where: "frame", said }]);
    expect(Buffer.from(last?.base64 ?? "", "base64")).toEqual(bytes);
    expect(frames.map(({ action }) => action)).toContain("BootNotification");
  });
});

test("of a message over the limit the record has the head, the length and the hash; the limit is the one set now", async () => {
  const { client, url } = await testCore();
  const { socket } = await station(Number(new URL(url).port), "CP1");
  await client.call("settings.change", { frameLimit: 500_000 });
  const large = `[2,"1","DataTransfer",{"vendorId":"V","data":"${"å".repeat(300_000)}"}]`;
  const bytes = Buffer.from(large);
  socket.write(frame(text, bytes));
  expect(await closedOf(client, "CP1")).toEqual({ code: 1006, reason: "", cause: "over-limit" });
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const said = words("message-cut", { count: bytes.length, kept: keptHeadBytes, sha256 });
  expect(await causeOf(client, "CP1", "over-limit")).toEqual({ code: "over-limit", said });
  const [first] = await client.call("messages.frames", { since: 0, limit: 1 });
  expect(large.startsWith(first?.text ?? "no text")).toBe(true);
  expect(Buffer.byteLength(first?.text ?? "")).toBeGreaterThan(keptHeadBytes - 4);
  expect(first?.findings).toEqual([
    { rule: "over-limit", where: "frame", said, expected: words("at-most-bytes", { limit: 500_000 }) },
  ]);

  await client.call("settings.change", { frameLimit: 2_000_000 });
  const again = await rawStation(`${url}CP1`);
  again.send(large);
  expect(JSON.parse(await again.next()).slice(0, 2)).toEqual([3, "1"]);
});

test("who hangs up in the middle of a message over the limit has it on record all the same", async () => {
  const { client, url } = await testCore();
  const { socket } = await station(Number(new URL(url).port), "CP1");
  socket.end(frame(text, "half", 1e9));
  expect(await closedOf(client, "CP1")).toMatchObject({ cause: "lost" });
  const [first] = await client.call("messages.frames", { since: 0, limit: 1 });
  const sha256 = createHash("sha256").update("half").digest("hex");
  expect({ text: first?.text, said: first?.findings[0]?.said }).toEqual({
    text: "half",
    said: words("message-cut-short", { announced: 1e9, count: 4, kept: 4, sha256 }),
  });
});

test("hundreds of pings at once end nothing, and the last is answered", async () => {
  const { client, url } = await testCore();
  const raw = await rawStation(`${url}CP1`);
  const pongs: string[] = [];
  raw.socket.on("pong", (data) => pongs.push(String(data)));
  for (let count = 1; count <= 500; count++) raw.socket.ping(String(count));
  await expect.poll(() => pongs.at(-1)).toBe("500");
  await raw.ask("BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  expect((await snapshot(client, "stations.state", { identity: "CP1" }))?.link.state).toBe("online");
});

describe("by a clock turned by hand", () => {
  /** Turns the clock, while the sockets go on, until the only attempt has this cause and is over. */
  async function turnUntil(clock: ManualClock, tracker: AttemptTracker, code: CauseCode): Promise<Attempt | undefined> {
    await expect
      .poll(
        () => {
          clock.advance(5000);
          const [attempt] = tracker.recent();
          return attempt?.state === "ended" ? codesOf(attempt) : [];
        },
        { timeout: 20_000 },
      )
      .toContain(code);
    return tracker.recent()[0];
  }

  test("a message that does not end is given up, and told with its first bytes", async () => {
    const clock = createManualClock();
    const spoilt: unknown[] = [];
    const { port, tracker } = await wayIn({
      clock,
      onLink: (link) =>
        link.listen({
          message: () => undefined,
          spoilt: ({ data, found }) => spoilt.push([Buffer.from(data).toString(), found]),
          closed: () => undefined,
        }),
    });
    const { socket } = await station(port, "CP1");
    await new Promise((resolve) => socket.write(frame(text, "half", 1000), resolve));
    const attempt = await turnUntil(clock, tracker, "slow-frame");
    const said = words("message-part", { announced: 1000, count: 4 });
    const expected = words("whole-in-time", { seconds: longestMessageMs / 1000 });
    expect(attempt?.causes).toContainEqual({ code: "slow-frame", said });
    expect(spoilt).toEqual([["half", { rule: "slow-frame", where: "frame", said, expected }]]);
  });

  test("one that asks and does not read is read no more, and let go after a while", async () => {
    const clock = createManualClock();
    let messages = 0;
    const { port, tracker, links } = await wayIn({
      clock,
      onLink: (link) =>
        link.listen({
          message() {
            messages++;
            link.send("x".repeat(500));
          },
          spoilt: () => undefined,
          closed: () => undefined,
        }),
    });
    const { socket } = await station(port, "CP1", false);
    expect(links).toHaveLength(1);
    let before = -1;
    while (messages !== before) {
      before = messages;
      await pour(socket, heartbeats, 500);
    }
    await turnUntil(clock, tracker, "not-reading");
  });
});

describe("room", () => {
  const capacity = { links: 4, ofAddress: 3, connections: 40 };

  test("there is for so many links from one address; the rest is one row, and who comes back takes its own place", async () => {
    const { port, row, tracker, links } = await wayIn({ capacity });
    const open = [];
    for (const identity of ["A", "B", "C"]) open.push(await station(port, identity));
    for (let count = 0; count < 20; count++) {
      const { head } = await station(port, `FLOOD-${count}`);
      expect(head).toBe("HTTP/1.1 503 Service Unavailable");
    }
    const refused = await row(({ repeats }) => repeats === 20);
    expect(refused.causes).toEqual([{ code: "too-many-links", said: words("links-of-address", { count: 3 }) }]);
    expect(tracker.recent().filter((one) => codesOf(one).includes("too-many-links"))).toHaveLength(1);
    const again = await station(port, "B");
    expect(again.head).toBe("HTTP/1.1 101 Switching Protocols");
    open[0]?.socket.destroy();
    await expect.poll(() => station(port, "D").then(({ head }) => head)).toBe("HTTP/1.1 101 Switching Protocols");
    expect(links.map(({ hello }) => hello.identity)).toEqual(["A", "B", "C", "B", "D"]);
  });

  test("new identities come in up to a bound, known ones ever, and a person's word goes before it", async () => {
    const { client, url } = await testCore();
    await client.call("settings.change", { triggerAfterConnect: false });
    const port = Number(new URL(url).port);
    const heads: string[] = [];
    let next = 0;
    async function come(): Promise<void> {
      while (next < mostNewOfAddress + 20) {
        const { socket, head } = await station(port, `NEW-${next++}`);
        heads.push(head);
        socket.destroy();
      }
    }
    await Promise.all(Array.from({ length: 10 }, come));
    expect(heads.filter((head) => head.includes("101"))).toHaveLength(mostNewOfAddress);
    const rows = await until(client, "connection.attempts", {}, (all) => all.some(({ repeats }) => repeats === 20));
    expect(rows.find(({ repeats }) => repeats === 20)?.causes).toEqual([
      { code: "too-many-new", said: words("new-of-address", { count: mostNewOfAddress }) },
    ]);
    await until(client, "stations.list", {}, (all) => all.length === mostNewOfAddress);
    expect((await station(port, "NEW-1")).head).toContain("101");
    await client.call("access.decide", { identity: "INVITED", decision: "accepted" });
    expect((await station(port, "INVITED")).head).toContain("101");
  });
});

describe("the central system above", () => {
  /** Dials one that does this as soon as it is connected; gives how it ended. */
  async function endWith(act: (socket: Socket) => void, messages: string[] = []): Promise<UpstreamEnd> {
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    onTestFinished(() => void server.close());
    server.on("connection", (_socket, request) => act(request.socket));
    await new Promise((resolve) => server.once("listening", resolve));
    const { port } = server.address() as AddressInfo;
    return new Promise((resolve) => {
      const leg = createDial()(
        { url: `ws://127.0.0.1:${port}/CP1`, insecure: false, messageLimit: 100_000 },
        {
          open: () => undefined,
          message: (data) => void messages.push(Buffer.from(data).toString()),
          closed: resolve,
        },
      );
      onTestFinished(() => leg.close());
    });
  }

  test.each([
    ["a masked frame", frame(text, "x"), "a frame with a mask"],
    ["a message over the limit", Buffer.from("817f00000000000f4240", "hex"), "1000000 bytes"],
  ])("is left when it sends %s, after what came before", async (_about, bytes, detail) => {
    const messages: string[] = [];
    const whole = Buffer.from("81026869", "hex");
    const end = await endWith((socket) => void socket.write(Buffer.concat([whole, bytes])), messages);
    expect({ end, messages }).toEqual({ end: { problem: "bad-message", detail }, messages: ["hi"] });
  });

  test("may ping hundreds of times at once", async () => {
    const pings = Buffer.concat(Array.from({ length: 500 }, () => Buffer.from("8900", "hex")));
    const end = await endWith((socket) => void socket.write(Buffer.concat([pings, Buffer.from("880203e8", "hex")])));
    expect(end).toEqual({ problem: "closed", detail: "1000" });
  });
});

const files = process.platform === "win32" ? test.skip : test;

files(
  "with few file descriptors the core turns away, still answers its screens, and takes stations again",
  async () => {
    const folder = await temporaryFolder();
    const limited = join(folder, "limited-node");
    await writeFile(limited, `#!/bin/sh\nulimit -n 256\nexec "${process.execPath}" "$@"\n`, { mode: 0o700 });
    const running = await serveCli(folder, undefined, limited);
    const port = Number(new URL(running.url).port);
    const client = connectTo(folder);
    onTestFinished(() => client.close());
    const all = await Promise.all(Array.from({ length: 400 }, (_value, at) => station(port, `CP-${at}`)));
    const open = all.filter(({ head }) => head.includes("101"));
    expect(open.length).toBeGreaterThan(50);
    expect(open.length).toBeLessThan(256);
    expect((await snapshot(client, "connection.status", {})).storeProblem).toBeUndefined();
    const fresh = connectTo(folder);
    onTestFinished(() => fresh.close());
    const [known] = await snapshot(fresh, "stations.list", {});
    for (const { socket } of all) socket.destroy();
    await expect
      .poll(() => station(port, known?.identity ?? "").then(({ head }) => head), { timeout: 10_000 })
      .toContain("101");
    expect(running.child.exitCode).toBeNull();
  },
  60_000,
);

describe.each([
  ["asks and never reads", 1, (socket: Socket) => pour(socket, heartbeats, 6000)],
  ["sends pings without end and never reads", 1, (socket: Socket) => pour(socket, frame(ping, "x".repeat(125)), 4000)],
  [
    "begins sixty messages of 16 MB",
    60,
    (socket: Socket) => pour(socket, frame(text, Buffer.alloc(1 << 20), 16e6), 50),
  ],
])("memory, while one %s", (_about, links, attack) => {
  test("stays bounded, and a station beside it is answered", async () => {
    const folder = await temporaryFolder();
    const running = await serveCli(folder);
    const { url, pid } = running;
    const port = Number(new URL(url).port);
    const good = await rawStation(`${url}GOOD`);
    await good.ask("BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
    let most = 0;
    const looking = setInterval(() => {
      most = Math.max(most, residentMegabytes(pid));
    }, 50);
    onTestFinished(() => clearInterval(looking));
    for (let count = 0; count < links; count++) {
      const { socket } = await station(port, `BAD-${count}`, false);
      await attack(socket);
    }
    await good.ask("Heartbeat", {});
    expect(most).toBeLessThan(300);
    expect(running.child.exitCode).toBeNull();
  }, 60_000);
});

/** 0 where the system does not tell it in this way. */
function residentMegabytes(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
