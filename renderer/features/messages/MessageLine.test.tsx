// @vitest-environment happy-dom
import { cleanup, fireEvent, screen as page } from "@testing-library/react";
import { expect, test } from "vitest";
import type { MessageRow } from "../../../src/services/messages/contract.ts";
import { inSwedish, type Shown, screensForFile, show } from "../../ui/testing/screen.tsx";
import { BookmarkList } from "./BookmarkList.tsx";
import { MessageLine } from "./MessageLine.tsx";

screensForFile();

const at = new Date(2026, 4, 3, 9, 2, 5).getTime();
const question: MessageRow = {
  ...{ seq: 10, at, station: "CP1", direction: "in", kind: "call", action: "Authorize", messageId: "m1" },
  ...{ summary: [], findings: [], bytes: 40 },
};
const answer: NonNullable<MessageRow["answer"]> = {
  ...{ seq: 11, at: at + 12, latencyMs: 12, kind: "result", summary: [], findings: [] },
};
type Props = Parameters<typeof MessageLine>[0];

/** A line of the list, and what was asked of it. */
async function line(row: MessageRow, more: Partial<Props> = {}): Promise<Shown & { done: string[] }> {
  const done: string[] = [];
  const props: Props = {
    ...{ row, index: 4, of: -1, selected: false, entry: false, unfolded: false, station: false, time: null },
    ...{ reference: false, bookmarked: false, style: {} },
    onOpen: (seq) => done.push(`open ${seq}`),
    onFold: () => done.push("fold"),
    onFocus: () => done.push("focus"),
    onKey: ({ key }) => done.push(key),
  };
  const screen = await show(
    <ul>
      <MessageLine {...props} {...more} />
    </ul>,
    {},
  );
  return { ...screen, done };
}
const buttons = (screen: Shown) => screen.says().filter((said) => said.startsWith("["));

test("unfolded, an answer stands below what it answers: the other way, with its time, what it said and what is wrong with it", async () => {
  const finding = { rule: "too-long", where: "/idTag", said: "x", expected: "y" } as const;
  const said = {
    ...{ ...answer, kind: "error", errorCode: "NotSupported", findings: [finding, finding], marks: ["changed"] },
    summary: [{ label: "token", value: "04A1" }],
  } as MessageRow["answer"];
  const screen = await line({ ...question, direction: "out", answer: said }, { unfolded: true, station: true });
  expect(buttons(screen)).toMatchInlineSnapshot(`
    [
      "[09:02:05.000 out CP1 Authorize changed Error NotSupported 12 ms 2 findings]",
      "[Hide the answer]",
      "[09:02:05.012 in Error NotSupported changed card 04A1 2 findings]",
    ]
  `);
  const [row, , below] = page.getAllByRole("button");
  // The answer has the columns of its question, the station's left empty.
  const columns = (of: HTMLElement | undefined) => [of?.children.length, of?.dataset.station];
  expect([columns(row), columns(below)]).toEqual([
    [7, "true"],
    [7, "true"],
  ]);
  fireEvent.click(below as HTMLElement);
  fireEvent.keyDown(below as HTMLElement, { key: "ArrowUp" });
  fireEvent.click(row as HTMLElement);
  fireEvent.keyDown(row as HTMLElement, { key: "x" });
  await screen.press("Hide the answer");
  expect(screen.done).toEqual(["open 11", "ArrowUp", "open 10", "x", "fold"]);
  cleanup();
  const bare = await line({ ...question, answer }, { unfolded: true });
  expect(buttons(bare)).toMatchInlineSnapshot(`
    [
      "[09:02:05.000 in Authorize 12 ms]",
      "[Hide the answer]",
      "[09:02:05.012 out Answer]",
    ]
  `);
  expect(page.getAllByRole("button").map((one) => one.children.length)).toEqual([6, 1, 6]);
});

test("a line tells its place in the list, whether it is the one that is open, and which one Tab comes to", async () => {
  await line(question, { selected: true, entry: true, time: "+1.5 s", reference: true, bookmarked: true });
  const item = page.getByRole("listitem");
  const told = (one: Element, names: string[]) => names.map((name) => one.getAttribute(name));
  expect(told(item, ["aria-posinset", "aria-setsize", "aria-current", "data-selected"])).toEqual([
    ...["5", "-1", "true", "true"],
  ]);
  const [row] = page.getAllByRole("button");
  expect([row?.id, row?.tabIndex, row?.textContent?.slice(0, 6)]).toEqual(["message-10", 0, "+1.5 s"]);
  expect([row?.querySelector("[data-reference]") !== null, page.getByRole("img").getAttribute("aria-label")]).toEqual([
    ...[true, "bookmark"],
  ]);
  cleanup();
  await line(question);
  expect(told(page.getByRole("listitem"), ["aria-current", "data-selected"])).toEqual([null, "false"]);
  expect([page.getByRole("button").tabIndex, page.queryByRole("img")]).toEqual([-1, null]);
  expect(document.querySelector("[data-reference]")).toBe(null);
});

test("what a row says: a key with its value as one thing, and a word that this screen does not know as it was said", async () => {
  const summary = [
    { label: "key", value: "HeartbeatInterval" },
    { label: "value", value: "300" },
    { label: "newer", value: "7\u202e" },
    { label: "energy", value: "1500.5 Wh" },
  ] as never;
  const said = () => page.getByRole("button").querySelector("[class*=cut]")?.textContent;
  await line({ ...question, summary });
  expect(said()).toMatchInlineSnapshot(`"HeartbeatInterval = 300, newer 7\\u202e, 1.50 kWh"`);
  cleanup();
  await inSwedish();
  await line({ ...question, summary });
  expect(said()).toMatchInlineSnapshot(`"HeartbeatInterval = 300, newer 7\\u202e, 1,50 kWh"`);
});

test("the bookmarks are waited for", async () => {
  const screen = await show(<BookmarkList />, {});
  expect(screen.says()).toEqual(["… Fetching from the record"]);
});
