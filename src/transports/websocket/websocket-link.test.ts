import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { maskedFrame, maskedText } from "../../../test/harness/masked-frame.ts";
import { atMost, close, firstPart, limit, linked, part, turn } from "../../../test/harness/transports/memory-link.ts";
import {
  longestMessageMs,
  longestUnreadMs,
  mostUnsentBytes,
  overLimitReadMs,
  pieceCost,
} from "../../station/bounds.ts";
import { words } from "../../station/phrases.ts";

const sha256 = createHash("sha256").update("z".repeat(492)).digest("hex");
const cutShort = words("message-cut-short", { announced: limit + 1, count: 492, kept: 492, sha256 });

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
  const { link, hear, listener, told, clock, got } = await linked({ listens: false });
  expect(await hear(maskedText("one"))).toEqual([]);
  // Silence that is ours says nothing of the station.
  for (let count = 0; count < 3; count++) {
    clock.advance(600_000);
    link.check(60);
  }
  expect([await got(), link.isOpen]).toEqual([[], true]);
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
  // Its answer to that ends the link: the library does not hear it.
  expect((await whole.hear(close(1009))).at(-1)).toEqual(["closed", 1006, "", "over-limit"]);
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

test("who does not read is told as what it was let go of for before", async () => {
  const { link, told } = await linked();
  link.close(1001, "bye", "shutdown");
  link.doesNotRead();
  await turn();
  expect(told).toEqual([
    ["gone", "shutdown"],
    ["closed", 1006, "", "shutdown"],
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

test("what waits to be sent counts until it has left, in text of one byte a letter as well", async () => {
  const { link, far, bounds } = await linked();
  far.pause();
  await turn();
  for (let count = 0; count < 10; count++) link.send("x".repeat(20_000));
  expect(bounds.unsent.total).toBeGreaterThan(9 * 20_000);
  far.resume();
  while (bounds.unsent.total > 0) await turn();
  expect([bounds.unsent.total, link.isOpen]).toEqual([0, true]);
});

test("a fault of ours over what came costs this link, and is told as a bug", async () => {
  const { link, bounds, hear, got } = await linked();
  bounds.unfinished.set = () => {
    throw new Error("a fault");
  };
  expect(await hear(firstPart("one"))).toContainEqual(["what a station sent could not be taken", "Error: a fault"]);
  expect(link.isOpen).toBe(false);
  expect((await got()).map(([first, said]) => [first, said.slice(0, 4)])).toEqual([[0x88, "1011"]]);
  delete (bounds.unfinished as { set?: unknown }).set;
});

test("a ping is answered with what it said", async () => {
  const { hear, got } = await linked();
  expect(await hear(maskedFrame(0x89, Buffer.from("there?")))).toEqual([]);
  expect(await got()).toEqual([[0x8a, "there?"]]);
});

test("of pings that come while an answer is on its way the last is answered, once", async () => {
  const { hear, got } = await linked();
  await hear(...["a", "b", "c"].map((text) => maskedFrame(0x89, Buffer.from(text))));
  const answers = await got();
  expect(answers.at(0)).toEqual([0x8a, "a"]);
  expect(answers.at(-1)).toEqual([0x8a, "c"]);
  expect(await got()).toEqual([]);
  await hear(maskedFrame(0x89, Buffer.from("d")));
  expect(await got()).toEqual([[0x8a, "d"]]);
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
