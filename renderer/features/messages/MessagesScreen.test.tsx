// @vitest-environment happy-dom
import { act, cleanup, fireEvent } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import type { MessageRow } from "../../../src/services/messages/contract.ts";
import {
  drawnLists,
  inSwedish,
  refused,
  type Shown,
  screensForFile,
  settled,
  show,
  type Written,
} from "../../ui/testing/screen.tsx";
import { onlineStation, summaryOf } from "../../ui/testing/stations.ts";
import { MessagesScreen } from "./MessagesScreen.tsx";

screensForFile();
drawnLists();
beforeEach(() => localStorage.clear());

/** A moment of a day, the same on every clock but for the hour. */
const at = (ms: number) => new Date(2026, 4, 3, 9, 2, 5).getTime() + ms;
const begin: MessageRow = {
  ...{ seq: 10, at: at(0), station: "CP1", direction: "in", kind: "call", action: "Authorize", messageId: "m1" },
  ...{ summary: [{ label: "token", value: "04A1" }], findings: [], bytes: 40 },
  answer: { seq: 11, at: at(12), latencyMs: 12, kind: "result", summary: [], findings: [] },
};
const finding = { rule: "too-long", where: "/idTag", said: "x", expected: "y" } as const;
const rows: MessageRow[] = [
  begin,
  {
    ...begin,
    ...{ seq: 12, at: at(1000), direction: "out", action: "Reset", summary: [], marks: ["delayed"] },
    answer: {
      ...{ seq: 13, at: at(2500), latencyMs: 1500, kind: "error", errorCode: "NotSupported", summary: [] },
      findings: [finding],
    },
  },
  {
    ...begin,
    seq: 14,
    at: at(3000),
    action: "Heartbeat",
    summary: [],
    findings: [finding],
    answer: undefined as never,
  },
  { ...begin, seq: 15, at: at(4000), kind: "unreadable", action: null, summary: [], answer: undefined as never },
  { ...begin, seq: 16, at: at(5000), lane: "upstream", action: "MeterValues", answer: undefined as never },
].map((row) => JSON.parse(JSON.stringify(row)) as MessageRow);

function messages(feeds: Written["feeds"] = {}, hash = "#/messages", answers: Written["answers"] = {}): Promise<Shown> {
  const stations = { "stations.list": [summaryOf(onlineStation())], "bookmarks.list": [] };
  const page = { "messages.page": { rows: [], more: false } };
  return show(
    <MessagesScreen />,
    { feeds: { ...stations, "messages.live": rows, ...feeds }, answers: { ...page, ...answers } },
    hash,
  );
}
/** The hour, and with it the day, is another one in another zone. */
const steady = (text: string) => text.replace(/([\d-]+T)?\d\d:\d\d(:\d\d\.\d{3})/g, "hh:mm$2");
const textOf = (screen: Shown, part?: string) => steady(screen.text(part));
const asksOf = (screen: Shown) => screen.asked().filter(([name]) => name !== "export.ask");

test("the messages, the newest last, and what is above them", async () => {
  const bookmark = { seq: 11, at: at(12), station: "CP1", direction: "out", action: "Authorize" } as const;
  const screen = await messages({ "bookmarks.list": [bookmark] });
  await expect(textOf(screen)).toMatchFileSnapshot("told/list.txt");
  expect(await screen.choices()).toMatchInlineSnapshot(`
    [
      "What the times tell: Clock, From a message, Since the row before",
    ]
  `);
  expect(asksOf(screen)).toEqual([["messages.page", { filter: { station: "CP1" }, before: 10, limit: 200 }]]);
  cleanup();
  await inSwedish();
  await expect(textOf(await messages())).toMatchFileSnapshot("told/swedish.txt");
});

