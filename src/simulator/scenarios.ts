import type { ScenarioName, SimulatorAction } from "../services/simulator/contract.ts";
import { faultCodes } from "./faults.ts";
import type { Random } from "./random.ts";

/** What a scenario can wait for at its outlet. `over`: no transaction, or a full battery. */
export type Condition = "registered" | "linked" | "running" | "charging" | "over";

/** One step of a scenario; times are seconds of station time. `until` yields whether it came true in time, `act` whether it
 * could be done. */
export type Step =
  | { do: "wait"; seconds: number }
  | { do: "until"; is: Condition; atMost: number }
  | { do: "act"; action: SimulatorAction; value?: string };

/** What a scenario knows: its chance, its place among the outlets (0 = the first) and the cards of its visitors. */
export type Scene = { random: Random; index: number; cards: readonly string[] };

export type Scenario = Generator<Step, void, boolean>;

const minute = 60;
const hour = 60 * minute;
const forever = Number.POSITIVE_INFINITY;

/** What each outlet lives through, by name. */
export const scenarioSteps: Record<ScenarioName, (scene: Scene) => Scenario> = { day, idle, fault, offline };

const wait = (seconds: number): Step => ({ do: "wait", seconds });
const until = (is: Condition, atMost: number): Step => ({ do: "until", is, atMost });
const act = (action: SimulatorAction, value?: string): Step => ({ do: "act", action, value });

/** Boots, and waits for hands. */
function* idle(): Scenario {
  yield until("registered", forever);
}

/** Visitors come, charge for a while and go; now and then something breaks, or the link does. */
function* day({ random, index, cards }: Scene): Scenario {
  yield until("registered", forever);
  if (index > 0) yield wait(random.between(20, 5 * minute));
  for (let visit = 0; ; visit++) {
    const card = random.pick(cards);
    yield act("plug");
    yield wait(visit === 0 ? 1 : random.between(3, 20));
    yield act("tap", card);
    if (yield until("charging", minute)) {
      // The link is the whole station's: only the first outlet pulls at it.
      if (index === 0 && visit % 3 === 1) yield* dropOut(random.between(2, 6) * minute);
      yield until("over", random.between(20, 90) * minute);
      if (random.next() < 0.7 && (yield until("running", 0))) {
        yield act("tap", card);
        yield wait(random.between(10, minute));
      }
    }
    yield act("unplug");
    yield wait(random.between(1, 15) * minute);
    if (visit % 3 === 2) {
      yield act("fault", random.pick(faultCodes));
      yield wait(random.between(1, 5) * minute);
      yield act("clear-fault");
      yield wait(random.between(10, 2 * minute));
    }
  }
}

function* dropOut(seconds: number): Scenario {
  yield wait(2 * minute);
  yield act("drop-link");
  yield wait(seconds);
  yield act("restore-link");
  yield until("linked", hour);
}

/** One error code after another; every other one strikes while a car charges. */
function* fault({ random, index, cards }: Scene): Scenario {
  yield until("registered", forever);
  yield wait(2 + 5 * index);
  for (let round = 0; ; round++) {
    const strikes = round % 2 === 1;
    if (strikes) {
      yield act("plug");
      yield wait(2);
      yield act("tap", random.pick(cards));
      if (yield until("charging", minute)) yield wait(45);
    }
    yield act("fault", faultCodes[(round + index) % faultCodes.length]);
    yield wait(30);
    yield act("clear-fault");
    if (strikes) yield act("unplug");
    yield wait(15);
  }
}

/** Sessions across a lost link: one goes on, the next ends while offline, the third also begins offline. */
function* offline({ index, cards }: Scene): Scenario {
  yield until("registered", forever);
  yield wait(1 + 3 * index);
  const card = cards[index % cards.length] ?? cards[0];
  for (;;) {
    for (const kind of ["goes on", "ends", "begins and ends"] as const) {
      if (kind === "begins and ends" && index === 0) yield act("drop-link");
      yield act("plug");
      yield wait(2);
      yield act("tap", card);
      if (yield until("charging", minute)) yield wait(minute);
      if (kind !== "begins and ends" && index === 0) yield act("drop-link");
      yield wait(2 * minute);
      if (kind !== "goes on") yield* leave(card);
      if (index === 0) yield act("restore-link");
      yield until("linked", hour);
      yield wait(30);
      if (kind === "goes on") yield* leave(card);
      yield wait(30);
    }
  }
}

function* leave(card: string | undefined): Scenario {
  if (yield until("running", 0)) yield act("tap", card);
  yield wait(10);
  yield act("unplug");
}
