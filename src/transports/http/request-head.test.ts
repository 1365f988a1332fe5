import { expect, test } from "vitest";
import { type Head, headerOf, readHead } from "./request-head.ts";

const read = (text: string) => readHead(Buffer.from(text, "latin1"));
function headOf(text: string): Head {
  const reading = read(text);
  if (reading.state !== "done") throw new Error(reading.state);
  return reading.head;
}
const lines = (...headers: string[]) => headOf(["GET /CP1 HTTP/1.1", "Host: x", ...headers, "", ""].join("\r\n"));

test("a head as it should be has nothing odd about it", () => {
  const text = "GET /CP1 HTTP/1.1\r\nHost: x\r\nA:\tb \r\n\r\n";
  expect(headOf(`${text}rest`)).toEqual({
    ...{
      line: "GET /CP1 HTTP/1.1",
      method: "GET",
      target: "/CP1",
      version: "1.1",
      deviations: [],
      length: text.length,
    },
    headers: [
      ["Host", "x"],
      ["A", "b"],
    ],
  });
});

test.each([
  "get /CP1 HTTP/1.1",
  "GET  /CP1 HTTP/1.1",
  "GET\t/CP1 HTTP/1.1",
  "GET /CP1  HTTP/1.1",
  "GET /CP1 HTTP/1.1 ",
  "GET /CP 1 HTTP/1.1",
  "GET /CP1 HTTP/1.0",
  "GET /CP1 HTTP/2.0",
  "GET /CP1 http/1.1",
])("a line is odd: %j", (line) => {
  expect(headOf(`${line}\r\nHost: x\r\n\r\n`).deviations).toEqual([{ kind: "request-line", said: line }]);
});

test.each([
  ["\r\nGET /CP1 HTTP/1.1\r\nHost: x\r\n\r\n", "request-line", "GET /CP1 HTTP/1.1"],
  ["GET /CP1 HTTP/1.1\nHost: x\r\n\r\n", "line-end", "GET /CP1 HTTP/1.1"],
  ["GET /CP1 HTTP/1.1\r\nHost: x\n\r\n", "line-end", "GET /CP1 HTTP/1.1"],
  ["GET /CP1 HTTP/1.1\r\nHost: x\r\n\n", "line-end", "GET /CP1 HTTP/1.1"],
  ["GET /CP1 HTTP/1.1\r\nA: b\r\n\r\n", "no-host", ""],
])("what is odd of %j is %s", (text, kind, said) => {
  expect(headOf(text).deviations).toEqual([{ kind, said }]);
});

test.each([
  [["A: 1", " 2"], [["A", "1 2"]], [{ kind: "folded", said: "A" }]],
  [["A:", "\t2"], [["A", "2"]], [{ kind: "folded", said: "A" }]],
  [["no colon here"], [], [{ kind: "no-colon", said: "no" }]],
  [["A : 1"], [["A", "1"]], [{ kind: "blank-in-name", said: "A " }]],
  [["A(: 1"], [], [{ kind: "name", said: "A(" }]],
  [[": 1"], [], [{ kind: "name", said: "" }]],
  [["A: x\u0001y"], [["A", "x\u0001y"]], [{ kind: "control", said: "A" }]],
  [["A: \u00e5\ty"], [["A", "\u00e5\ty"]], []],
])("of the headers %j is read %j", (given, headers, deviations) => {
  const { headers: all, deviations: found } = lines(...given);
  expect([all.slice(1), found]).toEqual([headers, deviations]);
});

test("a fold before any header belongs to nothing", () => {
  const head = headOf("GET /CP1 HTTP/1.1\r\n lost\r\nHost: x\r\n\r\n");
  expect([head.headers, head.deviations]).toEqual([[["Host", "x"]], [{ kind: "folded", said: "lost" }]]);
});

test.each(["Authorization", "Sec-WebSocket-Key", "Sec-WebSocket-Version", "User-Agent", "Origin", "Content-Length"])(
  "%s comes once, and its first value counts",
  (name) => {
    const head = lines(`${name}: 1`, `${name.toUpperCase()}: 2`);
    expect(head.deviations).toEqual([{ kind: "duplicate", said: name.toUpperCase() }]);
    expect(headerOf(head, name.toLowerCase())).toBe("1");
  },
);

test("Host comes once", () => {
  expect(lines("host: y").deviations).toEqual([{ kind: "duplicate", said: "host" }]);
});

test.each(["Connection", "Upgrade", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions"])("%s is a list", (name) => {
  const head = lines(`${name}: a, b`, `${name}: c`);
  expect([headerOf(head, name.toLowerCase()), head.deviations]).toEqual(["a, b, c", []]);
  expect(headerOf(lines(), name.toLowerCase())).toBeUndefined();
});

test("other headers come as often as they will, and the first counts", () => {
  const head = lines("X: 1", "x: 2");
  expect([headerOf(head, "x"), head.deviations]).toEqual(["1", []]);
});

const padding = (length: number) => `GET /CP1 HTTP/1.1\r\nA: ${"x".repeat(length - 22)}`;

test.each([
  [`${padding(16_384 - 4)}\r\n\r\n`, "done"],
  [`${padding(16_384 - 3)}\r\n\r\n`, "too-large"],
  [padding(16_384), "more"],
  [padding(16_385), "too-large"],
  [`GET /${"x".repeat(16_379)}`, "more"],
  [`GET /${"x".repeat(16_380)}`, "too-large"],
  ["\r\n\r\n", "more"],
  ["x".repeat(32), "more"],
  ["x".repeat(33), "not-http"],
  [`${"x".repeat(33)} /\r\n`, "bad-line"],
  ["FOO bar\r\n", "not-http"],
  ["FOO /bar\r\n", "bad-line"],
  ["FOO bar HTTP/1\r\n", "bad-line"],
  ["put\r\n", "bad-line"],
  ["/CP1 x\r\n", "not-http"],
  ["GET /\u0001 HTTP/1.1\r\n", "bad-line"],
  ["GET /CP1 HTTP/1.1\r\n\r\n", "done"],
])("a head of %j is %s", (text, state) => {
  expect(read(text).state).toBe(state);
});

test("bytes of a larger buffer are read where they stand", () => {
  const all = Buffer.from("XXGET /CP1 HTTP/1.1\r\nHost: x\r\n\r\nYY");
  const reading = readHead(all.subarray(2, -2));
  expect(reading).toMatchObject({ state: "done", head: { method: "GET", length: all.length - 4 } });
});