test("a row is unfolded, walked to and opened by keys alone, without the page jumping", async () => {
  const screen = await messages();
  const focused = () => document.activeElement?.id;
  const jumps = vi.spyOn(HTMLElement.prototype, "focus");
  const press = (key: string, more = {}) => fireEvent.keyDown(document.activeElement as Element, { key, ...more });
  act(() => document.getElementById("message-16")?.focus());
  jumps.mockClear();
  press("ArrowUp");
  expect(focused()).toBe("message-15");
  expect(jumps.mock.calls).toEqual([[{ preventScroll: true }]]);
  press("Home");
  expect(focused()).toBe("message-10");
  for (const held of ["ctrlKey", "altKey", "metaKey"]) press("ArrowDown", { [held]: true });
  expect(focused()).toBe("message-10");
  const line = "li[aria-current]";
  const places = () =>
    [...document.querySelectorAll<HTMLElement>("ul[aria-label^=Messages] > li")].map(({ style }) => style.transform);
  const folded = [0, 32, 64, 96, 128].map((top) => `translateY(${top}px)`);
  expect(places()).toEqual(folded);
  press("ArrowRight");
  expect(places()).toEqual([0, 64, 96, 128, 160].map((top) => `translateY(${top}px)`));
  await expect(textOf(screen, line)).toMatchFileSnapshot("told/unfolded.txt");
  press("ArrowLeft");
  expect(places()).toEqual(folded);
  expect(screen.says(line)).toHaveLength(2);
  press("End");
  expect(focused()).toBe("message-16");
  press("PageUp");
  expect(focused()).toBe("message-10");
  expect(document.querySelectorAll("li button[tabindex='0']")).toHaveLength(1);
  expect(document.querySelector("li button[tabindex='0']")?.id).toBe("message-10");
  // Away from the end, a button leads back to it.
  expect(screen.says()).toContain("[To the newest]");
});

test("times are told from a row, and from the one before", async () => {
  const screen = await messages();
  const times = () =>
    [...document.querySelectorAll("li button > span:first-child")].map(({ textContent }) => textContent);
  await screen.choose("What the times tell", "Since the row before");
  expect(times()).toMatchInlineSnapshot(`
    [
      "",
      "›",
      "+1.000",
      "›",
      "+2.000",
      "+1.000",
      "+1.000",
    ]
  `);
  await screen.choose("What the times tell", "From a message");
  expect(screen.says().filter((line) => line.startsWith("…"))).toEqual(["… Press r on the message to count from."]);
  act(() => document.getElementById("message-14")?.focus());
  fireEvent.keyDown(document.activeElement as Element, { key: "r" });
  expect(times()).toMatchInlineSnapshot(`
    [
      "−3.000",
      "›",
      "−2.000",
      "›",
      "+0.000",
      "+1.000",
      "+2.000",
    ]
  `);
  expect(document.querySelectorAll("[data-reference]")).toHaveLength(1);
  expect(textOf(screen)).toContain("… From message 14, hh:mm:08.000");
  await screen.choose("What the times tell", "Clock");
  expect([
    document.querySelectorAll("[data-reference]").length,
    screen.says().filter((line) => /^…/.test(line)),
  ]).toEqual([0, []]);
});

test("a line narrows the list; what of it is not understood is told; a tick shows problems alone", async () => {
  const screen = await messages({}, "#/messages?filter=dir:sideways%20foo:bar%20id:m");
  expect(screen.says().filter((line) => line.startsWith("…"))).toMatchInlineSnapshot(`
    [
      "… “sideways” does not fit dir and is passed over.",
      "… “foo” is no field: “foo:bar” is looked for as text.",
    ]
  `);
  await screen.tick("Problems only");
  expect(screen.says()).toContain("[x] Problems only");
  await screen.press("What can be typed");
  await expect(textOf(screen, "aside")).toMatchFileSnapshot("told/help.txt");
  await screen.press("Bookmarks");
  expect(screen.says("aside")).toEqual(["{Bookmarks}", "There are none. Open a message to keep it as one."]);
});

test("the bookmarks stand in the order of the record, each a way to its place; why they could not be read is told", async () => {
  const one = { at: at(12), station: "CP1", direction: "out", action: "Authorize" } as const;
  const all = [
    { ...one, seq: 21, station: "CP 2", note: "the fault" },
    { ...one, seq: 11, action: null },
  ];
  const screen = await messages({ "bookmarks.list": all });
  await screen.press("Bookmarks");
  expect(steady(screen.says("aside").join("\n"))).toMatchInlineSnapshot(`
    "{Bookmarks}
    {Bookmarks}
    <hh:mm:05.012Z CP1> #/messages?station=CP1&seq=11
    <hh:mm:05.012Z Authorize CP 2 the fault> #/messages?station=CP+2&seq=21"
  `);
  cleanup();
  const failed = await messages({ "bookmarks.list": refused() });
  await failed.press("Bookmarks");
  expect(failed.says("aside")[1]).toBe("! The bookmarks could not be shown. no core runs on this folder");
});

test("a filter is kept, taken again, and taken away", async () => {
  const screen = await messages({}, "#/messages?filter=dir:in");
  expect(screen.says()).not.toContain("[dir:in]*");
  await screen.press("Save filter");
  expect(screen.says()).toContain("[dir:in]*");
  expect(screen.says()).not.toContain("[Save filter]");
  await screen.press("dir:in");
  expect(screen.says()).toContain("Filter:");
  await screen.press("dir:in");
  expect(screen.says()).toContain("Filter: dir:in");
  await screen.press("Remove the filter dir:in");
  expect(screen.says()).toContain("[Save filter]");
  vi.stubGlobal("localStorage", {});
  await screen.press("Save filter");
  expect(screen.says().filter((line) => line.startsWith("!"))).toHaveLength(1);
  vi.unstubAllGlobals();
});

