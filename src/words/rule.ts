/** Worst first. */
export const severities = ["error", "warning", "notice"] as const;
export type Severity = (typeof severities)[number];

/** What is known of a rule, in English; the screens translate it by its name. */
export type RuleText = {
  severity: Severity;
  /** Where the specification says so. */
  clause: string;
  title: string;
  cure: string;
};

/** One entry of a table of rules. */
export function rule(severity: Severity, clause: string, title: string, cure: string): RuleText {
  return { severity, clause, title, cure };
}
