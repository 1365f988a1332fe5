// @vitest-environment happy-dom
import { act, cleanup } from "@testing-library/react";
import { useState } from "react";
import { expect, onTestFinished, test, vi } from "vitest";
import type { FrameDetail, WholeFrame } from "../../../src/services/messages/contract.ts";
import { type Shown, screensForFile, show, unanswered, type Written } from "../testing/screen.tsx";
import { linkOpened, stationAfter } from "../testing/stations.ts";
import { FrameView } from "./FrameView.tsx";

screensForFile();

const asked: WholeFrame = {
  ...{ seq: 10, time: "1970-01-01T00:00:01.000Z", station: "CP1", direction: "in", action: "Authorize" },
  ...{
    text: '[2,"1","Authorize",{"idTag":"04A1","pin":"9"}]',
    masked: '[2,"1","Authorize",{"idTag":"04A1","pin":"***"}]',
  },
  findings: [{ rule: "too-long", where: "/idTag", said: "x", expected: "y" }],
  marks: ["delayed", "changed"],
};
const frame: FrameDetail = {
  ...asked,
  ...{ at: 1000, stationTime: "1970-01-01T01:00:01+01:00", bytes: 1234, base64: "W10=" },
  summary: [
    { label: "connector", value: "2" },
    { label: "transaction", value: "4711" },
    { label: "token", value: 'with"quote' },
  ],
  partner: { ...asked, seq: 11, direction: "out", text: '[3,"1",{}]', masked: undefined as never, findings: [] },
};
const bookmark = { seq: 10, at: 1000, station: "CP1", direction: "in", action: "Authorize", note: "look" } as const;

function view(answers: Written["answers"] = {}, kept: (typeof bookmark)[] = []): Promise<Shown> {
  const of = {
    "messages.frame": ({ seq }: { seq: number }) =>
      seq === 10 ? frame : { ...frame, seq, partner: undefined as never },
  };
  return show(<FrameView seq={10} />, { feeds: { "bookmarks.list": kept }, answers: { ...of, ...answers } });
}
async function unfold(title: string): Promise<void> {
  const summary = [...document.querySelectorAll("summary")].find(({ textContent }) => textContent === title);
  const details = summary?.parentElement as HTMLDetailsElement;
  details.open = true;
  details.dispatchEvent(new Event("toggle"));
  const isThere = () => details.children.length > 1 && details.querySelector("[data-busy]") === null;
  await expect.poll(isThere).toBe(true);
}
const failuresOf = (screen: Shown) => screen.says().filter((line) => line.startsWith("!"));

test("a frame: its facts, its findings, its secrets once they are asked for, and its other half", async () => {
  const screen = await view();
  await expect(screen.text()).toMatchFileSnapshot("told/frame.txt");
  expect(screen.text()).not.toContain('"9"');
  await screen.press("Show them");
  expect(screen.text()).toContain('"9"');
  expect(screen.says()).toContain("[Hide them]");
  await screen.press("Frame 11");
  expect(screen.says()).toContain("Number: 11");
  cleanup();
  const up = await view({ "messages.frame": { ...frame, lane: "upstream", partner: { ...asked, seq: 9 } } });
  expect(up.says().filter((line) => /^(Direction|The call)/.test(line))).toMatchInlineSnapshot(`
    [
      "Direction: From the central system",
      "The call that it answers",
    ]
  `);
  cleanup();
  // The ways on begin where the pair does, whichever half is open.
  const links = (one: Shown) => one.says("nav").filter((line) => line.startsWith("<"));
  const half = await view({ "messages.frame": { ...frame, seq: 11, station: "", partner: { ...asked, seq: 10 } } });
  expect(links(half)).toMatchInlineSnapshot(`
    [
      "<transaction 4711> #/messages?filter=station%3A*+transaction%3A%224711%22+%2310",
      "<connector 2> #/messages?filter=station%3A*+connector%3A%222%22+%2310",
      "<every Authorize> #/messages?filter=station%3A*+action%3A%22Authorize%22+%2310",
    ]
  `);
  cleanup();
  const alone = await view({
    "messages.frame": { ...frame, action: 'odd"', partner: undefined as never, masked: undefined as never },
  });
  expect(links(alone)).toMatchInlineSnapshot(`
    [
      "<transaction 4711> #/messages?station=CP1&filter=transaction%3A%224711%22+%2310",
      "<connector 2> #/messages?station=CP1&filter=connector%3A%222%22+%2310",
    ]
  `);
  expect(alone.says()).not.toContain("[Show them]");
  cleanup();
  const failed = await view({ "messages.frame": undefined as never });
  expect(failuresOf(failed)).toMatchInlineSnapshot(`
    [
      "! The frame could not be shown. no core runs on this folder",
    ]
  `);
});

test("what is copied is what is shown, and the bytes are told of nothing that is hidden", async () => {
  const copied: string[] = [];
  vi.stubGlobal("navigator", {
    ...navigator,
    clipboard: { writeText: async (text: string) => void copied.push(text) },
  });
  onTestFinished(() => void vi.unstubAllGlobals());
  const screen = await view();
  const sees = () => screen.says().includes("Bytes as they came (base64)");
  const copy = (nth: number) => screen.press(/^(Copy the raw text|Copied)$/, nth);
  await copy(0);
  expect([copied, sees()]).toEqual([[asked.masked], false]);
  await screen.press("Show them");
  await copy(0);
  await copy(1);
  expect([copied, sees()]).toEqual([[asked.masked, asked.text, frame.partner?.text], true]);
  await screen.press("Hide them");
  expect(sees()).toBe(false);
});