test("what comes is added at the end, and counted while one reads above", async () => {
  const screen = await messages();
  const next: MessageRow = { ...begin, seq: 20, at: at(9000), action: "StopTransaction" };
  screen.tell("messages.live", [...rows, next], [next]);
  expect(textOf(screen)).toContain("StopTransaction");
  act(() => document.getElementById("message-12")?.focus());
  fireEvent.keyDown(document.activeElement as Element, { key: "ArrowUp" });
  screen.tell("messages.live", [...rows, next], [{ ...next, seq: 21 }]);
  expect(screen.says()).toContain("[1 new]");
  await screen.press("1 new");
  expect(screen.says()).not.toContain("[1 new]");
});

test("opened at a frame, the list is around it; from its end on there is a way to what comes", async () => {
  const around = { "messages.around": { rows, more: true } };
  const screen = await messages({ "messages.live": [{ ...begin, seq: 40 }] }, "#/messages?seq=13", around);
  const asked = asksOf(screen).filter(([name]) => name === "messages.around");
  // Then on from its last one, which brings nothing new.
  expect(asked).toEqual([13, 16].map((seq) => ["messages.around", { filter: { station: "CP1" }, seq, limit: 200 }]));
  expect(document.querySelector("li[aria-current] button")?.id).toBe("message-12");
  // Nobody walked there: the focus stays where the hand is.
  expect(document.activeElement).toBe(document.body);
  screen.asked();
  await screen.press("To the newest");
  expect(window.location.hash).toBe("#/messages");
});

test("a list scrolled up holds still and offers the way back; at its end, or nearly, it follows again", async () => {
  const screen = await messages();
  const box = document.querySelector("ul[aria-label^=Messages]")?.parentElement as HTMLElement;
  Object.defineProperty(box, "scrollHeight", { value: 1000 });
  const scrollTo = (top: number) => {
    box.scrollTop = top;
    fireEvent.scroll(box);
    return screen.says().includes("[To the newest]");
  };
  // 320 px of it are seen.
  expect([600, 664, 665, 680].map(scrollTo)).toEqual([true, true, false, false]);
});

const many = Array.from(
  { length: 100 },
  (_, index): MessageRow => ({ ...begin, seq: 1000 + index * 2, answer: undefined as never }),
);
test("of many rows those in view are drawn, and the one that one stands on; a page is what is seen of them", async () => {
  const screen = await messages({ "messages.live": many }, "#/messages", {
    "messages.page": () => new Promise<never>(() => {}),
  });
  const box = document.querySelector("ul[aria-label^=Messages]")?.parentElement as HTMLElement;
  const drawn = () => [...document.querySelectorAll("li > div > button[id]")].map(({ id }) => Number(id.slice(8)));
  expect(screen.says()).toContain("Fetching older messages");
  act(() => document.getElementById("message-1040")?.focus());
  const press = (key: string) => fireEvent.keyDown(document.activeElement as Element, { key });
  press("PageDown");
  expect(document.activeElement?.id).toBe("message-1058");
  act(() => {
    box.scrollTop = 2400;
    fireEvent.scroll(box);
  });
  expect(drawn()).toContain(1058);
  expect(drawn().filter((seq) => seq !== 1058)[0]).toBeGreaterThan(1080);
  expect(document.activeElement?.id).toBe("message-1058");
});

test("what one reads stays in its place as older rows come before it", async () => {
  const held = Promise.withResolvers<{ rows: MessageRow[]; more: boolean }>();
  await messages({ "messages.live": many }, "#/messages", { "messages.page": () => held.promise });
  const box = document.querySelector("ul[aria-label^=Messages]")?.parentElement as HTMLElement;
  Object.defineProperty(box, "scrollHeight", { value: 3200 });
  act(() => {
    box.scrollTop = 320;
    fireEvent.scroll(box);
  });
  await act(async () =>
    held.resolve({
      rows: [
        { ...begin, seq: 10 },
        { ...begin, seq: 20 },
      ],
      more: false,
    }),
  );
  expect(box.scrollTop).toBe(320 + 64);
});

