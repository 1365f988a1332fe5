import { expect, it } from "vitest";
import { finding, observed } from "../station/findings.ts";
import { words } from "../station/phrases.ts";
import { refusalOf } from "./refusal.ts";
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
