import { describe, expect, it } from "vitest";
import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import type { EventBody } from "../../../src/station/events.ts";
import { buildTimeline, frameOf, mergeEntries, rowsOf } from "./time-line.ts";

const noon = new Date(2026, 5, 1, 12, 0, 0).getTime();

function entry(seq: number, seconds: number, body: EventBody): HistoryEntry {
  return { station: "CP1", event: { ...body, seq, at: noon + seconds * 1000 } };
}

const charging: EventBody = { kind: "status", evse: 1, connector: 1, status: "Charging" };
const suspended: EventBody = { kind: "status", evse: 1, connector: 1, status: "SuspendedEV" };
const ground: EventBody = { kind: "status", evse: 2, connector: 1, status: "Faulted", errorCode: "GroundFailure" };
const long: EventBody = {
  kind: "found",
  finding: { rule: "too-long", where: "StatusNotification /info", said: "x" },
};
const told = (key: string, values: Record<string, unknown>, more: unknown[] = []) => ({ main: { key, values }, more });
const outlet = (evse: number) => ({ key: "placeEvse", values: { evse } });

describe("buildTimeline", () => {
  it("heads entries with their day and minute", () => {
    expect(buildTimeline([entry(1, 5, charging), entry(2, 61, ground)])).toEqual([
      { type: "day", id: "day Mon Jun 01 2026", at: noon + 5000 },
      { type: "minute", id: `minute ${noon / 60_000}`, at: noon },
      {
        type: "entry",
        id: "status 1",
        at: noon + 5000,
        station: "CP1",
        kind: "status",
        told: told("status", { place: outlet(1), status: { state: "Charging" } }),
        tone: "plain",
        count: 1,
        frame: 1,
      },
      { type: "minute", id: `minute ${noon / 60_000 + 1}`, at: noon + 60_000 },
      {
        type: "entry",
        id: "status 2",
        at: noon + 61_000,
        station: "CP1",
        kind: "status",
        told: told("statusFaulted", { place: outlet(2), status: { state: "Faulted" }, code: "GroundFailure" }),
        tone: "faulted",
        count: 1,
        frame: 2,
      },
    ]);
  });

  it("puts what was told late where it happened, and says when it was told", () => {
    const late = entry(3, 300, suspended);
    const items = buildTimeline([
      entry(1, 5, charging),
      entry(2, 200, ground),
      { ...late, event: { ...late.event, ownAt: noon + 100_000 } },
    ]);
    expect(items.flatMap((item) => (item.type === "entry" ? [[item.id, item.at - noon, item.toldAt]] : []))).toEqual([
      ["status 1", 5000, undefined],
      ["status 3", 100_000, noon + 300_000],
      ["status 2", 200_000, undefined],
    ]);
  });

  it("puts two that were told late in the order they happened in, whichever came first", () => {
    const late = (seq: number, seconds: number) => {
      const { station, event } = entry(seq, 300, suspended);
      return { station, event: { ...event, ownAt: noon + seconds * 1000 } };
    };
    const items = buildTimeline([entry(1, 5, charging), late(3, 130), late(4, 70), entry(5, 301, ground)]);
    expect(items.flatMap((item) => (item.type === "entry" ? [item.id] : []))).toEqual([
      "status 1",
      "status 4",
      "status 3",
      "status 5",
    ]);
  });

  it.each<[EventBody, string]>([
    [charging, "plain"],
    [ground, "faulted"],
    [{ kind: "status", evse: 1, connector: 1, status: "Faulted" }, "faulted"],
    [{ kind: "status", evse: 1, connector: 1, status: "Charging", errorCode: "WeakSignal" }, "faulted"],
    [{ kind: "booted", info: {}, answered: "Accepted" }, "plain"],
    [{ kind: "booted", info: {}, answered: "Pending" }, "waiting"],
    [{ kind: "booted", info: {}, answered: "Rejected" }, "waiting"],
    ...(["shutdown", "asked", "own-change", "own-end"] as const).map((cause): [EventBody, string] => [
      { kind: "link-closed", connection: 1, code: 1000, reason: "", cause },
      "plain",
    ]),
    ...(["station", "lost", "replaced"] as const).map((cause): [EventBody, string] => [
      { kind: "link-closed", connection: 1, code: 1006, reason: "", cause },
      "waiting",
    ]),
    ...["InstallationFailed", "InvalidSignature", "UploadRejected", "PermissionDenied"].map(
      (status): [EventBody, string] => [{ kind: "firmware-status", status }, "faulted"],
    ),
    [{ kind: "firmware-status", status: "Downloaded" }, "plain"],
    [{ kind: "diagnostics-status", status: "UploadFailure" }, "faulted"],
    [{ kind: "command-done", id: "a", name: "reset", outcome: { result: "scheduled" } }, "plain"],
    [{ kind: "diagnostics-status", status: "Uploaded" }, "plain"],
    [{ kind: "command-done", id: "a", name: "reset", outcome: { result: "accepted" } }, "plain"],
    ...(["no-answer", "rejected", "unsupported", "offline"] as const).map((result): [EventBody, string] => [
      { kind: "command-done", id: "a", name: "reset", outcome: { result } },
      "waiting",
    ]),
    [{ kind: "command-sent", id: "a", name: "reset", args: {} }, "plain"],
    [{ kind: "token", token: { value: "A" }, decision: "Accepted", source: "Authorize" }, "plain"],
    [{ kind: "token", token: { value: "A" }, decision: "Blocked", source: "Authorize" }, "waiting"],
    ...(
      [
        ["too-long", "plain"],
        ["wrong-type", "waiting"],
        ["not-json", "faulted"],
      ] as const
    ).map(([rule, tone]): [EventBody, string] => [{ kind: "found", finding: { rule, where: "x", said: "y" } }, tone]),
    [{ kind: "own-clock-set", byMs: 1 } as unknown as EventBody, "waiting"],
    [{ kind: "console-fault", port: "COM3" } as unknown as EventBody, "faulted"],
    [{ kind: "heartbeat" }, "plain"],
  ])("%o is %s", (body, tone) => {
    expect(buildTimeline([entry(1, 0, body)]).at(-1)).toMatchObject({ type: "entry", tone });
  });

  it("shows a command and its outcome as one entry at the time it was sent", () => {
    const items = buildTimeline([
      entry(4, 0, { kind: "command-sent", id: "a", name: "reset", args: { kind: "soft" } }),
      entry(5, 1, charging),
      entry(7, 2, {
        kind: "command-done",
        id: "a",
        name: "reset",
        outcome: { result: "rejected", why: "Busy", frame: 5, answerFrame: 6, latencyMs: 40 },
      }),
    ]);
    expect(items.slice(2)).toEqual([
      {
        type: "entry",
        id: "command-sent 4",
        at: noon,
        station: "CP1",
        kind: "command-sent",
        told: told(
          "commandDone",
          { command: { key: "commandResetSoft", values: {} }, result: { key: "resultRejected", values: {} } },
          [
            { key: "why", values: { value: "Busy" } },
            { key: "after", values: { time: { milliseconds: 40 } } },
          ],
        ),
        tone: "waiting",
        count: 1,
        frame: 5,
      },
      expect.objectContaining({ id: "status 5" }),
    ]);
  });

  it("counts a finding that comes again within the minute, and begins anew in the next", () => {
    const items = buildTimeline([
      entry(1, 1, long),
      entry(1, 1, charging),
      entry(2, 2, long),
      entry(3, 61, long),
    ]).filter((item) => item.type === "entry");
    expect(items.map(({ id, count, frame }) => ({ id, count, frame }))).toEqual([
      { id: "found 1", count: 2, frame: 2 },
      { id: "status 1", count: 1, frame: 1 },
      { id: "found 3", count: 1, frame: 3 },
    ]);
  });

  it("keeps a status that comes back after another as an entry of its own", () => {
    const items = buildTimeline([
      entry(1, 1, charging),
      entry(2, 2, charging),
      entry(3, 3, suspended),
      entry(4, 4, charging),
    ]).filter((item) => item.type === "entry");
    expect(items.map(({ id, count }) => ({ id, count }))).toEqual([
      { id: "status 1", count: 2 },
      { id: "status 3", count: 1 },
      { id: "status 4", count: 1 },
    ]);
  });

  it("tells an outcome by itself where its command is not at hand, and counts no command as another", () => {
    const done: EventBody = { kind: "command-done", id: "a", name: "reset", outcome: { result: "accepted", frame: 7 } };
    const sent = (id: string): EventBody => ({ kind: "command-sent", id, name: "reset", args: { kind: "soft" } });
    const items = (entries: HistoryEntry[]) =>
      buildTimeline(entries).flatMap((item) => (item.type === "entry" ? [[item.id, item.count, item.frame]] : []));
    expect(items([entry(3, 1, done)])).toEqual([["command-done 3", 1, 7]]);
    expect(items([entry(1, 1, sent("a")), entry(2, 2, sent("b")), entry(3, 3, done)])).toEqual([
      ["command-sent 1", 1, 7],
      ["command-sent 2", 1, undefined],
    ]);
  });

  it("counts what is said again within the minute by the same station alone", () => {
    const other = { ...entry(2, 2, charging), station: "CP2" };
    const counts = (entries: HistoryEntry[]) =>
      buildTimeline(entries).flatMap((item) => (item.type === "entry" ? [item.count] : []));
    expect(counts([entry(1, 1, charging), other])).toEqual([1, 1]);
    expect(counts([entry(1, 59, charging), entry(2, 60, charging), entry(3, 61, charging)])).toEqual([1, 2]);
  });

  it("gives every item an id of its own, also for two events of one frame", () => {
    const other: EventBody = { kind: "device-event", component: "A", variable: "B", value: "1", trigger: "Alerting" };
    const items = buildTimeline([entry(1, 1, other), entry(1, 1, { ...other, value: "2" })]);
    expect(items.map(({ id }) => id).slice(2)).toEqual(["device-event 1", "device-event 1 1"]);
  });
});

