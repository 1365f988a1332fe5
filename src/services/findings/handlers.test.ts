import { expect, test } from "vitest";
import { createEmitter } from "../../lib/emitter.ts";
import { silentLogger } from "../../lib/logger.ts";
import { openBench } from "../../session/testing/bench.ts";
import { worstFirst } from "../../station/worst-first.ts";
import { AccessRepository } from "../../store/access.ts";
import { FindingFramesRepository } from "../../store/finding-frames.ts";
import { openAccess } from "../access/logic.ts";
import type { ServiceContext } from "../context.ts";
import { watch } from "../testing/open-services.ts";
import { findingsHandlers } from "./handlers.ts";

async function setUp() {
  const bench = await openBench("1.6");
  const access = openAccess(new AccessRepository(bench.database), silentLogger);
  const settings = { values: { strict: false }, changed: createEmitter<unknown>(silentLogger) };
  const index = new FindingFramesRepository(bench.database);
  const handlers = findingsHandlers({ ...bench.parts, settings } as unknown as ServiceContext, { index, access });
  bench.say('[2,"boot","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}]');
  const odd = (id: string, field: string) => bench.say(JSON.stringify([2, id, "Heartbeat", { [field]: 1 }]));
  return { bench, handlers, settings, odd };
}

const rule = "unknown-field" as const;

test("the frames of a rule come newest first, page by page, of all places or of one", async () => {
  const { handlers, odd, bench } = await setUp();
  odd("1", "colour");
  odd("2", "shape");
  odd("3", "colour");
  const seqs = bench
    .frames()
    .slice(-3)
    .map(({ seq }) => seq);
  const frames = (limit: number, change: { before?: number; where?: string } = {}) =>
    handlers["findings.frames"]({ station: "CP1", rule, before: undefined, where: undefined, limit, ...change });
  const numbersOf = async (page: ReturnType<typeof frames>) => {
    const { frames: rows, more } = await page;
    return [rows.map(({ seq }) => seqs.indexOf(seq)), more];
  };
  expect(await numbersOf(frames(2))).toEqual([[2, 1], true]);
  expect(await numbersOf(frames(2, { before: seqs[1] }))).toEqual([[0], false]);
  expect(await numbersOf(frames(3))).toEqual([[2, 1, 0], false]);
  expect(await numbersOf(frames(3, { where: "Heartbeat /colour" }))).toEqual([[2, 0], false]);
  bench.say('[2,"4","DataTransfer",{"vendorId":7}]');
  expect(await numbersOf(frames(9))).toEqual([[2, 1, 0], false]);
});

test("a ticket shows the last three frames of each finding with our answers, in the order they came", async () => {
  const { handlers, odd } = await setUp();
  for (const id of ["1", "2", "3", "4"]) odd(id, "colour");
  const ticket = await handlers["findings.ticket"]({ station: "CP1", rules: [rule] });
  expect([ticket.station, ticket.ocpp, ticket.entries.length]).toEqual(["CP1", "1.6", 1]);
  const frames = ticket.entries[0]?.frames ?? [];
  expect(frames.map(({ direction, text }) => [direction, JSON.parse(text)[1]])).toEqual([
    ["in", "2"],
    ["out", "2"],
    ["in", "3"],
    ["out", "3"],
    ["in", "4"],
    ["out", "4"],
  ]);
  expect(frames.map(({ seq }, at) => seq - (frames[at - (at % 2)]?.seq ?? 0))).toEqual([0, 1, 0, 1, 0, 1]);
  const { entries } = await handlers["findings.ticket"]({ station: "CP1", rules: ["odd-token"] });
  expect(entries).toEqual([]);
});

test("the list is told anew when a station's findings change, and not with each of its frames", async () => {
  const { handlers, odd, bench } = await setUp();
  let told = 0;
  const { snapshot, close } = handlers["findings.list"]({}, () => told++);
  expect(snapshot).toEqual([]);
  odd("1", "colour");
  expect(told).toBe(1);
  bench.say('[2,"2","Heartbeat",{}]');
  expect(told).toBe(1);
  odd("3", "colour");
  expect(told).toBe(2);
  close();
  odd("4", "colour");
  expect(told).toBe(2);
});

test("how strictly a station is taken: its own choice, or none and then the default", async () => {
  const { handlers, settings } = await setUp();
  const station = "CP1";
  const told: unknown[] = [];
  const { snapshot } = handlers["findings.strictness"]({ station }, (change) =>
    told.push(typeof change === "function" ? change() : change),
  );
  const plain = { strict: null, strictByDefault: false, emptyAnswers: false };
  expect(snapshot).toEqual(plain);
  const chosen = { ...plain, strict: false, emptyAnswers: true };
  expect(await handlers["findings.behave"]({ station, strict: false, emptyAnswers: true })).toEqual(chosen);
  await handlers["findings.behave"]({ station: "CP2", strict: true });
  expect(await handlers["findings.behave"]({ station, strict: null })).toEqual({ ...chosen, strict: null });
  settings.values.strict = true;
  settings.changed.emit(settings.values);
  expect(told).toEqual([chosen, { ...chosen, strict: null }, { ...chosen, strict: null, strictByDefault: true }]);
});

