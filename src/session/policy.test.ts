import { expect, test } from "vitest";
import { newStation, type StationState } from "../station/model.ts";
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

test("a token is expired from the moment of its date on, and one of another status keeps that", () => {
  const at = (ms: number) => new Date(now + ms).toISOString();
  const statuses = [-1, 0, 1].map((ms) => decide({ status: "Accepted", expiry: at(ms) }, true).status);
  expect(statuses).toEqual(["Expired", "Expired", "Accepted"]);
  expect(decide({ status: "Blocked", expiry: at(-1) }, true).status).toBe("Blocked");
});

test("a token of a start of ours is welcome for five minutes, though it is not listed", () => {
  const minutes = 60_000;
  const startedBefore = (ms: number, name = "start", value = "a") => {
    const command = { id: "1", name, args: { token: { value } }, sentAt: now - ms };
    return decide(undefined, false, { ...newStation("CP1", 0), commands: [command] } as StationState).status;
  };
  expect([startedBefore(0), startedBefore(5 * minutes), startedBefore(5 * minutes + 1)]).toEqual([
    "Accepted",
    "Accepted",
    "Invalid",
  ]);
  expect([startedBefore(0, "stop"), startedBefore(0, "start", "B")]).toEqual(["Invalid", "Invalid"]);
});

test.each([
  ["auto", true, true],
  ["ask", true, true],
  ["refuse", true, false],
  ["auto", false, false],
] as const)(
  "where requests are to be signed by %s, one that can be read (%s) is looked at: %s",
  (signCsr, reads, looks) => {
    const policy = createPolicy({
      settings: () => ({ ...settings, signCsr }),
      find: () => undefined,
      acceptAll: () => true,
      readsRequest: () => reads,
      bootOf: () => undefined,
    });
    expect([policy.signs("csr"), policy.answerMs(), policy.timeMilliseconds()]).toEqual([looks, 30_000, true]);
  },
);
