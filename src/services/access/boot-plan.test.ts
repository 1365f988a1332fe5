import { expect, test } from "vitest";
import { createEmitter } from "../../lib/emitter.ts";
import { silentLogger } from "../../lib/logger.ts";
import type { EventBody } from "../../station/events.ts";
import type { RegistrationStatus } from "../../station/model.ts";
import type { AccessRow, BootStep } from "../../store/access.ts";
import type { Recorder, Stored } from "../../store/recorder.ts";
import { followBootPlans } from "./boot-plan.ts";
import type { AccessBook } from "./logic.ts";

/** What is left of a plan after events of a station. */
function left(bootPlan: BootStep[], ...bodies: EventBody[]): BootStep[] | undefined {
  let row: AccessRow = { identity: "CP1", bootPlan };
  const access = {
    find: (identity: string) => (identity === "CP1" ? row : undefined),
    change: (_identity: string, part: Partial<AccessRow>) => {
      row = { ...row, ...part };
    },
  } as unknown as AccessBook;
  const stored = createEmitter<Stored>(silentLogger);
  followBootPlans({ recorder: { stored } as Recorder, access });
  for (const body of bodies) {
    const event = { ...body, at: 0, seq: 1 };
    const of = (identity: string) => ({ station: { id: 1, identity }, event, own: false });
    stored.emit({ frames: [], marked: [], events: [of("CP1"), of("CP2")] });
  }
  return row.bootPlan;
}

const booted = (answered: RegistrationStatus): EventBody => ({ kind: "booted", info: {}, answered });
const plan: BootStep[] = [
  { status: "Pending", times: 2, interval: 5 },
  { status: "Rejected", times: 1 },
];

test("each boot takes one from the plan, step by step, until nothing is left", () => {
  expect(left(plan, booted("Pending"))).toEqual([{ status: "Pending", times: 1, interval: 5 }, plan[1]]);
  expect(left(plan, booted("Pending"), booted("Pending"))).toEqual([plan[1]]);
  expect(left(plan, booted("Pending"), booted("Pending"), booted("Rejected"))).toBeUndefined();
});

test("one that was answered otherwise does not count, and neither does what is no boot", () => {
  expect(left(plan, booted("Accepted"))).toEqual(plan);
  expect(left(plan, { kind: "heartbeat" })).toEqual(plan);
});
