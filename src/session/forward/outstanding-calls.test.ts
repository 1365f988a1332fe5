import { expect, test } from "vitest";
import { createManualClock } from "../../lib/clock.ts";
import type { Asked } from "../answering.ts";
import { Outstanding } from "./outstanding-calls.ts";

const asked = (name: string) => ({ name }) as unknown as Asked;
const call = { seq: 1, action: "Reset", payload: {}, byHand: false };

test("one id twice: the answers are for the calls in their order", () => {
  const calls = new Outstanding(createManualClock());
  calls.wentUp("a", asked("first"));
  calls.wentUp("a", asked("second"));
  expect([calls.takeUp("a"), calls.takeUp("a"), calls.takeUp("a")]).toEqual([
    asked("first"),
    asked("second"),
    undefined,
  ]);
});

test("the station is busy until it answers, or for as long as an answer may take; a late answer is still known", () => {
  const clock = createManualClock();
  const calls = new Outstanding(clock);
  const late: string[] = [];
  calls.wentDown("a", call, 1000, () => late.push("a"));
  calls.wentDown("b", call, 2000, () => late.push("b"));
  expect(calls.busy).toBe(true);
  calls.takeDown("b");
  clock.advance(5000);
  expect([calls.busy, late, calls.hasDown("a"), calls.takeDown("a")]).toMatchObject([false, ["a"], true, call]);
});

test("many unanswered calls do not pile up", () => {
  const calls = new Outstanding(createManualClock());
  for (let n = 0; n < 1000; n++) {
    calls.wentUp(`u${n}`, asked(String(n)));
    calls.wentDown(`d${n}`, call, 1e9, () => undefined);
    calls.oursWentUp(`o${n}`, { seq: n, action: "A" });
  }
  expect([calls.takeUp("u799"), calls.hasDown("d799"), calls.takeOurs("o799")]).toEqual([undefined, false, undefined]);
  expect([calls.takeUp("u800"), calls.hasDown("d800"), calls.takeOurs("o800")]).toEqual([
    asked("800"),
    true,
    { seq: 800, action: "A" },
  ]);
});

test("when the connection upward is over, what went up comes back in order", () => {
  const calls = new Outstanding(createManualClock());
  calls.wentUp("a", asked("1"));
  calls.wentUp("b", asked("2"));
  calls.oursWentUp("c", { seq: 1, action: "A" });
  expect(calls.lostAbove()).toEqual([asked("1"), asked("2")]);
  expect(calls.takeOurs("c")).toBeUndefined();
});

test("one that did not go up after all is forgotten by itself, whatever its id, and the others stay", () => {
  const calls = new Outstanding(createManualClock());
  const [first, second] = [asked("first"), asked("second")];
  calls.wentUp("a", first);
  calls.wentUp("a", second);
  calls.forgetUp(second);
  calls.forgetUp(asked("nobody"));
  calls.wentUp("b", second);
  calls.wentUp("c", asked("third"));
  calls.forgetUp(second);
  expect([calls.takeUp("a"), calls.takeUp("a"), calls.takeUp("b"), calls.takeUp("c")]).toEqual([
    ...[first, undefined, undefined, asked("third")],
  ]);
});

test("one that goes down again under the same id is one, and waits anew", () => {
  const clock = createManualClock();
  const calls = new Outstanding(clock);
  const late: string[] = [];
  calls.wentDown("a", call, 1000, () => late.push("first"));
  clock.advance(600);
  calls.wentDown("a", call, 1000, () => late.push("second"));
  clock.advance(600);
  expect([calls.busy, late]).toEqual([true, []]);
  clock.advance(400);
  expect([calls.busy, late]).toEqual([false, ["second"]]);
});

test("cleared, nothing is under way and nothing is late", () => {
  const clock = createManualClock();
  const calls = new Outstanding(clock);
  const late: string[] = [];
  calls.wentUp("a", asked("1"));
  calls.wentDown("b", call, 1000, () => late.push("b"));
  calls.oursWentUp("c", { seq: 1, action: "A" });
  calls.clear();
  clock.advance(1000);
  expect([calls.takeUp("a"), calls.hasDown("b"), calls.takeOurs("c"), calls.busy, late]).toEqual([
    ...[undefined, false, undefined, false, []],
  ]);
});
