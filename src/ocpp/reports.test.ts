import { expect, test } from "vitest";
import { asksForReport, promisedReport } from "./reports.ts";

const asked = (requestId: unknown) =>
  JSON.stringify([2, "1", "GetBaseReport", { requestId, reportBase: "FullInventory" }]);
const answered = (status: string) => JSON.stringify([3, "1", { status }]);

test("a report follows a request for one, and no other", () => {
  const actions = ["GetBaseReport", "GetReport", "GetVariables", null];
  expect(actions.map(asksForReport)).toEqual([true, true, false, false]);
});

test.each([
  ["Accepted", 7],
  ["Rejected", null],
  ["NotSupported", null],
  ["EmptyResultSet", null],
])("an answer of %s promises the report %s", (status, report) => {
  expect(promisedReport(asked(7), answered(status))).toBe(report);
});

test("what is no answer, has no number, or a number beyond doubles, is told as it is", () => {
  expect(promisedReport(asked(7), '[4,"1","InternalError","",{}]')).toBeNull();
  expect(promisedReport("[2]", answered("Accepted"))).toBeNull();
  expect(promisedReport(asked("seven"), answered("Accepted"))).toBeNull();
  // An answer asks for nothing, and a question promises nothing.
  expect(promisedReport('[3,"1",{"requestId":7}]', answered("Accepted"))).toBeNull();
  expect(promisedReport(asked(7), '[2,"1","GetBaseReport",{"status":"Accepted"}]')).toBeNull();
  const large = asked(7).replace("7", "12345678901234567890");
  expect(promisedReport(large, answered("Accepted"))).toBe("12345678901234567890");
});
