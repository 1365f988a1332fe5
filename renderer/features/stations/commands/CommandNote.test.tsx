// @vitest-environment happy-dom
import { cleanup } from "@testing-library/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { HistoryEntry } from "../../../../src/services/history/contract.ts";
import type { EventBody } from "../../../../src/station/events.ts";
import type { CommandOutcome, CommandRecord } from "../../../../src/station/model.ts";
import { words } from "../../../../src/station/phrases.ts";
import { setLanguage } from "../../../i18n/index.ts";
import { refused, screensForFile, show } from "../../../ui/testing/screen.tsx";
import { linkOpened } from "../../../ui/testing/stations.ts";
import { CommandNote } from "./CommandNote.tsx";

screensForFile();

/** 10:02:11 of the clock on the wall, before the test runs. */
const at = new Date(2026, 0, 31, 10, 2, 11).getTime();
const reset: CommandRecord = { id: "1", name: "reset", args: { kind: "soft" }, sentAt: at };
const done = (outcome: CommandOutcome, more: Partial<CommandRecord> = {}): CommandRecord => ({
  ...reset,
  ...{ doneAt: at + 1000, outcome, ...more },
});
const later = (seconds: number, event: EventBody) => ({
  station: "CP1",
  event: { ...event, at: at + seconds * 1000, seq: 100 + seconds },
});
const down: EventBody = { kind: "link-closed", connection: 1, code: 1001, reason: "", cause: "station" };
const booted: EventBody = { kind: "booted", info: {}, answered: "Accepted" };

async function noted(record: CommandRecord, events: ReturnType<typeof later>[] = []): Promise<string[]> {
  const screen = await show(<CommandNote record={record} commands={[record]} events={events} />, {});
  return screen.says();
}

test.each<[string, CommandRecord]>([
  ["no answer yet", reset],
  ["by Plugside itself", { ...reset, args: { by: "core" } }],
  ["accepted", done({ result: "accepted", latencyMs: 388, frame: 4, answerFrame: 5 })],
  ["scheduled", done({ result: "scheduled", frame: 4 })],
  ["rejected", done({ result: "rejected", why: "Occupied", latencyMs: 12 })],
  ["unsupported", done({ result: "unsupported", why: words("resets-whole") })],
  ["no answer", done({ result: "no-answer", frame: 4 })],
  ["unreadable", done({ result: "unreadable", answerFrame: 5 })],
  ["offline", done({ result: "offline", why: words("never-heard-of") })],
  [
    "a trigger that showed",
    done(
      { result: "accepted" },
      { name: "trigger", args: { message: "Heartbeat" }, effect: { at: at + 2000, frame: 9 } as never },
    ),
  ],
])("a command: %s", async (name, record) => {
  const lines = (await noted(record)).map((line) => line.replace(/\d+ d( \d+ h)?/, "AGE"));
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(`told/${name.replaceAll(" ", "-")}.txt`);
});

test("what followed a restart is told, and nothing is missed then", async () => {
  const events = [later(3, down), later(44, linkOpened), later(45, booted)];
  expect((await noted(done({ result: "accepted" }), events))[0]).toMatchInlineSnapshot(
    `"… Reset sent 10:02:11, accepted 10:02:12, offline 10:02:14, back 10:02:55 (41 s), booted 10:02:56."`,
  );
});

test("a link that comes before the old one is over is no time away", async () => {
  const events = [later(3, linkOpened), later(4, down), later(45, booted)];
  expect((await noted(done({ result: "accepted" }), events))[0]).toMatchInlineSnapshot(
    `"… Reset sent 10:02:11, accepted 10:02:12, connected anew 10:02:14, booted 10:02:56."`,
  );
});

test("the frame that answered is a click away, or the one that went out", async () => {
  const record = done({ result: "accepted", frame: 4, answerFrame: 5 });
  const screen = await show(<CommandNote record={record} commands={[record]} events={[]} />, {
    answers: { "messages.frame": refused() },
  });
  await screen.press("Show the answer");
  expect(screen.asked().filter(([name]) => name === "messages.frame")).toEqual([["messages.frame", { seq: 5 }]]);
});

