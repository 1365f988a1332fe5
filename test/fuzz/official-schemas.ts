import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { OcppVersion } from "../../src/station/model.ts";

/** A part of a JSON schema, as far as the official ones and those of our own contract go. */
export type SchemaNode = {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  format?: string;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  items?: SchemaNode;
  required?: string[];
  additionalProperties?: boolean;
  properties?: Record<string, SchemaNode>;
  definitions?: Record<string, SchemaNode>;
};

const folders: Record<OcppVersion, string> = { "1.6": "ocpp16", "2.0.1": "ocpp20", "2.1": "ocpp21" };

/** The official request schemas of a version by action, from the package that the validators are made of. */
export async function officialRequests(version: OcppVersion): Promise<Map<string, SchemaNode>> {
  const packageRoot = join(dirname(createRequire(import.meta.url).resolve("typed-ocpp")), "..");
  const module: Record<string, unknown> = await import(
    pathToFileURL(join(packageRoot, "dist", folders[version], "schemas.js")).href
  );
  const found = new Map<string, SchemaNode>();
  for (const [exported, schema] of Object.entries(module)) {
    // 2.1's one message without an answer, NotifyPeriodicEventStream, has a schema without a suffix.
    const [, action, kind] = /^(.*?)(Request|Response|)$/.exec(exported) ?? [];
    if (action && kind !== "Response" && typeof schema === "object") found.set(action, schema as SchemaNode);
  }
  return found;
}
