import { expect, it } from "vitest";
import type { StationEvent } from "../events.ts";
import { newStation, type RegistrationStatus, type StationState } from "../model.ts";
import { words } from "../phrases.ts";
import { judgeEvent } from "./plausibility.ts";
import { reduce } from "./reduce.ts";

const start = Date.UTC(2026, 6, 1, 12);
const minute = 60_000;

/** The rules that each boot breaks, at these minutes. */
function boots(minutes: number[], answered: RegistrationStatus = "Accepted", before: StationEvent[] = []) {
  let state: StationState = before.reduce(reduce, newStation("CP1", start));
  return minutes.map((at, index) => {
    const event: StationEvent = { kind: "booted", info: {}, answered, at: start + at * minute, seq: index + 10 };
    const found = judgeEvent(state, event);
    state = reduce(state, event);
    return found.map(({ rule, said }) => [rule, said]);
  });
}

it("names the fourth boot within ten minutes, and how many there were", () => {
  const said = (count: number, minutes: number) => [["boot-loop", words("boots-in", { count, minutes })]];
  expect(boots([0, 1, 2, 3, 4])).toEqual([[], [], [], said(4, 3), said(4, 3)]);
});

it("counts a boot of just so long ago, and none of before", () => {
  expect(boots([0, 3, 6, 10]).at(-1)).toHaveLength(1);
  expect(boots([0, 3, 6, 10.1]).at(-1)).toEqual([]);
});

it("tells a minute at least", () => {
  expect(boots([0, 0.1, 0.2, 0.3]).at(-1)).toEqual([["boot-loop", words("boots-in", { count: 4, minutes: 1 })]]);
});

it("does not count a boot that we brought about, nor those before it", () => {
  const reset: StationEvent = { kind: "command-sent", id: "r", name: "reset", args: {}, at: start + minute, seq: 1 };
  const said = [["boot-loop", words("boots-in", { count: 4, minutes: 2 })]];
  expect(boots([0.9, 1.5, 6.1, 7, 7.5, 8.4], "Accepted", [reset])).toEqual([[], [], [], [], [], said]);
});

it("says nothing of boots that lie apart", () => {
  expect(boots([0, 4, 8, 12, 16])).toEqual([[], [], [], [], []]);
});

it("says nothing of a boot that comes again because it was not accepted", () => {
  expect(boots([0, 1, 2, 3, 4], "Pending")).toEqual([[], [], [], [], []]);
});

it.each([
  { name: "reset", args: { kind: "hard" }, since: 1, asked: "reset" },
  { name: "trigger", args: { message: "BootNotification" }, since: -1, asked: "trigger" },
  // Over a new link it has restarted, whatever we asked for.
  { name: "trigger", args: { message: "BootNotification" }, since: 1, asked: undefined },
  { name: "reset", args: { kind: "soft" }, since: -1, asked: undefined },
])("a boot after our $name, over a link since minute $since, was asked for: $asked", ({ name, args, since, asked }) => {
  const opened = {
    kind: "link-opened",
    connection: 1,
    ocpp: "1.6",
    via: {
      kind: "websocket",
      remoteAddress: "",
      secure: false,
      securityProfile: 0,
      offered: [] as string[],
      path: "/CP1",
    },
  } as const;
  const events: StationEvent[] = [
    { ...opened, at: start + since * minute, seq: 1 },
    { kind: "command-sent", id: "a", name, args, at: start, seq: 2 },
    { kind: "booted", info: {}, answered: "Accepted", at: start + 2 * minute, seq: 3 },
    { kind: "booted", info: {}, answered: "Accepted", at: start + 3 * minute, seq: 4 },
  ];
  const states = events.map((_event, index) => events.slice(0, index + 1).reduce(reduce, newStation("CP1", start)));
  expect(states.slice(2).map(({ boot }) => boot?.asked)).toEqual([asked, undefined]);
});

it.each([
  { name: "reset", args: { kind: "soft" } },
  { name: "trigger", args: { message: "BootNotification" } },
])("says nothing of boots that follow our $name", ({ name, args }) => {
  const commands = [0, 1, 2, 3].map(
    (at): StationEvent => ({ kind: "command-sent", id: `c${at}`, name, args, at: start + at * minute, seq: at }),
  );
  expect(boots([0.5, 1.5, 2.5, 3.5], "Accepted", commands)).toEqual([[], [], [], []]);
});

it.each([
  ["PowerUp", ["boot-reason"]],
  ["RemoteReset", []],
])("a boot over a new link after our reset, for the reason %s", (reason, rules) => {
  const link = {
    kind: "websocket" as const,
    remoteAddress: "192.0.2.1",
    secure: false,
    securityProfile: 0,
    offered: [],
    path: "/CP1",
  };
  const events: StationEvent[] = [
    { kind: "command-sent", id: "r", name: "reset", args: { kind: "soft" }, at: start, seq: 1 },
    { kind: "link-opened", connection: 2, ocpp: "2.0.1", via: link, at: start + minute, seq: 2 },
  ];
  const state = events.reduce(reduce, newStation("CP1", start));
  const boot: StationEvent = { kind: "booted", info: {}, reason, answered: "Accepted", at: start + 2 * minute, seq: 3 };
  expect(judgeEvent(state, boot).map(({ rule }) => rule)).toEqual(rules);
});

it.each([
  ["at once", 0, []],
  ["after just five minutes", 5 * minute, []],
  ["after more than five minutes", 5 * minute + 1, ["boot-loop"]],
])("a fourth boot %s follows our reset or does not", (_when, ms, rules) => {
  const sent: StationEvent = {
    kind: "command-sent",
    id: "r",
    name: "reset",
    args: {},
    at: start + 8 * minute - ms,
    seq: 9,
  };
  const boot = (at: number, seq: number): StationEvent => ({ kind: "booted", info: {}, answered: "Accepted", at, seq });
  const before = [boot(start, 1), boot(start + minute, 2), boot(start + 2 * minute, 3)];
  const state = [...before, sent].reduce(reduce, newStation("CP1", start));
  expect(judgeEvent(state, boot(start + 8 * minute, 10)).map(({ rule }) => rule)).toEqual(rules);
});

it("a boot keeps what was said before, and takes what is said anew", () => {
  const info = { vendor: "V", model: "M", serialNumber: "S" };
  const boot = (more: object, seq: number): StationEvent => ({
    ...{ kind: "booted", info: more, answered: "Accepted", reason: "PowerUp", intervalSeconds: 60 },
    at: start + seq * minute,
    seq,
  });
  const state = [boot(info, 1), boot({ model: "N", serialNumber: undefined }, 2)].reduce(
    reduce,
    newStation("CP1", start),
  );
  expect([state.info, state.boot]).toEqual([
    { vendor: "V", model: "N", serialNumber: "S" },
    {
      ...{ at: start + 2 * minute, frame: 2, reason: "PowerUp", answered: "Accepted", intervalSeconds: 60 },
      before: [start + minute],
    },
  ]);
});
