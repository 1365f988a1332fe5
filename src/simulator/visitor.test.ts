import { expect, test } from "vitest";
import { createManualClock } from "../lib/clock.ts";
import type { JsonObject } from "../lib/json.ts";
import type { PeerAnswer } from "../ocpp/peer.ts";
import { createMachine } from "./machine.ts";
import type { Mail, Queued, Request } from "./model.ts";

const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
const start = Date.UTC(2026, 5, 1);

/** A station whose cards wait for their answer until the test gives one. */
function stationOf() {
  const clock = createManualClock(start);
  const log: string[] = [];
  const asked: string[] = [];
  const queued: string[] = [];
  const waiting: ((answer: PeerAnswer) => void)[] = [];
  const state = { ready: true, registered: true };
  const mail = {
    get ready() {
      return state.ready;
    },
    get registered() {
      return state.registered;
    },
    queued: 0,
    tell: () => undefined,
    queue: ({ action }: Queued) => queued.push(action),
    ask({ action, payload }: Request) {
      if (action !== "Authorize") return Promise.resolve({ type: "result", payload: {}, plain: {} });
      asked.push(String(payload.idTag));
      return new Promise<PeerAnswer>((resolve) => waiting.push(resolve));
    },
  } as unknown as Mail;
  const { machine, operations } = createMachine({
    ...{ identity: "CP1", ocpp: "1.6", connectors: 2, seed: 1, clock, password: undefined, secure: false, mail },
    ...{ clientCertificate: undefined, registration: { status: "Accepted", bootNow: () => undefined } },
    link: { open: () => undefined, close: () => undefined, redial: () => undefined },
    ...{ powerUp: () => undefined, rearmHeartbeat: () => undefined, has: () => false, onChange: () => undefined },
    log: (line) => log.push(line),
  });
  const [outlet, other] = machine.outlets;
  if (!outlet || !other) throw new Error("no outlets");
  const answer = async (status: string | null, more: object = {}) => {
    const idTagInfo: JsonObject = { ...(status !== null && { status }), ...more };
    waiting.shift()?.({ type: "result", payload: { idTagInfo }, plain: {} });
    await turn();
  };
  const fail = async (type: "error" | "closed" | "no-answer") => {
    waiting.shift()?.({ type } as PeerAnswer);
    await turn();
  };
  const why = (act: () => void) => {
    try {
      act();
    } catch (error) {
      return (error as { words: { phrase: string } }).words.phrase;
    }
    return "done";
  };
  const tap = (value = "A") => why(() => operations.visitor.tap(outlet, { value }));
  return { machine, operations, outlet, other, state, log, asked, queued, answer, fail, why, tap, clock };
}

test("while a card is asked about no other is taken, from a hand or from afar", async () => {
  const { operations, outlet, tap, answer, asked } = stationOf();
  expect([tap("A"), tap("B"), outlet.asking]).toEqual(["done", "virtual-asking", true]);
  expect(operations.service.findForStart({ evse: 1, card: { value: "B" } })).toEqual({ why: "Occupied" });
  await answer("Accepted");
  expect([outlet.asking, outlet.presented?.card.value, tap("B"), asked]).toEqual([
    false,
    "A",
    "virtual-card-taken",
    ["A"],
  ]);
});

test.each([
  [
    "faulted meanwhile",
    "card A refused: faulted (OtherError)",
    (one) => one.operations.visitor.fault(one.outlet, "OtherError"),
  ],
  ["restarting meanwhile", "card A refused: restarting", (one) => Object.assign(one.machine, { powered: false })],
  [
    "out of service meanwhile",
    "card A refused: out of service",
    (one) => Object.assign(one.outlet, { operative: false }),
  ],
  [
    "out of service as a whole",
    "card A refused: out of service",
    (one) => Object.assign(one.machine, { operative: false }),
  ],
  [
    "reserved meanwhile",
    "card A refused: reserved for another card",
    (one) => Object.assign(one.outlet, { reservation: { id: 1, evse: 1, card: "B", until: start + 1 } }),
  ],
  [
    "reserved for another group",
    "card A refused: reserved for another card",
    (one) => Object.assign(one.outlet, { reservation: { id: 1, evse: 1, card: "B", group: "H", until: start + 1 } }),
  ],
] as [string, string, (one: ReturnType<typeof stationOf>) => unknown][])(
  "a card that was accepted starts nothing where it is %s",
  async (_, said, meanwhile) => {
    const one = stationOf();
    one.tap();
    meanwhile(one);
    await one.answer("Accepted", { parentIdTag: "G" });
    expect([one.log, one.outlet.presented]).toEqual([[`EVSE 1: ${said}`], null]);
  },
);

