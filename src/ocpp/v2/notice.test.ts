import { expect, test } from "vitest";
import { notice, noticed, present, unsupportedRequest } from "./notice.ts";
import { noon } from "./test-exchange.ts";

/** The summary of a message. */
function summary(from: object, fields: string[]): string {
  const event = noticed("X", from as never, fields, noon).at(-1);
  return event?.kind === "noticed" ? String(event.summary) : "";
}

test("fields are told by their last name, deep ones and those in lists too; what is missing is left out", () => {
  const from = { a: { b: 1 }, list: [{ c: "x" }, { c: "y" }, 5], empty: "", none: null };
  expect(summary(from, ["a.b", "list.c", "#list", "gone", "#gone", "none.b"])).toBe("b 1, c x y, list 3");
});

test("of many values eight are told, and how many there are", () => {
  const numbers = (count: number) => ({ n: Array.from({ length: count }, (_, at) => at) });
  expect(summary(numbers(8), ["n"])).toBe("n 0 1 2 3 4 5 6 7");
  expect(summary(numbers(9), ["n"])).toBe("n 0 1 2 3 4 5 6 7 … 9");
});

test("a summary is at most 300 characters, and ends with a mark where it is cut", () => {
  const of = (length: number) => summary({ a: "x".repeat(length) }, ["a"]);
  expect(of(298)).toBe(`a ${"x".repeat(298)}`);
  expect(of(299)).toBe(`a ${"x".repeat(297)}…`);
});

test("the station's time is read from the field that holds it; one that cannot be read is a finding", () => {
  const [told] = noticed("X", { at: "2026-01-31T11:59:00Z" }, [], noon, "at");
  expect(told).toMatchObject({ kind: "noticed", stationTime: "2026-01-31T11:59:00Z" });
  const [found, untold] = noticed("X", { at: "noon" }, [], noon, "at");
  expect([found?.kind, found?.kind === "found" && found.finding.where]).toEqual(["found", "X /at"]);
  expect(untold).toEqual({ kind: "noticed", action: "X", summary: "" });
});

test("a notice is answered the same way each time", () => {
  const reply = { status: "Accepted" };
  expect(notice("X", [], undefined, reply).reply({}, {} as never)).toBe(reply);
  expect(notice("X", []).reply({}, {} as never)).toEqual({});
  expect(unsupportedRequest("no")).toEqual({ reasonCode: "UnsupportedRequest", additionalInfo: "no" });
  expect(present({ a: 1, b: undefined, c: null })).toEqual({ a: 1, c: null });
});
