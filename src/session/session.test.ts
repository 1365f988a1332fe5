import { expect, test } from "vitest";
import { createEmitter } from "../lib/emitter.ts";
import { silentLogger } from "../lib/logger.ts";
import type { Words } from "../lib/words.ts";
import { finding, observed } from "../station/findings.ts";
import type { OcppVersion } from "../station/model.ts";
import { english, words } from "../station/phrases.ts";
import type { Recorder } from "../store/recorder.ts";
import type { Link, LinkListener } from "../transports/link.ts";
import type { FaultBook } from "./faults/fault-book.ts";
import type { Dialling, Forwarding } from "./forward/forwarding.ts";
import { openBench } from "./testing/bench.ts";

type Change = NonNullable<Parameters<typeof openBench>[1]>;

/** A session over a link of the test's own. `told` is what the link was told, in order; `takes` whether it still sends. */
async function linked(version: OcppVersion = "1.6", change: Change = {}, link: Partial<Link> = {}) {
  const told: unknown[] = [];
  const state = { open: true, takes: true };
  const held: { listener?: LinkListener } = {};
  const own: Link = {
    hello: {
      identity: "CP1",
      via: {
        ...{ kind: "websocket", path: "/CP1", remoteAddress: "10.0.0.7", secure: false, securityProfile: 1 },
        ...{ offered: ["ocpp1.6"], subprotocol: "ocpp1.6", userAgent: "Wallbox/7" },
      },
    },
    get isOpen() {
      return state.open;
    },
    send(data) {
      if (state.takes) told.push(String(data));
      return state.takes;
    },
    close: (...how) => told.push(["close", ...how]),
    cut: (...how) => told.push(["cut", ...how]),
    hold: (hold) => told.push(hold ? "held" : "read on"),
    listen(listener) {
      held.listener = listener;
    },
    ...link,
  };
  let closings = 0;
  const bench = await openBench(version, {
    ...change,
    options: { link: own, onClosed: () => closings++, ...change.options },
  });
  const { recorder } = bench.parts;
  function hear(text: string | Uint8Array, { binary = false, compressed = false } = {}): void {
    held.listener?.message(Buffer.from(text as string), binary, compressed);
    recorder.flush();
    recorder.flush();
  }
  const entry = bench.parts.registry.require("CP1");
  return {
    ...bench,
    entry,
    listener: () => held.listener as LinkListener,
    told,
    link: state,
    hear,
    closings: () => closings,
  };
}

const boot = '[2,"b","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]';
const idOf = (text: unknown) => JSON.stringify(JSON.parse(String(text))[1]);

test("the connection is on record with what was found at the door, and what it brings along goes to forward mode", async () => {
  const found = finding("unknown-subprotocol", "link", "ocpp1.5", "ocpp1.6");
  const dialled: Dialling[] = [];
  const forwarding = {
    attach(_entry: unknown, _port: unknown, dialling: Dialling) {
      dialled.push(dialling);
      return { relay: null, detach: () => dialled.push({}) };
    },
  } as unknown as Forwarding;
  const one = await linked(
    "1.6",
    { options: { findings: [found], forwarding } },
    { authorization: "Basic x", password: "next" },
  );
  const { session, events, state, listener, closings, entry } = one;
  expect([session.isOpen, session.password, session.dialect.version, session.schemas.version]).toEqual([
    ...[true, "next", "1.6", "1.6"],
  ]);
  expect(dialled).toEqual([{ subprotocol: "ocpp1.6", userAgent: "Wallbox/7", authorization: "Basic x" }]);
  const opened = events.newest(Number.MAX_SAFE_INTEGER, {}, 9).reverse();
  expect(opened.map(({ event }) => event.kind)).toEqual(["link-opened", "found"]);
  expect(opened[0]?.event).toMatchObject({
    ocpp: "1.6",
    connection: opened[0]?.event.seq,
    via: { remoteAddress: "10.0.0.7" },
  });
  expect(state().link).toMatchObject({ state: "online", connection: opened[0]?.event.seq });
  const call = session.call("ClearCache", {});
  listener().closed(1001, "bye", "station");
  expect([closings(), entry.session, dialled.length, await call]).toMatchObject([
    1,
    null,
    2,
    { answer: { type: "closed" } },
  ]);
  one.parts.recorder.flush();
  expect(events.newest(Number.MAX_SAFE_INTEGER, { kinds: ["link-closed"] }, 1)[0]?.event).toMatchObject({
    ...{ connection: opened[0]?.event.seq, code: 1001, reason: "bye", cause: "station" },
  });
});

