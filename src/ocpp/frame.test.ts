import fc from "fast-check";
import { expect, test } from "vitest";
import { stringifyJson } from "../lib/json.ts";
import { answeredId, readFrame, readHead, writeCall, writeError, writeResult, writeResultError } from "./frame.ts";

test("reads a CALL", () => {
  expect(readFrame('[2,"1","Heartbeat",{}]')).toEqual({
    type: "call",
    id: "1",
    echo: '"1"',
    action: "Heartbeat",
    payload: {},
    plain: {},
    findings: [],
  });
});

test("reads 2.1's SEND and CALLRESULTERROR", () => {
  expect(readFrame('[6,"1","NotifyPeriodicEventStream",{"id":1}]')).toMatchObject({ type: "send", findings: [] });
  expect(readFrame('[5,"1","FormatViolation","why",{}]')).toEqual({
    type: "result-error",
    id: "1",
    code: "FormatViolation",
    description: "why",
    details: {},
    findings: [],
  });
});

test("echoes an id that is a number as a number", () => {
  expect(readFrame('[2,42,"Heartbeat",{}]')).toMatchObject({
    id: "42",
    echo: "42",
    findings: [{ rule: "bad-message-id", said: "42" }],
  });
});

test("reads a payload of null or [] as {}, with a finding", () => {
  for (const payload of ["null", "[]"]) {
    expect(readFrame(`[2,"1","Heartbeat",${payload}]`)).toMatchObject({
      payload: {},
      plain: {},
      findings: [{ rule: "payload-null", where: "Heartbeat" }],
    });
  }
  expect(readFrame('[3,"1"]')).toMatchObject({ type: "result", payload: {}, findings: [{ rule: "payload-null" }] });
});

test("names what stands behind the last part of a message, and reads the rest", () => {
  const texts = ['[2,"1","Heartbeat",{},1]', '[3,"1",{},1]', '[4,"1","GenericError","",{},1]'];
  for (const text of texts) {
    expect(readFrame(text)).toMatchObject({
      id: "1",
      findings: [{ rule: "bad-message-shape", where: "frame", said: "[1]" }],
    });
  }
});

test("gives the schemas doubles, and us every digit", () => {
  expect(readFrame('[2,"1","StopTransaction",{"transactionId":9223372036854775807}]')).toMatchObject({
    payload: { transactionId: 9223372036854775807n },
    plain: { transactionId: 2 ** 63 },
  });
});

const deep = `${"[".repeat(3100)}${"]".repeat(3100)}`;
const deepCall = `[2,"1","Heartbeat",${deep}]`;
const tooDeep = { phrase: "at-most-levels", values: { limit: 64 } };

test.each([
  [deep, { id: undefined, call: false, findings: [{ where: "frame", expected: tooDeep }] }],
  [deepCall, { id: "1", echo: '"1"', call: true, findings: [{ where: "Heartbeat", expected: tooDeep }] }],
  [`[2,"1","X",{"unknown":${deep}}]`, { id: "1", call: true }],
  [`[2,${deep},"Heartbeat",{}]`, { id: undefined, call: false }],
  [`[3,"1",${deep}]`, { id: "1", call: false }],
  [`[4,"1","GenericError","",${deep}]`, { id: "1", call: false }],
  [`[2,7,"X",${'{"a":'.repeat(3100)}`, { id: "7", echo: "7", call: true }],
  [
    `[2,"1","X",[${"1,".repeat(100_001)}1]]`,
    { id: "1", findings: [{ expected: { phrase: "at-most-values", values: { limit: 100_000 } } }] },
  ],
])("a message beyond the bounds is not read, but its id is: %#", (text, expected) => {
  const frame = readFrame(text);
  expect(frame).toMatchObject({ type: "unreadable", findings: [{ rule: "too-complex" }], ...expected });
});

test("an id that is longer than any is not echoed", () => {
  expect(readFrame(JSON.stringify([2, "a".repeat(256), "Heartbeat", {}]))).toMatchObject({
    type: "unreadable",
    id: undefined,
    echo: undefined,
    findings: [{ rule: "bad-message-id", where: "frame /1" }],
  });
});

test.each(["1.2345678901234568e+29", "0.12345678901234567890", "4.1077884899728505e-22"])(
  "echoes an id that is the number %s digit for digit",
  (id) => {
    expect(readFrame(`[2,${id},"Heartbeat",{}]`)).toMatchObject({ type: "call", id, echo: id });
  },
);

test.each(["1e400", "-1e400", `${"9".repeat(400)}`])("an id that is no number to echo cannot be read: %s", (id) => {
  const frame = readFrame(`[2,${id},"Heartbeat",{}]`);
  expect(frame).toMatchObject({ type: "unreadable", echo: undefined, findings: [{ rule: "bad-message-id" }] });
});

test("a number that no double holds is never null", () => {
  const frame = readFrame('[2,"1","DataTransfer",{"data":[1e400,-1e400]}]');
  expect(frame.type === "call" && stringifyJson(frame.payload)).toBe('{"data":[1e400,-1e400]}');
});

test("never throws, whatever comes", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.json(),
        fc.array(fc.jsonValue()).map((list) => JSON.stringify(list)),
      ),
      (text) => {
        expect(readFrame(text).type).toMatch(/^(call|send|result|error|result-error|unreadable)$/);
      },
    ),
    { numRuns: 2000 },
  );
});

test("writes what it reads", () => {
  expect(writeCall("a", "Reset", '{"type":"Soft"}')).toBe('[2,"a","Reset",{"type":"Soft"}]');
  expect(writeResult("42", { status: "Accepted" })).toBe('[3,42,{"status":"Accepted"}]');
  expect(writeError('"a"', "NotImplemented", "x".repeat(300))).toBe(`[4,"a","NotImplemented","${"x".repeat(255)}",{}]`);
});

