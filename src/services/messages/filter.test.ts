import { describe, expect, it } from "vitest";
import type { SummaryLabel } from "../../station/model.ts";
import type { MessageRow } from "./contract.ts";
import { compileFilter, hasProblem, passes, tellsFault } from "./filter.ts";

const row: MessageRow = {
  seq: 7,
  at: 1000,
  station: "CP1",
  direction: "in",
  kind: "call",
  action: "StatusNotification",
  messageId: "a-17",
  summary: [
    { label: "connector", value: "1" },
    { label: "status", value: "Charging" },
  ],
  findings: [],
  bytes: 120,
  answer: { seq: 8, at: 1012, latencyMs: 12, kind: "result", summary: [], findings: [] },
};

describe("compileFilter", () => {
  it("gives fields that the core knows to the core", () => {
    expect(compileFilter("action:MeterValues dir:in station:X error", "CP1")).toEqual({
      select: { station: "X", problems: true, action: "MeterValues", direction: "in" },
      tests: [],
      hints: [],
    });
  });

  it("knows where a frame passed", () => {
    expect(compileFilter("on:Console -on:upstream on:wall")).toEqual({
      select: { on: "console" },
      tests: [{ field: "on", value: "upstream", negated: true }],
      hints: [{ problem: "bad-value", field: "on", value: "wall" }],
    });
    const { tests } = compileFilter("-on:link");
    expect([passes(row, tests), passes({ ...row, lane: "console" }, tests)]).toEqual([false, true]);
  });

  it("opens the list at a frame by its number", () => {
    expect(compileFilter("action:Heartbeat #4711", "CP1")).toEqual({
      select: { station: "CP1", action: "Heartbeat" },
      tests: [],
      hints: [],
      seq: 4711,
    });
    expect(compileFilter('"#4711" -#5 #x')).toMatchObject({ select: { text: "#4711 #x" } });
  });

  it("takes the station in focus where the line names none, and all of them for *", () => {
    expect(compileFilter("", "CP1").select).toEqual({ station: "CP1" });
    expect(compileFilter("station:*", "CP1").select).toEqual({});
    expect(compileFilter("").select).toEqual({});
  });

  it("looks for plain words as one piece of text", () => {
    expect(compileFilter('Paris-2 "error" L1-N').select).toEqual({ text: "Paris-2 error L1-N" });
  });

  it("reads the words for a problem in both languages, letter case aside", () => {
    expect(compileFilter("FEL").select).toEqual({ problems: true });
    for (const word of ["error", "Errors", "problem", "PROBLEMS"])
      expect(compileFilter(word).select).toEqual({ problems: true });
    expect(compileFilter("", undefined, true).select).toEqual({ problems: true });
  });

  it("keeps several actions and what is turned round for the screen", () => {
    expect(compileFilter("action:Heartbeat,MeterValues -dir:out -action:StatusNotification -error -foo")).toEqual({
      select: {},
      tests: [
        { field: "action", values: ["Heartbeat", "MeterValues"], negated: false },
        { field: "direction", value: "out", negated: true },
        { field: "action", values: ["StatusNotification"], negated: true },
        { field: "problems", negated: true },
        { field: "words", value: "foo", negated: true },
      ],
      hints: [],
    });
  });

  it("reads a latency in milliseconds and in seconds", () => {
    expect(compileFilter("latency:>500 latency:<1,5s").tests).toEqual([
      { field: "latency", over: true, ms: 500, negated: false },
      { field: "latency", over: false, ms: 1500, negated: false },
    ]);
  });

  it("says so when a field or a value is not known, and looks for the unknown field as text", () => {
    expect(compileFilter("acton:Boot dir:up kind:x latency:fast")).toEqual({
      select: { text: "acton:Boot" },
      tests: [],
      hints: [
        { problem: "unknown-field", field: "acton", value: "Boot" },
        { problem: "bad-value", field: "dir", value: "up" },
        { problem: "bad-value", field: "kind", value: "x" },
        { problem: "bad-value", field: "latency", value: "fast" },
      ],
    });
  });

  it("passes over a field that is still being typed and a quote that is not closed", () => {
    expect(compileFilter("action: dir:in")).toEqual({ select: { direction: "in" }, tests: [], hints: [] });
    expect(compileFilter('"Charging now').select).toEqual({ text: "Charging now" });
  });

  it.each(["call", "send", "result", "error", "unreadable"])("knows the kind %s, letter case aside", (kind) => {
    expect(compileFilter(`kind:${kind.toUpperCase()}`)).toEqual({
      ...{ select: {}, tests: [{ field: "kind", value: kind, negated: false }], hints: [] },
    });
  });

  it("takes quoted values", () => {
    expect(compileFilter('token:"AB CD"').tests).toEqual([
      { field: "summary", label: "token", value: "AB CD", negated: false },
    ]);
  });
});

