import { expect, test } from "vitest";
import { openBench } from "../../session/testing/bench.ts";
import { words } from "../../station/phrases.ts";
import type { FrameEntry } from "../../store/recorder.ts";
import type { ServiceContext } from "../context.ts";
import { openServices, watch } from "../testing/open-services.ts";
import type { FrameRecord, MessageFilter, MessageRow } from "./contract.ts";
import { messagesHandlers } from "./handlers.ts";

/** What a list shows of one conversation: told row by row as it comes, and read from the record. */
async function listOf(filter: MessageFilter): Promise<{ live: string[]; page: string[] }> {
  const bench = await openBench("1.6");
  const handlers = messagesHandlers(bench.parts as ServiceContext);
  const live: MessageRow[] = [];
  handlers["messages.live"]({ filter }, (rows) => live.push(...(rows as MessageRow[])));
  const say = (id: string, action: string, payload: object) => bench.say(JSON.stringify([2, id, action, payload]));
  const status = (id: string, change: object) =>
    say(id, "StatusNotification", {
      connectorId: 1,
      status: "Available",
      errorCode: "NoError",
      ...change,
    });
  say("boot", "BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  say("plain", "Heartbeat", {});
  status("free", {});
  status("fault", { status: "Faulted" });
  status("error", { errorCode: "WeakSignal" });
  say("odd", "Heartbeat", { colour: "red" });
  say("unserved", "Reset", { type: "Soft" });
  bench.ask("ClearCache", {});
  bench.say(`[4,${JSON.stringify(JSON.parse(bench.sent.at(-1) ?? "[]")[1])},"InternalError","no",{}]`);
  const { rows } = await handlers["messages.page"]({ filter, before: undefined, limit: 100 });
  const inShort = (row: MessageRow) =>
    row.direction === "out" ? `ours ${row.answer?.kind ?? ""}`.trim() : (row.messageId ?? "");
  return { live: live.map(inShort), page: rows.map(inShort) };
}

test("problems are findings, faults that a station tells, and errors that are answered, live and from the record", async () => {
  const { live, page } = await listOf({ problems: true });
  expect(page).toEqual(["fault", "error", "odd", "unserved", "ours error"]);
  expect(live).toEqual(page);
});

test.each<{ filter: MessageFilter; shown: string[] }>([
  { filter: { action: "heartbeat" }, shown: ["plain", "odd"] },
  { filter: { direction: "out" }, shown: ["ours error"] },
  { filter: { text: "weaksignal" }, shown: ["error"] },
  { filter: { text: "currentTime" }, shown: ["boot", "plain", "odd"] },
  { filter: { station: "CP2" }, shown: [] },
])("filtered by $filter it shows $shown, live and from the record", async ({ filter, shown }) => {
  const { live, page } = await listOf(filter);
  expect(page).toEqual(shown);
  // A question of ours is told when it goes, and again when its answer comes.
  expect(live.filter((id) => id !== "ours")).toEqual(shown);
});

test("in 2.x a fault is told by a connector's status, or by an event", async () => {
  const bench = await openBench("2.0.1");
  const handlers = messagesHandlers(bench.parts as ServiceContext);
  const live: MessageRow[] = [];
  const filter = { problems: true };
  handlers["messages.live"]({ filter }, (rows) => live.push(...(rows as MessageRow[])));
  const timestamp = new Date(bench.clock.now()).toISOString();
  const say = (id: string, action: string, payload: object) => bench.say(JSON.stringify([2, id, action, payload]));
  const status = (id: string, connectorStatus: string) =>
    say(id, "StatusNotification", { timestamp, connectorStatus, evseId: 1, connectorId: 1 });
  const event = (id: string, variable: string, change: object) => {
    const place = { component: { name: "Connector" }, variable: { name: variable } };
    const told = {
      eventId: 1,
      timestamp,
      trigger: "Alerting",
      actualValue: "true",
      eventNotificationType: "HardWiredMonitor",
    };
    say(id, "NotifyEvent", { generatedAt: timestamp, seqNo: 0, eventData: [{ ...told, ...place, ...change }] });
  };
  say("boot", "BootNotification", { reason: "PowerUp", chargingStation: { vendorName: "V", model: "M" } });
  status("free", "Available");
  status("fault", "Faulted");
  event("problem", "Problem", {});
  event("code", "Temperature", { techCode: "17" });
  event("warm", "Temperature", {});
  const { rows } = await handlers["messages.page"]({ filter, before: undefined, limit: 100 });
  const shown = ["fault", "problem", "code"];
  expect([live, rows].map((all) => all.map(({ messageId }) => messageId))).toEqual([shown, shown]);
});

test("a stretch of time holds its first moment and its last, live and from the record", async () => {
  const bench = await openBench("1.6");
  const handlers = messagesHandlers(bench.parts as ServiceContext);
  // Each is said a second after the one before.
  const [from, to] = [bench.clock.now() + 2000, bench.clock.now() + 3000];
  const filter = { from, to };
  const live: MessageRow[] = [];
  handlers["messages.live"]({ filter }, (rows) => live.push(...(rows as MessageRow[])));
  for (const id of ["1", "2", "3", "4"]) bench.say(JSON.stringify([2, id, "Heartbeat", {}]));
  const { rows } = await handlers["messages.page"]({ filter, before: undefined, limit: 100 });
  expect([live, rows].map((all) => all.map(({ messageId }) => messageId))).toEqual([
    ["2", "3"],
    ["2", "3"],
  ]);
});

test.each([
  { seq: 5, limit: 4, shown: ["4", "5", "6", "7"], more: true },
  { seq: 2, limit: 6, shown: ["1", "2", "3", "4", "5"], more: false },
  { seq: 8, limit: 3, shown: ["7", "8"], more: true },
  { seq: 4, limit: 100, shown: ["1", "2", "3", "4", "5", "6", "7", "8"], more: false },
])("around message $seq, of $limit at most, stand $shown", async ({ seq, limit, shown, more }) => {
  const bench = await openBench("1.6");
  const handlers = messagesHandlers(bench.parts as ServiceContext);
  for (let id = 1; id <= 8; id++) bench.say(JSON.stringify([2, String(id), "Heartbeat", {}]));
  const { rows: all } = await handlers["messages.page"]({ filter: {}, before: undefined, limit: 100 });
  const found = await handlers["messages.around"]({ filter: {}, seq: all[seq - 1]?.seq ?? 0, limit });
  expect([found.rows.map(({ messageId }) => messageId), found.more]).toEqual([shown, more]);
});

test("a page tells whether there are earlier ones, exactly", async () => {
  const bench = await openBench("1.6");
  const handlers = messagesHandlers(bench.parts as ServiceContext);
  for (let id = 1; id <= 4; id++) bench.say(JSON.stringify([2, String(id), "Heartbeat", {}]));
  const page = async (limit: number, before?: number) => {
    const { rows, more } = await handlers["messages.page"]({ filter: {}, before, limit });
    return { ids: rows.map(({ messageId }) => messageId), more, first: rows[0]?.seq };
  };
  expect(await page(4)).toMatchObject({ ids: ["1", "2", "3", "4"], more: false });
  const { first, ...newest } = await page(3);
  expect(newest).toEqual({ ids: ["2", "3", "4"], more: true });
  expect(await page(3, first)).toMatchObject({ ids: ["1"], more: false });
});

/** A conversation of which each kind is known by its number. */
async function conversation() {
  const bench = await openServices();
  const handlers = messagesHandlers(bench.context);
  const seqs = () => bench.frames().map(({ seq }) => seq);
  bench.tell("boot", "BootNotification", {
    chargePointVendor: "V",
    chargePointModel: "M",
    chargePointSerialNumber: "Å",
  });
  const [boot = 0] = seqs();
  bench.exchange("ChangeConfiguration", { key: "AuthorizationKey", value: "0123456789abcdef" }, { status: "Accepted" });
  const [ours = 0, theirs = 0] = seqs().slice(-2);
  return { ...bench, handlers, boot, ours, theirs };
}

test("a frame is told in full: how long it is, what matters in it, its other half, and how it reads without secrets", async () => {
  const { handlers, boot, ours, theirs, frames } = await conversation();
  const [first] = frames();
  const text = String(first?.data);
  const question = await handlers["messages.frame"]({ seq: boot });
  expect(question).toEqual({
    seq: boot,
    at: first?.at,
    time: new Date(first?.at ?? 0).toISOString(),
    station: "CP1",
    direction: "in",
    text,
    action: "BootNotification",
    findings: [],
    bytes: Buffer.byteLength(text),
    summary: expect.arrayContaining([expect.objectContaining({ value: "V" })]),
    partner: expect.objectContaining({ seq: boot + 1, direction: "out", text: first?.answer?.text }),
  });
  expect(question.bytes).toBe(text.length + 1);
  const answer = await handlers["messages.frame"]({ seq: boot + 1 });
  expect(answer).toMatchObject({
    seq: boot + 1,
    at: first?.answer?.at,
    direction: "out",
    action: "BootNotification",
    bytes: Buffer.byteLength(first?.answer?.text ?? ""),
    partner: { seq: boot, text },
  });
  const secret = await handlers["messages.frame"]({ seq: ours });
  expect([secret.direction, secret.partner?.seq]).toEqual(["out", theirs]);
  expect(secret.text).toContain("0123456789abcdef");
  expect(secret.masked).toContain("AuthorizationKey");
  expect(secret.masked).not.toContain("0123456789abcdef");
  const reply = await handlers["messages.frame"]({ seq: theirs });
  expect([reply.direction, reply.action, reply.partner?.seq, reply.partner?.masked]).toEqual([
    "in",
    "ChangeConfiguration",
    ours,
    secret.masked,
  ]);
  expect(() => handlers["messages.frame"]({ seq: 99_999 })).toThrow(
    expect.objectContaining({ code: "not-found", words: words("no-frame", { seq: 99_999 }) }),
  );
});

test("a station's own time is told with its message and not with our answer; bytes that are no text with their number", async () => {
  const { handlers, tell, say, frames } = await conversation();
  const timestamp = "2026-01-01T01:00:00+01:00";
  tell("status", "StatusNotification", { connectorId: 1, status: "Available", errorCode: "NoError", timestamp });
  const { seq = 0 } = frames().at(-1) ?? {};
  const times = await Promise.all([seq, seq + 1].map((one) => handlers["messages.frame"]({ seq: one })));
  expect(times.map(({ stationTime }) => stationTime)).toEqual([timestamp, undefined]);
  say(Uint8Array.of(0x5b, 0xff, 0x32), true);
  const odd = await handlers["messages.frame"]({ seq: frames().at(-1)?.seq ?? 0 });
  expect([odd.bytes, odd.text, odd.base64, odd.action]).toEqual([3, "[�2", "W/8y", null]);
});

test("for scripts frames come after a number, each half by itself, of all or of one station", async () => {
  const { handlers, boot, ours, theirs } = await conversation();
  const read = async (since: number, limit = 100, station?: string) =>
    (await handlers["messages.frames"]({ station, since, limit })).map(({ seq }) => seq);
  const all = [boot, boot + 1, ours, theirs];
  expect(await read(0)).toEqual(all);
  expect(await read(0, 100, "CP1")).toEqual(all);
  expect(await read(0, 100, "CP2")).toEqual([]);
  expect(await read(boot)).toEqual(all.slice(1));
  expect(await read(boot + 1)).toEqual(all.slice(2));
  expect(await read(0, 1)).toEqual([boot]);
  expect(await read(0, 3)).toEqual(all.slice(0, 3));
  expect(await read(theirs)).toEqual([]);
});

test("who follows is told each frame as it is stored, of all or of one station, until they look no more", async () => {
  const { handlers, tell } = await conversation();
  const follow = (station?: string) => watch(handlers["messages.follow"], { station });
  const [all, own, other] = [follow(), follow("CP1"), follow("CP2")];
  const live = watch(handlers["messages.live"], { filter: {} });
  tell("beat", "Heartbeat", {});
  for (const one of [all, own, live]) one.close();
  tell("beat", "Heartbeat", {});
  const told = [["in", "out"]];
  const ways = (feed: typeof all) => feed.told.map((records) => (records as FrameRecord[]).map((one) => one.direction));
  expect([all, own, other].map(ways)).toEqual([told, told, []]);
  expect([all.snapshot, live.told.length]).toEqual([[], 1]);
});

test("the frame that the record had come to at a time is the last one by then; before the first there is none", async () => {
  const bench = await openServices();
  const handlers = messagesHandlers(bench.context);
  const at = (moment: number, station?: string) => handlers["messages.at"]({ station, at: moment });
  expect(await at(bench.clock.now())).toEqual({ seq: null });
  const began = bench.clock.now();
  for (const id of ["1", "2"]) bench.tell(id, "Heartbeat", {});
  const [first, second] = bench.frames().map(({ seq }) => seq);
  expect(await at(began + 1000)).toEqual({ seq: first });
  expect(await at(began + 1999)).toEqual({ seq: first });
  expect(await at(began + 2000)).toEqual({ seq: second });
  expect(await at(began + 99_000)).toEqual({ seq: second });
  expect(await at(began + 99_000, "CP2")).toEqual({ seq: null });
  expect(await at(began - 5000)).toEqual({ seq: null });
});

test("the live list begins with the last two hundred rows", async () => {
  const bench = await openServices();
  for (let id = 1; id <= 201; id++) bench.tell(String(id), "Heartbeat", {});
  const { snapshot } = watch(messagesHandlers(bench.context)["messages.live"], { filter: {} });
  expect([snapshot.length, snapshot[0]?.messageId, snapshot.at(-1)?.messageId]).toEqual([200, "2", "201"]);
});

test("a row tells its answer, how long that took, and whether it was an error", async () => {
  const bench = await openServices();
  const handlers = messagesHandlers(bench.context);
  bench.tell("boot", "BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  bench.ask("ClearCache", {});
  const id = JSON.parse(bench.sent.at(-1) ?? "[]")[1] as string;
  bench.say(JSON.stringify([4, id, "InternalError", "no", {}]));
  bench.say('[3,"nobody",{}]');
  const { rows } = await handlers["messages.page"]({ filter: {}, before: undefined, limit: 100 });
  const [boot, ours, stray] = rows;
  const stored = bench.frames();
  expect(boot).toMatchObject({
    station: "CP1",
    kind: "call",
    messageId: "boot",
    answer: { seq: (boot?.seq ?? 0) + 1, kind: "result", latencyMs: 0, findings: [] },
  });
  expect(ours).toEqual({
    seq: stored[1]?.seq,
    at: stored[1]?.at,
    station: "CP1",
    direction: "out",
    kind: "call",
    action: "ClearCache",
    messageId: id,
    summary: [],
    findings: [],
    bytes: String(stored[1]?.data).length,
    answer: {
      seq: stored[2]?.seq,
      at: stored[2]?.at,
      latencyMs: 1000,
      kind: "error",
      summary: [],
      errorCode: "InternalError",
      findings: [],
    },
  });
  expect(stray).toMatchObject({ kind: "result", messageId: "nobody", action: null, direction: "in" });
  expect(stray).not.toHaveProperty("answer");
});

test("a row whose marks have changed is told again with its answer, where it passes; an answer of nobody's is not", async () => {
  const bench = await openServices();
  const handlers = messagesHandlers(bench.context);
  bench.exchange("ClearCache", {}, { status: "Accepted" });
  const station = bench.context.registry.require("CP1");
  const [ours, theirs] = bench.frames().slice(-2);
  const [live, others] = [{}, { action: "Reset" }].map((filter) => watch(handlers["messages.live"], { filter }));
  const entryOf = (change: object = {}) => ({ ...ours, station, marks: ["held"], ...change }) as unknown as FrameEntry;
  const emit = (frames: FrameEntry[], marked: FrameEntry[]) =>
    bench.context.recorder.stored.emit({ frames, marked, events: [] });
  emit([], [entryOf()]);
  expect(live?.told).toMatchObject([[{ seq: ours?.seq, marks: ["held"], answer: { seq: theirs?.seq } }]]);
  const both = entryOf();
  emit([both], [both]);
  expect(live?.told).toHaveLength(2);
  expect(live?.told[1]).toHaveLength(1);
  emit([entryOf({ seq: 9999, question: 9998 })], []);
  expect([live?.told.length, others?.told]).toEqual([2, []]);
  emit([entryOf({ lane: "upstream", question: 9998 })], []);
  expect(live?.told[2]).toMatchObject([{ lane: "upstream" }]);
});

test("what a console printed is told with its port, and has no half besides its own", async () => {
  const bench = await openServices();
  const handlers = messagesHandlers(bench.context);
  const { recorder, registry, journal } = bench.context;
  const station = registry.require("CP1");
  const connection = journal.write(station, { kind: "console-heard", port: "/dev/ttyUSB0" });
  const seq = recorder.take();
  const frame = {
    direction: "in",
    data: '[2,"7","Heartbeat",{}]',
    action: "Heartbeat",
    question: null,
    lane: "console",
  };
  recorder.frame({
    ...frame,
    seq,
    station,
    connection,
    at: 5,
    stationTime: null,
    findings: [],
    answer: null,
  } as unknown as FrameEntry);
  recorder.flush();
  const detail = await handlers["messages.frame"]({ seq });
  expect(detail).toMatchObject({ lane: "console", carrier: "console", console: "/dev/ttyUSB0", action: "Heartbeat" });
  expect(detail).not.toHaveProperty("partner");
});

test("what lies twenty thousand numbers away is not looked at for the live list, nor for what comes after a row", async () => {
  const bench = await openServices();
  const { recorder } = bench.context;
  const handlers = messagesHandlers(bench.context);
  bench.tell("first", "Heartbeat", {});
  const [first] = bench.frames().map(({ seq }) => seq);
  // Up to the question before the last number of the record, its answer.
  for (let taken = recorder.take(); taken < (first ?? 0) + 19_998; ) taken = recorder.take();
  const told = (rows: readonly MessageRow[]) => rows.map(({ messageId }) => messageId);
  const live = () => told(watch(handlers["messages.live"], { filter: { action: "Heartbeat" } }).snapshot);
  const after = async () => {
    const { rows } = await handlers["messages.around"]({ filter: { action: "Heartbeat" }, seq: first ?? 0, limit: 10 });
    return told(rows);
  };
  bench.tell("second", "Heartbeat", {});
  expect(bench.frames().at(-1)?.seq).toBe((first ?? 0) + 19_999);
  expect([live(), await after()]).toEqual([
    ["first", "second"],
    ["first", "second"],
  ]);
  bench.tell("third", "Heartbeat", {});
  expect([live(), await after()]).toEqual([
    ["second", "third"],
    ["first", "second"],
  ]);
});

test("around a row nothing is shown from outside the stretch of time that is asked for", async () => {
  const bench = await openServices();
  const handlers = messagesHandlers(bench.context);
  for (let id = 1; id <= 5; id++) bench.tell(String(id), "Heartbeat", {});
  const rows = bench.frames();
  const filter = { from: rows[1]?.at, to: rows[3]?.at };
  const found = await handlers["messages.around"]({ filter, seq: rows[2]?.seq ?? 0, limit: 100 });
  expect(found.rows.map(({ messageId }) => messageId)).toEqual(["2", "3", "4"]);
});