test("a row, and its answer, are opened by a press; the list is taken along as it is narrowed", async () => {
  const screen = await messages({}, "#/messages?filter=dir:in");
  await screen.press(/Reset/);
  expect([screen.says("aside")[0], screen.asked().at(-1)]).toEqual(["{Frame 12}", ["messages.frame", { seq: 12 }]]);
  expect(document.querySelector("li[aria-current] button")?.id).toBe("message-12");
  await screen.press("Show the answer");
  await screen.press(/^\d\d:\d\d:\d\d.\d{3} .*Answer/);
  expect([screen.says("aside")[0], screen.asked().at(-1)]).toEqual(["{Frame 11}", ["messages.frame", { seq: 11 }]]);
  expect(document.querySelector("li[aria-current] button")?.id).toBe("message-10");
  await screen.tick("Problems only");
  await screen.press("Export");
  await screen.press(/CSV/);
  expect(screen.asked().filter(([name]) => name === "export.open")).toEqual([
    [
      "export.open",
      { wish: { list: "frames", station: "CP1", line: "dir:in", problems: true }, form: "csv", language: "en" },
    ],
  ]);
});

test("what a console heard without a station to name stands there all the same, each with whose it is", async () => {
  const screen = await messages({ "stations.list": [] });
  expect(steady(screen.says("li").join("\n"))).toMatchInlineSnapshot(`
    "[hh:mm:05.000 in CP1 Authorize card 04A1 12 ms]
    [Show the answer]"
  `);
  expect(screen.watched().filter(([name]) => name === "messages.live")).toEqual([
    ["messages.live", { filter: {} }],
    ["messages.live", { filter: {} }],
  ]);
});

test("a link from elsewhere sets the line while one is there, and another frame takes one to its place", async () => {
  const screen = await messages({ "messages.live": [{ ...begin, seq: 40 }] }, "#/messages?filter=dir:in", {
    "messages.around": { rows, more: true },
  });
  const follow = async (hash: string) => {
    await act(async () => {
      window.location.hash = hash;
    });
    await settled();
  };
  await follow("#/messages?filter=dir:out");
  expect(screen.says()).toContain("Filter: dir:out");
  await follow("#/messages");
  expect(screen.says()).toContain("Filter: dir:out");
  await expect
    .poll(() => screen.watched())
    .toContainEqual(["messages.live", { filter: { station: "CP1", direction: "out" } }]);
  screen.asked();
  for (const seq of ["0", "-3", "1.5", "x"]) await follow(`#/messages?seq=${seq}`);
  expect(screen.asked().filter(([name]) => name === "messages.around")).toEqual([]);
  await follow("#/messages?seq=14");
  expect(screen.asked().find(([name]) => name === "messages.around")?.[1]).toMatchObject({ seq: 14 });
});

