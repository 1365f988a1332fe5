import { type Finding, observed } from "../../station/findings.ts";
import type { Rule } from "../../words/en/findings.ts";
import { type Facts, judge } from "./diagnose.ts";

/** Oddities of a handshake that are held against the station as findings; the choice of a version tells its own. */
const asRule = {
  "no-connection-upgrade": "no-connection-upgrade",
  "odd-request-line": "odd-request-line",
  "bad-header": "bad-header",
  "url-in-path": "url-in-path",
  "identity-in-query": "identity-in-query",
  "double-slash": "double-slash",
  "trailing-slash": "trailing-slash",
  "doubled-identity": "doubled-identity",
  "identity-characters": "identity-characters",
  "credentials-hex": "credentials-hex",
  "credentials-not-utf8": "credentials-not-utf8",
  "credentials-unreadable": "credentials-unreadable",
  "user-name": "user-name",
} as const satisfies Record<string, Rule>;

/** What was tolerated in a handshake, by the access control too, as findings of the link. */
export function handshakeFindings(facts: Facts): Finding[] {
  return judge(facts).flatMap(({ code, said, expected }) =>
    Object.hasOwn(asRule, code) ? [observed(asRule[code as keyof typeof asRule], "link", said ?? "", expected)] : [],
  );
}
