import { type Document, isMap, isNode, isPair, LineCounter, parseDocument, visit } from "yaml";
import { words } from "../../station/phrases.ts";
import { type ProfileFault, whyOfIssue, whyOfYaml } from "./faults.ts";
import { type Profile, profileShape } from "./model.ts";
import { sensible } from "./sensible.ts";

/** The longest profile that is read, characters. */
const longestProfile = 256 * 1024;

/** Reads a profile. What is wrong with it is told with its line, all of it at once.
 * @param text YAML 1.2; aliases are not taken */
export function readProfile(
  text: string,
): { profile: Profile; faults: [] } | { profile: null; faults: ProfileFault[] } {
  const lines = new LineCounter();
  if (text.length > longestProfile)
    return refused([{ line: 1, column: 1, path: "", why: words("at-most-characters", { limit: longestProfile }) }]);
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  // What the parser says after the first fault mostly follows from it.
  const [broken] = document.errors;
  if (broken) return refused([{ ...place(lines, broken.pos[0]), path: "", why: whyOfYaml(broken) }]);
  const alias = firstAlias(document);
  if (alias !== undefined) return refused([{ ...place(lines, alias), path: "", why: words("profile-alias") }]);
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: 0 });
  } catch (error) {
    const why = words("parser-says", { error: error instanceof Error ? error.message : String(error) });
    return refused([{ line: 1, column: 1, path: "", why }]);
  }
  const read = profileShape.safeParse(value, { reportInput: true });
  const at = (path: readonly PropertyKey[]) => place(lines, offsetOf(document, path));
  if (!read.success) {
    return refused(
      read.error.issues.map((issue) => ({
        ...at(issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0] ?? ""] : issue.path),
        path: issue.path.join("."),
        why: whyOfIssue(issue),
      })),
    );
  }
  const faults = [...sensible(read.data)].map(({ path, why }) => ({ ...at(path), path: path.join("."), why }));
  return faults.length > 0 ? refused(faults) : { profile: read.data, faults: [] };
}

/** Where the first alias stands; undefined without one. */
function firstAlias(document: Document): number | undefined {
  let at: number | undefined;
  visit(document, {
    Alias(_, { range }) {
      at = range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return at;
}

function refused(faults: ProfileFault[]): { profile: null; faults: ProfileFault[] } {
  return { profile: null, faults: faults.toSorted((a, b) => a.line - b.line || a.column - b.column) };
}

function place(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

/** Where a value stands, or the nearest thing around it that is there; a key where it has been named. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const part = path.slice(0, length);
    const inside = part.length === 0 ? document.contents : document.getIn(part.slice(0, -1), true);
    const key = part.at(-1);
    if (isMap(inside) && key !== undefined) {
      const found = inside.items.find((item) => isPair(item) && isNode(item.key) && String(item.key) === String(key));
      if (found && isNode(found.key) && found.key.range) return found.key.range[0];
    }
    const node = document.getIn(part, true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return 0;
}
