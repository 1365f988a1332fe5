import { expect, test } from "vitest";
import { newStation } from "../station/model.ts";
import { createPolicy, type PolicyOptions, type TokenRule } from "./policy.ts";

const now = Date.parse("2026-06-01T00:00:00Z");

const settings = {
  bootStatus: "Accepted",
  heartbeatSeconds: 300,
  answerSeconds: 30,
  timeMilliseconds: true,
  signCsr: "auto",
} as const;

test("a station's own boot answer goes before the setting, part by part", () => {
  const own: Record<string, ReturnType<PolicyOptions["bootOf"]>> = {
    CP1: { status: "Pending", intervalSeconds: 60 },
    CP2: { intervalSeconds: 20 },
    CP3: { status: "Rejected" },
  };
  const policy = createPolicy({
    settings: () => settings,
    find: () => undefined,
    acceptAll: () => true,
    readsRequest: () => true,
    bootOf: (identity) => own[identity],
  });
  expect(["CP1", "CP2", "CP3", "CP4"].map(policy.boot)).toEqual([
    { status: "Pending", intervalSeconds: 60 },
    { status: "Accepted", intervalSeconds: 20 },
    { status: "Rejected", intervalSeconds: 300 },
    { status: "Accepted", intervalSeconds: 300 },
  ]);
});

function decide(rule: TokenRule | undefined, acceptAll: boolean, station = newStation("CP1", 0)) {
  const policy = createPolicy({
    settings: () => settings,
    find: () => rule,
    acceptAll: () => acceptAll,
    readsRequest: () => true,
    bootOf: () => undefined,
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
