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
