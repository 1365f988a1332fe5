import type { TokenDecision } from "../ocpp/dialect.ts";
import type { RegistrationStatus, Token, TokenStatus } from "../station/model.ts";

/** What our central system answers, and how long it waits. Read anew at each use, so that a change counts at once. */
export type Policy = {
  boot(): { status: RegistrationStatus; intervalSeconds: number };
  decide(token: Token, now: number): TokenDecision;
  answerMs(): number;
};

export type TokenRule = { status: TokenStatus; expiry?: string; group?: string };

export type PolicyOptions = {
  settings: () => { bootStatus: RegistrationStatus; heartbeatSeconds: number; answerSeconds: number };
  /** The list's word on a token; undefined when it is not listed. */
  find: (value: string) => TokenRule | undefined;
  acceptAll: () => boolean;
};

/** Makes the policy from settings and the token list. */
export function createPolicy(options: PolicyOptions): Policy {
  return {
    boot() {
      const { bootStatus, heartbeatSeconds } = options.settings();
      return { status: bootStatus, intervalSeconds: heartbeatSeconds };
    },
    decide(token, now) {
      const rule = options.find(token.value);
      if (!rule) return { status: options.acceptAll() ? "Accepted" : "Invalid" };
      const expired = rule.status === "Accepted" && rule.expiry !== undefined && Date.parse(rule.expiry) <= now;
      const decision: TokenDecision = { status: expired ? "Expired" : rule.status };
      if (rule.expiry) decision.expiry = rule.expiry;
      if (rule.group) decision.group = { value: rule.group };
      return decision;
    },
    answerMs: () => options.settings().answerSeconds * 1000,
  };
}