test("a row of every kind: an answer that came alone, what could not be read, what a console heard, what waits for an answer", async () => {
  const bare = { ...begin, answer: undefined as never, summary: [] };
  const kinds: MessageRow[] = [
    {
      ...bare,
      seq: 101,
      kind: "result",
      action: null,
      question: 90,
      summary: [{ label: "status", value: "Accepted" }],
    } as never,
    { ...bare, seq: 102, kind: "error", action: "Reset", question: 91 } as never,
    { ...bare, seq: 103, kind: "unreadable", action: "Reset" },
    { ...bare, seq: 104, lane: "console", direction: "out" },
    { ...bare, seq: 105, direction: "out" },
    { ...bare, seq: 106, kind: "send" },
    {
      ...bare,
      seq: 107,
      station: "CP 2",
      answer: { ...(begin.answer as object), marks: ["changed"], findings: [finding, finding] } as never,
    },
  ];
  const screen = await messages({ "messages.live": kinds }, "#/messages?filter=station:*");
  await expect.poll(() => screen.says().some((line) => line.includes("CP 2"))).toBe(true);
  const lines = screen.says().filter((line) => /^\[\d\d:/.test(line));
  expect(document.querySelectorAll("li [data-station=true]")).toHaveLength(7);
  expect(steady(lines.join("\n"))).toMatchInlineSnapshot(`
    "[hh:mm:05.000 in CP1 Answer Answer Accepted]
    [hh:mm:05.000 in CP1 Reset Answer]
    [hh:mm:05.000 in CP1 Reset Cannot be read]
    [hh:mm:05.000 To the station; printed on its console CP1 Authorize on the console]
    [hh:mm:05.000 out CP1 Authorize no answer yet]
    [hh:mm:05.000 in CP1 Authorize]
    [hh:mm:05.000 in CP 2 Authorize changed 12 ms 2 findings]"
  `);
});

test("a moment, or a number, in the line goes with the way to the newest; the rest of the line stays", async () => {
  const answers = { "messages.around": { rows, more: true }, "messages.at": { seq: 12 } };
  const screen = await messages({}, "#/messages?filter=dir:in%20at:2026-05-03T09:02", answers);
  await expect.poll(() => screen.says()).toContain("[To the newest]");
  expect(
    screen
      .asked()
      .filter(([name]) => /at$|around/.test(name))
      .slice(0, 2),
  ).toEqual([
    ["messages.at", { station: "CP1", at: at(-5000) }],
    ["messages.around", { filter: { station: "CP1", direction: "in" }, seq: 12, limit: 200 }],
  ]);
  await screen.press("To the newest");
  expect(screen.says()).toContain("Filter: dir:in");
  await screen.type("Filter", "#14 dir:in");
  await expect
    .poll(() => screen.asked())
    .toContainEqual(["messages.around", { filter: { station: "CP1", direction: "in" }, seq: 14, limit: 200 }]);
  await expect.poll(() => screen.says()).toContain("[To the newest]");
  await screen.press("To the newest");
  expect(screen.says()).toContain("Filter: dir:in");
});

test("a search that has looked far in vain asks whether to go on; a filter is cleared, and with it the tick", async () => {
  let before = 1000;
  const page = () => {
    before -= 10;
    return { rows: [{ ...begin, seq: before }], more: before > 800 };
  };
  const answers = { "messages.page": page };
  const screen = await messages(
    { "messages.live": [{ ...begin, seq: 1000 }] },
    "#/messages?filter=latency:>9s",
    answers,
  );
  await expect.poll(() => screen.says()).toContain("[Search further back]");
  expect([before, screen.says()]).toEqual([900, expect.arrayContaining(["No message on record passes the filter"])]);
  await screen.press("Search further back");
  await expect.poll(() => before).toBe(890);
  await screen.tick("Problems only");
  await screen.press("Clear the filter");
  expect(screen.says()).toContain("[ ] Problems only");
  expect(screen.says()).toContain("Filter:");
});

test("another moment leads to its frame anew, also where it is the same one", async () => {
  const answers = { "messages.around": { rows, more: true }, "messages.at": { seq: 12 } };
  const screen = await messages({}, "#/messages?filter=at:2026-05-03T09:02", answers);
  const standing = () => document.querySelector("li[aria-current] button")?.id;
  await expect.poll(() => standing()).toBe("message-12");
  act(() => document.getElementById("message-15")?.focus());
  expect(standing()).toBe("message-15");
  await screen.type("Filter", "at:2026-05-03T09:03");
  await expect.poll(() => standing()).toBe("message-12");
});

test("nothing on record, nothing that fits, no station, and a core that does not answer", async () => {
  const none = await messages({ "messages.live": [] });
  expect(none.says().slice(-2)).toMatchInlineSnapshot(`
    [
      "No messages yet",
      "Every frame that the station sends or gets is listed here, to the byte. Connect a station to see the first.",
    ]
  `);
  cleanup();
  const filtered = await messages({ "messages.live": [] }, "#/messages?filter=abc");
  expect(filtered.says().slice(-3)).toMatchInlineSnapshot(`
    [
      "No message on record passes the filter",
      "New ones appear here as they come.",
      "[Clear the filter]",
    ]
  `);
  await filtered.press("Clear the filter");
  expect(filtered.says()).toContain("Filter:");
  cleanup();
  const nobody = await messages({ "stations.list": [], "messages.live": [] });
  expect(nobody.says()).toMatchInlineSnapshot(`
    [
      "Messages",
      "No messages yet",
      "Every frame that the station sends or gets is listed here, to the byte. Connect a station to see the first.",
    ]
  `);
  cleanup();
  const failed = await messages({ "messages.live": refused() });
  expect(failed.says().filter((line) => line.startsWith("!"))).toMatchInlineSnapshot(`
    [
      "! The messages could not be fetched. no core runs on this folder",
    ]
  `);
  await failed.press("Try again");
  expect(failed.says().filter((line) => line.startsWith("!"))).toHaveLength(1);
  cleanup();
  expect((await show(<MessagesScreen />, {})).says()).toMatchInlineSnapshot(`
    [
      "Messages",
      "… Fetching messages",
    ]
  `);
  cleanup();
  const unknown = await show(<MessagesScreen />, { feeds: { "stations.list": refused() } });
  expect(unknown.says()).toMatchInlineSnapshot(`
    [
      "Messages",
      "! The messages could not be fetched. no core runs on this folder",
      "Wait until the connection to Plugside is back, then try again.",
    ]
  `);
});