describe("rowsOf", () => {
  it("heads the first entry of a day and of a minute", () => {
    const items = buildTimeline([
      entry(1, 5, charging),
      entry(2, 6, ground),
      entry(3, 61, ground),
      entry(4, 86_400, charging),
    ]);
    expect(rowsOf(items).map(({ entry: { id }, ...heads }) => [id, heads])).toEqual([
      ["status 1", { day: noon + 5000, minute: noon }],
      ["status 2", {}],
      ["status 3", { minute: noon + 60_000 }],
      ["status 4", { day: noon + 86_400_000, minute: noon + 86_400_000 }],
    ]);
  });
});

describe("mergeEntries", () => {
  it("joins two stretches, each entry once", () => {
    const [a, b, c] = [entry(1, 1, charging), entry(2, 2, suspended), entry(3, 3, charging)];
    expect(mergeEntries([a, b], [b, c])).toEqual([a, b, c]);
    expect(mergeEntries([a], [])).toEqual([a]);
    expect(mergeEntries([], [c])).toEqual([c]);
  });

  it("takes the fuller telling of a frame that the newer stretch begins amid", () => {
    const [a, b, c] = [entry(1, 1, charging), entry(1, 1, long), entry(2, 2, charging)];
    expect(mergeEntries([a, b], [b, c])).toEqual([a, b, c]);
  });
});