test("a link without a password has none, and one that ends late leaves the one that took its place", async () => {
  const { session, entry, listener, link } = await linked();
  link.open = false;
  expect([session.password, session.isOpen]).toEqual([null, false]);
  const next = { ...session } as unknown as typeof session;
  entry.session = next;
  listener().closed(1000, "", "replaced");
  expect(entry.session).toBe(next);
});

test.each([
  ["station", "own-change", "reset"],
  ["lost", "own-change", "reset"],
  ["asked", "asked", undefined],
  ["ping-unanswered", "ping-unanswered", undefined],
] as const)("a link that ends by %s after our reset is told as %s", async (cause, told, change) => {
  const { parts, entry, listener, events } = await linked();
  parts.journal.write(entry, { kind: "command-sent", id: "1", name: "reset", args: { kind: "soft" } });
  listener().closed(1006, "", cause);
  parts.recorder.flush();
  const [closed] = events.newest(Number.MAX_SAFE_INTEGER, { kinds: ["link-closed"] }, 1);
  expect(closed?.event).toMatchObject({ cause: told, ...(change && { change }) });
  expect(closed?.event && "change" in closed.event).toBe(change !== undefined);
});

test("while nothing can be stored nothing is read, from the beginning on, and no more once the link is over", async () => {
  const problem = createEmitter<Words | null>(silentLogger);
  const trouble = { trouble: words("link-closed") as Words | null };
  const held = (recorder: Recorder) =>
    new Proxy(recorder, {
      get: (real, name) =>
        name === "problem" ? problem : name === "trouble" ? trouble.trouble : Reflect.get(real, name, real),
    });
  const { told, listener } = await linked("1.6", { recorder: held });
  expect(told).toEqual(["held"]);
  problem.emit(null);
  problem.emit(words("link-closed"));
  expect(told).toEqual(["held", "read on", "held"]);
  listener().closed(1000, "", "station");
  problem.emit(null);
  expect(told).toHaveLength(3);
});

test("a message is kept as it came: as text, or as bytes where it is none, and that it came compressed", async () => {
  const { hear, frames, told } = await linked();
  hear(boot, { compressed: true });
  hear(Uint8Array.from([0x5b, 0xff]));
  hear("[1]", { binary: true });
  expect(frames().map(({ data, marks, findings }) => [data, marks, findings.map(({ rule }) => rule)])).toEqual([
    [boot, ["compressed"], []],
    [Uint8Array.from([0x5b, 0xff]), undefined, expect.arrayContaining(["invalid-utf8"])],
    [new Uint8Array(Buffer.from("[1]")), undefined, ["binary-frame"]],
  ]);
  expect(told.map((text) => JSON.parse(String(text)).slice(0, 2))).toEqual([[3, "b"]]);
});

test("in forward mode a binary message goes to the one above, with what is against it, and is not kept twice", async () => {
  const passed: { bytes: Uint8Array; frame: unknown; findings: { rule: string }[] }[] = [];
  const relay = { fromStation: (message: (typeof passed)[number]) => passed.push(message) };
  const forwarding = { attach: () => ({ relay, detach: () => undefined }) } as unknown as Forwarding;
  const { hear, frames } = await linked("1.6", { options: { forwarding } });
  hear("[1]", { binary: true });
  expect(passed.map(({ bytes, frame, findings }) => [String(bytes), frame, findings.map(({ rule }) => rule)])).toEqual([
    ["[1]", null, ["binary-frame"]],
  ]);
  expect(frames()).toEqual([]);
});

test("of a message that did not come whole what came is kept, with what is known of it", async () => {
  const { listener, parts, frames } = await linked();
  const found = observed("over-limit", "frame", "2000000");
  for (const binary of [false, true]) listener().spoilt({ data: Buffer.from('[2,"x'), binary, found });
  listener().spoilt({ data: Uint8Array.from([0xff]), binary: false, found });
  parts.recorder.flush();
  expect(frames().map(({ data, action, answer, findings }) => [data, action, answer, findings[0]?.rule])).toEqual([
    ['[2,"x', null, null, "over-limit"],
    [new Uint8Array(Buffer.from('[2,"x')), null, null, "over-limit"],
    [Uint8Array.from([0xff]), null, null, "over-limit"],
  ]);
});

