import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Json, JsonObject } from "../../lib/json.ts";
import type { OcppVersion } from "../../station/model.ts";

type Schema = {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: string[];
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  maxItems?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  definitions?: Record<string, Schema>;
};

const folders: Record<OcppVersion, string> = { "1.6": "ocpp16", "2.0.1": "ocpp20", "2.1": "ocpp21" };

/** The official schemas of a version, by name: `HeartbeatRequest`, `HeartbeatResponse`. */
export async function officialSchemas(version: OcppVersion): Promise<Readonly<Record<string, Schema>>> {
  const root = join(dirname(createRequire(import.meta.url).resolve("typed-ocpp")), "..");
  return import(pathToFileURL(join(root, "dist", folders[version], "schemas.js")).href);
}

/** A payload with every field that its schema knows, each with a value of its own, so that none can stand in for another.
 * @param round which of the words of an enum: the first, the second, and so on round */
export function fullPayload(schema: Schema, round = 0): JsonObject {
  let count = 0;

  function value(of: Schema, name: string): Json {
    if (of.$ref) return value(schema.definitions?.[of.$ref.split("/").at(-1) ?? ""] ?? {}, name);
    if (of.enum) return of.enum[round % of.enum.length] ?? "";
    switch (of.type) {
      case "object":
        return object(of);
      case "array":
        return Array.from({ length: Math.min(2, of.maxItems ?? 2) }, () => value(of.items ?? {}, name));
      case "integer":
        return Math.min(of.maximum ?? Number.MAX_SAFE_INTEGER, Math.max(of.minimum ?? 0, ++count));
      case "number":
        return Math.min(of.maximum ?? Number.MAX_SAFE_INTEGER, ++count + 0.5);
      case "boolean":
        return round % 2 === 0;
      default:
        return of.format === "date-time" ? timeOf(++count) : `${name}${++count}`.slice(-(of.maxLength ?? 100));
    }
  }

  function object(of: Schema): JsonObject {
    const fields = Object.entries(of.properties ?? {}).filter(([name]) => name !== "customData");
    return Object.fromEntries(fields.map(([name, field]) => [name, value(field, name)]));
  }

  return object(schema);
}

/** Just before noon, a second apart. */
function timeOf(second: number): string {
  return new Date(Date.UTC(2026, 0, 31, 11, 50, second)).toISOString();
}
