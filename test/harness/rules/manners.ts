import { isIn, isTest } from "./layers.ts";
import { isNode, literal, nameOf, type Source, type SyntaxNode, walk } from "./sources.ts";

/** How files are written. Every function takes the sources and gives a line for each break of its rule. */

const versions = new Set(["1.6", "2.0.1", "2.1", "ocpp1.6", "ocpp2.0.1", "ocpp2.1"]);
const comparisons = new Set(["==", "===", "!=", "!==", "<", "<=", ">", ">="]);
const tests = new Set(["startsWith", "endsWith", "includes", "indexOf", "match", "test", "has", "localeCompare"]);

/** Tests on the OCPP version: a comparison, a case, a question to a text or list, a choice from a table on the spot. */
export function versionTests(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, tree }) => {
    for (const node of walk(tree)) if (isVersionTest(node)) return [`${path} tests the OCPP version`];
    return [];
  });
}

function isVersionTest(node: SyntaxNode): boolean {
  switch (node.type) {
    case "BinaryExpression":
      return comparisons.has(String(node.operator)) && (isVersion(node.left) || isVersion(node.right));
    case "SwitchCase":
      return isVersion(node.test);
    case "MemberExpression":
      return node.computed === true && isNode(node.object) && isVersionTable(node.object);
    case "CallExpression":
      return isVersionQuestion(node);
    default:
      return false;
  }
}

function isVersion(node: unknown): boolean {
  const text = literal(node);
  return text !== undefined && versions.has(text);
}

function isVersionTable(node: SyntaxNode): boolean {
  return node.type === "ObjectExpression" && list(node.properties).some((item) => isNode(item) && isVersion(item.key));
}

function isVersionQuestion(node: SyntaxNode): boolean {
  const { callee } = node;
  if (!isNode(callee) || callee.type !== "MemberExpression" || !tests.has(nameOf(callee) ?? "")) return false;
  const { object } = callee;
  const asked = isNode(object) && object.type === "ArrayExpression" ? list(object.elements) : [];
  return [...asked, ...list(node.arguments)].some(isVersion) || /^ocpp(version)?$/i.test(nameOf(object) ?? "");
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Default exports outside of configuration files, whose tools want them. */
export function defaultExports(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path, exports }) => exports.includes("default") && !/^[^/]+\.config\.ts$/.test(path))
    .map(({ path }) => `${path} has a default export`);
}

/** Uses of the console, of standard output or standard error outside of the places where writing is the work. */
export function writesToTerminal(sources: readonly Source[], places: readonly string[]): string[] {
  return sources
    .filter(({ path }) => !places.some((place) => isIn(path, place)))
    .flatMap(({ path, tree }) => {
      for (const node of walk(tree)) {
        if (node.type !== "MemberExpression") continue;
        const whole = `${nameOf(node.object)}.${nameOf(node)}`;
        if (/^console\.|^process\.std(?:out|err)$/.test(whole)) return [`${path} writes to a terminal: ${whole}`];
      }
      return [];
    });
}

/** Failures and findings that speak in a sentence where they are made: a screen in another language cannot say it. */
export function bareSentences(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => !isTest(path))
    .flatMap(({ path, tree }) => {
      const found = [...walk(tree)].some((node) => {
        const [, second, , fourth] = list(node.arguments);
        if (node.type === "NewExpression" && nameOf(node.callee) === "FailureError") return isSentence(second);
        return (
          node.type === "CallExpression" && /^(finding|observed)$/.test(nameOf(node.callee) ?? "") && isSentence(fourth)
        );
      });
      return found ? [`${path} says a sentence in one language`] : [];
    });
}

/** Two plain words in a row; names and notation have signs between, or capitals. */
function isSentence(node: unknown): boolean {
  const parts = isNode(node) && node.type === "TemplateLiteral" ? list(node.quasis) : [];
  const texts = parts.map((part) => (isNode(part) ? JSON.stringify(part.value) : ""));
  return [literal(node) ?? "", ...texts].some((text) => /\b[a-z]+ [a-z0-9]/.test(text));
}

/** Tests that sleep for real: a timer that is awaited, or the timers that are promises. */
export function realSleeps(sources: readonly Source[]): string[] {
  return sources
    .filter(({ path }) => isTest(path))
    .filter(({ imports, tree }) => imports.some((name) => /^(node:)?timers\/promises$/.test(name)) || awaitsTimer(tree))
    .map(({ path }) => `${path} sleeps for real`);
}

function awaitsTimer(tree: SyntaxNode): boolean {
  for (const node of walk(tree)) {
    if (node.type !== "AwaitExpression") continue;
    for (const inner of walk(node)) {
      if (inner.type === "CallExpression" && nameOf(inner.callee) === "setTimeout") return true;
    }
  }
  return false;
}

/** Files of more lines than a file may have at all. */
export function overLong(sources: readonly Source[], limit: number): string[] {
  return sources.filter(({ lines }) => lines > limit).map(({ path, lines }) => `${path} has ${lines} lines`);
}

/** The longest files, when more than one of ten has the limit or more. */
export function oftenLong(sources: readonly Source[], limit: number): string[] {
  const long = sources.filter(({ lines }) => lines >= limit);
  return long.length * 10 > sources.length ? long.map(({ path, lines }) => `${path} has ${lines} lines`) : [];
}

/** Rooms with more files than one finds a thing among at a glance; tests and style sheets beside the code are not counted. */
export function crowded(sources: readonly Source[], limit: number): string[] {
  const rooms = Map.groupBy(
    sources.filter(({ path }) => !isTest(path)),
    ({ path }) => path.slice(0, path.lastIndexOf("/")),
  );
  return [...rooms]
    .filter(([, files]) => files.length > limit)
    .map(([room, files]) => `${room} has ${files.length} files`);
}

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|spec|config|d))?\.[a-z]+$/;
const kebabFolder = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const pascal = /^[A-Z][A-Za-z0-9]*$/;

/** Names that are not in kebab case. In the renderer a file of components is in PascalCase, and only such a one is; a
 * component alone does not stand in a file of its own name in kebab case. Files at the top are named by their tools. */
export function badNames(sources: readonly Source[]): string[] {
  return sources.flatMap((source) => {
    const folders = source.path.split("/");
    const file = folders.pop() ?? "";
    if (folders.length === 0) return [];
    const fits = folders.every((folder) => kebabFolder.test(folder)) && isWellNamed(file, source);
    return fits ? [] : [`${source.path} is not named as it should be`];
  });
}

/** Pairs of files whose paths, without their endings, differ by letter case alone: most disks of Windows and macOS hold them for one. */
export function sameButForCase(sources: readonly Source[]): string[] {
  const seen = new Map<string, string>();
  return sources.flatMap(({ path }) => {
    const name = path.replace(/\.tsx?$/, "");
    const before = seen.get(name.toLowerCase());
    seen.set(name.toLowerCase(), name);
    return before === undefined || before === name ? [] : [`${before} and ${name} differ by letter case alone`];
  });
}

function isWellNamed(file: string, { path, exports }: Source): boolean {
  if (!isIn(path, "renderer")) return kebab.test(file);
  const name = file.replace(/(\.test)?\.tsx?$/, "");
  if (pascal.test(name)) return isTest(path) || (file.endsWith(".tsx") && exports.some((item) => pascal.test(item)));
  const component = name.replace(/(^|-)(\w)/g, (_all, _dash, letter: string) => letter.toUpperCase());
  return kebab.test(file) && !(file.endsWith(".tsx") && exports.length === 1 && exports[0] === component);
}