test("another frame that is asked for is shown, wherever one had gone on to", async () => {
  let ask: (seq: number) => void = () => {};
  function Chosen() {
    const [seq, setSeq] = useState(10);
    ask = setSeq;
    return <FrameView seq={seq} />;
  }
  const pair = ({ seq }: { seq: number }) => ({ ...frame, seq, partner: { ...asked, seq: seq + 1 } });
  const screen = await show(<Chosen />, { feeds: { "bookmarks.list": [] }, answers: { "messages.frame": pair } });
  const number = () => screen.says().find((line) => line.startsWith("Number"));
  await screen.press("Frame 11");
  expect(number()).toBe("Number: 11");
  await act(async () => ask(30));
  expect(number()).toBe("Number: 30");
  await act(async () => ask(10));
  expect(number()).toBe("Number: 10");
});

test("a bookmark is set, given another note, and taken away", async () => {
  const screen = await view({ "bookmarks.set": bookmark });
  screen.asked();
  await screen.press("Bookmark");
  screen.tell("bookmarks.list", [bookmark]);
  expect(screen.says()).not.toContain("[Save]");
  expect(document.querySelector<HTMLInputElement>("form input")?.maxLength).toBe(500);
  await screen.type("Note to the bookmark", "again");
  await screen.press("Save");
  await screen.press("Remove the bookmark");
  expect(screen.asked()).toEqual([
    ["bookmarks.set", { seq: 10, note: "" }],
    ["bookmarks.set", { seq: 10, note: "again" }],
    ["bookmarks.remove", { seq: 10 }],
  ]);
  expect(failuresOf(screen)).toMatchInlineSnapshot(`
    [
      "! The bookmark could not be changed. no core runs on this folder",
    ]
  `);
});

test("a bookmark that is on its way is not asked for twice", async () => {
  const waiting = { "bookmarks.set": unanswered, "bookmarks.remove": unanswered };
  const off = (screen: Shown) => screen.says().filter((line) => line.endsWith("(off)"));
  const screen = await view(waiting);
  await screen.press("Bookmark");
  expect(off(screen)).toEqual(["[Bookmark] (off)"]);
  cleanup();
  const kept = await view(waiting, [bookmark]);
  await kept.press("Remove the bookmark");
  expect(off(kept)).toEqual(["[Remove the bookmark] (off)"]);
  cleanup();
  const refusing = await view({}, [bookmark]);
  await refusing.type("Note to the bookmark", "again");
  await refusing.press("Save");
  expect(refusing.says()).toContain("Note to the bookmark: again");
});

test("what changed since the one before is looked up when it is asked for, its secrets hidden", async () => {
  const masked = '[2,"0","Authorize",{"idTag":"04B2","old\u202e":1,"pin":"***"}]';
  const before = { ...asked, seq: 7, masked, text: masked.replace("***", "8") };
  const screen = await view({ "messages.previous": before });
  screen.asked();
  await unfold("What changed since the one before");
  expect(screen.asked()).toEqual([["messages.previous", { seq: 10 }]]);
  expect(screen.says("details[open]")).toMatchInlineSnapshot(`
    [
      "What changed since the one before",
      "Since frame 7, the one before of the same kind and place.",
      "/idTag: "04B2" → "04A1"",
      "/old\\u202e: gone: 1",
    ]
  `);
  cleanup();
  const more = await view({
    "messages.previous": { ...asked, seq: 7, masked: '[2,"0","Authorize",{"idTag":"04A1"}]' },
  });
  await unfold("What changed since the one before");
  expect(more.says("details[open]").slice(2)).toEqual(['/pin: new: "***"']);
  cleanup();
  const first = await view({ "messages.previous": null });
  await unfold("What changed since the one before");
  expect(first.says("details[open]").at(-1)).toBe("There is none before of the same kind and place.");
  cleanup();
  const same = await view({ "messages.previous": { ...asked, seq: 7 } });
  await unfold("What changed since the one before");
  expect(same.says("details[open]").at(-1)).toBe("Nothing is different.");
});

test("the station as it was then", async () => {
  const state = stationAfter([linkOpened]);
  const screen = await view({ "stations.stateAt": { state } as never });
  screen.asked();
  await unfold("The station at this moment");
  expect(screen.asked()).toEqual([["stations.stateAt", { identity: "CP1", frame: 10 }]]);
  expect(screen.says("details[open]")).toMatchInlineSnapshot(`
    [
      "The station at this moment",
      "Link: ~available ~available Connected since 1970-01-01T00:00:01.000Z",
    ]
  `);
  cleanup();
  const none = await view({ "stations.stateAt": { state: null } as never });
  await unfold("The station at this moment");
  expect(none.says("details[open]").at(-1)).toBe("Nothing was known of the station then.");
});

test("a frame that a console printed says where, and what that means; of no station nothing is told as it was", async () => {
  const heard = { ...frame, lane: "console", console: "COM3", station: "", partner: undefined as never } as const;
  const screen = await view({ "messages.frame": heard });
  expect(screen.says().slice(1, 9)).toMatchInlineSnapshot(`
    [
      "Direction: From the station; printed on its console",
      "What was done to it: late on purpose, changed",
      "Action: Authorize",
      "Console:",
      "<COM3> #/console?port=COM3",
      "Our time: 1970-01-01T00:00:01.000Z",
      "The station's time: 1970-01-01T01:00:01+01:00",
      "Size: 1.2 kB",
    ]
  `);
  expect(screen.says()).not.toContain("The station at this moment");
});
