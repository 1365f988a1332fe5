import { createHash } from "node:crypto";
import { type Duplex, duplexPair } from "node:stream";
import { constants, deflateRawSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { maskedFrame, maskedText } from "../../../test/harness/masked-frame.ts";
import { createManualClock } from "../../lib/clock.ts";
import { silentLogger } from "../../lib/logger.ts";
import {
  longestMessageMs,
  longestUnreadMs,
  mostUnsentBytes,
  overLimitReadMs,
  pieceCost,
} from "../../station/bounds.ts";
import type { Finding } from "../../station/findings.ts";
import { words } from "../../station/phrases.ts";
import { readHead } from "../http/request-head.ts";
import { createHandshake } from "./upgrade.ts";
import { createLinkBounds, SocketLink } from "./websocket-link.ts";

const limit = 1000;
const head = readHead(
  Buffer.from(
    "GET /CP1 HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
  ),
);
/** A text as a client sends it compressed (RFC 7692 7.2.1). */
const packedText = (text: string) =>
  maskedFrame(0xc1, deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH }).subarray(0, -4));
const atMost = words("at-most-bytes", { limit });
const part = (count: number) => words("message-part", { announced: count, count });
const sha256 = createHash("sha256").update("z".repeat(492)).digest("hex");
const cutShort = words("message-cut-short", { announced: limit + 1, count: 492, kept: 492, sha256 });
const turn = () => new Promise<void>((resolve) => setImmediate(() => setImmediate(resolve)));
const close = (code: number) => maskedFrame(0x88, Buffer.from([code >> 8, code & 0xff]));
const firstPart = (text: string) => maskedFrame(0x01, Buffer.from(text));

/** A link in memory. `told` is what its listener and its watch hear, `wire` what the station gets. */
async function linked({
  listens = true,
  secure = false,
  compressed = false,
}: {
  listens?: boolean;
  secure?: boolean;
  compressed?: boolean;
} = {}) {
  if (head.state !== "done") throw new Error("the head is not read");
  const clock = createManualClock();
  clock.advance(1_000_000);
  const [near, far] = duplexPair();
  onTestFinished(() => void far.destroy());
  far.on("error", () => undefined).on("close", () => near.destroy());
  const told: unknown[] = [];
  const wire: Buffer[] = [];
  far.on("data", (bytes: Buffer) => wire.push(bytes));
  const bounds = createLinkBounds({ ready: () => true, clock, frameLimit: () => limit });
  const handshake = createHandshake({
    compression: () => compressed,
    frameLimit: () => limit,
    chooseSubprotocol: () => undefined,
  });
  const link = await new Promise<SocketLink>((resolve) =>
    handshake.upgrade(head.head, near, Buffer.alloc(0), (socket) =>
      resolve(
        new SocketLink(
          socket,
          {
            hello: {
              identity: "CP1",
              via: {
                kind: "websocket",
                path: "/CP1",
                remoteAddress: "192.0.2.1",
                offered: [],
                securityProfile: 0,
                secure,
                ...(compressed ? { compressed } : {}),
              },
            },
            authorization: "Basic x",
            password: "next",
            findings: [],
            stream: near,
            bounds,
            frameLimit: () => limit,
            watch: {
              heard: () => told.push("heard"),
              gone: (cause, said) => told.push(["gone", cause, ...(said ? [said] : [])]),
            },
            log: { ...silentLogger, bug: (message, { error }) => told.push([message, String(error)]) },
          },
          clock,
        ),
      ),
    ),
  );
  const listener = {
    message: (data: Uint8Array, binary: boolean, packed: boolean) =>
      told.push([Buffer.from(data).toString(), binary, packed]),
    spoilt: ({ data, binary, found }: { data: Uint8Array; binary: boolean; found: Finding }) =>
      told.push(["spoilt", Buffer.from(data).toString().slice(0, 5), data.length, binary, found.said, found.expected]),
    closed: (code: number, reason: string, cause: string) => told.push(["closed", code, reason, cause]),
  };
  if (listens) link.listen(listener);
  await turn();
  wire.length = 0;
  const hear = async (...pieces: Uint8Array[]) => {
    for (const piece of pieces) far.write(piece);
    await turn();
    return told.splice(0);
  };
  /** Frames that the station got: the first byte, and what is in it. */
  const got = async () => {
    await turn();
    let bytes = Buffer.concat(wire.splice(0));
    const frames: [number, string][] = [];
    while (bytes.length > 0) {
      const short = bytes[1] ?? 0;
      const [start, length] = short < 126 ? [2, short] : [4, bytes.readUInt16BE(2)];
      const payload = bytes.subarray(start, start + length);
      const first = bytes[0] ?? 0;
      frames.push([first, first === 0x88 ? `${payload.readUInt16BE()} ${payload.subarray(2)}` : payload.toString()]);
      bytes = bytes.subarray(start + length);
    }
    return frames;
  };
  return { link, clock, far: far as Duplex, near, told, hear, got, listener, bounds };
}

