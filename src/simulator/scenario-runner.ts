import type { Clock, Timer } from "../lib/clock.ts";
import type { SimulatorAction } from "../services/simulator/contract.ts";
import type { Condition, Scenario, Step } from "./scenarios.ts";

export type Stage = {
  clock: Clock;
  /** @throws Error that says why it cannot be done now */
  act(action: SimulatorAction, value: string | undefined): void;
  holds(condition: Condition): boolean;
  log(line: string): void;
};

/** How often a condition is looked at, station time. */
const lookEveryMs = 500;

/** Plays a scenario until it ends or is stopped. What cannot be done is logged and passed over: hands may have been there. */
export function playScenario(scenario: Scenario, stage: Stage): Timer {
  const { clock } = stage;
  let timer: Timer | null = null;
  let stopped = false;

  function later(ms: number, task: () => void): void {
    timer = clock.after(ms, task);
  }

  function go(result: boolean): void {
    if (stopped) return;
    const next = scenario.next(result);
    if (!next.done) play(next.value);
  }

  function play(step: Step): void {
    if (step.do === "wait") later(step.seconds * 1000, () => go(true));
    else if (step.do === "until") look(step.is, clock.monotonic() + step.atMost * 1000);
    else {
      const done = tryTo(step.action, step.value);
      // A breath between two things that hands do, and none too deep a stack of them.
      later(200, () => go(done));
    }
  }

  function look(condition: Condition, giveUpAt: number): void {
    if (stage.holds(condition)) later(0, () => go(true));
    else if (clock.monotonic() >= giveUpAt) later(0, () => go(false));
    else later(lookEveryMs, () => look(condition, giveUpAt));
  }

  function tryTo(action: SimulatorAction, value: string | undefined): boolean {
    try {
      stage.act(action, value);
      return true;
    } catch (error) {
      stage.log(`scenario: ${action} not done: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
  }

  later(0, () => go(true));
  return {
    stop() {
      stopped = true;
      timer?.stop();
    },
  };
}
