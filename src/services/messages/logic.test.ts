import { expect, test } from "vitest";
import type { StoredFrame } from "../../store/frames.ts";
import { frameArrow, frameCsv, frameHead, frameJson } from "./lines.ts";
import { passes, readable, tellRecord, toRecords, toRow } from "./logic.ts";

const at = Date.UTC(2026, 0, 2, 3, 4, 5, 6);
const time = "2026-01-02T03:04:05.006Z";
const finding = { rule: "not-json", where: "frame", said: "hunter22" } as StoredFrame["findings"][number];

function stored(change: Partial<StoredFrame> = {}): StoredFrame {
  return {
    seq: 7,
    station: 1,
    connection: 3,
    at: at + 0.25,
    direction: "in",
    data: '[2,"7","Heartbeat",{}]',
    action: "Heartbeat",
    question: null,
    stationTime: null,
    findings: [],
    answer: null,
    ...change,
  };
}

test("a row is its frame, and our answer one number on: at the same time where it went within the millisecond", () => {
  const own = {
    seq: 7,
    time,
    station: "CP1",
    direction: "in",
    text: '[2,"7","Heartbeat",{}]',
    action: "Heartbeat",
    findings: [],
  };
  expect(toRecords(stored(), "CP1")).toEqual([own]);
  const reply = (answerAt: number) => toRecords(stored({ answer: { at: answerAt, text: "[3]" } }), "CP1")[1];
  const answer = { seq: 8, time, station: "CP1", direction: "out", text: "[3]", action: "Heartbeat", findings: [] };
  expect(reply(at + 0.9)).toEqual(answer);
  expect(reply(at + 1.1)).toEqual({ ...answer, time: "2026-01-02T03:04:05.007Z" });
});

test("what carried it is told of the link alone, and of its answer; marks and lane where it has some", () => {
  const marked = stored({ marks: ["held"], answer: { at, text: "[3]" } });
  expect(toRecords(marked, "CP1", "serial")).toMatchObject([
    { marks: ["held"], carrier: "serial" },
    { carrier: "serial" },
  ]);
  const [above] = toRecords(stored({ lane: "upstream" }), "CP1", "serial");
  expect(above).toMatchObject({ lane: "upstream" });
  expect(above).not.toHaveProperty("carrier");
  const [printed] = toRecords(stored({ lane: "console" }), "CP1", "serial");
  expect(printed).toMatchObject({ lane: "console", carrier: "console" });
  expect(Object.keys(toRecords(stored(), "CP1")[0] ?? {})).toEqual([
    ...["seq", "time", "station", "direction", "text", "action", "findings"],
  ]);
});

test("bytes that are no text are told as what can be read of them, and as they are", () => {
  expect(readable("å")).toEqual({ text: "å" });
  expect(readable(Uint8Array.of(0xff, 0x41))).toEqual({ text: "\ufffdA", base64: "/0E=" });
});

test("a frame whose text is told otherwise has its bytes and its findings masked as well; another is as it was", () => {
  const [record] = toRecords(stored({ data: Buffer.from("pw=hunter22"), findings: [finding] }), "CP1");
  if (!record) throw new Error("there is none");
  expect(tellRecord(record, (text) => text)).toBe(record);
  const told = tellRecord(record, (text) => text.replace("hunter22", "•••"));
  expect([told.text, told.base64]).toEqual(["pw=•••", "•••"]);
  expect(told.base64).not.toBe(record.base64);
  const secret = '[2,"7","Heartbeat",{"password":"hunter22"}]';
  const [named] = toRecords(stored({ data: secret, findings: [finding] }), "CP1");
  expect(tellRecord(named as typeof record, (text) => text.replace("hunter22", "•••"))).toMatchObject({
    text: secret.replace("hunter22", "•••"),
    findings: [{ ...finding, said: "•••" }],
  });
  const [plain] = toRecords(stored({ data: "pw=hunter22" }), "CP1");
  expect(tellRecord(plain as typeof record, () => "x")).not.toHaveProperty("base64");
});

test("a row of the list has what its frame has, and its answer: ours, or the station's", () => {
  const row = toRow(
    stored({ question: 5, lane: "upstream", marks: ["held"], data: Buffer.from("å") }),
    "CP1",
    undefined,
  );
  expect(row).toMatchObject({
    kind: "unreadable",
    bytes: 2,
    question: 5,
    lane: "upstream",
    marks: ["held"],
    messageId: null,
  });
  expect(Object.keys(toRow(stored(), "CP1", undefined))).not.toContain("question");
  expect(toRow(stored({ data: '["å"]' }), "CP1", undefined).bytes).toBe(6);
  const ours = toRow(stored({ answer: { at: at + 12.34, text: '[4,"7","InternalError","",{}]' } }), "CP1", stored());
  expect(ours.answer).toEqual({
    ...{
      seq: 8,
      at: at + 12.34,
      latencyMs: 12.1,
      kind: "error",
      summary: [],
      errorCode: "InternalError",
      findings: [],
    },
  });
  const theirs = stored({ seq: 9, at: at - 5, data: '[3,"7",{}]', findings: [finding], marks: ["delayed"] });
  expect(toRow(stored({ direction: "out" }), "CP1", theirs).answer).toEqual({
    ...{ seq: 9, at: at - 5, latencyMs: 0, kind: "result", summary: [], errorCode: undefined },
    ...{ findings: [finding], marks: ["delayed"] },
  });
});

