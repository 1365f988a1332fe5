import type { ErrorObject } from "ajv";
import type { Json } from "../lib/json.ts";
import type { Spoken } from "../lib/words.ts";
import { type Finding, finding, observed } from "../station/findings.ts";
import type { OcppVersion } from "../station/model.ts";
import { words } from "../station/phrases.ts";
import type { Rule } from "../words/en/findings.ts";

/** The official JSON schemas of one version, as judges. They never change what they judge. */
export type Schemas = {
  version: OcppVersion;
  /** Deviations of a request or response from its schema; empty when it fits, or when the action has no schema.
   * @param value plain JSON (numbers as doubles)
   * @param exact the same with every digit, for what a finding says was said */
  judge(kind: "request" | "response", action: string, value: unknown, exact?: Json): Finding[];
  has(action: string): boolean;
  actions(): string[];
  /** The smallest payload that an action's request schema takes. */
  skeleton(action: string): unknown;
};

const loaders = {
  "1.6": () => import("./generated/v16.js"),
  "2.0.1": () => import("./generated/v201.js"),
  "2.1": () => import("./generated/v21.js"),
};
const loaded = new Map<OcppVersion, Promise<Schemas>>();

/** Loads the schemas of a version, once. */
export function loadSchemas(version: OcppVersion): Promise<Schemas> {
  let schemas = loaded.get(version);
  if (!schemas) {
    schemas = loaders[version]().then((module) => createSchemas(version, module));
    loaded.set(version, schemas);
  }
  return schemas;
}

type Module = Awaited<ReturnType<(typeof loaders)["1.6"]>>;

function createSchemas(version: OcppVersion, module: Module): Schemas {
  return {
    version,
    judge(kind, action, value, exact) {
      const validate = Object.hasOwn(module.validators[kind], action) ? module.validators[kind][action] : undefined;
      if (!validate || validate(value)) return [];
      return (validate.errors ?? [])
        .slice(0, maxFindings)
        .map((error) => toFinding(action, kind, { value, exact }, error));
    },
    has: (action) => Object.hasOwn(module.validators.request, action),
    actions: () => Object.keys(module.validators.request).sort(),
    skeleton: (action) => (Object.hasOwn(module.skeletons, action) ? module.skeletons[action] : {}),
  };
}

// A payload that is wrong everywhere needs no thousand findings to say so.
const maxFindings = 20;

const ruleOf: Record<string, Rule> = {
  type: "wrong-type",
  maxLength: "too-long",
  required: "missing-field",
  enum: "unknown-value",
  additionalProperties: "unknown-field",
  format: "bad-format",
  minItems: "empty-list",
  maxItems: "out-of-range",
  minimum: "out-of-range",
  maximum: "out-of-range",
  multipleOf: "out-of-range",
};

type Judged = { value: unknown; exact?: Json };

function toFinding(action: string, kind: "request" | "response", judged: Judged, error: ErrorObject): Finding {
  const name = ruleOf[error.keyword] ?? (kind === "response" ? "bad-answer" : "bad-format");
  const subject = kind === "request" ? action : `${action} answer`;
  const params = error.params as Record<string, unknown>;
  const field = params.missingProperty ?? params.additionalProperty;
  const path = field === undefined ? error.instancePath : `${error.instancePath}/${String(field)}`;
  const where = `${subject} ${general(path)}`;
  const expected = expectation(error, params);
  return params.missingProperty === undefined
    ? finding(name, where, saidAt(judged, path), expected)
    : observed(name, where, words("nothing"), expected);
}

/** List positions are left out, so that the same deviation in each sample counts as one. */
function general(path: string): string {
  return path.replace(/\/\d+(?=\/|$)/g, "/*") || "/";
}

function expectation(error: ErrorObject, params: Record<string, unknown>): Spoken {
  const limit = Number(params.limit);
  switch (error.keyword) {
    case "type":
      return String(params.type);
    case "maxLength":
      return words("at-most-characters", { limit });
    case "minLength":
      return words("at-least-characters", { limit });
    case "maxItems":
      return words("at-most-entries", { limit });
    case "minItems":
      return words("at-least-entries", { limit });
    case "minimum":
    case "maximum":
      return `${String(params.comparison)} ${String(params.limit)}`;
    case "multipleOf":
      return words("multiple-of", { step: Number(params.multipleOf) });
    case "enum":
      return (params.allowedValues as unknown[]).join(", ").slice(0, 300);
    case "format":
      return String(params.format);
    case "required":
      return words("a-field", { name: String(params.missingProperty) });
    case "additionalProperties":
      return words("no-such-field");
    default:
      return error.keyword;
  }
}

/** Numbers digit for digit. */
function saidAt({ value, exact }: Judged, path: string): unknown {
  const said = valueAt(value, path);
  return typeof said === "number" ? (valueAt(exact, path) ?? said) : said;
}

function valueAt(value: unknown, path: string): unknown {
  let at: unknown = value;
  for (const key of path.split("/").slice(1)) {
    if (typeof at !== "object" || at === null) return undefined;
    at = (at as Record<string, unknown>)[key.replaceAll("~1", "/").replaceAll("~0", "~")];
  }
  return at;
}