describe("passes", () => {
  const holds = (line: string) => passes(row, compileFilter(line).tests);

  it("compares what the summary tells, letter case aside", () => {
    expect(holds("connector:1 status:charging")).toEqual(true);
    expect(holds("connector:2")).toEqual(false);
    expect(holds("-connector:2")).toEqual(true);
  });

  it("leaves out actions that are turned round", () => {
    expect(holds("-action:statusnotification")).toEqual(false);
    expect(holds("-action:Heartbeat")).toEqual(true);
  });

  it("compares the id by a part of it, the kind of either half and the latency", () => {
    expect(holds("id:A-1 kind:result latency:>10")).toEqual(true);
    expect(holds("latency:<10")).toEqual(false);
    expect(passes({ ...row, answer: undefined }, compileFilter("latency:<10").tests)).toEqual(false);
  });

  it("finds a rule on either half", () => {
    const finding = { rule: "too-long" as const, where: "StatusNotification /info", said: "x" };
    expect(passes({ ...row, findings: [finding] }, compileFilter("rule:long").tests)).toEqual(true);
    expect(holds("rule:long")).toEqual(false);
  });
});

describe("hasProblem", () => {
  const finding = { rule: "too-long", where: "StatusNotification /info", said: "x" } as const;
  const answer = row.answer as NonNullable<MessageRow["answer"]>;

  it.each<[string, Partial<MessageRow>]>([
    ["a finding", { findings: [finding] }],
    ["an error", { kind: "error" }],
    ["text that cannot be read", { kind: "unreadable" }],
    ["an answer with a finding", { answer: { ...answer, findings: [finding] } }],
    ["an answer that is an error", { answer: { ...answer, kind: "error" } }],
    ["a fault that is told", { summary: [{ label: "status", value: "Faulted" }] }],
  ])("is true for %s by itself, and not without an answer that has none", (_what, more) => {
    expect([hasProblem({ ...row, ...more }), hasProblem({ ...row, answer: undefined })]).toEqual([true, false]);
  });

  it("is true for a finding or an error on either half", () => {
    const answer = { seq: 8, at: 1012, latencyMs: 12, kind: "error" as const, summary: [], findings: [] };
    expect(hasProblem(row)).toEqual(false);
    expect(hasProblem({ ...row, answer })).toEqual(true);
    expect(hasProblem({ ...row, kind: "unreadable" })).toEqual(true);
  });
});

it("a fault that a station tells is a problem, in every version's words", () => {
  const of = (...summary: [SummaryLabel, string][]) =>
    tellsFault({ summary: summary.map(([label, value]) => ({ label, value })) });
  expect(of(["status", "Faulted"])).toBe(true);
  expect(of(["status", "Charging"], ["errorCode", "HighTemperature"])).toBe(true);
  expect(of(["key", "Connector.Problem"], ["value", "true"])).toBe(true);
  expect(of(["status", "Available"], ["errorCode", "NoError"])).toBe(false);
  expect(of(["key", "Connector.Problem"], ["value", "false"])).toBe(false);
  expect(of(["key", "EVSE.Power"], ["value", "true"])).toBe(false);
});

