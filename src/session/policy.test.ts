import { expect, test } from "vitest";
import { createPolicy, type TokenRule } from "./policy.ts";

const now = Date.parse("2026-06-01T00:00:00Z");

function decide(rule: TokenRule | undefined, acceptAll: boolean) {
  const policy = createPolicy({
    settings: () => ({ bootStatus: "Accepted", heartbeatSeconds: 300, answerSeconds: 30 }),
    find: () => rule,
    acceptAll: () => acceptAll,
  });
  return policy.decide({ value: "A" }, now);
}

test("a token that is not listed is accepted or invalid, by the switch", () => {
  expect(decide(undefined, true)).toEqual({ status: "Accepted" });
  expect(decide(undefined, false)).toEqual({ status: "Invalid" });
});

test("a listed token keeps its status, whatever the switch says", () => {
  expect(decide({ status: "Blocked", group: "G" }, true)).toEqual({ status: "Blocked", group: { value: "G" } });
});

test("an accepted token is expired past its date", () => {
  expect(decide({ status: "Accepted", expiry: "2026-05-31T23:59:59Z" }, true)).toEqual({
    status: "Expired",
    expiry: "2026-05-31T23:59:59Z",
  });
  expect(decide({ status: "Accepted", expiry: "2026-06-02T00:00:00Z" }, true).status).toBe("Accepted");
});