test("a frame of a finding shows what was said in it, without secrets, and its beginning where it is long", async () => {
  const { handlers, bench } = await setUp();
  const long = "x".repeat(500);
  bench.say(JSON.stringify([2, "s", "Heartbeat", { colour: "red", password: "hunter22" }]));
  bench.say(JSON.stringify([2, "l", "Heartbeat", { colour: long }]));
  const { frames } = await handlers["findings.frames"]({ station: "CP1", rule, where: "Heartbeat /colour", limit: 5 });
  const [second, first] = bench.frames().slice(-2).toReversed();
  expect(frames.map(({ seq, at, direction, action, said }) => ({ seq, at, direction, action, said }))).toEqual([
    { seq: second?.seq, at: second?.at, direction: "in", action: "Heartbeat", said: expect.stringContaining("xxx") },
    { seq: first?.seq, at: first?.at, direction: "in", action: "Heartbeat", said: "red" },
  ]);
  const whole = `[2,"l","Heartbeat",{"colour":"${long}"}]`;
  expect(frames[0]?.text).toBe(`${whole.slice(0, 400)}… (${whole.length})`);
  expect(frames[1]?.text).toContain("password");
  expect(frames[1]?.text).not.toContain("hunter22");
  const secret = await handlers["findings.frames"]({ station: "CP1", rule, where: "Heartbeat /password", limit: 5 });
  expect(JSON.stringify(secret)).not.toContain("hunter22");
  // As much is shown of one that is long before its secret is taken out.
  const veiled = (password: string) => JSON.stringify([2, "v", "Heartbeat", { password, colour: "x".repeat(500) }]);
  bench.say(veiled("p".repeat(300)));
  const [newest] = (await handlers["findings.frames"]({ station: "CP1", rule, limit: 1 })).frames;
  expect(newest?.text).toBe(`${veiled("•••").slice(0, 400)}… (${veiled("p".repeat(300)).length})`);
  const none = await handlers["findings.frames"]({ station: "CP1", rule: "odd-token", where: undefined, limit: 5 });
  expect(none).toEqual({ frames: [], more: false });
});

test("a ticket of a station that was never heard tells no version and nothing that was found", async () => {
  const { handlers, bench } = await setUp();
  bench.parts.registry.ensure("CP2", 0);
  const madeAt = bench.clock.now();
  expect(await handlers["findings.ticket"]({ station: "CP2", rules: undefined })).toEqual({
    ...{ station: "CP2", info: {}, madeAt, entries: [] },
  });
});

test("a ticket tells who the station is, and its findings the worst first, without secrets", async () => {
  const { handlers, odd, bench } = await setUp();
  odd("1", "password");
  bench.say("no json");
  const ticket = await handlers["findings.ticket"]({ station: "CP1", rules: undefined });
  expect(ticket).toMatchObject({
    station: "CP1",
    info: { vendor: "V", model: "M" },
    madeAt: bench.clock.now(),
    ocpp: "1.6",
    entries: [{ rule: "not-json" }, { rule }],
  });
  const [broken] = ticket.entries;
  const frame = bench.frames().at(-1);
  expect(broken?.frames[0]).toEqual({
    seq: frame?.seq,
    time: new Date(frame?.at ?? 0).toISOString(),
    direction: "in",
    text: "no json",
  });
  expect(() => handlers["findings.ticket"]({ station: "NOBODY" })).toThrow(
    expect.objectContaining({ code: "not-found" }),
  );
});

test("a station that is forgotten goes from the list; who looks no more is told nothing", async () => {
  const { handlers, odd, bench, settings } = await setUp();
  odd("1", "colour");
  const list = watch(handlers["findings.list"], {});
  const strictness = watch(handlers["findings.strictness"], { station: "CP1" });
  const [own] = list.snapshot;
  expect(list.snapshot).toEqual([
    { station: "CP1", info: bench.state().info, findings: worstFirst(bench.state().findings) },
  ]);
  expect(own?.findings.length).toBeGreaterThan(0);
  bench.parts.registry.forgotten.emit(bench.parts.registry.require("CP1"));
  expect(list.told).toHaveLength(1);
  list.close();
  strictness.close();
  bench.parts.registry.forgotten.emit(bench.parts.registry.require("CP1"));
  odd("2", "shape");
  settings.changed.emit(settings.values);
  handlers["findings.behave"]({ station: "CP1", strict: true });
  expect([list.told.length, strictness.told]).toEqual([1, []]);
});

test("in a ticket no frame shows a secret, nor does what was said, and a long frame is told by its first 16 000 signs", async () => {
  const { handlers, bench } = await setUp();
  bench.say(JSON.stringify([2, "s", "Heartbeat", { password: "hunter22" }]));
  const long = `[2,"l","Heartbeat",{"colour":"${"x".repeat(16_000)}"}]`;
  const whole = `[2,"w","Heartbeat",{"colour":"${"y".repeat(16_000 - 33)}"}]`;
  for (const text of [long, whole]) bench.say(text);
  const { entries } = await handlers["findings.ticket"]({ station: "CP1", rules: [rule] });
  const [secret] = entries.filter(({ where }) => where === "Heartbeat /password");
  expect(secret?.frames[0]?.text).toContain('"password"');
  expect(JSON.stringify(entries)).not.toContain("hunter22");
  const told = entries.flatMap(({ where, frames }) => (where === "Heartbeat /colour" ? frames : []));
  expect(whole).toHaveLength(16_000);
  expect(told.filter(({ direction }) => direction === "in").map(({ text }) => text)).toEqual([
    `${long.slice(0, 16_000)}… (${long.length})`,
    whole,
  ]);
});
