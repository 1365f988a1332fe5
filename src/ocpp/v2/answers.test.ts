import { expect, test } from "vitest";
import type { JsonObject } from "../../lib/json.ts";
import { readAnswer } from "./answers.ts";
import { answerContext, noon } from "./test-exchange.ts";

const read = (action: string, answer: JsonObject) =>
  readAnswer(action, {}, answer, { at: noon, station: answerContext().station });

test.each<[action: string, answer: JsonObject, summary: string]>([
  ["DataTransfer", { status: "Accepted", data: { a: 1 } }, "status Accepted"],
  ["DataTransfer", { status: "Accepted", data: "x" }, "status Accepted, data x"],
  ["GetCompositeSchedule", { status: "Accepted", schedule: { evseId: 1 } }, "status Accepted, evseId 1"],
  ["GetLog", { status: "Accepted", filename: "a.log" }, "status Accepted, filename a.log"],
  ["GetPeriodicEventStream", { constantStreamData: [{ id: 7 }] }, "id 7"],
  ["GetTariffs", { status: "Accepted", tariffAssignments: [{ tariffId: "t" }] }, "status Accepted, tariffId t"],
  ["RequestStartTransaction", { status: "Accepted", transactionId: "5" }, "status Accepted, transactionId 5"],
  ["GetLocalListVersion", { versionNumber: 0 }, "versionNumber 0"],
  ["GetTransactionStatus", { messagesInQueue: false }, "messagesInQueue false"],
])("the answer to %s %j tells more than its outcome", (action, answer, summary) => {
  expect(read(action, answer)).toEqual([{ kind: "noticed", action, summary }]);
});

test.each<[action: string, answer: JsonObject]>([
  ["DataTransfer", { status: "Accepted" }],
  ["DataTransfer", { status: "Accepted", data: null }],
  ["GetCompositeSchedule", { status: "Rejected" }],
  ["GetLog", { status: "Accepted" }],
  ["GetPeriodicEventStream", {}],
  ["GetTariffs", { status: "NoTariff" }],
  ["RequestStartTransaction", { status: "Accepted" }],
  ["Reset", { status: "Accepted" }],
  ["toString", {}],
])("the answer to %s %j tells nothing more", (action, answer) => {
  expect(read(action, answer)).toEqual([]);
});