describe("frameOf", () => {
  it("knows no frame for the link, and a command's own for a command", () => {
    const closed: EventBody = { kind: "link-closed", connection: 1, code: 1006, reason: "", cause: "lost" };
    const done: EventBody = { kind: "command-done", id: "a", name: "reset", outcome: { result: "offline" } };
    expect(frameOf({ ...closed, seq: 9, at: 1 })).toEqual(undefined);
    expect(frameOf({ ...done, seq: 9, at: 1 })).toEqual(undefined);
    expect(frameOf({ kind: "console-heard", port: "COM3", seq: 9, at: 1 })).toEqual(undefined);
    expect(frameOf({ ...charging, seq: 9, at: 1 })).toEqual(9);
    expect(frameOf({ kind: "link-opened", connection: 1, seq: 9, at: 1 } as never)).toEqual(undefined);
    expect(frameOf({ kind: "own-clock-set", seq: 9, at: 1 } as never)).toEqual(undefined);
    expect(frameOf({ kind: "console-fault", port: "COM3", seq: 9, at: 1 } as never)).toEqual(undefined);
    expect(frameOf({ ...long, seq: 9, at: 1 })).toEqual(9);
    const onLink: EventBody = { kind: "found", finding: { rule: "too-long", where: "link", said: "x" } };
    expect(frameOf({ ...onLink, seq: 9, at: 1 })).toEqual(undefined);
    const sent: EventBody = { kind: "command-sent", id: "a", name: "reset", args: {} };
    expect(frameOf({ ...sent, seq: 9, at: 1 })).toEqual(undefined);
    expect(frameOf({ ...sent, seq: 9, at: 1 }, { result: "accepted", frame: 12 })).toEqual(12);
    expect(frameOf({ ...done, outcome: { result: "accepted", frame: 12 }, seq: 9, at: 1 })).toEqual(12);
  });
});
