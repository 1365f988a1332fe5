import { type ESTree, parseSync, Visitor, type VisitorObject } from "vite";

/** One small fault, as a hurried hand makes it: a piece of a source text, and what stands there instead. */
export type Mutant = { start: number; end: number; text: string; line: number };

/** A function of a source text: where it is, and where something can be said at its beginning. */
export type Body = { start: number; end: number; inside: number; isExpression: boolean };

const otherOperator: Record<string, string> = {
  "===": "!==",
  "!==": "===",
  "<": "<=",
  "<=": "<",
  ">": ">=",
  ">=": ">",
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "&&": "||",
  "||": "&&",
};
/** Calls whose result is of the kind of what they are called on. */
const leftOut = new Set(["filter", "sort", "toSorted", "reverse", "toReversed", "trim", "toLowerCase", "slice"]);
const otherCall: Record<string, string> = { min: "max", max: "min", some: "every", every: "some" };

/** Every fault that is tried in a file, in the order of its lines.
 * @param name what the file is called: .ts or .tsx */
export function mutantsOf(source: string, name: string): Mutant[] {
  const found: Mutant[] = [];
  const inTypes = new Set<number>();
  const at = ({ start, end }: ESTree.Span, text: string) =>
    found.push({ start, end, text, line: source.slice(0, start).split("\n").length });
  const between = (left: ESTree.Span, right: ESTree.Span, operator: string, other: string) => {
    const start = source.indexOf(operator, left.end);
    if (start < right.start) at({ start, end: start + operator.length }, other);
  };
  const condition = (test: ESTree.Span) => {
    at(test, "true");
    at(test, "false");
  };
  visit(source, name, {
    BinaryExpression({ left, right, operator }) {
      const other = otherOperator[operator];
      if (!other || (operator === "+" && (isText(left) || isText(right)))) return;
      between(left, right, operator, other);
      // A bound that is one off, and one that is the wrong way round.
      if (/^[<>]/.test(operator)) between(left, right, operator, operator.startsWith("<") ? ">" : "<");
    },
    LogicalExpression({ left, right, operator }) {
      const other = otherOperator[operator];
      if (other) between(left, right, operator, other);
      else at({ start: left.start, end: right.end }, source.slice(right.start, right.end));
    },
    TSLiteralType({ literal }) {
      inTypes.add(literal.start);
    },
    Literal(node) {
      if (inTypes.has(node.start)) return;
      if (typeof node.value === "boolean") at(node, String(!node.value));
      if (typeof node.value === "number") at(node, String(node.value === 0 ? 1 : node.value * 2));
    },
    UnaryExpression({ start, operator, argument }) {
      if (operator === "!") at({ start, end: argument.start }, "");
    },
    IfStatement: ({ test }) => condition(test),
    ConditionalExpression: ({ test }) => condition(test),
    ExpressionStatement({ start, end, directive }) {
      if (!directive) at({ start, end }, ";");
    },
    ArrayExpression({ elements }) {
      // The last of a list has no comma behind it.
      for (const [place, one] of elements.entries()) {
        const next = elements[place + 1];
        if (one && (next || elements.length === 1)) at({ start: one.start, end: next?.start ?? one.end }, "");
      }
    },
    CallExpression({ callee, end }) {
      if (callee.type !== "MemberExpression" || callee.computed) return;
      const { name } = callee.property;
      const other = Object.hasOwn(otherCall, name) && otherCall[name];
      if (other) at(callee.property, other);
      if (leftOut.has(name)) at({ start: callee.object.end, end }, "");
    },
  });
  return found.sort((a, b) => a.start - b.start);
}

/** The functions of a file, the inner ones after those they are in. */
export function bodiesOf(source: string, name: string): Body[] {
  const found: Body[] = [];
  const add = ({ start, end, body }: ESTree.Span & { body: (ESTree.Span & { type: string }) | null }) => {
    if (!body) return;
    const isExpression = body.type !== "BlockStatement" && body.type !== "FunctionBody";
    found.push({ start, end, inside: isExpression ? body.start : body.start + 1, isExpression });
  };
  visit(source, name, { FunctionDeclaration: add, FunctionExpression: add, ArrowFunctionExpression: add });
  return found.sort((a, b) => a.start - b.start);
}

/** A text with a fault in it. */
export function applied(source: string, { start, end, text }: Mutant): string {
  return source.slice(0, start) + text + source.slice(end);
}

function visit(source: string, name: string, visitor: VisitorObject): void {
  new Visitor(visitor).visit(parseSync(name, source).program);
}

function isText(node: ESTree.Expression | ESTree.PrivateIdentifier): boolean {
  return node.type === "TemplateLiteral" || (node.type === "Literal" && typeof node.value === "string");
}
