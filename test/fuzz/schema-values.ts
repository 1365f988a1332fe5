import fc from "fast-check";
import { oddLetters } from "./mutations.ts";
import type { SchemaNode } from "./official-schemas.ts";

/** Few of each kind, so that ids, EVSEs and tokens of one message are met again in another. */
const numbers = [1, 0, 2, 3, 7, 100, 1000, 65_535, 2_147_483_647, -1, 0.5, 16.02];
const texts = [
  "1",
  "A",
  "tx-1",
  "04A1B2C3",
  "Energy.Active.Import.Register",
  "ABB",
  "1.0",
  "230.4",
  "-7",
  "FUZZ-0",
  "",
];
const times = [
  "2026-07-01T12:00:00Z",
  "2026-07-01T12:00:00.123+02:00",
  "2025-01-01T00:00:00Z",
  "1970-01-01T00:00:00Z",
  "2106-02-07T06:28:15Z",
];
const letters = fc.string({ maxLength: 40, unit: oddLetters });
const deepest = 7;

/** Values that fit a JSON schema, or nearly so: lengths and ranges are kept, the meaning is left to chance. */
export function valuesOf(schema: SchemaNode, root: SchemaNode = schema, depth = 0): fc.Arbitrary<unknown> {
  const name = schema.$ref?.split("/").pop();
  const node = (name ? root.definitions?.[name] : undefined) ?? schema;
  if (node.const !== undefined) return fc.constant(node.const);
  if (node.enum) return fc.constantFrom(...node.enum);
  const choices = node.anyOf ?? node.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => valuesOf(choice, root, depth)));
  if (Array.isArray(node.type)) return fc.oneof(...node.type.map((type) => valuesOf({ ...node, type }, root, depth)));
  switch (node.type) {
    case "null":
      return fc.constant(null);
    case "object":
      return objectsOf(node, root, depth);
    case "array": {
      const minLength = node.minItems ?? 0;
      const maxLength = depth > deepest ? minLength : Math.max(minLength, Math.min(node.maxItems ?? 3, 3));
      return fc.array(valuesOf(node.items ?? {}, root, depth + 1), { minLength, maxLength });
    }
    case "integer":
      return numbersOf(node).filter(Number.isInteger);
    case "number":
      return numbersOf(node);
    case "boolean":
      return fc.boolean();
    default:
      return textsOf(node);
  }
}

function objectsOf(node: SchemaNode, root: SchemaNode, depth: number): fc.Arbitrary<unknown> {
  const required = node.required ?? [];
  // The vendors' own field is in every object of 2.x, and means nothing to anybody.
  const named = Object.entries(node.properties ?? {}).filter(
    ([key]) => required.includes(key) || (depth <= deepest && (key !== "customData" || depth === 0)),
  );
  const parts = Object.fromEntries(named.map(([key, part]) => [key, valuesOf(part, root, depth + 1)]));
  return fc.record(parts, { requiredKeys: required.filter((key) => Object.hasOwn(parts, key)) });
}

function numbersOf({ minimum, maximum }: SchemaNode): fc.Arbitrary<number> {
  const least = minimum ?? Number.NEGATIVE_INFINITY;
  const most = maximum ?? Number.POSITIVE_INFINITY;
  const fit = numbers.filter((number) => number >= least && number <= most);
  return fit.length > 0 ? fc.constantFrom(...fit) : fc.constant(minimum ?? maximum ?? 0);
}

function textsOf({ format, maxLength = 50 }: SchemaNode): fc.Arbitrary<string> {
  if (format === "date-time") return fc.constantFrom(...times);
  if (format === "uri") return fc.constantFrom("https://example.com/a", "ftp://user:word@example.com/b");
  const fit = texts.filter((text) => text.length <= maxLength);
  return fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...fit) },
    { weight: 1, arbitrary: letters.map((text) => text.slice(0, maxLength)) },
  );
}