const spoken = [
  ...['[2,"1","Authorize",{"idTag":"A"}]', '[6,"1","NotifyPeriodicEventStream",{"id":1}]', '[3,"1",{"a":1}]'],
  ...['[4,"1","GenericError","why",{"a":1}]', '[5,"1","FormatViolation","why",{}]'],
  // Of another kind, or of none.
  ...["{}", "7", '"2"', "null", "[]", "[2]", '[7,"1","X",{}]', '[1,"1","X",{}]', '["7","1","X",{}]', '[null,"1"]'],
  ...['["2","1","Heartbeat",{}]', '["3","1",{}]', '["4","1","GenericError","",{}]', '[2.5,"1","X",{}]'],
  // Ids.
  ...['[2,"","Heartbeat",{}]', '[2,null,"Heartbeat",{}]', '[2,{},"Heartbeat",{}]', '[2,1.50,"Heartbeat",{}]'],
  ...[`[2,"${"i".repeat(36)}","Heartbeat",{}]`, `[2,"${"i".repeat(37)}","Heartbeat",{}]`],
  ...[`[2,"${"i".repeat(255)}","Heartbeat",{}]`, '[2,9007199254740993,"Heartbeat",{}]', '[2,-7,"Heartbeat",{}]'],
  // Parts that are missing, too many, or of another kind.
  ...[
    '[2,"1"]',
    '[2,"1",7,{}]',
    '[2,"1","",{}]',
    '[2,"1","Heartbeat"]',
    '[2,"1","Heartbeat",null]',
    '[2,"1","Heartbeat",[]]',
  ],
  ...['[2,"1","Heartbeat",[1]]', '[2,"1","Heartbeat","{}"]', '[2,"1","Heartbeat",7]', '[2,"1","Heartbeat",{},1,2]'],
  ...['[3,"1"]', '[3,"1",null]', '[3,"1",[]]', '[3,"1","x"]', "[3]", "[3,null,{}]", '[3,"1",{},1]', '[6,"1","X",7]'],
  ...['[4,"1"]', '[4,"1",7,"",{}]', '[4,"1",true,"",{}]', '[4,"1","X"]', '[4,"1","X",7,{}]', '[4,"1","X","",[]]'],
  ...['[4,"1","X","",{},1]', "[4]", '[4,null,"X"]', '[5,"1"]', "[5]", '[4,"1",9007199254740993,"",{}]', '[4,"1",1.5]'],
  // Not JSON, and what can be told of it.
  ...[
    "",
    "hello",
    "[2,",
    '[2,"1","Heartbeat",{}',
    '[3,"1",{',
    '[4,"1","X"',
    '[6,"1","X",{',
    '[2,7,"X",}',
    '[2,"\\x","X",',
  ],
  ...['["2","1","Heartbeat",', `[2,"${"i".repeat(256)}","X",`, '[9,"1","X",'],
];

test("what each text on the wire turns out to be", async () => {
  const cut = (text: string) => (text.length > 60 ? `${text.slice(0, 20)}… (${text.length})` : text);
  const shown = (_key: string, value: unknown) => {
    if (typeof value === "bigint") return `${value}n`;
    // What the parser of this machine says is not ours.
    return typeof value === "object" && value !== null && "error" in value ? { error: "…" } : value;
  };
  const told = spoken.map((text) => {
    const { findings, ...frame } = readFrame(text);
    const found = findings.map(
      ({ rule, where, said, expected }) => `  ${rule} ${JSON.stringify([where, said, expected], shown)}\n`,
    );
    return `${cut(text)}\n  ${JSON.stringify(frame, shown)}\n${found.join("")}`;
  });
  await expect(told.join("")).toMatchFileSnapshot("told/frames.txt");
});

test("the head of a text is told as far as it goes, whatever comes behind", () => {
  expect(readHead(' [ "2" , "1" , "Heartbeat" , oops')).toEqual({ type: 2, id: "1", action: "Heartbeat" });
  expect(readHead("[3,7,")).toEqual({ type: 3, id: 7, action: undefined });
  expect(readHead('[2,"a\\"b","X"')).toEqual({ type: 2, id: 'a"b', action: "X" });
  for (const text of ["", "[7,1", '[2,"', '[2,"\\x","X"', "hello"]) expect(readHead(text)).toEqual({});
});

test("what answers a call is known by its id, readable or not, and nothing else answers one", () => {
  const answers = [
    '[3,"1",{}]',
    '[4,"1","X","",{}]',
    '[3,"1",7]',
    '[3,"1",{',
    '[5,"1","X","",{}]',
    '[2,"1","X",{}]',
    '[2,"1"]',
    "x",
  ];
  expect(answers.map((text) => answeredId(readFrame(text)))).toEqual([
    ...["1", "1", "1", "1", undefined, undefined, undefined, undefined],
  ]);
});

test("a complaint about an answer is written with the words that fit into it", () => {
  expect(writeResultError("1", "FormatViolation", "x".repeat(256))).toBe(
    `[5,"1","FormatViolation","${"x".repeat(255)}",{}]`,
  );
  expect(writeResult('"1"', {})).toBe('[3,"1",{}]');
  expect(writeResult('"1"', { n: 9007199254740993n })).toBe('[3,"1",{"n":9007199254740993}]');
  expect(writeError("7", "X", "", { a: 1 })).toBe('[4,7,"X","",{"a":1}]');
});
