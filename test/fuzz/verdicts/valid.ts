import type { Random } from "../../../src/simulator/random.ts";
import type { SchemaNode } from "../official-schemas.ts";

/** Units by the beginning of the measurand that they belong to; the first is what a station says when it says none. */
const units: [string, string[]][] = [
  ["Energy.Active", ["Wh", "kWh"]],
  ["Energy.Reactive", ["varh", "kvarh"]],
  ["Power.Active", ["W", "kW"]],
  ["Power.Reactive", ["var", "kvar"]],
  ["Power.Offered", ["W", "kW"]],
  ["Current", ["A"]],
  ["Voltage", ["V"]],
  ["Temperature", ["Celsius", "Fahrenheit"]],
  ["SoC", ["Percent"]],
];

/** A value that fits its schema and could be a real station's: of this time, of a place that there is, with units that fit.
 * @param name the field that it stands in
 * @param now milliseconds since 1970 UTC */
export function validValue(
  schema: SchemaNode,
  random: Random,
  now: number,
  root = schema,
  name = "",
  depth = 0,
): unknown {
  const node = resolved(schema, root);
  if (node.enum) return random.pick(node.enum);
  switch (node.type) {
    case "object":
      return validObject(node, random, now, root, depth);
    case "array": {
      const most = Math.min(node.maxItems ?? 3, 3);
      const length = Math.max(node.minItems ?? 1, Math.floor(random.between(1, most + 1)));
      return Array.from({ length }, () => validValue(node.items ?? {}, random, now, root, name, depth + 1));
    }
    case "integer":
      return Math.max(
        node.minimum ?? 0,
        Math.min(
          node.maximum ?? 1000,
          /^(?:id|evseId|connectorId)$/.test(name)
            ? Math.floor(random.between(1, 3))
            : Math.floor(random.between(1, 900)),
        ),
      );
    case "number":
      return Math.max(node.minimum ?? 0, Math.min(node.maximum ?? 1000, Math.floor(random.between(1, 9000)) / 10));
    case "boolean":
      return random.next() < 0.5;
    default:
      return validText(node, random, now, name);
  }
}

export function resolved(schema: SchemaNode, root: SchemaNode): SchemaNode {
  const name = schema.$ref?.split("/").pop();
  return (name ? root.definitions?.[name] : undefined) ?? schema;
}

function validObject(node: SchemaNode, random: Random, now: number, root: SchemaNode, depth: number): object {
  const required = node.required ?? [];
  const result: Record<string, unknown> = {};
  for (const [key, part] of Object.entries(node.properties ?? {})) {
    const optional = key === "customData" ? 0 : depth > 5 ? 0 : 0.6;
    if (required.includes(key) || random.next() < optional)
      result[key] = validValue(part, random, now, root, key, depth + 1);
  }
  return sensible(result, random);
}

/** Sets right what fits the schema and no real station would say. */
function sensible(said: Record<string, unknown>, random: Random): object {
  if ("value" in said) {
    const measurand = String(said.measurand ?? "Energy.Active.Import.Register");
    const fitting = units.find(([prefix]) => measurand.startsWith(prefix))?.[1];
    for (const holder of [said, said.unitOfMeasure as Record<string, unknown> | undefined]) {
      if (holder?.unit === undefined) continue;
      if (fitting) holder.unit = random.pick(fitting);
      else delete holder.unit;
    }
  }
  if (said.sampledValue === undefined && typeof said.value === "string" && "format" in said) said.format = "Raw";
  if (typeof said.idToken === "string" && said.type !== undefined) said.idToken = "04A1B2C3";
  if (said.status === "Faulted" && said.errorCode === "NoError") said.errorCode = "GroundFailure";
  return said;
}

function validText({ format, maxLength = 50 }: SchemaNode, random: Random, now: number, name: string): string {
  if (format === "date-time") return new Date(now - Math.floor(random.between(0, 60_000))).toISOString();
  if (format === "uri") return "https://example.com/path";
  if (name === "value") return (Math.floor(random.between(1, 90_000)) / 10).toString();
  if (name === "idTag" || name === "idToken" || name === "parentIdTag") return "04A1B2C3".slice(0, maxLength);
  const letters = Math.max(1, Math.min(maxLength, Math.floor(random.between(1, 20))));
  return Array.from({ length: letters }, () => random.pick([..."ABCDEFabcdef0123456789"])).join("");
}