test("an answer of ours that a closing link does not take is told as not sent, and so is a question", async () => {
  const { hear, link, frames, session, parts } = await linked();
  link.takes = false;
  hear(boot, { compressed: true });
  void session.call("ClearCache", {}, "{}", "no-boot");
  parts.recorder.flush();
  parts.recorder.flush();
  expect(frames().map(({ marks }) => marks)).toEqual([
    ["compressed", "answer-not-sent"],
    ["no-boot", "not-sent"],
  ]);
});

test("a call of ours goes out digit for digit, and its report names both frames and how long it took", async () => {
  const { session, parts, told, hear, clock, frames } = await linked();
  const report = session.call("DataTransfer", { vendorId: "V" }, '{ "vendorId":"V" }');
  parts.recorder.flush();
  expect(told).toEqual([expect.stringMatching(/,"DataTransfer",\{ "vendorId":"V" \}\]$/)]);
  clock.advance(388.26);
  hear(`[3,${idOf(told[0])},{"status":"Accepted"}]`);
  const [asked, answered] = frames();
  expect(await report).toEqual({
    answer: { type: "result", payload: { status: "Accepted" }, plain: { status: "Accepted" } },
    frame: asked?.seq,
    answerFrame: answered?.seq,
    latencyMs: 388.3,
  });
  expect([answered?.question, answered?.action, asked?.marks]).toEqual([asked?.seq, "DataTransfer", undefined]);
});

test("an error with a code that its version has not is found; one with a code that it has, or none, is not", async () => {
  const { session, parts, told, hear, frames } = await linked();
  for (const code of ["MadeUp", "NotSupported", ""]) {
    void session.call("ClearCache", {});
    parts.recorder.flush();
    hear(`[4,${idOf(told.at(-1))},"${code}","no",{}]`);
  }
  const answers = frames().filter(({ direction }) => direction === "in");
  expect(answers.map(({ findings }) => findings)).toEqual([
    [{ rule: "call-error", where: "ClearCache", said: "MadeUp", expected: words("an-error-code") }],
    [],
    [],
  ]);
});

test("what deviates in an answer is found; a strict 2.1 complains of it to the station, and no other does", async () => {
  async function answered(version: OcppVersion, strict: boolean, answer: string): Promise<[unknown[], unknown[]]> {
    const { session, parts, told, hear, frames } = await linked(version, { strict });
    void session.call("ClearCache", {});
    parts.recorder.flush();
    hear(answer.replace("ID", idOf(told[0])));
    return [told.slice(1), (frames()[1]?.findings ?? []).map(({ rule }) => rule)];
  }
  const wrong = '[3,ID,{"status":"Perhaps"}]';
  expect(await answered("2.1", false, wrong)).toEqual([[], ["unknown-value"]]);
  expect(await answered("2.0.1", true, wrong)).toEqual([[], ["unknown-value"]]);
  const [complaints, found] = await answered("2.1", true, wrong);
  expect([complaints.map((text) => JSON.parse(String(text)).slice(0, 3)), found]).toEqual([
    [[5, expect.any(String), "PropertyConstraintViolation"]],
    ["unknown-value"],
  ]);
  expect(await answered("2.1", true, '[3,ID,{"status":"Accepted"}]')).toEqual([[], []]);
  expect(await answered("2.1", true, '[4,ID,"MadeUp","",{}]')).toEqual([[], ["call-error"]]);
});

test("text that is no message is answered as its version says, tolerated where it can only be meant in one way", async () => {
  const slip = '[2,"1","Heartbeat",{},]';
  const lenient = await linked("2.0.1");
  lenient.hear("[2,");
  lenient.hear(slip);
  expect(lenient.told.map((text) => JSON.parse(String(text)).slice(0, 3))).toEqual([
    [4, "-1", "RpcFrameworkError"],
    [3, "1", { currentTime: expect.any(String) }],
  ]);
  const strict = await linked("1.6", { strict: true });
  strict.hear(slip);
  expect(strict.told.map((text) => JSON.parse(String(text)).slice(0, 3))).toEqual([[4, "1", "FormationViolation"]]);
  expect(strict.frames()[0]?.findings.map(({ rule }) => rule)).toEqual(["not-json"]);
});