test("a card of which the answer says nothing is refused as invalid", async () => {
  const { outlet, tap, answer, log } = stationOf();
  tap();
  await answer(null);
  expect([log, outlet.presented]).toEqual([["EVSE 1: card A refused: Invalid"], null]);
});

test("a card of the group that an outlet is reserved for is taken, and a transaction ends the reservation", async () => {
  const { outlet, tap, answer, operations, queued } = stationOf();
  outlet.reservation = { id: 9, evse: 1, card: "B", group: "G", until: start + 1 };
  operations.visitor.plug(outlet);
  tap();
  await answer("Accepted", { parentIdTag: "G" });
  expect([outlet.transaction?.reservation, outlet.reservation, queued]).toEqual([9, null, ["StartTransaction"]]);
});

test.each([
  ["Invalid", null, false, "error", false],
  ["closed", null, false, "closed", false],
  ["no-answer", null, false, "no-answer", false],
  ["closed, known", "Accepted", false, "closed", true],
  ["closed, known as blocked", "Blocked", false, "closed", false],
  ["closed, and unknown ones are let in", null, true, "closed", true],
  ["refused with an error, though unknown ones are let in", null, true, "error", false],
] as const)("a card whose question comes to nothing: %s", async (_, known, unknown, outcome, taken) => {
  const { machine, tap, fail, outlet } = stationOf();
  if (known) machine.authorizer.remember("A", { status: known });
  machine.speaker.answer("ChangeConfiguration", { key: "AllowOfflineTxForUnknownId", value: String(unknown) });
  tap();
  await fail(outcome);
  expect(outlet.presented !== null).toBe(taken);
});

test.each([
  ["virtual-restarting", (one) => Object.assign(one.machine, { powered: false })],
  ["virtual-not-accepted", (one) => Object.assign(one.state, { registered: false })],
  ["virtual-faulted", (one) => one.operations.visitor.fault(one.outlet, "OtherError")],
  ["virtual-out-of-service", (one) => Object.assign(one.outlet, { operative: false })],
  ["virtual-out-of-service", (one) => Object.assign(one.machine, { operative: false })],
  ["done", () => undefined],
] as [string, (one: ReturnType<typeof stationOf>) => unknown][])(
  "a card is held to the reader: %s",
  (phrase, before) => {
    const one = stationOf();
    before(one);
    expect(one.tap()).toBe(phrase);
  },
);

test("a start from afar is authorised first where that is set, and refused for what is in the way by then", async () => {
  const { machine, operations, outlet, other, answer, log, asked } = stationOf();
  machine.speaker.answer("ChangeConfiguration", { key: "AuthorizeRemoteTxRequests", value: "true" });
  const wanted = { card: { value: "A" }, remoteStartId: 5 };
  operations.service.remoteStart(outlet, wanted);
  expect([outlet.asking, asked]).toEqual([true, ["A"]]);
  operations.visitor.fault(outlet, "OtherError");
  await answer("Accepted");
  expect([log.splice(0), outlet.asking, outlet.presented]).toEqual([
    ["EVSE 1: remote start refused: Accepted"],
    false,
    null,
  ]);
  operations.service.remoteStart(other, wanted);
  await answer("Blocked");
  expect(log.splice(0)).toEqual(["EVSE 2: remote start refused: Blocked"]);
  operations.service.remoteStart(other, wanted);
  await answer("Accepted");
  expect(other.presented).toEqual({ card: { value: "A" }, remoteStartId: 5, profile: undefined });
  operations.visitor.plug(other);
  expect(other.transaction).toMatchObject({ remoteStartId: 5, card: { value: "A" } });
});

test("of free outlets the one with a car is taken for a start, and none before the station is accepted", () => {
  const { operations, outlet, other, state } = stationOf();
  const find = (evse?: number) => operations.service.findForStart({ evse, card: { value: "A" } });
  expect(find()).toBe(outlet);
  operations.visitor.plug(other);
  expect([find(), find(1), find(3)]).toEqual([other, outlet, { why: "UnknownEvse" }]);
  other.reservation = { id: 1, evse: 2, card: "a", until: 1 };
  expect(find(2)).toBe(other);
  other.reservation = { id: 1, evse: 2, card: "B", until: 1 };
  expect([find(), find(2)]).toEqual([outlet, { why: "Reserved" }]);
  state.registered = false;
  expect([find(), find(1)]).toEqual([{ why: "NotRegistered" }, { why: "NotRegistered" }]);
});

test("a reservation ends with its time, and not before", () => {
  const { operations, outlet, clock } = stationOf();
  expect(operations.service.reserve({ id: 1, evse: 1, card: "A", until: start })).toBe("Rejected");
  expect(operations.service.reserve({ id: 1, evse: 1, card: "A", until: start + 1000 })).toBe("Accepted");
  clock.advance(999);
  operations.service.tick();
  expect(outlet.reservation?.id).toBe(1);
  clock.advance(1);
  operations.service.tick();
  expect(outlet.reservation).toBeNull();
});

