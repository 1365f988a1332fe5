import { expect, test } from "vitest";
import { z } from "zod";
import { contract } from "./contract.ts";

/** A text of which the blanks around it are no part: JSON Schema has no word for that, and it is ours. */
function tellTrimmed({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: Record<string, unknown> }) {
  const { type, checks = [] } = zodSchema._zod.def;
  if (type === "string" && checks.some(({ _zod }) => _zod.def.check === "overwrite")) jsonSchema.trimmed = true;
}

/** A call or feed as a script sees it: what it takes, with every bound and default, as a JSON Schema (2020-12). */
function told(name: string, spec: (typeof contract)[keyof typeof contract]): string {
  const { $schema: _, ...input } = z.toJSONSchema(spec.input, { io: "input", override: tellTrimmed });
  const kind = spec.kind === "call" ? "call" : `${spec.shape} feed${spec.key === undefined ? "" : ` by ${spec.key}`}`;
  return `${name}: ${kind}\n${JSON.stringify(input)}\n`;
}

test("what can be asked of the core, and what each takes", async () => {
  const text = Object.entries(contract)
    .map(([name, spec]) => told(name, spec))
    .sort()
    .join("\n");
  await expect(text).toMatchFileSnapshot("told/contract.txt");
});