test("a strict one refuses what deviates, and takes an answer under another id for none", async () => {
  const { hear, told, session, parts, state, frames } = await linked("1.6", { strict: true });
  hear('[2,"s","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Dancing"}]');
  expect(JSON.parse(String(told[0])).slice(0, 3)).toEqual([4, "s", expect.any(String)]);
  expect(state().evses).toEqual([]);
  void session.call("ClearCache", {});
  parts.recorder.flush();
  hear('[3,"other",{"status":"Accepted"}]');
  expect(frames().at(-1)).toMatchObject({ question: null, findings: [{ rule: "mismatched-answer-id" }] });
});

test("the same call again gets what was given once, the time as it is now, and means nothing new", async () => {
  const { hear, told, clock, frames, events } = await linked();
  hear(boot);
  const start =
    '[2,"t","StartTransaction",{"connectorId":1,"idTag":"A","meterStart":5,"timestamp":"2026-01-01T00:00:00Z"}]';
  hear(start);
  clock.advance(1000);
  hear(start);
  hear('[2,"h","Heartbeat",{}]');
  clock.advance(1000);
  hear('[2,"h","Heartbeat",{}]');
  const answers = told.map((text) => JSON.parse(String(text))[2]);
  expect(answers[2]).toEqual(answers[1]);
  expect(Date.parse(answers[4].currentTime) - Date.parse(answers[3].currentTime)).toBe(1000);
  expect(events.newest(Number.MAX_SAFE_INTEGER, { kinds: ["transaction-started"] }, 9)).toHaveLength(1);
  const said = frames()[2]?.findings.map((found) => [found.rule, english(found.said)]);
  expect(said).toEqual([["duplicate-id", english(words("same-message-again", { id: "t" }))]]);
});

test("the same call again that is answered otherwise now means what it means once more, and is told so", async () => {
  const answer = { status: "Pending" as "Pending" | "Accepted" };
  const policy = {
    boot: () => ({ ...answer, intervalSeconds: 60 }),
    timeMilliseconds: () => false,
    decide: () => ({ status: "Accepted" as const }),
    answerMs: () => 30_000,
    signs: () => true,
  };
  const { hear, told, state, frames } = await linked("1.6", { options: { policy } });
  hear(boot);
  answer.status = "Accepted";
  hear(boot);
  expect(told.map((text) => JSON.parse(String(text))[2].status)).toEqual(["Pending", "Accepted"]);
  expect(JSON.parse(String(told[0]))[2].currentTime).toMatch(/:\d\dZ$/);
  expect(state().boot?.answered).toBe("Accepted");
  expect(frames()[1]?.findings).toMatchObject([{ said: { phrase: "same-message-anew" } }]);
});

test.each(["1.6", "2.1"] as const)(
  "a request for a certificate of %s that comes again is answered as it was",
  async (version) => {
    const signs = { now: false };
    const policy = {
      boot: () => ({ status: "Accepted" as const, intervalSeconds: 60 }),
      timeMilliseconds: () => true,
      decide: () => ({ status: "Accepted" as const }),
      answerMs: () => 30_000,
      signs: () => signs.now,
    };
    const { hear, told } = await linked(version, { options: { policy } });
    const asked = (id: string) => hear(`[2,"${id}","SignCertificate",{"csr":"PEM"}]`);
    asked("s");
    signs.now = true;
    asked("s");
    asked("t");
    expect(told.map((text) => JSON.parse(String(text))[2].status)).toEqual(["Rejected", "Rejected", "Accepted"]);
  },
);

