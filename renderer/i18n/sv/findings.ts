import { type Rule, rules } from "../../../src/station/findings.ts";

export const findings: Record<Rule, { title: string; cure: string }> = rules;
