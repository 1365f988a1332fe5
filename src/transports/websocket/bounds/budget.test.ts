import { expect, test } from "vitest";
import { Budget } from "./budget.ts";

test("lets whoever holds the most go, as soon as all together hold too much", () => {
  const gone: string[] = [];
  const budget = new Budget<string>(
    () => 100,
    (holder) => gone.push(holder),
  );
  budget.set("a", 40);
  budget.set("b", 50);
  budget.set("c", 10);
  expect({ gone, total: budget.total }).toEqual({ gone: [], total: 100 });
  budget.set("c", 11);
  expect({ gone, total: budget.total }).toEqual({ gone: ["b"], total: 51 });
  budget.set("a", 0);
  budget.set("b", 0);
  expect(budget.total).toBe(11);
});
