// Writes the validators of the official OCPP schemas as plain code into src/ocpp/generated (not committed): one module per
// version, `export const validators = { request: {Action: fn}, response: {Action: fn} }`. The schemas themselves stay unmodified.
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Ajv } from "ajv";
import standalone from "ajv/dist/standalone/index.js";
import addFormats from "ajv-formats";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "generated");
const require = createRequire(import.meta.url);
const packageRoot = join(dirname(require.resolve("typed-ocpp")), "..");

// The package's copies of the 1.6 schemas are looser than the official ones in three lengths; these are the official ones.
const officialLengths = {
  ChangeConfigurationRequest: (schema) => [[schema.properties.value, 500]],
  GetConfigurationResponse: (schema) => [[schema.properties.configurationKey.items.properties.value, 500]],
  StatusNotificationRequest: (schema) => [[schema.properties.info, 50]],
};

for (const [folder, name] of [
  ["ocpp16", "v16"],
  ["ocpp20", "v201"],
  ["ocpp21", "v21"],
]) {
  const schemas = await import(pathToFileURL(join(packageRoot, "dist", folder, "schemas.js")).href);
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    multipleOfPrecision: 3,
    validateFormats: true,
    verbose: false,
    code: { source: true, esm: true, optimize: true },
  });
  addFormats.default(ajv);
  const refs = {};
  const table = { request: {}, response: {}, skeleton: {} };
  for (const [exported, packaged] of Object.entries(schemas)) {
    const schema = folder === "ocpp16" ? withOfficialLengths(exported, packaged) : packaged;
    // 2.1's one message without an answer, NotifyPeriodicEventStream, has a schema without a suffix.
    const match = /^(.*?)(Request|Response|)$/.exec(exported);
    if (!match || typeof schema !== "object") continue;
    const [, action, kind] = match;
    const key = `${name}_${exported}`;
    ajv.addSchema({ ...withUsedDefinitions(schema), $id: key }, key);
    refs[key] = key;
    table[kind === "Response" ? "response" : "request"][action] = key;
    if (kind !== "Response") table.skeleton[action] = skeleton(schema, schema);
  }
  let code = standalone.default(ajv, refs);
  // The generator writes require() for its run-time helpers even in ESM; turn those into imports.
  const imports = new Map();
  code = code.replace(
    /const (\w+) = require\("([^"]+)"\)((?:\.\w+|\["[^"]+"\])*);/g,
    (_all, variable, module, path) => {
      if (!imports.has(module)) imports.set(module, `helper${imports.size}`);
      return `const ${variable} = ${imports.get(module)}${path.replace(/^\.default/, "")};`;
    },
  );
  // The generator copies all errors so far for each part that fails: time by the square of a wrong message's length.
  code = code.replaceAll(/vErrors\.concat\((validate\d+)\.errors\)/g, "joined(vErrors, $1.errors)");
  // Nearly all times come in two forms; those are told at a glance, and all others are left to the library.
  code = code.replace(/const (formats\d+) = (helper\d+\.fullFormats\["date-time"\]);/g, "const $1 = quickly($2);");
  const head = [...imports].map(([module, variable]) => importLine(module, variable)).join("\n");
  const list = (entries) =>
    Object.entries(entries)
      .map(([action, key]) => `  ${action}: ${key},`)
      .join("\n");
  // A text is a list of the exports by action.
  const tail = `export const validators = {\nrequest: {\n${list(table.request)}\n},\nresponse: {\n${list(table.response)}\n}\n};\nexport const skeletons = ${JSON.stringify(table.skeleton)};\n`;
  mkdirSync(out, { recursive: true });
  const helpers = `import { quickly } from "../times/usual-times.ts";\n${joined}`;
  writeFileSync(join(out, `${name}.js`), `${head}\n${helpers}\n${code}\n${tail}`);
  writeFileSync(
    join(out, `${name}.d.ts`),
    `type Validator = { (value: unknown): boolean; errors?: import("ajv").ErrorObject[] | null };
export const validators: { request: Record<string, Validator>; response: Record<string, Validator> };
export const skeletons: Record<string, unknown>;
`,
  );
}

/** Written into each module. */
function joined(errors, more) {
  for (const error of more) errors.push(error);
  return errors;
}

function withOfficialLengths(exported, packaged) {
  if (!officialLengths[exported]) return packaged;
  const schema = structuredClone(packaged);
  for (const [field, maxLength] of officialLengths[exported](schema)) field.maxLength = maxLength;
  return schema;
}

/** The same schema without the definitions that it never refers to: the package repeats all of them in each. */
function withUsedDefinitions(schema) {
  const used = {};
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== "object" || node === null) return;
    const name = typeof node.$ref === "string" ? node.$ref.split("/").pop() : undefined;
    if (name && schema.definitions?.[name] && !used[name]) {
      used[name] = schema.definitions[name];
      visit(used[name]);
    }
    for (const [key, child] of Object.entries(node)) if (key !== "definitions") visit(child);
  };
  visit(schema);
  const { definitions, description, $comment, ...rest } = schema;
  return Object.keys(used).length > 0 ? { ...rest, definitions: used } : rest;
}

/** ucs2length and equal are CommonJS with a `default`; formats are objects. */
function importLine(module, variable) {
  const source = `${module}.js`;
  if (module.endsWith("/ucs2length") || module.endsWith("/equal")) {
    return `import ${variable}Module from ${JSON.stringify(source)};\nconst ${variable} = ${variable}Module.default ?? ${variable}Module;`;
  }
  return `import ${variable} from ${JSON.stringify(source)};`;
}

/** The smallest payload a schema takes: required fields only. */
function skeleton(schema, root) {
  const node = schema.$ref ? root.definitions[schema.$ref.split("/").pop()] : schema;
  if (node.enum) return node.enum[0];
  if (node.type === "object") {
    const value = {};
    for (const key of node.required ?? []) value[key] = skeleton(node.properties?.[key] ?? {}, root);
    return value;
  }
  if (node.type === "array") return node.minItems ? [skeleton(node.items ?? {}, root)] : [];
  if (node.type === "integer" || node.type === "number") return node.minimum ?? 0;
  if (node.type === "boolean") return false;
  if (node.format === "uri") return "https://example.com/";
  return node.format === "date-time" ? "2026-01-01T00:00:00Z" : "";
}