test.each([
  ['[2,"a","Heartbeat",{}]', "Heartbeat", "call", "a"],
  ['[6,"a","NotifyPeriodicEventStream",{}]', "NotifyPeriodicEventStream", "send", "a"],
  ['[3,"a",{}]', "Heartbeat", "result", "a"],
  ['[4,"a","GenericError","",{}]', "Heartbeat", "error", "a"],
  ['[5,"a","GenericError","",{}]', "Heartbeat", "error", "a"],
  ["[9]", null, "unreadable", null],
  ['{"modbus":1,"profile":"p","unit":1,"reads":[],"told":{"statuses":[],"samples":[]}}', "Modbus", "reading", null],
  ['{"console":1,"profile":"p","answers":[],"told":{"statuses":[],"samples":[]}}', "Console", "reading", null],
] as const)("%s is told as %s: %s", (data, action, kind, messageId) => {
  const row = toRow(stored({ data, action }), "CP1", undefined);
  expect([row.kind, row.messageId]).toEqual([kind, messageId]);
  expect(row.summary).toEqual(kind === "error" ? [{ label: "errorCode", value: "GenericError" }] : expect.any(Array));
});

test.each([
  [{}, true],
  [{ station: "CP1" }, true],
  [{ station: "CP2" }, false],
  [{ from: at + 0.25 }, true],
  [{ from: at + 0.26 }, false],
  [{ to: at + 0.25 }, true],
  [{ to: at + 0.24 }, false],
  [{ direction: "in" }, true],
  [{ direction: "out" }, false],
  [{ on: "link" }, true],
  [{ on: "console" }, false],
  [{ action: "heartBeat" }, true],
  [{ action: "Heart" }, false],
  [{ text: "HEART" }, true],
  [{ text: "late" }, true],
  [{ text: "none" }, false],
  [{ problems: true }, false],
] as const)("a row passes %j: %s", (filter, shown) => {
  expect(passes(stored({ answer: { at, text: '[3,"7",{"late":1}]' } }), "CP1", filter)).toBe(shown);
});

test("a problem is a finding, an error either way, or a fault that a station tells", () => {
  const problem = (change: Partial<StoredFrame>) => passes(stored(change), "CP1", { problems: true });
  const status = (text: string) => problem({ action: "StatusNotification", data: text });
  const event = (text: string) => problem({ action: "NotifyEvent", data: text });
  expect(
    [
      problem({ findings: [finding] }),
      problem({ data: '[4,"7"]' }),
      problem({ answer: { at, text: '[4,"7"]' } }),
      problem({ answer: { at, text: '[3,"7"]' } }),
      status('{"status":"FAULTED"}'),
      status('{"errorCode":"GroundFailure"}'),
      status('{"errorCode":"NoError"}'),
      status("{}"),
      event('{"name":"Problem"}'),
      event('{"techCode":"1"}'),
      event("{}"),
      problem({ data: '{"errorCode":"x"}' }),
    ].map(Number),
  ).toEqual([1, 1, 1, 0, 1, 1, 0, 0, 1, 1, 0, 0]);
});

test("a frame stands in a table and as a line, without secrets, and an arrow tells its way", () => {
  const [record] = toRecords(
    stored({ findings: [finding, { ...finding, rule: "too-long" }], marks: ["held", "changed"] }),
    "CP1",
  );
  if (!record) throw new Error("there is none");
  const cells = frameCsv(record, (text) => text).trimEnd();
  expect(frameHead).toEqual(["seq", "time", "station", "direction", "lane", "action", "text", "findings", "marks"]);
  expect(cells).toBe(
    `7,"${time}","CP1","in",,"Heartbeat","[2,""7"",""Heartbeat"",{}]","not-json, too-long","held, changed"`,
  );
  expect(JSON.parse(frameJson(record, (text) => text))).toEqual(record);
  const told = (text: string) => text.replaceAll("Heartbeat", "•••");
  expect(frameJson(record, told)).not.toContain("Heartbeat");
  expect(frameCsv({ ...record, action: null, marks: undefined }, told)).not.toContain("Heartbeat");
  const arrow = (direction: "in" | "out" | "unknown", lane?: "upstream" | "console") => frameArrow({ direction, lane });
  expect([
    arrow("in"),
    arrow("out"),
    arrow("in", "upstream"),
    arrow("out", "upstream"),
    arrow("unknown", "console"),
  ]).toEqual([...["<", ">", "<<", ">>", "~?"]]);
});
