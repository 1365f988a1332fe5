import type { YAMLError } from "yaml";
import type { z } from "zod";
import type { Words } from "../../lib/words.ts";
import { words } from "../../station/phrases.ts";

/** Something wrong in a profile: where it stands in the file (from 1), of what it is told, and what is wrong. */
export type ProfileFault = { line: number; column: number; path: string; why: Words };

const most = 200;

const kinds: Readonly<Record<string, Words>> = {
  number: words("profile-number"),
  int: words("profile-whole"),
  string: words("profile-text"),
  boolean: words("profile-truth"),
  array: words("profile-list"),
  object: words("profile-mapping"),
  record: words("profile-mapping"),
};

/** What is wrong with a value, in words of ours. */
export function whyOfIssue(issue: z.core.$ZodIssue): Words {
  if (issue.code === "unrecognized_keys")
    return words("profile-unknown-key", { key: issue.keys.join(", ").slice(0, most) });
  if (issue.input === undefined) return words("profile-missing");
  switch (issue.code) {
    case "invalid_type":
      if (issue.expected === "number" && isQuoted(issue.input)) return words("profile-quoted", { said: issue.input });
      return words("profile-kind", { expected: kinds[issue.expected] ?? issue.expected, said: said(issue.input) });
    case "invalid_value":
      return words("profile-one-of", {
        said: said(issue.input),
        known: issue.values.map((value) => String(value) || '""').join(", "),
      });
    case "too_small":
      if (issue.inclusive === false)
        return words("profile-above", { said: said(issue.input), limit: Number(issue.minimum) });
      return words("profile-least", { said: said(issue.input), limit: Number(issue.minimum) });
    case "too_big":
      return words("profile-most", { said: said(issue.input), limit: Number(issue.maximum) });
    default:
      return notTaken(issue);
  }
}

function isQuoted(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value));
}

/** A text of another form than is expected there. */
function notTaken({ path, input }: z.core.$ZodIssue): Words {
  const key = path.at(-1);
  if (key === "name") return words("profile-name", { said: said(input) });
  if (key === "means") return words("profile-means", { said: said(input) });
  if (path.at(-2) === "identify") return words("profile-is-or-range");
  return words("profile-not-taken", { said: said(input) });
}

/** What is wrong with the YAML itself. */
export function whyOfYaml({ code, message }: YAMLError): Words {
  if (message.startsWith("Flow ")) return words("profile-open");
  if (message.startsWith("Sequence item without")) return words("profile-indent");
  if (message.startsWith("Implicit map keys")) return words("profile-no-colon");
  const ours = yamlFaults[code];
  return ours ?? words("parser-says", { error: message });
}

const yamlFaults: Readonly<Partial<Record<YAMLError["code"], Words>>> = {
  TAB_AS_INDENT: words("profile-tab"),
  DUPLICATE_KEY: words("profile-key-twice"),
  BAD_INDENT: words("profile-indent"),
  MULTILINE_IMPLICIT_KEY: words("profile-no-colon"),
  BLOCK_IN_FLOW: words("profile-colon"),
  MULTIPLE_DOCS: words("profile-documents"),
};

function said(value: unknown): string {
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
