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
  switch (issue.code) {
    case "unrecognized_keys":
      return words("profile-unknown-key", { key: issue.keys.join(", ").slice(0, most) });
    case "invalid_type":
      return issue.input === undefined
        ? words("profile-missing")
        : words("profile-kind", { expected: kinds[issue.expected] ?? issue.expected, said: said(issue.input) });
    case "invalid_value":
      return words("profile-one-of", { said: said(issue.input), known: issue.values.map(String).join(", ") });
    case "too_small":
      return words("profile-least", { said: said(issue.input), limit: Number(issue.minimum) });
    case "too_big":
      return words("profile-most", { said: said(issue.input), limit: Number(issue.maximum) });
    default:
      return notTaken(issue);
  }
}

/** A text of another form than is expected there. */
function notTaken({ path, input }: z.core.$ZodIssue): Words {
  const key = path.at(-1);
  if (key === "name") return words("profile-name", { said: said(input) });
  if (key === "means") return words("profile-means", { said: said(input) });
  return words("profile-not-taken", { said: said(input) });
}

/** What is wrong with the YAML itself. */
export function whyOfYaml({ code, message }: YAMLError): Words {
  if (code === "TAB_AS_INDENT") return words("profile-tab");
  if (code === "DUPLICATE_KEY") return words("profile-key-twice");
  return words("parser-says", { error: message });
}

function said(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
