import { expect, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import { createAuthorizer, knownCards } from "./authorizer.ts";
import { faultCodes, findFault } from "./faults.ts";
import type { Mail, Outlet } from "./model.ts";
import { playScenario } from "./scenario-runner.ts";
import type { Condition, Step } from "./scenarios.ts";
import { holds, viewOutlet } from "./view.ts";

const start = Date.UTC(2026, 5, 1);
const both = { list: true, cache: true };
const accepted = { status: "Accepted" };

test("a card is looked up where it may be, the list before the cache, in letters of either case", () => {
  const authorizer = createAuthorizer(createManualClock(start));
  expect(authorizer.known("A", both)).toBeNull();
  authorizer.remember("A", { status: "Blocked" });
  authorizer.replaceList(3, [
    { card: "a", info: { status: "Accepted", group: "G" } },
    { card: "B", info: accepted },
  ]);
  expect([
    authorizer.known("A", both),
    authorizer.known("a", { list: false, cache: true }),
    authorizer.known("b", { list: true, cache: false }),
    authorizer.known("B", { list: false, cache: true }),
    authorizer.known("a", { list: false, cache: false }),
  ]).toEqual([{ status: "Accepted", group: "G" }, { status: "Blocked" }, accepted, null, null]);
  authorizer.clearCache();
  expect(authorizer.known("A", { list: false, cache: true })).toBeNull();
  expect([authorizer.listVersion, authorizer.listLength]).toEqual([3, 2]);
});

test("what is known of a card is over with its time", () => {
  const clock = createManualClock(start);
  const authorizer = createAuthorizer(clock);
  authorizer.remember("A", { status: "Accepted", expiry: start + 1000, group: "G" });
  authorizer.replaceList(1, [{ card: "B", info: { status: "Accepted", expiry: start + 1000 } }]);
  clock.advance(999);
  expect([authorizer.known("A", both)?.status, authorizer.known("B", both)?.status]).toEqual(["Accepted", "Accepted"]);
  clock.advance(1);
  expect(authorizer.known("A", both)).toEqual({ status: "Expired", expiry: start + 1000, group: "G" });
  expect(authorizer.known("B", both)?.status).toBe("Expired");
});

test("a list is replaced by any, changed by a newer one alone, and forgets what comes without a word", () => {
  const authorizer = createAuthorizer(createManualClock(start));
  authorizer.replaceList(5, [{ card: "A", info: accepted }, { card: "B" }]);
  expect([authorizer.updateList(5, [{ card: "C", info: accepted }]), authorizer.listLength]).toEqual([false, 1]);
  expect(authorizer.updateList(6, [{ card: "C", info: accepted }, { card: "a" }])).toBe(true);
  expect([authorizer.listVersion, authorizer.known("A", both), authorizer.known("c", both)]).toEqual([
    6,
    null,
    accepted,
  ]);
  authorizer.replaceList(2, []);
  expect([authorizer.listVersion, authorizer.listLength]).toEqual([2, 0]);
  expect(new Set(knownCards.map((card) => card.toLowerCase())).size).toBe(4);
});

test("each fault of OCPP 1.6 has the make's own code, words, and a reason of 2.x", async () => {
  const lines = faultCodes.map((code) => {
    const { vendorCode, info, stoppedReason } = findFault(code.toUpperCase()) ?? {};
    return `${code} ${vendorCode} ${stoppedReason}: ${info}\n`;
  });
  await expect(lines.join("")).toMatchFileSnapshot("told/faults.txt");
  expect([findFault("NoError"), findFault("")]).toEqual([null, null]);
});

/** An outlet with what is seen of it from outside. */
const outlet = (more: object = {}): Outlet =>
  ({
    evse: 2,
    vehicle: null,
    fault: null,
    transaction: null,
    presented: null,
    reading: { power: 1.5, register: 7.9 },
    ...more,
  }) as unknown as Outlet;
const car = { capacity: 10, stored: 5, maxCurrent: 16 };

test("an outlet is seen as it is", () => {
  expect(viewOutlet(outlet())).toEqual({ evse: 2, connector: 1, plugged: false, charging: false, power: 2, energy: 7 });
  const running = { state: "Charging", card: { value: "A" } };
  const waits = { card: { value: "B" } };
  expect(
    viewOutlet(outlet({ vehicle: car, transaction: running, presented: waits, fault: { code: "OtherError" } })),
  ).toEqual({
    ...{ evse: 2, connector: 1, plugged: true, charging: true, power: 2, energy: 7, card: "A", fault: "OtherError" },
  });
  expect(viewOutlet(outlet({ transaction: { ...running, state: "SuspendedEV" } })).charging).toBe(false);
  expect(viewOutlet(outlet({ presented: waits })).card).toBe("B");
});

test.each<[Condition, object, boolean[], boolean]>([
  ["registered", {}, [false, true], true],
  ["registered", {}, [true, false], false],
  ["linked", {}, [true, false], true],
  ["linked", {}, [false, true], false],
  ["running", { transaction: { state: "SuspendedEV" } }, [], true],
  ["running", {}, [], false],
  ["charging", { transaction: { state: "Charging" } }, [], true],
  ["charging", { transaction: { state: "SuspendedEV" } }, [], false],
  ["charging", {}, [], false],
  ["over", {}, [], true],
  ["over", { transaction: {}, vehicle: car }, [], false],
  ["over", { transaction: {}, vehicle: { ...car, stored: 10 } }, [], true],
  ["over", { transaction: {} }, [], false],
])("that it is %s holds for %j with %j: %s", (condition, more, [ready = false, registered = false], so) => {
  expect(holds(condition, outlet(more), { ready, registered } as Mail)).toBe(so);
});

/** What a scenario does, and when; `isSo`: from when on its condition holds. */
function played(steps: Step[], { isSo = Number.POSITIVE_INFINITY, cannot = [] as string[] } = {}) {
  const clock = createManualClock(start);
  const did: string[] = [];
  const note = (what: string) => did.push(`${clock.now() - start} ${what}`);
  function* scenario(): Generator<Step, void, boolean> {
    for (const step of steps) note(`${step.do} ${yield step}`);
  }
  const timer = playScenario(scenario(), {
    clock,
    act(action, value) {
      if (cannot.includes(action)) throw new Error("not now");
      note(`${action} ${value}`);
    },
    holds: () => clock.now() - start >= isSo,
    log: (line) => note(line),
  });
  return { clock, did, timer };
}

test("a scenario waits, acts with a breath after each thing, and passes over what cannot be done", () => {
  const steps: Step[] = [
    { do: "wait", seconds: 2 },
    { do: "act", action: "plug" },
    { do: "act", action: "tap", value: "A" },
    { do: "act", action: "unplug" },
  ];
  const { clock, did } = played(steps, { cannot: ["tap"] });
  clock.advance(10_000);
  expect(did).toEqual([
    "2000 wait true",
    ...["2000 plug undefined", "2200 act true", "2200 scenario: tap not done: not now", "2400 act false"],
    ...["2400 unplug undefined", "2600 act true"],
  ]);
});

test.each([
  [0, ["0 until true"]],
  [700, ["1000 until true"]],
  [3000, ["3000 until true"]],
  [3001, ["3000 until false"]],
])("a scenario looks every half second, until its patience of 3 s is over: so from %i ms on", (isSo, told) => {
  const { clock, did } = played([{ do: "until", is: "linked", atMost: 3 }], { isSo });
  for (let count = 0; count < 50; count++) clock.advance(100);
  expect(did).toEqual(told);
});

test("a scenario that is stopped does nothing more", () => {
  const steps: Step[] = Array.from({ length: 9 }, () => ({ do: "act", action: "plug" }));
  const { clock, did, timer } = played(steps);
  clock.advance(300);
  const before = did.length;
  timer.stop();
  clock.advance(10_000);
  expect([before, did.length]).toEqual([3, 3]);
});