test("what is asked of our policy is asked with what the station said, and as of when it came", async () => {
  const asked: unknown[] = [];
  const policy = {
    boot: (identity: string) => {
      asked.push(identity);
      return { status: "Accepted" as const, intervalSeconds: 77 };
    },
    timeMilliseconds: () => true,
    decide(token: { value: string }, at: number, station: { identity: string }) {
      asked.push([token.value, at, station.identity]);
      return { status: "Blocked" as const };
    },
    answerMs: () => 30_000,
    signs: (csr: string) => asked.push(csr) > 0 && csr === "PEM",
  };
  const { hear, told, clock } = await linked("1.6", { options: { policy, newTransactionId: () => 4711 } });
  hear(boot);
  hear('[2,"a","Authorize",{"idTag":"04A1"}]');
  hear('[2,"c","SignCertificate",{"csr":"PEM"}]');
  hear('[2,"c","SignCertificate",{"csr":"PEM"}]');
  hear('[2,"d","SignCertificate",{"csr":"other"}]');
  hear('[2,"t","StartTransaction",{"connectorId":1,"idTag":"A","meterStart":5,"timestamp":"2026-01-01T00:00:00Z"}]');
  const answers = told.map((text) => JSON.parse(String(text))[2]);
  expect([answers[0].interval, answers[1], answers[2], answers[3], answers[4], answers[5]]).toEqual([
    ...[
      77,
      { idTagInfo: { status: "Blocked" } },
      { status: "Accepted" },
      { status: "Accepted" },
      { status: "Rejected" },
    ],
    { idTagInfo: { status: "Blocked" }, transactionId: 4711 },
  ]);
  expect([asked[0], asked[1], asked.includes("PEM"), asked.includes("other")]).toEqual([
    ...["CP1", ["04A1", clock.now(), "CP1"], true, true],
  ]);
});

test("an action that we do not serve is answered by whether the version has it, or with nothing where that is wanted", async () => {
  const { hear, told, frames } = await linked();
  hear(boot);
  hear('[2,"1","Reset",{"type":"Soft"}]');
  hear('[2,"2","Dance",{}]');
  expect(told.slice(1).map((text) => JSON.parse(String(text)).slice(0, 3))).toEqual([
    [4, "1", "NotSupported"],
    [4, "2", "NotImplemented"],
  ]);
  expect(frames().map(({ findings }) => findings.map(({ rule }) => rule))).toEqual([
    [],
    ["wrong-direction"],
    ["unknown-action"],
  ]);
  const empty = await linked("1.6", { options: { strictness: () => ({ strict: false, emptyAnswers: true }) } });
  empty.hear('[2,"2","Dance",{}]');
  expect(empty.told).toEqual(['[3,"2",{}]']);
});

test("a message that we cannot handle is answered as our fault, and told as such", async () => {
  const bugs: unknown[] = [];
  const log = {
    ...silentLogger,
    bug: (text: string, { action }: Record<string, unknown>) => bugs.push([text, action]),
  };
  const policy = {
    boot: () => {
      throw new RangeError("no setting");
    },
  } as never;
  const { hear, told, frames, state } = await linked("1.6", { log, options: { policy } });
  hear(boot);
  expect(JSON.parse(String(told[0])).slice(0, 3)).toEqual([4, "b", "InternalError"]);
  expect([bugs, state().boot]).toEqual([[["a message could not be handled", "BootNotification"]], undefined]);
  expect(frames()[0]?.findings).toMatchObject([
    { rule: "own-fault", where: "BootNotification", said: "RangeError: no setting" },
  ]);
});

test("a fault on purpose at the port holds for calls, and not for what asks for no answer", async () => {
  const asked: string[] = [];
  const faults = {
    onAnswer(identity: string, action: string) {
      asked.push(`${identity} ${action}`);
      return { silent: true, delayMs: 0, offsetMs: 0 };
    },
  } as unknown as FaultBook;
  const { hear, told, frames } = await linked("2.1", { options: { faults } });
  hear('[2,"1","Heartbeat",{}]');
  hear('[6,"2","NotifyPeriodicEventStream",{"id":1,"pending":0,"basetime":"2026-01-01T00:00:00Z","data":[]}]');
  expect([asked, told, frames().map(({ marks }) => marks)]).toEqual([["CP1 Heartbeat"], [], [["silenced"], undefined]]);
});

test("it ends with the word that it is given, or without one", async () => {
  const { session, told } = await linked();
  session.close(1012, "away", "asked");
  session.cut("fault");
  expect(told).toEqual([
    ["close", 1012, "away", "asked"],
    ["cut", "fault"],
  ]);
});
