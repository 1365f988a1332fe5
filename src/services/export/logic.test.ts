import { expect, test, vi } from "vitest";
import { redact } from "../../redaction/redact.ts";
import { type Bench, openBench } from "../../session/testing/bench.ts";
import type { Attempt } from "../../station/attempts.ts";
import { MomentsRepository } from "../../store/moments/moments.ts";
import type { Language } from "../../words/language.ts";
import type { ServiceContext } from "../context.ts";
import { messagesHandlers } from "../messages/handlers.ts";
import type { ExportForm, ExportWish } from "./contract.ts";
import { exportedText, exportName } from "./logic.ts";

/** The day of a moment here, as it is typed. */
function isoDay(at: number): string {
  const day = new Date(at);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/** The lines of the file that is made. */
async function linesOf(
  bench: Bench,
  wish: ExportWish,
  form: ExportForm = "ndjson",
  attempts: Attempt[] = [],
  language: Language = "en",
) {
  const source = {
    ...bench.parts,
    moments: new MomentsRepository(bench.database),
    attempts: { newest: (most: number) => (most === 5000 ? attempts : []) },
  };
  let text = "";
  let rows = 0;
  for await (const piece of exportedText(source, wish, { form, language, tell: redact })) {
    text += piece.text;
    rows += piece.rows;
  }
  const lines = text.split("\n").slice(0, -1);
  expect(rows).toBe(form === "csv" ? lines.length - 1 : lines.length);
  return lines;
}

async function talk(): Promise<Bench> {
  const bench = await openBench("1.6");
  const say = (id: string, action: string, payload: object) => bench.say(JSON.stringify([2, id, action, payload]));
  say("boot", "BootNotification", { chargePointVendor: "V", chargePointModel: "M" });
  say("beat", "Heartbeat", {});
  say("fault", "StatusNotification", { connectorId: 1, status: "Faulted", errorCode: "GroundFailure" });
  say("odd", "Heartbeat", { colour: "red" });
  const timestamp = new Date(bench.clock.now()).toISOString();
  const sampledValue = [{ value: "7.5", measurand: "Power.Active.Import", unit: "kW", phase: "L1" }];
  say("values", "MeterValues", { connectorId: 1, meterValue: [{ timestamp, sampledValue }] });
  bench.ask("ChangeConfiguration", { key: "AuthorizationKey", value: "0123456789abcdef" });
  bench.say(`[3,${JSON.stringify(JSON.parse(bench.sent.at(-1) ?? "[]")[1])},{"status":"Accepted"}]`);
  return bench;
}

test.each(["", "kind:error", "action:Heartbeat", "-action:Heartbeat", "rule:unknown", "fault", "dir:out", "id:beat"])(
  "frames by %j are those of the rows that the list shows, each question with its answer",
  async (line) => {
    const bench = await talk();
    const { compileFilter, passes } = await import("../messages/filter.ts");
    const { select, tests } = compileFilter(line, "CP1");
    const handlers = messagesHandlers(bench.parts as ServiceContext);
    const page = await handlers["messages.page"]({ filter: select, before: undefined, limit: 100 });
    const shown = page.rows
      .filter((row) => passes(row, tests))
      .flatMap(({ seq, answer }) => (answer ? [seq, answer.seq] : [seq]));
    const lines = await linesOf(bench, { list: "frames", station: "CP1", line });
    expect(lines.map((text) => (JSON.parse(text) as { seq: number }).seq)).toEqual(shown);
  },
);

test("frames hold no secret, and stand in a stretch of time, the narrower one", async () => {
  const bench = await talk();
  const all = await linesOf(bench, { list: "frames", station: "CP1" });
  expect(all.join("\n")).toContain("AuthorizationKey");
  expect(all.join("\n")).not.toContain("0123456789abcdef");
  const timeOf = (text: string) => Date.parse((JSON.parse(text) as { time: string }).time);
  const from = timeOf(all[2] ?? "");
  const later = await linesOf(bench, { list: "frames", from, to: from });
  expect(later).toEqual(all.filter((text) => timeOf(text) === from));
  expect(later.length).toBeGreaterThan(0);
});

test("of two stretches of time that are given the frames of both are taken", async () => {
  const bench = await talk();
  const today = `day:${isoDay(bench.clock.now())}`;
  const [before, after] = [Date.UTC(1990, 0), Date.UTC(2100, 0)];
  const count = async (line: string, stretch: object) =>
    (await linesOf(bench, { list: "frames", line, ...stretch })).length;
  const all = await count("", {});
  expect(await count(today, { from: before, to: after })).toBe(all);
  expect(await count(today, { from: after })).toBe(0);
  expect(await count(today, { to: before })).toBe(0);
  expect(await count("day:1995-01-01", { from: before, to: after })).toBe(0);
});

test("a table of frames has a head and the same rows", async () => {
  const bench = await talk();
  const [head, ...rows] = await linesOf(bench, { list: "frames", line: "id:fault" }, "csv");
  expect(head).toBe('"seq","time","station","direction","lane","action","text","findings","marks"');
  expect(rows.map((row) => row.split(",").slice(3, 6))).toEqual([
    ['"in"', "", '"StatusNotification"'],
    ['"out"', "", '"StatusNotification"'],
  ]);
});

test("the history is told in words, by groups and in a stretch of time", async () => {
  const bench = await talk();
  const errors = await linesOf(bench, { list: "history", station: "CP1", groups: ["errors"] });
  const told = errors.map((text) => JSON.parse(text) as { text: string; event: { at: number } });
  expect(told.map(({ text }) => text)).toEqual(["Connector 1: Faulted, GroundFailure"]);
  const at = told[0]?.event.at ?? 0;
  const groups = (await linesOf(bench, { list: "history", from: at, to: at }, "csv")).slice(1);
  expect(groups.map((row) => row.split(",")[2])).toEqual(['"status"']);
  const after = await linesOf(bench, { list: "history", from: at + 1 }, "csv");
  expect(after.join("\n")).not.toContain("GroundFailure");
  // The record of before is not gone through for that.
  const read = vi.spyOn(bench.parts.events, "oldest");
  await linesOf(bench, { list: "history", from: at });
  await linesOf(bench, { list: "history" });
  expect(read.mock.calls.map(([since]) => since)).toEqual([bench.parts.frames.reachedAt(at - 1), 0]);
  expect(after.length).toBeGreaterThan(1);
});

test("samples are in base units, each with its place and its frame", async () => {
  const bench = await talk();
  const [head, row] = await linesOf(bench, { list: "samples", station: "CP1" }, "csv");
  expect(head?.split(",").slice(-3)).toEqual(['"value"', '"unit"', '"frame"']);
  expect(row?.split(",").slice(3)).toEqual([
    '"CP1"',
    "1",
    "1",
    "",
    '"Power.Active.Import"',
    '"L1"',
    "",
    "",
    "7500",
    '"W"',
    expect.stringMatching(/^\d+$/),
  ]);
  expect(await linesOf(bench, { list: "samples", station: "CP1", from: bench.clock.now() + 1 })).toEqual([]);
});

test("findings and attempts pass the same filters as on screen", async () => {
  const bench = await talk();
  const rules = (wish: Partial<Extract<ExportWish, { list: "findings" }>>) =>
    linesOf(bench, { list: "findings", ...wish }).then((lines) =>
      lines.map((text) => (JSON.parse(text) as { rule: string }).rule),
    );
  const all = await rules({});
  expect(all).toContain("unknown-field");
  expect(await rules({ rule: "unknown-field" })).toEqual(["unknown-field"]);
  expect(await rules({ text: "colour" })).toEqual(["unknown-field"]);
  expect(await rules({ severities: ["error"] })).toEqual([]);

  const attempt = (id: number, identity: string, state: Attempt["state"]) =>
    ({ id, identity, state, lastAt: id, remoteAddress: "192.0.2.7", passed: "tcp", repeats: 1, causes: [] }) as never;
  const attempts = [attempt(1, "CP1", "stopped"), attempt(2, "CP2", "stopped"), attempt(3, "CP1", "connected")];
  const ids = async (wish: object) =>
    (await linesOf(bench, { list: "attempts", ...wish }, "ndjson", attempts)).map((text) => JSON.parse(text).id);
  expect(await ids({})).toEqual([1, 2, 3]);
  expect(await ids({ stopped: true })).toEqual([1, 2]);
  expect(await ids({ station: "CP1" })).toEqual([1, 3]);
});

test("a station that nobody knows is refused, and a file is named by what it holds", async () => {
  const bench = await talk();
  await expect(linesOf(bench, { list: "frames", station: "NOBODY" })).rejects.toMatchObject({ code: "not-found" });
  const now = Date.UTC(2026, 0, 31, 12, 5);
  expect(exportName({ list: "frames", station: "a/b" }, "csv", now)).toBe("plugside-a_b-frames-20260131-1205.csv");
  expect(exportName({ list: "attempts" }, "ndjson", now)).toBe("plugside-attempts-20260131-1205.ndjson");
});

test("transactions of one station or of all stand in their table, the newest first; a long history is gone through whole", async () => {
  const bench = await openBench("1.6");
  const say = (id: string, action: string, payload: object) => bench.say(JSON.stringify([2, id, action, payload]));
  const timestamp = () => new Date(bench.clock.now()).toISOString();
  for (const idTag of ["A", "B"]) {
    say(idTag, "StartTransaction", { connectorId: 1, idTag, meterStart: 0, timestamp: timestamp() });
    const { transactionId } = JSON.parse(bench.sent.at(-1) ?? "[]")[2] as { transactionId: number };
    say(`${idTag}!`, "StopTransaction", { transactionId, meterStop: 5, timestamp: timestamp() });
  }
  bench.parts.registry.ensure("CP2", 0);
  for (const station of [undefined, "CP1"]) {
    const rows = (await linesOf(bench, { list: "transactions", station })).map((line) => JSON.parse(line));
    expect(rows.map(({ station: of, token }) => [of, token.value])).toEqual([
      ["CP1", "B"],
      ["CP1", "A"],
    ]);
  }
  expect(await linesOf(bench, { list: "transactions", station: "CP2" })).toEqual([]);
  const [head] = await linesOf(bench, { list: "transactions" }, "csv");
  expect(head).toMatch(/^"began","ended","station"/);
  bench.database.transaction(() => {
    const events = Array.from({ length: 501 }, (_, at) => at);
    for (const at of events)
      bench.parts.recorder.event({
        station: bench.parts.registry.require("CP1"),
        event: { kind: "own-clock-set", byMs: at, at, seq: bench.parts.recorder.take() } as never,
        own: true,
      });
  });
  bench.parts.recorder.flush();
  const history = await linesOf(bench, { list: "history", groups: ["link"] });
  const steps = history
    .map((line) => JSON.parse(line).event.byMs as number | undefined)
    .filter((by) => by !== undefined);
  expect([steps.length, new Set(steps).size, steps[0], steps[500]]).toEqual([501, 501, 0, 500]);
});

test("what is told in words is told in the language that is asked for; the worst findings come first", async () => {
  const bench = await talk();
  bench.say('[2,"torn",');
  const tried = {
    ...{ id: 1, identity: "CP1", state: "stopped", firstAt: 1, lastAt: 2, remoteAddress: "192.0.2.7", passed: "tcp" },
    ...{ repeats: 1, causes: [{ code: "tls-closed" }] },
  } as unknown as Attempt;
  const table = async (wish: ExportWish, language: Language) =>
    (await linesOf(bench, wish, "csv", [tried], language)).slice(1).join("\n");
  const history: ExportWish = { list: "history", groups: ["errors"] };
  expect(await table(history, "en")).toContain('"Connector 1: Faulted, GroundFailure"');
  expect(await table(history, "sv")).toContain('"Uttag 1: Fel, GroundFailure"');
  const found: ExportWish = { list: "findings", rule: "unknown-field" };
  expect(await table(found, "en")).toContain('"A field that the specification does not have"');
  expect(await table(found, "sv")).toContain('"Ett fält som inte finns i specifikationen"');
  expect(await table({ list: "attempts" }, "en")).toContain('"The station hung up during the TLS handshake"');
  expect(await table({ list: "attempts" }, "sv")).toContain('"Laddstationen kopplade ner under TLS-handskakningen"');
  const worst = (await linesOf(bench, { list: "findings" })).map((line) => JSON.parse(line) as object);
  expect(worst).toMatchObject([
    { station: "CP1", rule: "not-json", severity: "error" },
    { station: "CP1", rule: "unknown-field", severity: "notice" },
  ]);
  const sought = async (text: string) => (await table({ list: "findings", text }, "sv")) !== "";
  expect([await sought("inget sådant fält"), await sought("no such field")]).toEqual([true, false]);
});
