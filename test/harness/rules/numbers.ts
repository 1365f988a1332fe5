import { isNode, nameOf, type Source, type SyntaxNode } from "./sources.ts";

/** The numbers that have a name at the top of a file, alone or in a table of nothing but numbers: bounds, times, codes. A line each. */
export function namedNumbers(sources: readonly Source[]): string[] {
  return sources.flatMap(({ path, tree }) => declared(tree).flatMap((one) => told(path, one)));
}

function declared(tree: SyntaxNode): SyntaxNode[] {
  const body = Array.isArray(tree.body) ? tree.body : [];
  return body.flatMap((statement: SyntaxNode): SyntaxNode[] => {
    const inner = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    return isNode(inner) && inner.type === "VariableDeclaration" ? (inner.declarations as SyntaxNode[]) : [];
  });
}

function told(path: string, { id, init }: SyntaxNode): string[] {
  const name = nameOf(id);
  const alone = numberOf(init);
  if (name === undefined) return [];
  if (alone !== undefined) return [`${path} ${name} = ${alone}`];
  const table = tableOf(init);
  return table.map(([key, value]) => `${path} ${name}.${key} = ${value}`);
}

/** What an arithmetic of numbers comes to; undefined for anything else. */
function numberOf(node: unknown): number | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "Literal") return typeof node.value === "number" ? node.value : undefined;
  if (node.type === "UnaryExpression" && node.operator === "-") return negative(numberOf(node.argument));
  if (node.type !== "BinaryExpression") return undefined;
  const [left, right] = [numberOf(node.left), numberOf(node.right)];
  if (left === undefined || right === undefined) return undefined;
  return operations[String(node.operator)]?.(left, right);
}

const negative = (value: number | undefined) => (value === undefined ? undefined : -value);
const operations: Readonly<Record<string, (left: number, right: number) => number>> = {
  "+": (left, right) => left + right,
  "-": (left, right) => left - right,
  "*": (left, right) => left * right,
  "/": (left, right) => left / right,
  "**": (left, right) => left ** right,
};

/** The entries of a table of numbers; none where it holds anything else. */
function tableOf(node: unknown): [key: string, value: number][] {
  if (!isNode(node)) return [];
  if (node.type === "TSAsExpression" || node.type === "TSSatisfiesExpression") return tableOf(node.expression);
  if (node.type !== "ObjectExpression") return [];
  const entries = (node.properties as SyntaxNode[]).map((property): [string, number] | undefined => {
    const value = numberOf(property.value);
    const key = isNode(property.key) ? (nameOf(property.key) ?? String(property.key.value)) : undefined;
    return value === undefined || key === undefined ? undefined : [key, value];
  });
  return entries.every((entry) => entry !== undefined) ? entries : [];
}
