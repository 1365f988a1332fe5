import fc from "fast-check";
import { z } from "zod";
import { contract } from "../../../src/api/contract.ts";
import { mutated, mutations } from "../mutations.ts";
import type { SchemaNode } from "../official-schemas.ts";
import { valuesOf } from "../schema-values.ts";

/** What makes keys, or waits for a network: too slow to be done ten thousand times, and no input to speak of. */
const slow = new Set(["certificates.newRoot", "certificates.renewServer", "connection.selfTest"]);

const oddNames = [
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "",
  "stations",
  "stations.",
  "settings.values ",
];
const oddMessages = [
  "",
  "null",
  "[]",
  "{}",
  "7",
  '"call"',
  '{"id":1}',
  '{"id":1,"call":7}',
  '{"id":"1","call":"x"}',
  '{"id":1e400}',
];
const ids = [1, 2, 3, 0, -1, 2_147_483_648, Number.MAX_SAFE_INTEGER, 0.5, "1", null];

/** Makes messages of a client of the core: calls and watches of every name with inputs that fit their schemas and such that do not. */
export function clientMessages(): fc.Arbitrary<string> {
  const asked = Object.entries(contract)
    .filter(([name]) => !slow.has(name))
    .map(([name, spec]) => {
      const schema = z.toJSONSchema(spec.input, { io: "input", unrepresentable: "any" }) as SchemaNode;
      return fc.record({
        id: fc.nat({ max: 300 }),
        [spec.kind === "call" ? "call" : "watch"]: fc.constant(name),
        input: valuesOf(schema),
      });
    });
  const message = fc.oneof(
    { weight: 20, arbitrary: fc.oneof(...asked) },
    { weight: 2, arbitrary: fc.record({ id: fc.nat({ max: 300 }), unwatch: fc.constant(true) }) },
    {
      weight: 1,
      arbitrary: fc.record({
        id: fc.constantFrom(...ids),
        call: fc.constantFrom(...oddNames, ...Object.keys(contract)),
        input: fc.jsonValue({ maxDepth: 2 }),
      }),
    },
  );
  const texts = message.map((value) => JSON.stringify(value));
  const changed = fc
    .tuple(texts, fc.array(mutations, { minLength: 1, maxLength: 3 }))
    .map(([text, changes]) => mutated(text, changes));
  return fc.oneof(
    { weight: 10, arbitrary: texts },
    { weight: 10, arbitrary: changed },
    { weight: 1, arbitrary: fc.constantFrom(...oddMessages) },
  );
}
