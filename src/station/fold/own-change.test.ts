import { expect, test } from "vitest";
import type { CommandRecord } from "../model.ts";
import { newStation } from "../model.ts";
import { ownChange } from "./own-change.ts";

const start = Date.UTC(2026, 6, 1, 12);
const minute = 60_000;

function after(minutes: number, command: Partial<CommandRecord>): string | undefined {
  const state = newStation("CP1", start);
  const record: CommandRecord = {
    id: "1",
    name: "reset",
    args: {},
    sentAt: start,
    outcome: { result: "accepted" },
    ...command,
  };
  return ownChange(
    { ...state, link: { state: "online", since: start - minute }, commands: [record] },
    start + minutes * minute,
  );
}

test.each([
  ["a reset that was accepted", 1, {}, "reset"],
  ["a reset without an answer", 1, { outcome: undefined }, "reset"],
  ["a reset long ago", 6, {}, undefined],
  ["a reset that was refused", 1, { outcome: { result: "rejected" } }, undefined],
  ["a reset that was put off", 60, { outcome: { result: "scheduled" } }, "reset"],
  ["a change of password", 1, { name: "set-password" }, "set-password"],
  ["a raw call that changes the connection", 1, { name: "raw", args: { action: "SetNetworkProfile" } }, "raw"],
  ["a raw call that changes nothing", 1, { name: "raw", args: { action: "GetVariables" } }, undefined],
  ["a start", 1, { name: "start" }, undefined],
  ["a start that was put off", 1, { name: "start", outcome: { result: "scheduled" } }, undefined],
] as const)("the end of a link after %s, %i min later, is ours: %o", (_about, minutes, command, name) => {
  expect(after(minutes, command as Partial<CommandRecord>)).toBe(name);
});

const named = (name: string) => ({ name });
const raw = (action: string) => ({ name: "raw", args: { action } });

test.each<readonly [Partial<CommandRecord>, number]>([
  ...["reset", "set-password", "set-security-profile", "prefer-network-profile"].map(
    (name) => [named(name), 5] as const,
  ),
  [named("certificate-signed"), 1],
  ...["Reset", "SetNetworkProfile"].map((action) => [raw(action), 5] as const),
  ...["ChangeConfiguration", "SetVariables"].map((action) => [raw(action), 1] as const),
  ...["UpdateFirmware", "SignedUpdateFirmware"].map((action) => [raw(action), 30] as const),
])("the end of a link is by %o for so many minutes, and no longer: %d", (command, minutes) => {
  const { name } = command;
  expect([0, minutes, minutes + 1 / minute].map((at) => after(at, command))).toEqual([name, name, undefined]);
});

test.each(["rejected", "unsupported", "offline"] as const)("what was %s brings nothing about", (result) => {
  expect(after(1, { outcome: { result } })).toBeUndefined();
});

test.each(["no-answer", "unreadable", "accepted"] as const)("what may have been taken may: %s", (result) => {
  expect(after(1, { outcome: { result } })).toBe("reset");
});

test("a restart that was put off before this link began has come, and what is sent later brings nothing about before", () => {
  expect(after(60, { sentAt: start - 2 * minute, outcome: { result: "scheduled" } })).toBeUndefined();
  expect(after(60, { sentAt: start - minute, outcome: { result: "scheduled" } })).toBe("reset");
  expect(after(1, { sentAt: start + 2 * minute })).toBeUndefined();
  expect(after(1, { sentAt: start + minute })).toBe("reset");
});

test("of several commands the last that may have brought it about is the one", () => {
  const command = (name: string, minutes: number, result: "accepted" | "rejected" = "accepted"): CommandRecord => ({
    ...{ id: name, name, args: {}, sentAt: start + minutes * minute, outcome: { result } },
  });
  const commands = [
    command("reset", 0),
    command("set-password", 1),
    command("start", 2),
    command("reset", 2, "rejected"),
  ];
  expect(ownChange({ ...newStation("CP1", start), commands }, start + 3 * minute)).toBe("set-password");
});