test.each([
  ["Accepted", () => undefined],
  ["Faulted", ({ outlet }) => Object.assign(outlet, { fault: { code: "OtherError" } })],
  ["Unavailable", ({ outlet }) => Object.assign(outlet, { operative: false })],
  ["Unavailable", ({ machine }) => Object.assign(machine, { operative: false })],
  ["Occupied", ({ operations, outlet }) => operations.visitor.plug(outlet)],
  ["Occupied", ({ operations, outlet }) => operations.charging.start(outlet, { card: { value: "B" } }, "remote")],
  ["Occupied", ({ operations, outlet }) => operations.visitor.admit(outlet, { card: { value: "B" } }, "card")],
  ["Occupied", ({ outlet }) => Object.assign(outlet, { reservation: { id: 8, evse: 1, card: "B", until: start + 1 } })],
] as [string, (one: ReturnType<typeof stationOf>) => unknown][])(
  "a reservation is %s by what stands at its outlet (%#)",
  (status, before) => {
    const one = stationOf();
    const { operations, outlet, other } = one;
    const wanted = { id: 7, evse: 1, card: "A", until: start + 1000 };
    other.reservation = { ...wanted, evse: 2 };
    before(one);
    expect(operations.service.reserve(wanted)).toBe(status);
    // It moves with its number, once it is taken.
    expect([outlet.reservation?.id === 7, other.reservation === null]).toEqual(
      status === "Accepted" ? [true, true] : [false, false],
    );
    expect(operations.service.reserve({ ...wanted, evse: 3 })).toBe("Rejected");
  },
);

test("a reservation is called off by its number alone, wherever it is", () => {
  const { operations, other } = stationOf();
  other.reservation = { id: 7, evse: 2, card: "A", until: start + 1000 };
  const { cancelReservation } = operations.service;
  expect([cancelReservation(8), cancelReservation(7), cancelReservation(7)]).toEqual([false, true, false]);
  expect(other.reservation).toBeNull();
});

test("a transaction that ends takes the profile with it that was its own, and leaves a cable that is in", () => {
  const { machine, operations, outlet, other } = stationOf();
  const profile = (id: number, purpose: "default" | "transaction") => ({
    ...{ id, evse: 1, stackLevel: id, purpose, kind: "Relative" as const, source: {} },
    schedule: { unit: "A" as const, periods: [{ start: 0, limit: 9, phases: 3 }] },
  });
  machine.profiles = [profile(1, "default")];
  operations.visitor.plug(outlet);
  operations.charging.start(outlet, { card: { value: "A" }, profile: profile(2, "transaction") }, "card");
  operations.charging.start(other, { card: { value: "B" }, profile: profile(3, "transaction") }, "remote");
  const left = () => machine.profiles.map(({ id, evse }) => [id, evse]);
  const [all, one, none] = [
    ...[
      [
        [1, 1],
        [2, 1],
        [3, 2],
      ],
      [
        [1, 1],
        [3, 2],
      ],
      [[1, 1]],
    ],
  ];
  expect(left()).toEqual(all);
  operations.charging.end(outlet, "local");
  expect([left(), outlet.transaction, outlet.finished]).toEqual([one, null, true]);
  operations.charging.end(other, "remote");
  expect([left(), other.transaction, other.finished]).toEqual([none, null, false]);
  operations.charging.end(other, "remote");
  expect(left()).toEqual(none);
});

test.each([
  [true, "Accepted"],
  [false, undefined],
])("an answer is kept for later where the cache is on: %s", async (on, status) => {
  const { machine, tap, answer } = stationOf();
  machine.speaker.answer("ChangeConfiguration", { key: "AuthorizationCacheEnabled", value: String(on) });
  tap();
  await answer("Accepted");
  expect(machine.authorizer.known("A", { list: true, cache: true })?.status).toBe(status);
});

test.each([
  { offline: true, linked: false, taken: true },
  { offline: false, linked: false, taken: false },
  { offline: false, linked: true, taken: true },
])(
  "a card that is known, where it is let in without a link: $offline, and the link is there: $linked",
  async (given) => {
    const { machine, tap, fail, outlet, state } = stationOf();
    machine.authorizer.remember("A", { status: "Accepted" });
    machine.speaker.answer("ChangeConfiguration", { key: "LocalAuthorizeOffline", value: String(given.offline) });
    tap();
    state.ready = given.linked;
    await fail("no-answer");
    expect(outlet.presented !== null).toBe(given.taken);
  },
);