test("what comes is handed on in order, and the first of it is told once", async () => {
  const { hear, link } = await linked();
  expect(await hear(maskedText("one"), maskedFrame(0x82, Buffer.from("two")))).toEqual([
    "heard",
    ["one", false, false],
    ["two", true, false],
  ]);
  expect(await hear(firstPart("th"), maskedFrame(0x80, Buffer.from("ree")))).toEqual([["three", false, false]]);
  expect([link.isOpen, link.authorization, link.password, link.findings, link.hello.identity]).toEqual([
    true,
    "Basic x",
    "next",
    [],
    "CP1",
  ]);
});

test.each([false, true])("what is sent goes out as it is, in text and in bytes (secure: %s)", async (secure) => {
  const { link, got } = await linked({ secure });
  expect([link.send("plain"), link.send("hej å"), link.send("x".repeat(300)), link.send("b", true)]).toEqual(
    Array(4).fill(true),
  );
  link.send(Buffer.from("bytes"));
  expect(await got()).toEqual([
    [0x81, "plain"],
    [0x81, "hej å"],
    [0x81, "x".repeat(300)],
    [0x82, "b"],
    [0x81, "bytes"],
  ]);
});

test("nothing is read before anybody listens, and while it is held; nothing of it is lost", async () => {
  const { link, hear, listener, told, clock } = await linked({ listens: false });
  expect(await hear(maskedText("one"))).toEqual([]);
  // Silence that is ours says nothing of the station.
  clock.advance(600_000);
  link.check(60);
  link.listen(listener);
  await turn();
  expect(told.splice(0)).toEqual(["heard", ["one", false, false]]);
  link.hold(true);
  await hear(maskedText("two"));
  expect(told).toEqual([]);
  link.hold(false);
  await turn();
  expect(told.splice(0)).toEqual([["two", false, false]]);
});

test.each([
  [
    "the station says goodbye",
    1000,
    [
      ["gone", "station"],
      ["closed", 1000, "", "station"],
    ],
  ],
  [
    "with a code of its own",
    4001,
    [
      ["gone", "station"],
      ["closed", 4001, "", "station"],
    ],
  ],
])("how a link ends: %s", async (_, code, expected) => {
  const { link, hear, told, far, listener } = await linked();
  await hear(close(code));
  far.end();
  await turn();
  expect(told).toEqual(expected);
  expect([link.isOpen, link.send("late")]).toEqual([false, false]);
  const after: unknown[] = [];
  link.listen({ ...listener, closed: (...end) => after.push(end) });
  expect(after).toEqual([[1006, "", "lost"]]);
});

