import { expect, test } from "vitest";
import { redact } from "../../redaction/redact.ts";
import { asItIs } from "../../redaction/tell.ts";
import { type LogOptions, readLogOptions, type TypedMoment } from "./options.ts";

const usual = {
  ...{ path: "a.log", part: undefined, work: { kind: "summary" }, json: false, language: "en", tell: redact },
  ...{ zone: undefined, limit: Number.POSITIVE_INFINITY },
};
const search = (query: object) => ({ work: { kind: "search", query: { from: undefined, to: undefined, ...query } } });

test.each<[args: string[], more: object]>([
  [[], {}],
  [["--json", "--lang", "sv", "--raw"], { json: true, language: "sv", tell: asItIs }],
  [["--part", "0.1", "--limit", "1"], { part: "0.1", limit: 1 }],
  [["--list"], { work: { kind: "list" } }],
  [["--lines", "1"], { work: { kind: "lines", from: 1, to: 1 } }],
  [["--lines", "7-7"], { work: { kind: "lines", from: 7, to: 7 } }],
  [["--lines", "7-999999999999"], { work: { kind: "lines", from: 7, to: 999_999_999_999 } }],
  [["--hex", "0"], { work: { kind: "hex", from: 0 } }],
  [["--hex=-5"], { work: { kind: "hex", from: 0 } }],
  [["--hex", "0x10"], { work: { kind: "hex", from: 16 } }],
  [["--grep", "a|b"], search({ text: "a|b", isPattern: true, matchCase: undefined })],
  [["--text", "a|b", "--match-case"], search({ text: "a|b", isPattern: false, matchCase: true })],
  [["--text", ""], search({ text: "", isPattern: false, matchCase: undefined })],
  [["--level", "error, debug"], search({ levels: ["error", "debug"] })],
  [["--zone", "UTC"], { zone: 0 }],
  [["--zone", "z"], { zone: 0 }],
  [["--zone", "+02:00"], { zone: 120 }],
  [["--zone=-0530"], { zone: -330 }],
])("what is asked of a log: %j", (args, more) => {
  expect(readLogOptions(["a.log", ...args])).toEqual({ ...usual, ...more });
});

/** A time in UTC as it is read by a log whose own clock is two hours ahead. */
const readAt = (work: LogOptions["work"]) =>
  work.kind === "at" ? new Date(work.at(120)).toISOString() : `no moment: ${work.kind}`;

test.each([
  ["2026-01-31T12:00:00Z", "2026-01-31T12:00:00.000Z"],
  ["2026-01-31 12:00z", "2026-01-31T12:00:00.000Z"],
  ["2026-01-31T12:00+01:00", "2026-01-31T11:00:00.000Z"],
  ["2026-01-31T12:00:00.5-01:00", "2026-01-31T13:00:00.500Z"],
  ["2026-01-31T12:00", "2026-01-31T10:00:00.000Z"],
  ["2026-01-31 12:00:07", "2026-01-31T10:00:07.000Z"],
  [" 2026-01-31 ", "2026-01-30T22:00:00.000Z"],
])("a moment with its zone, or of the log's own: %s", (given, utc) => {
  expect(readAt(readLogOptions(["a.log", "--at", given]).work)).toBe(utc);
});

test("a search has a beginning and an end, each by itself", () => {
  for (const [from, to] of [
    ["2026-01-31", undefined],
    [undefined, "2026-02-01T00:00Z"],
    ["2026-01-31", "2026-02-01"],
  ]) {
    const { work } = readLogOptions(["a.log", ...(from ? ["--from", from] : []), ...(to ? ["--to", to] : [])]);
    const at = (moment: TypedMoment | undefined) => moment && new Date(moment(0)).toISOString().slice(0, 10);
    expect(work.kind === "search" && [at(work.query.from), at(work.query.to)]).toEqual([from, to?.slice(0, 10)]);
  }
});
