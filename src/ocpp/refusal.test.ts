import { expect, it, test } from "vitest";
import { finding, observed } from "../station/findings.ts";
import { words } from "../station/phrases.ts";
import type { Rule } from "../words/en/findings.ts";
import { answerUnserved, isErrorCode, refusalOf } from "./refusal.ts";
import { v201 } from "./v2/dialect.ts";
import { v16 } from "./v16/dialect.ts";

it("refuses by what makes the rest unreadable, and says where", () => {
  const findings = [
    observed("missing-field", "Heartbeat /x", words("nothing"), words("a-field", { name: "x" })),
    finding("payload-null", "Heartbeat", null, "{}"),
  ];
  expect([v16, v201].map(({ errorCodes }) => refusalOf(findings, errorCodes))).toEqual([
    { code: "FormationViolation", description: "payload-null at Heartbeat: expected {}" },
    { code: "FormatViolation", description: "payload-null at Heartbeat: expected {}" },
  ]);
});

it("refuses nothing for what the specification has no error for", () => {
  const findings = [finding("register-backwards", "x", "1"), finding("faulted-without-error", "y", "")];
  expect(refusalOf(findings, v16.errorCodes)).toBeNull();
  expect(refusalOf([finding("early-call", "Heartbeat", "")], v16.errorCodes)).toBeNull();
});

test.each<[Rule, string | undefined, string]>([
  ["early-call", undefined, "SecurityError"],
  ["bad-message-shape", "FormationViolation", "RpcFrameworkError"],
  ["bad-message-id", "FormationViolation", "RpcFrameworkError"],
  ["payload-null", "FormationViolation", "FormatViolation"],
  ["unknown-field", "FormationViolation", "ProtocolError"],
  ["missing-field", "OccurenceConstraintViolation", "OccurenceConstraintViolation"],
  ["empty-list", "OccurenceConstraintViolation", "OccurenceConstraintViolation"],
  ["wrong-type", "TypeConstraintViolation", "TypeConstraintViolation"],
  ["too-long", "PropertyConstraintViolation", "PropertyConstraintViolation"],
  ["unknown-value", "PropertyConstraintViolation", "PropertyConstraintViolation"],
  ["unknown-context", "PropertyConstraintViolation", "PropertyConstraintViolation"],
  ["unknown-error-code", "PropertyConstraintViolation", "PropertyConstraintViolation"],
  ["unknown-phase", "PropertyConstraintViolation", "PropertyConstraintViolation"],
  ["bad-format", "PropertyConstraintViolation", "PropertyConstraintViolation"],
  ["time-unreadable", "PropertyConstraintViolation", "PropertyConstraintViolation"],
  ["time-without-zone", "PropertyConstraintViolation", "PropertyConstraintViolation"],
  ["out-of-range", "PropertyConstraintViolation", "PropertyConstraintViolation"],
])("%s is refused with %s in 1.6 and %s in 2.0.1", (rule, first, second) => {
  const codes = [v16, v201].map(({ errorCodes }) => refusalOf([finding(rule, "x", "")], errorCodes)?.code);
  expect(codes).toEqual([first, second]);
});

it("answers what is not ours to serve by whether the version has it, or with nothing where that is asked for", () => {
  const call = { type: "call", id: "1", echo: '"1"', action: "Reset", payload: {} } as Parameters<
    typeof answerUnserved
  >[0];
  const codes = [answerUnserved(call, true, false), answerUnserved(call, false, false)].map(
    (text) => JSON.parse(text)[2],
  );
  expect(codes).toEqual(["NotSupported", "NotImplemented"]);
  expect(JSON.parse(answerUnserved(call, true, true))).toEqual([3, "1", {}]);
});

it.each([
  ["FormationViolation", true, false],
  ["FormatViolation", false, true],
  ["RpcFrameworkError", false, true],
  ["MessageTypeNotSupported", false, true],
  ["OccurenceConstraintViolation", true, true],
  ["OccurrenceConstraintViolation", true, true],
  ["SecurityError", true, true],
  ["GenericError", true, true],
  ["InternalError", true, true],
  ["NotImplemented", true, true],
  ["NotSupported", true, true],
  ["PropertyConstraintViolation", true, true],
  ["ProtocolError", true, true],
  ["TypeConstraintViolation", true, true],
  ["Teapot", false, false],
])("%s is a code of 1.6: %s, of 2.x: %s", (code, first, second) => {
  expect([isErrorCode(code, "1.6"), isErrorCode(code, "2.0.1"), isErrorCode(code, "2.1")]).toEqual([
    first,
    second,
    second,
  ]);
});

it("says where, and what was expected where that is known", () => {
  const found = finding("too-long", "Authorize /idTag", "x");
  expect(refusalOf([found], v16.errorCodes)?.description).toBe("too-long at Authorize /idTag");
  expect(refusalOf([{ ...found, expected: "20" }], v16.errorCodes)?.description).toBe(
    "too-long at Authorize /idTag: expected 20",
  );
  expect(refusalOf([], v16.errorCodes)).toBeNull();
});