describe("a command that was taken and shows nothing", () => {
  /** The year 2100: our clock of the screens goes on, never back. */
  const sentAt = Date.UTC(2100, 0, 1);
  afterEach(() => void vi.useRealTimers());
  const taken: CommandRecord = { ...reset, sentAt, doneAt: sentAt + 1000, outcome: { result: "accepted" } };
  const noted = async (record: CommandRecord, sinceDone: number, commands = [record], events: HistoryEntry[] = []) => {
    vi.useFakeTimers({ toFake: ["Date"], now: sentAt + 1000 + sinceDone });
    const screen = await show(<CommandNote record={record} commands={commands} events={events} />, {});
    const said = screen
      .says()[0]
      ?.replace(/\d\d:\d\d:\d\d/g, "TIME")
      .replaceAll("\u2009", " ");
    cleanup();
    vi.useRealTimers();
    return said;
  };
  const event = (seconds: number, body: EventBody) =>
    ({ station: "CP1", event: { ...body, at: sentAt + seconds * 1000, seq: 200 + seconds } }) as HistoryEntry;

  test("says so after half a minute, where something was to be seen of it", async () => {
    const short = "… Reset sent TIME, accepted TIME.";
    expect(await noted(taken, 30_000)).toBe(short);
    expect(await noted(taken, 32_000)).toBe("… Reset sent TIME, accepted TIME, and nothing since (32 s).");
    const later = (minutes: number) => minutes * 60_000;
    expect(await noted({ ...taken, outcome: { result: "rejected" } }, later(1))).toBe(
      "… Reset sent TIME, refused TIME.",
    );
    const unlock = { ...taken, name: "unlock", args: { evse: 1, connector: 1 } } as CommandRecord;
    expect(await noted(unlock, later(2))).toBe("… Unlock sent TIME, accepted TIME.");
    const silent = { ...taken, outcome: { result: "no-answer" }, doneAt: undefined } as CommandRecord;
    expect(await noted(silent, later(4) - 1000)).toBe(
      "… Reset sent TIME, no answer until TIME, and nothing since (4 min).",
    );
  });

  test("counts what followed until the next of its kind, and says what that was", async () => {
    const second = { ...taken, id: "2", sentAt: sentAt + 10_000 };
    const events = [event(9, down), event(10, booted)];
    expect(await noted(taken, 300_000, [taken, second], events)).toBe(
      "… Reset sent TIME, accepted TIME, offline TIME.",
    );
    const other = { ...second, name: "unlock" } as CommandRecord;
    expect(await noted(taken, 300_000, [taken, other], events)).toBe(
      "… Reset sent TIME, accepted TIME, offline TIME, booted TIME.",
    );
    const start = { ...taken, name: "start", args: { evse: 1 } } as CommandRecord;
    const begun = event(3, { kind: "transaction-started", id: "7", evse: 1 } as EventBody);
    expect(await noted(start, 300_000, [start], [begun])).toBe(
      "… Start sent TIME, accepted TIME, session started TIME.",
    );
    const stop = { ...taken, name: "stop", args: { transaction: "7" } } as CommandRecord;
    const over = event(3, { kind: "transaction-ended", id: "7", evse: 1 } as EventBody);
    expect(await noted(stop, 300_000, [stop], [over])).toBe("… Stop sent TIME, accepted TIME, session ended TIME.");
  });
});

test("why it was not taken: the station's own words as its own, without what hides in them, ours as a sentence", async () => {
  const why = async (outcome: object) =>
    (await noted(done(outcome as CommandOutcome)))[0]?.replace(/^.*?(\d\d:\d\d:\d\d|offline)\.( |$)/, "");
  const all = [
    { result: "rejected", error: { code: "NotSupported", description: "" } },
    { result: "rejected", error: { code: "InternalError", description: "out of\u202e memory" }, why: "left out" },
    { result: "rejected", why: "Occu\u200bpied" },
    { result: "rejected" },
    { result: "unsupported", why: words("resets-whole") },
  ];
  const told: unknown[] = [];
  for (const outcome of all) {
    told.push(await why(outcome));
    cleanup();
  }
  expect(told).toMatchInlineSnapshot(`
    [
      "The station says NotSupported.",
      "The station says InternalError out of\\u202e memory.",
      "The station says Occu\\u200bpied.",
      "",
      "OCPP 1.6 resets the whole station only.",
    ]
  `);
  expect((await noted(done({ result: "accepted", why: "left out" })))[0]).not.toContain("left out");
  cleanup();
  await setLanguage("sv");
  expect(await why(all[4] as object)).toMatchInlineSnapshot(`"OCPP 1.6 startar bara om hela laddstationen."`);
  await setLanguage("en");
});

test("where nothing is on record of an answer, none can be shown; what was asked is shown for want of one", async () => {
  const frames = async (outcome: CommandOutcome) => {
    const record = done(outcome);
    const screen = await show(<CommandNote record={record} commands={[record]} events={[]} />, {});
    if (!screen.says().includes("[Show the answer]")) return cleanup();
    await screen.press("Show the answer");
    const title = screen.says("aside")[0];
    cleanup();
    return title;
  };
  expect(await frames({ result: "offline" })).toBeUndefined();
  expect(await frames({ result: "no-answer", frame: 0 })).toBe("{Frame 0}");
  expect(await frames({ result: "rejected", frame: 4, answerFrame: 6 })).toBe("{Frame 6}");
});
