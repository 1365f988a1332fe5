// @vitest-environment happy-dom
import { cleanup, createEvent, fireEvent } from "@testing-library/react";
import { expect, test } from "vitest";
import type { FrameDetail, MessageRow } from "../../../../src/services/messages/contract.ts";
import type { CommandOutcome } from "../../../../src/station/commands.ts";
import { failure } from "../../../../src/station/failure.ts";
import { words } from "../../../../src/station/phrases.ts";
import {
  refused,
  type Shown,
  screensForFile,
  settled,
  show,
  unanswered,
  type Written,
} from "../../../ui/testing/screen.tsx";
import { RawCall } from "./RawCall.tsx";

screensForFile();

const actions = [
  { action: "Reset", skeleton: '{"type":"Soft"}' },
  { action: "GetDiagnostics", skeleton: '{"location":""}' },
];
const sentRow = {
  ...{ seq: 30, at: new Date(2026, 4, 3, 9, 2, 5).getTime(), station: "CP1", direction: "out", kind: "call" },
  ...{ action: "ChangeAvailability", messageId: "1", summary: [], findings: [], bytes: 10 },
} as MessageRow;
const frame = {
  seq: 30,
  action: "ChangeAvailability",
  text: '[2,"1","ChangeAvailability",{"connectorId":1}]',
} as FrameDetail;
const kept = [{ name: "mine", action: "Reset", payload: '{"type":"{{kind}}"}' }];

function form(answers: Written["answers"] = {}, calls = kept): Promise<Shown> {
  const all = {
    "stations.actions": actions,
    "messages.page": { rows: [sentRow, { ...sentRow, seq: 31, kind: "send" } as MessageRow], more: false },
    "messages.frame": frame,
  };
  return show(<RawCall identity="CP1" />, { feeds: { "calls.list": calls }, answers: { ...all, ...answers } });
}
const asksOf = (screen: Shown, name: string) => screen.asked().filter(([one]) => one === name);
const content = (screen: Shown) => screen.says().find((line) => line.startsWith("Content"));

test("any action is sent as it stands, and its answer told", async () => {
  const outcome = { result: "accepted", answer: '{"status":"Accepted"}' } as CommandOutcome;
  const screen = await form({ "stations.command": outcome });
  await expect(screen.text()).toMatchFileSnapshot("told/raw.txt");
  expect((await screen.choices()).join("; ").replace(/\d\d:\d\d:\d\d/g, "TIME")).toMatchInlineSnapshot(
    `"Saved calls: mine; Sent before: TIME ChangeAvailability; Action: Reset, GetDiagnostics"`,
  );
  await screen.choose("Action", "GetDiagnostics");
  expect(content(screen)).toBe('Content (JSON): { "location": "" }');
  await screen.press("Send");
  expect(asksOf(screen, "stations.command")).toEqual([
    [
      "stations.command",
      { identity: "CP1", command: { name: "raw", action: "GetDiagnostics", payload: '{\n  "location": ""\n}' } },
    ],
  ]);
  expect(screen.says("section[role=status]")).toMatchInlineSnapshot(`
    [
      "… Answer: accepted",
      "{ "status": "Accepted" }",
    ]
  `);
  cleanup();
  const refusing = await form({
    "stations.command": {
      result: "rejected",
      error: { code: "NotSupported", description: "no" },
      why: words("no-core"),
    } as unknown as CommandOutcome,
  });
  await refusing.press("Send");
  expect(refusing.says("section[role=status]")).toMatchInlineSnapshot(`
    [
      "… Answer: refused",
      "NotSupported no",
    ]
  `);
});

