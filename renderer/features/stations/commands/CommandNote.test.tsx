// @vitest-environment happy-dom
import { expect, test } from "vitest";
import type { EventBody } from "../../../../src/station/events.ts";
import type { CommandOutcome, CommandRecord } from "../../../../src/station/model.ts";
import { words } from "../../../../src/station/phrases.ts";
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
