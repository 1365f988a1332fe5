import { expect, test } from "vitest";
import { createRandom } from "./random.ts";
import { type Step, scenarioSteps } from "./scenarios.ts";

const cards = ["CARD1", "CARD2", "CARD3"];
const names = ["day", "fault", "idle", "offline"] as const;

/** A step as one reads it. What it waits for comes true, or does not. */
function line(step: Step, came: boolean): string {
  if (step.do === "wait") return `wait ${Math.round(step.seconds)} s`;
  if (step.do === "act") return [step.action, step.value].filter(Boolean).join(" ");
  return `until ${step.is}, ${Math.round(step.atMost)} s at most: ${came ? "came" : "did not come"}`;
}

/** The first steps of an outlet. */
function steps(name: (typeof names)[number], index: number, comes: (step: Step) => boolean): string[] {
  const scenario = scenarioSteps[name]({ random: createRandom(7), index, cards });
  const told: string[] = [];
  let next = scenario.next(true);
  while (!next.done && told.length < 80) {
    const came = comes(next.value);
    told.push(line(next.value, came));
    next = scenario.next(came);
  }
  return told;
}

test.each(names)("what an outlet lives through: %s", async (name) => {
  const told = [
    ["the first outlet", steps(name, 0, () => true)],
    ["the second outlet", steps(name, 1, () => true)],
    ["where nothing charges", steps(name, 0, (step) => step.do !== "until" || step.is === "registered").slice(0, 30)],
  ] as const;
  const text = told.map(([title, lines]) => `# ${title}\n${lines.join("\n")}\n`).join("\n");
  await expect(text).toMatchFileSnapshot(`told/scenario-${name}.txt`);
});