test("a line that breaks is lost, and one that we cut is what we cut it for", async () => {
  const lost = await linked();
  lost.far.destroy();
  await turn();
  expect(lost.told).toEqual([
    ["gone", "lost"],
    ["closed", 1006, "", "lost"],
  ]);
  const cut = await linked();
  cut.link.cut("replaced");
  cut.link.cut("shutdown");
  await turn();
  expect(cut.told).toEqual([
    ["gone", "replaced"],
    ["closed", 1006, "", "replaced"],
  ]);
  const late: unknown[] = [];
  cut.link.listen({ ...cut.listener, closed: (...end) => late.push(end) });
  expect(late).toEqual([[1006, "", "replaced"]]);
});

test("our goodbye goes out with its code, and waits two seconds for its answer", async () => {
  const { link, got, told, clock } = await linked();
  link.close(1001, "bye", "shutdown");
  expect(link.isOpen).toBe(false);
  expect(await got()).toEqual([[0x88, "1001 bye"]]);
  clock.advance(1999);
  await turn();
  expect(told).toEqual([]);
  clock.advance(1);
  await turn();
  expect(told).toEqual([
    ["gone", "shutdown"],
    ["closed", 1006, "", "shutdown"],
  ]);
});

test("a goodbye that is answered is over at once, also where nobody listened", async () => {
  const { link, hear, told, far } = await linked({ listens: false });
  link.close(1000, "", "asked");
  await hear(close(1000));
  far.end();
  await turn();
  expect(told).toEqual([["gone", "asked"]]);
});

test("bytes that are no WebSocket end it with what they were, once", async () => {
  const { hear, got } = await linked();
  expect(await hear(Buffer.from([0x8b, 0x80, 0, 0, 0, 0]), maskedText("late"))).toEqual([
    "heard",
    [
      "spoilt",
      Buffer.from([0x8b, 0x80, 0, 0, 0]).toString().slice(0, 5),
      6,
      true,
      words("wire-unknown-opcode"),
      undefined,
    ],
  ]);
  expect((await got()).map(([first, said]) => [first, said.slice(0, 4)])).toEqual([[0x88, "1002"]]);
});

test("a message over the limit is told when it is whole, or when it has had ten seconds", async () => {
  const whole = await linked();
  expect(await whole.hear(maskedText("x".repeat(limit)))).toEqual(["heard", ["x".repeat(limit), false, false]]);
  expect(await whole.hear(maskedText("y".repeat(limit + 1)))).toEqual([
    ["spoilt", "yyyyy", limit + 1, false, words("bytes", { count: limit + 1 }), atMost],
  ]);
  expect((await whole.got()).map(([, said]) => said.slice(0, 4))).toEqual(["1009"]);
  const never = await linked();
  const begun = maskedText("z".repeat(limit + 1)).subarray(0, 500);
  expect(await never.hear(begun)).toEqual([]);
  never.clock.advance(overLimitReadMs - 1);
  never.link.check(0);
  expect(never.told).toEqual([]);
  never.clock.advance(1);
  never.link.check(0);
  expect(never.told).toEqual(["heard", ["spoilt", "zzzzz", 492, false, cutShort, atMost]]);
  const hungUp = await linked();
  await hungUp.hear(begun);
  hungUp.far.destroy();
  await turn();
  expect(hungUp.told).toEqual([
    "heard",
    ["spoilt", "zzzzz", 492, false, cutShort, atMost],
    ["gone", "lost", cutShort],
    ["closed", 1006, "", "lost"],
  ]);
});

test("a message that does not become whole in two minutes ends the link; time that we did not read does not count", async () => {
  const { link, hear, told, got, clock } = await linked();
  await hear(firstPart("slow"));
  clock.advance(1000);
  link.hold(true);
  clock.advance(500_000);
  link.hold(false);
  clock.advance(longestMessageMs - 1001);
  link.check(0);
  expect(told).toEqual([]);
  clock.advance(1);
  link.check(0);
  expect(told).toEqual(["heard", ["spoilt", "slow", 4, false, part(4), words("whole-in-time", { seconds: 120 })]]);
  expect((await got()).map(([first, said]) => [first, said.slice(0, 4)])).toEqual([[0x88, "1008"]]);
});

