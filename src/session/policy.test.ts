import { expect, test } from "vitest";
import { newStation } from "../station/model.ts";
import { createPolicy, type TokenRule } from "./policy.ts";

const now = Date.parse("2026-06-01T00:00:00Z");

function decide(rule: TokenRule | undefined, acceptAll: boolean, station = newStation("CP1", 0)) {
  const policy = createPolicy({
    settings: () => ({ bootStatus: "Accepted", heartbeatSeconds: 300, answerSeconds: 30 }),
    find: () => rule,
    acceptAll: () => acceptAll,
  });
  return policy.decide({ value: "A" }, now, station);
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

test("a token of a start that we commanded a short while ago is accepted, though not listed", () => {
  const command = { id: "1", name: "start", args: { token: { value: "a" } }, sentAt: now - 60_000 };
  const station = { ...newStation("CP1", 0), commands: [command] };
  expect(decide(undefined, false, station)).toEqual({ status: "Accepted" });
  expect(decide({ status: "Blocked" }, false, station)).toEqual({ status: "Blocked" });
  const older = { ...station, commands: [{ ...command, sentAt: now - 301_000 }] };
  expect(decide(undefined, false, older)).toEqual({ status: "Invalid" });
});