test("what the schema refuses is named, and can be sent all the same, until it is changed", async () => {
  const details = [{ rule: "too-long", where: "/idTag", said: "x", expected: "y" }];
  const screen = await form({ "stations.command": failure("invalid-input", words("no-core"), details) });
  await screen.press("Send");
  await expect(screen.text()).toMatchFileSnapshot("told/raw-refused.txt");
  screen.asked();
  await screen.press("Send all the same");
  expect(asksOf(screen, "stations.command")[0]?.[1]).toMatchObject({ command: { force: true } });
  await screen.type("Content (JSON)", "{}");
  expect(screen.says().filter((line) => line.startsWith("!"))).toEqual([]);
  expect(screen.says()).not.toContain("[Send all the same]");
  cleanup();
  let sends = 0;
  const never = () =>
    sends++ === 0 ? failure("invalid-input", words("no-core"), details) : new Promise<never>(() => {});
  const sending = await form({ "stations.command": never });
  await sending.press("Send");
  await sending.press("Send all the same");
  expect(sending.says().filter((line) => /^\[Send|^!|deviates/.test(line))).toEqual(["[Send] (off)"]);
});

test("a call that is kept is put into the form, its blanks filled in, and let go", async () => {
  const screen = await form({ "stations.command": { result: "offline" } as CommandOutcome });
  await screen.choose("Saved calls", "mine");
  expect(screen.says()).toContain("[Send] (off)");
  await screen.type("kind", "Hard");
  await screen.press("Send");
  expect(asksOf(screen, "stations.command")[0]?.[1]).toMatchObject({ command: { payload: '{"type":"Hard"}' } });
  await screen.press("Remove");
  expect(asksOf(screen, "calls.remove")).toEqual([["calls.remove", { name: "mine" }]]);
  expect(screen.says().filter((line) => line.startsWith("!"))).toMatchInlineSnapshot(`
    [
      "! The saved calls could not be changed. no core runs on this folder",
    ]
  `);
});

test("one that was sent is put into the form again; one is kept under a name", async () => {
  const screen = await form({ "calls.save": kept[0] } as never, []);
  expect(asksOf(screen, "messages.page")).toEqual([
    ["messages.page", { filter: { station: "CP1", direction: "out" }, limit: 30 }],
  ]);
  await screen.choose("Sent before", /ChangeAvailability/);
  expect(content(screen)).toBe('Content (JSON): { "connectorId": 1 }');
  expect(screen.says()).toContain("[Save] (off)");
  await screen.type("Name", " again ");
  await screen.press("Save");
  expect(asksOf(screen, "calls.save")).toEqual([
    ["calls.save", { name: "again", action: "ChangeAvailability", payload: '{\n  "connectorId": 1\n}' }],
  ]);
  expect(screen.says()).toContain("Name:");
});

test("of a station that is away nothing can be sent, and of one that is not told that says so", async () => {
  const away = await form({ "stations.actions": [] });
  expect(away.says()).toMatchInlineSnapshot(`
    [
      "The station is offline",
      "What can be sent depends on its version. The list appears when it is back and this is opened anew.",
    ]
  `);
  cleanup();
  const failed = await form({ "stations.actions": failure("not-found", words("no-core")) });
  expect(failed.says()).toMatchInlineSnapshot(`
    [
      "! The actions cannot be shown. no core runs on this folder",
      "It may have been removed. Go back and choose again.",
      "[Try again]",
    ]
  `);
});

const outcome = (more: object = {}) => ({ result: "accepted", frame: 40, ...more }) as CommandOutcome;

test("while it is on its way it is not sent again; an answer stands until another call is put into the form", async () => {
  const answer = Promise.withResolvers<CommandOutcome>();
  const screen = await form({ "stations.command": () => answer.promise });
  await screen.press("Send");
  expect(screen.says()).toEqual(expect.arrayContaining(["[Send] (off)", "… Sent, waiting for the answer"]));
  answer.resolve(outcome({ result: "rejected", why: "Busy\u202e now" }));
  await settled();
  expect(screen.says("section[role=status]")).toEqual(["… Answer: refused", "The station says Busy\\u202e now."]);
  expect(screen.says()).toContain("[Send]");
  await screen.type("Content (JSON)", "{}");
  expect(screen.says()).toContain("… Answer: refused");
  await screen.choose("Action", "GetDiagnostics");
  expect(screen.says()).not.toContain("… Answer: refused");
  expect(screen.says()).toContain("[Send]");
});

test("what is not sent for another reason than its content cannot be forced", async () => {
  const screen = await form();
  await screen.press("Send");
  expect(screen.says()).toContain("! Not sent yet. no core runs on this folder");
  expect(screen.says().filter((line) => /Send|deviates/.test(line))).toEqual(["[Send]"]);
});

test("what was sent before stands there, the newest first, with its error; calls that went on to another are left out", async () => {
  const rows = [
    { ...sentRow, seq: 28, lane: "forward" },
    { ...sentRow, seq: 29, answer: { kind: "error", errorCode: "NotSupported" } },
    { ...sentRow, seq: 30, action: null },
    { ...sentRow, seq: 31, action: "Reset" },
  ] as MessageRow[];
  let reads = 0;
  const screen = await form({
    "messages.page": () => ({ rows: rows.slice(0, reads++ === 0 ? 3 : 4), more: false }),
    "stations.command": outcome(),
    "messages.frame": ({ seq }) => (seq === 29 ? { ...frame, text: "[3,1,{}]" } : refused()) as FrameDetail,
  });
  const list = async () =>
    (await screen.choices()).find((line) => line.startsWith("Sent"))?.replace(/[\d:]{8}/g, "TIME");
  expect(await list()).toBe("Sent before: TIME ChangeAvailability NotSupported");
  const before = content(screen);
  await screen.choose("Sent before", /ChangeAvailability/);
  expect(asksOf(screen, "messages.frame")).toEqual([["messages.frame", { seq: 29 }]]);
  expect(content(screen)).toBe(before);
  await screen.press("Send");
  await settled();
  expect(await list()).toBe("Sent before: TIME Reset, TIME ChangeAvailability NotSupported");
  expect(asksOf(screen, "messages.page")).toHaveLength(1);
  await screen.choose("Sent before", /Reset/);
  expect(content(screen)).toBe(before);
});

test("what is different in an answer from the last one to the same call is looked for, of each answer anew", async () => {
  let sends = 0;
  const asked = (seq: number) => ({ ...frame, seq, partner: { ...frame, seq: seq + 1, kind: "result" } }) as never;
  const screen = await form({
    "stations.command": () => outcome({ frame: 40 + 2 * sends++ }),
    "messages.frame": ({ seq }) => asked(seq),
  });
  const asks = async () => {
    await screen.press("Send");
    await settled();
    return screen.asked().filter(([name]) => /frame|previous/.test(name));
  };
  expect(await asks()).toEqual([
    ["messages.frame", { seq: 40 }],
    ["messages.previous", { seq: 41 }],
  ]);
  document.querySelector("section[role=status] details")?.removeAttribute("open");
  expect(await asks()).toEqual([
    ["messages.frame", { seq: 42 }],
    ["messages.previous", { seq: 43 }],
  ]);
});

test("of the calls that are kept the chosen one is let go, and nothing is offered where none is", async () => {
  const two = [...kept, { name: "other", action: "GetDiagnostics", payload: '{"n":9007199254740993}' }];
  const screen = await form({ "calls.remove": null as never }, two);
  expect(screen.says()).not.toContain("[Remove]");
  await screen.choose("Saved calls", "other");
  expect(content(screen)).toBe('Content (JSON): {"n":9007199254740993}');
  await screen.type("Content (JSON)", "{}");
  await screen.choose("Saved calls", "other");
  expect(content(screen)).toBe('Content (JSON): {"n":9007199254740993}');
  await screen.press("Remove");
  expect(asksOf(screen, "calls.remove")).toEqual([["calls.remove", { name: "other" }]]);
  screen.tell("calls.list", kept as never);
  expect(screen.says()).not.toContain("[Remove]");
  screen.tell("calls.list", [] as never);
  expect(screen.says().filter((line) => line.startsWith("Saved calls"))).toEqual([]);
  expect(screen.watched()).toEqual([["calls.list", {}]]);
});

test("a name stays where the call was not kept, and what was not says so; a blank is filled in once and sent wherever it stands", async () => {
  const screen = await form({ "stations.command": outcome() }, []);
  await screen.type("Name", "  ");
  expect(screen.says()).toContain("[Save] (off)");
  await screen.type("Name", "again");
  const submit = createEvent.submit(document.querySelector("form") as Element);
  fireEvent(document.querySelector("form") as Element, submit);
  await settled();
  expect(submit.defaultPrevented).toBe(true);
  expect(screen.says()).toEqual(
    expect.arrayContaining(["Name: again", "! The saved calls could not be changed. no core runs on this folder"]),
  );
  await screen.type("Content (JSON)", '{"a":"{{x}}","b":"{{x}}{{y}}"}');
  await screen.type("x", "1");
  expect(screen.says()).toContain("[Send] (off)");
  await screen.type("y", "2");
  await screen.type("y", "");
  await screen.press("Send");
  expect(asksOf(screen, "stations.command")).toEqual([
    ["stations.command", { identity: "CP1", command: { name: "raw", action: "Reset", payload: '{"a":"1","b":"1"}' } }],
  ]);
});

test("while a call is kept it is not kept twice", async () => {
  const screen = await form({ "calls.save": unanswered }, []);
  await screen.type("Name", "again");
  await screen.press("Save");
  expect(screen.says()).toContain("[Save] (off)");
});

test("while the actions are fetched it says so", async () => {
  const screen = await form({ "stations.actions": () => new Promise(() => {}) });
  expect(screen.says()).toEqual(["… Fetching the actions"]);
});

test("the action that is chosen once more stays, with what was written into it", async () => {
  const screen = await form({}, []);
  await screen.choose("Action", "GetDiagnostics");
  await screen.type(/^Content/, '{"location":"ftp://a"}');
  await screen.choose("Action", "GetDiagnostics");
  screen.asked();
  await screen.press("Send");
  const command = { name: "raw", action: "GetDiagnostics", payload: '{"location":"ftp://a"}' };
  expect(screen.asked()).toEqual([["stations.command", { identity: "CP1", command }]]);
});