test("a silent link is pinged after the interval, and ended after one more; any byte is life", async () => {
  const { link, hear, told, got, clock } = await linked();
  const after = async (ms: number) => {
    clock.advance(ms);
    link.check(10);
    return (await got()).map(([first]) => first);
  };
  expect(await after(9999)).toEqual([]);
  expect(await after(1)).toEqual([0x89]);
  expect(await after(9999)).toEqual([]);
  // Half a header is life, too.
  await hear(maskedText("a").subarray(0, 1));
  expect(await after(9999)).toEqual([]);
  expect(await after(1)).toEqual([0x89]);
  expect(await after(10_000)).toEqual([]);
  expect(told).toEqual([
    ["gone", "ping-unanswered"],
    ["closed", 1006, "", "ping-unanswered"],
  ]);
  const never = await linked();
  never.clock.advance(10_000_000);
  never.link.check(0);
  expect(await never.got()).toEqual([]);
});

test("a link that is to prove itself is pinged at once, and ended where nothing is heard", async () => {
  const dead = await linked();
  dead.link.prove(5000);
  expect((await dead.got()).map(([first]) => first)).toEqual([0x89]);
  dead.clock.advance(4999);
  await turn();
  expect(dead.told).toEqual([]);
  dead.clock.advance(1);
  await turn();
  expect(dead.told).toEqual([
    ["gone", "ping-unanswered"],
    ["closed", 1006, "", "ping-unanswered"],
  ]);
  const alive = await linked();
  alive.link.prove(5000);
  alive.clock.advance(1);
  await alive.hear(maskedText("here"));
  alive.clock.advance(5000);
  await turn();
  expect(alive.link.isOpen).toBe(true);
  const held = await linked({ listens: false });
  held.link.prove(5000);
  expect(await held.got()).toEqual([]);
});

test("a station that does not read is not read, and let go after a minute, with what it did not take", async () => {
  const { link, far, near, hear, told, clock } = await linked();
  far.pause();
  await turn();
  // One is on its way, the others wait.
  for (let count = 0; count < 20; count++) link.send("å".repeat(20_000));
  expect(await hear(maskedText("more?"))).toEqual([]);
  clock.advance(longestUnreadMs - 1);
  link.check(0);
  await turn();
  expect(told).toEqual([]);
  clock.advance(1);
  link.check(0);
  near.destroy();
  await turn();
  expect(told).toEqual([
    "heard",
    ["more?", false, false],
    ["gone", "not-reading", words("bytes-unsent", { count: 19 * (40_000 + pieceCost) })],
    ["closed", 1006, "", "not-reading"],
  ]);
});

test("a message that is given up for all that is unfinished is told, and ends the link at once", async () => {
  const { link, hear, told } = await linked();
  await hear(firstPart("half"));
  link.giveUpMessage(77);
  await turn();
  expect(told).toEqual([
    "heard",
    ["spoilt", "half", 4, false, part(4), words("unfinished-in-all", { limit: 77 })],
    ["gone", "slow-frame", part(4)],
    ["closed", 1006, "", "slow-frame"],
  ]);
});

test("what a link holds counts until it is over", async () => {
  const { hear, bounds, far } = await linked();
  await hear(firstPart("half"));
  expect(bounds.unfinished.total).toBeGreaterThan(0);
  far.destroy();
  await turn();
  expect([bounds.unfinished.total, bounds.unsent.total]).toEqual([0, 0]);
});

test("a fault of ours over what came costs this link, and is told as a bug", async () => {
  const { link, bounds, hear, got } = await linked();
  bounds.unfinished.set = () => {
    throw new Error("a fault");
  };
  expect(await hear(maskedText("one"))).toContainEqual(["what a station sent could not be taken", "Error: a fault"]);
  expect(link.isOpen).toBe(false);
  expect((await got()).map(([first, said]) => [first, said.slice(0, 4)])).toEqual([[0x88, "1011"]]);
  delete (bounds.unfinished as { set?: unknown }).set;
});

