import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";

/** A node of the syntax tree; only its type is sure. */
export type SyntaxNode = { type: string; [field: string]: unknown };

/** A source file, read into what the rules of the house look at. Paths are relative to the root, with forward slashes. */
export type Source = {
  path: string;
  lines: number;
  /** Every module it names: imports, re-exports, imports on demand and imports of types. */
  imports: string[];
  /** Names it exports as values. */
  exports: string[];
  tree: SyntaxNode;
};

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const folders = ["src", "main", "renderer", "test"];
const passedOver = new Set(["node_modules", "generated", "dist"]);

/** Reads every source file of the repository, configuration at the top included. */
export function readSources(): Source[] {
  const top = readdirSync(root).filter(isSource);
  const paths = [...top, ...folders.flatMap(listSources)];
  return paths.map((path) => parseSource(path, readFileSync(join(root, path), "utf8")));
}

function listSources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return passedOver.has(entry.name) ? [] : listSources(path);
    return isSource(entry.name) ? [path] : [];
  });
}

function isSource(name: string): boolean {
  return /\.(ts|tsx|mts|mjs|js)$/.test(name);
}

/** Reads the text of one file. A text that does not parse fails here, with the place. */
export function parseSource(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} does not parse: ${errors[0]?.message}`);
  const tree = program as unknown as SyntaxNode;
  const imports: string[] = [];
  const exports: string[] = [];
  for (const node of walk(tree)) {
    if (importing.has(node.type)) {
      const name = literal(node.source ?? node.argument);
      if (name !== undefined) imports.push(name);
    }
    if (node.type === "ExportDefaultDeclaration") exports.push("default");
    if (node.type === "ExportNamedDeclaration" && node.exportKind !== "type") exports.push(...exportedNames(node));
  }
  return { path, lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0), imports, exports, tree };
}

const importing = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
  "TSImportType",
]);

function exportedNames(node: SyntaxNode): string[] {
  const declared = isNode(node.declaration) ? node.declaration : undefined;
  const inner = declared && Array.isArray(declared.declarations) ? declared.declarations : [declared];
  const specifiers = Array.isArray(node.specifiers) ? node.specifiers.map((item) => item.exported) : [];
  return [...inner.map((item) => item?.id), ...specifiers].flatMap((name) => nameOf(name) ?? []);
}

/** The text of a string literal, or of a template without holes; undefined for anything else. */
export function literal(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "TSLiteralType") return literal(node.literal);
  return node.type === "Literal" && typeof node.value === "string" ? node.value : undefined;
}

/** The name that an identifier or the end of a member path has: `c` of `a.b.c`. */
export function nameOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "MemberExpression") return nameOf(node.property);
  if (node.type === "ChainExpression") return nameOf(node.expression);
  return typeof node.name === "string" ? node.name : undefined;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

/** Every node of a tree, from the outside in. */
export function* walk(node: SyntaxNode): Generator<SyntaxNode> {
  yield node;
  for (const value of Object.values(node)) {
    for (const item of Array.isArray(value) ? value : [value]) if (isNode(item)) yield* walk(item);
  }
}

/** The path in the repository that an import leads to; undefined for packages and what is built in. */
export function resolveImport(from: string, specifier: string): string | undefined {
  return specifier.startsWith(".") ? posix.normalize(posix.join(posix.dirname(from), specifier)) : undefined;
}
