import type { Random } from "../../../src/simulator/random.ts";
import type { Rule } from "../../../src/words/en/findings.ts";
import type { SchemaNode } from "../official-schemas.ts";
import { resolved } from "./valid.ts";

/** A payload with one violation of its schema. */
export type Violation = {
  kind: string;
  /** The place as findings write it: positions in lists are left out. */
  path: string;
  /** Under which rules it may be told: the schema's own, or the dialect's that says the same with more knowledge. */
  rules: readonly Rule[];
  payload: unknown;
};

type Place = { node: SchemaNode; holder: Record<string, unknown>; key: string; path: string };

const wrongType: readonly Rule[] = ["wrong-type"];

/** Breaks one thing in a payload that fits its schema. */
export function violate(schema: SchemaNode, valid: unknown, random: Random): Violation {
  const box = { root: structuredClone(valid) } as Record<string, unknown>;
  const places = placesIn(schema, box);
  for (let tries = 0; ; tries++) {
    const place = random.pick(places);
    const broken = random.pick(breaksOf(place));
    if (broken) {
      const path = (broken.path ?? place.path) || "/";
      broken.apply();
      return { kind: broken.kind, path, rules: broken.rules, payload: box.root };
    }
    if (tries > 200) throw new Error("nothing can be broken");
  }
}

type Break = { kind: string; rules: readonly Rule[]; path?: string; apply: () => void } | null;

function breaksOf({ node, holder, key, path }: Place): Break[] {
  const put = (value: unknown) => () => {
    holder[key] = value;
  };
  const value = holder[key];
  const breaks: Break[] = [];
  const isRoot = path === "";
  if (node.enum)
    breaks.push({
      kind: "enum",
      rules: ["unknown-value", "unknown-context", "unknown-phase", "unknown-error-code"],
      apply: put("Bogus-word"),
    });
  if (node.type === "string") {
    breaks.push(
      { kind: "type", rules: wrongType, apply: put(77) },
      { kind: "type", rules: wrongType, apply: put({ a: 1 }) },
    );
    if (node.maxLength !== undefined && node.maxLength < 3000 && !node.enum) {
      breaks.push({ kind: "maxLength", rules: ["too-long"], apply: put("x".repeat(node.maxLength + 1)) });
    }
    if (node.format === "date-time") {
      breaks.push({
        kind: "format",
        rules: ["bad-format", "time-unreadable", "time-without-zone"],
        apply: put("2026-13-01 25:00"),
      });
    }
  }
  if (node.type === "integer" || node.type === "number") {
    breaks.push({ kind: "type", rules: wrongType, apply: put("7") });
    if (node.type === "integer") breaks.push({ kind: "type", rules: wrongType, apply: put(7.5) });
    if (node.minimum !== undefined)
      breaks.push({ kind: "minimum", rules: ["out-of-range"], apply: put(node.minimum - 1) });
    if (node.maximum !== undefined)
      breaks.push({ kind: "maximum", rules: ["out-of-range"], apply: put(node.maximum + 1) });
  }
  if (node.type === "boolean") breaks.push({ kind: "type", rules: wrongType, apply: put("true") });
  if (node.type === "array") {
    breaks.push({ kind: "type", rules: wrongType, apply: put("list") });
    if ((node.minItems ?? 0) > 0) breaks.push({ kind: "minItems", rules: ["empty-list"], apply: put([]) });
    const { maxItems } = node;
    if (maxItems !== undefined && maxItems < 50 && Array.isArray(value)) {
      breaks.push({
        kind: "maxItems",
        rules: ["out-of-range"],
        apply: put(Array.from({ length: maxItems + 1 }, () => value[0])),
      });
    }
  }
  if (node.type === "object" && typeof value === "object" && value !== null) {
    const said = value as Record<string, unknown>;
    if (!isRoot) breaks.push({ kind: "type", rules: wrongType, apply: put("object") });
    for (const name of node.required ?? []) {
      const at = `${path}/${name}`;
      breaks.push({ kind: "required", rules: ["missing-field"], path: at, apply: () => delete said[name] });
    }
    // customData may hold anything.
    if (node.additionalProperties === false) {
      const at = `${path}/colour`;
      breaks.push({
        kind: "additionalProperties",
        rules: ["unknown-field"],
        path: at,
        apply: () => {
          said.colour = "red";
        },
      });
    }
  }
  return breaks.length > 0 ? breaks : [null];
}

function placesIn(schema: SchemaNode, box: Record<string, unknown>): Place[] {
  const places: Place[] = [];
  const visit = (part: SchemaNode, holder: Record<string, unknown>, key: string, path: string): void => {
    const node = resolved(part, schema);
    places.push({ node, holder, key, path });
    const value = holder[key];
    if (Array.isArray(value)) {
      const entries = value as unknown as Record<string, unknown>;
      for (const index of value.keys()) visit(node.items ?? {}, entries, String(index), `${path}/*`);
    } else if (typeof value === "object" && value !== null) {
      const said = value as Record<string, unknown>;
      for (const name of Object.keys(said)) visit(node.properties?.[name] ?? {}, said, name, `${path}/${name}`);
    }
  };
  visit(schema, box, "root", "");
  return places;
}