test("a ping is answered with what it said", async () => {
  const { hear, got } = await linked();
  expect(await hear(maskedFrame(0x89, Buffer.from("there?")))).toEqual([]);
  expect(await got()).toEqual([[0x8a, "there?"]]);
});

test("where too much is unsent nothing is added, and the link is let go", async () => {
  const { link, near, told } = await linked();
  const long = Buffer.alloc(mostUnsentBytes / 2);
  expect([link.send(long), link.send(long), link.send(""), link.send("")]).toEqual([true, true, false, false]);
  near.destroy();
  await turn();
  expect(told).toEqual([
    ["gone", "not-reading", words("bytes-unsent", { count: mostUnsentBytes + 2 * pieceCost })],
    ["closed", 1006, "", "not-reading"],
  ]);
});

test("a compressed message is handed on unpacked, and one over the limit is told by what it was unpacked", async () => {
  const { hear, told, got } = await linked({ compressed: true });
  const comes = async (text: string) => {
    const before = told.length;
    const came = await hear(packedText(text));
    while (came.length + told.length === before) await turn();
    return [...came, ...told.splice(0)];
  };
  expect(await comes("x".repeat(limit))).toEqual(["heard", ["x".repeat(limit), false, true]]);
  expect(await comes("y".repeat(limit + 1))).toEqual([
    ["spoilt", "yyyyy", limit + 1, false, words("bytes", { count: limit + 1 }), atMost],
  ]);
  expect((await got()).map(([, said]) => said.slice(0, 4))).toEqual(["1009"]);
});

test.each([
  [4 * limit, words("bytes", { count: 4 * limit })],
  [4 * limit + 1, words("unpacked-too-large")],
])("a compressed message is unpacked to four times the limit: %i", async (length, said) => {
  const { hear, told } = await linked({ compressed: true });
  const came = await hear(packedText("y".repeat(length)));
  while (came.length + told.length < 2) await turn();
  expect([...came, ...told].at(1)).toContainEqual(said);
});

test("a compressed message far over the limit is not unpacked to its end", async () => {
  const { hear, told, far } = await linked({ compressed: true });
  const came = await hear(packedText("y".repeat(10 * limit)));
  while (came.length + told.length < 2) await turn();
  far.end();
  await turn();
  expect([...came, ...told]).toEqual([
    "heard",
    ["spoilt", "", 0, true, words("unpacked-too-large"), atMost],
    ["gone", "over-limit", words("unpacked-too-large")],
    ["closed", 1009, "", "over-limit"],
  ]);
});

test("what cannot be unpacked ends the link with what the library says of it", async () => {
  const { hear, told, far } = await linked({ compressed: true });
  const came = await hear(maskedFrame(0xc1, Buffer.from([0xff, 0xff, 0xff])));
  while (came.length + told.length < 2) await turn();
  far.end();
  await turn();
  expect([...came, ...told]).toEqual([
    "heard",
    ["spoilt", "", 0, true, words("wire-library", { error: "invalid block type" }), undefined],
    ["gone", "protocol-error", words("wire-library", { error: "invalid block type" })],
    ["closed", 1006, "", "protocol-error"],
  ]);
});

test("a goodbye with a code that may not be sent is a goodbye all the same, and told", async () => {
  const { hear, told, far } = await linked();
  const came = await hear(close(1005));
  far.end();
  await turn();
  const said = words("wire-library", { error: "Invalid WebSocket frame: invalid status code 1005" });
  expect([...came, ...told]).toEqual([
    "heard",
    ["spoilt", "", 0, true, said, undefined],
    ["gone", "station", said],
    ["closed", 1006, "", "station"],
  ]);
});
