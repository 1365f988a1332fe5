import { describe, expect, it } from "vitest";
import { stringifyJson } from "../lib/json.ts";
import { newStation } from "../station/model.ts";
import { summarise } from "./summary/summary.ts";
import { fullPayload, officialSchemas } from "./testing/full-payload.ts";
import { exchange, noon } from "./v2/test-exchange.ts";
import { dialectOf } from "./versions.ts";

const text = (value: unknown) => stringifyJson(value as never);

/** In a line each: the fields that matter, and what it meant. */
function lines(title: string, fields: unknown, rest: Record<string, unknown>): string[] {
  const told = Object.entries(rest).flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((one) => `  ${name} ${text(one)}`) : [`  ${name} ${text(value)}`],
  );
  return [title, `  summary ${text(fields)}`, ...told];
}

describe.each(["1.6", "2.0.1", "2.1"] as const)("OCPP %s", (version) => {
  const dialect = dialectOf(version);

  it("reads every field of every message that a station sends, and answers it", async () => {
    const schemas = await officialSchemas(version);
    const told = Object.keys(dialect.handlers)
      .sort()
      .flatMap((action) => {
        const schema = schemas[`${action}Request`] ?? schemas[action];
        return [0, 1].flatMap((round) => {
          const request = schema ? fullPayload(schema, round) : {};
          const { reply, events } = exchange(dialect, action, request);
          return lines(`${action} ${round + 1}`, summarise(action, request), { reply, event: events });
        });
      });
    await expect(`${told.join("\n")}\n`).toMatchFileSnapshot(`told/messages-${version}.txt`);
  });

  it("reads every field of every answer of a station", async () => {
    const schemas = await officialSchemas(version);
    const told = Object.keys(schemas)
      .filter((name) => name.endsWith("Response"))
      .sort()
      .flatMap((name) => {
        const action = name.slice(0, -"Response".length);
        const request = fullPayload(schemas[`${action}Request`] ?? {});
        return [0, 1].flatMap((round) => {
          const answer = fullPayload(schemas[name] ?? {}, round);
          const context = { at: noon, station: newStation("CP1", noon) };
          return lines(`${action} ${round + 1}`, summarise(action, answer), {
            outcome: dialect.outcome(action, answer),
            event: dialect.readAnswer(action, request, answer, context),
          });
        });
      });
    await expect(`${told.join("\n")}\n`).toMatchFileSnapshot(`told/answers-${version}.txt`);
  });
});
