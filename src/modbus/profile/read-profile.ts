import { type Document, isMap, isNode, isPair, LineCounter, parseDocument } from "yaml";
import { words } from "../../station/phrases.ts";
import { sizeOf } from "../codec/values.ts";
import { type ProfileFault, whyOfIssue } from "./faults.ts";
import { standardUnit } from "./measurands.ts";
import { type Profile, type ProfileRegister, profileShape } from "./model.ts";
import { isStatus, noStatus } from "./words.ts";

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
  const broken = document.errors.map(({ message, pos }) => ({
    ...place(lines, pos[0]),
    path: "",
    why: words("parser-says", { error: message }),
  }));
  if (broken.length > 0) return refused(broken.slice(0, 20));
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
      read.error.issues.flatMap(deepest).map((issue) => ({
        ...at(issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0] ?? ""] : issue.path),
        path: issue.path.join("."),
        why: whyOfIssue(issue),
      })),
    );
  }
  const faults = [...sensible(read.data)].map(({ path, why }) => ({ ...at(path), path: path.join("."), why }));
  return faults.length > 0 ? refused(faults) : { profile: read.data, faults: [] };
}

type Issue = Parameters<typeof whyOfIssue>[0];

/** Of alternatives the one that came furthest. */
function deepest(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const depth = (issues: Issue[]) => Math.max(...issues.map(({ path }) => path.length));
  const best = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0] ?? [];
  if (best.length === 0 || depth(best) === 0) return [issue];
  return best.map((one) => ({ ...one, path: [...issue.path, ...one.path] }));
}

/** What a shape alone does not tell. */
function* sensible(profile: Profile): Iterable<{ path: (string | number)[]; why: ProfileFault["why"] }> {
  for (const [place, register] of profile.registers.entries()) {
    for (const [key, why] of wrongIn(register)) yield { path: ["registers", place, key], why };
    const end = register.at - profile.first + sizeOf(register);
    if (register.at < profile.first || end > 0x1_0000)
      yield { path: ["registers", place, "at"], why: words("profile-outside", { said: register.at }) };
    if (sizeOf(register) > profile.most)
      yield { path: ["registers", place, "at"], why: words("profile-too-wide", { limit: profile.most }) };
  }
}

function* wrongIn(register: ProfileRegister): Iterable<[string, ProfileFault["why"]]> {
  const { means, type, values, bits, unit, length } = register;
  const isMeasurand = /^[A-Z]/.test(means);
  if (type === "text" && length === undefined) yield ["type", words("profile-text-length")];
  if (isMeasurand && type === "text") yield ["type", words("profile-text-measured", { means })];
  if (isMeasurand && unit === undefined && standardUnit(means) === undefined)
    yield ["means", words("profile-no-unit", { means })];
  if (means === "status" && !values) yield ["means", words("profile-no-values")];
  if (means === "status")
    for (const [key, word] of Object.entries(values ?? {}))
      if (!isStatus(word) && word !== noStatus) yield ["values", words("profile-no-status", { key, said: word })];
  if (bits && type === "text") yield ["bits", words("profile-bits-of-text")];
  for (const key of Object.keys(bits ?? {}))
    if (!/^\d{1,2}$/.test(key) || Number(key) >= 16 * sizeOf(register))
      yield ["bits", words("profile-no-bit", { key, limit: 16 * sizeOf(register) - 1 })];
}

function refused(faults: ProfileFault[]): { profile: null; faults: ProfileFault[] } {
  return { profile: null, faults };
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