describe("times", () => {
  const now = new Date(2026, 10, 26, 14, 30).getTime();
  const compile = (line: string) => compileFilter(line, "CP1", false, now);

  it("narrow by a day, or from a time on, and open the list at a moment", () => {
    expect(compile("since:2h").select).toEqual({ station: "CP1", from: now - 7_200_000 });
    const from = new Date(2026, 10, 20).getTime();
    expect(compile("day:2026-11-20 error").select).toEqual({
      station: "CP1",
      from,
      to: from + 86_400_000 - 1,
      problems: true,
    });
    expect(compile("at:14:10")).toEqual({
      select: { station: "CP1" },
      tests: [],
      hints: [],
      at: new Date(2026, 10, 26, 14, 10).getTime(),
    });
  });

  it.each(["at:soon", "since:ever", "day:2026-02-31", "-at:14:10"])("that are none are named: %s", (line) => {
    const [, field, value] = /(at|since|day):(.+)/.exec(line) ?? [];
    expect(compile(line)).toMatchObject({
      select: { station: "CP1" },
      hints: [{ problem: "bad-value", field, value }],
    });
  });
});

describe("each part of a line", () => {
  const refused: MessageRow = {
    ...row,
    station: "CP2",
    direction: "out",
    action: null,
    messageId: null,
    kind: "unreadable",
    findings: [{ rule: "not-json", where: "frame", said: "x" } as MessageRow["findings"][number]],
    answer: {
      ...(row.answer as NonNullable<MessageRow["answer"]>),
      latencyMs: 1500,
      kind: "error",
      errorCode: "InternalError",
      summary: [{ label: "status", value: "Rejected" }],
    },
  };
  const alone: MessageRow = { ...row, answer: undefined };

  it.each<[string, object, boolean[]]>([
    ["text:Paris", { text: "Paris" }, [true, true, true]],
    ["-text:rejected", {}, [true, false, true]],
    ["-cp2", {}, [true, false, true]],
    ["-internalerror", {}, [true, false, true]],
    ["-statusnotification", {}, [false, true, false]],
    ["-a-17", {}, [false, true, false]],
    ["-station:CP2", {}, [true, false, true]],
    ["dir:in dir:out", { direction: "in" }, [false, true, false]],
    ["-dir:out", {}, [true, false, true]],
    ["-error", {}, [true, false, true]],
    ["-unknown:thing", {}, [true, true, true]],
    ["-unknown:charging", {}, [true, true, true]],
    ["action:Heartbeat,statusnotification", {}, [true, false, true]],
    ["-action:StatusNotification", {}, [false, true, false]],
    ["action:A action:StatusNotification", { action: "A" }, [true, false, true]],
    ["action:,", {}, [false, false, false]],
    ["kind:error", {}, [false, true, false]],
    ["-kind:result", {}, [false, true, true]],
    ["kind:unreadable", {}, [false, true, false]],
    ["id:A-1", {}, [true, false, true]],
    ["-id:17", {}, [false, true, false]],
    ["rule:json", {}, [false, true, false]],
    ["status:rejected", {}, [false, true, false]],
    ["-status:Charging", {}, [false, false, false]],
    ["latency:>12", {}, [false, true, false]],
    ["latency:<12", {}, [true, false, false]],
    ["latency:>1,4s", {}, [false, true, false]],
    ["latency:<1500ms", {}, [true, true, false]],
    ["-latency:>1s", {}, [true, false, true]],
    ["on:link on:console", { on: "link" }, [false, false, false]],
  ])("%s narrows the record by %j, and its rows", (line, select, shown) => {
    const compiled = compileFilter(line);
    expect(compiled.select).toEqual(select);
    expect([row, refused, alone].map((one) => passes(one, compiled.tests))).toEqual(shown);
  });

  it.each([
    ["latency:12", "latency", "12"],
    ["latency:>1h", "latency", ">1h"],
    ["kind:answer", "kind", "answer"],
    ["dir:up", "dir", "up"],
    ["at:nonsense", "at", "nonsense"],
    ["-since:1h", "since", "1h"],
  ])("%s is told as a value that its field does not take", (line, field, value) => {
    expect(compileFilter(line)).toEqual({ select: {}, tests: [], hints: [{ problem: "bad-value", field, value }] });
  });

  it("looks for what is no field as it stands, at most 500 letters of it, and asks for problems where it is told to", () => {
    expect(compileFilter("10:42 wss://host")).toMatchObject({ select: { text: "10:42 wss://host" } });
    expect(compileFilter("wss://host").hints).toEqual([{ problem: "unknown-field", field: "wss", value: "//host" }]);
    expect(compileFilter("x".repeat(600)).select.text).toHaveLength(500);
    expect(compileFilter("", undefined, true).select).toEqual({ problems: true });
  });
});
