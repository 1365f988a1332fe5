import type { TokenDecision } from "../ocpp/dialect.ts";
import type { RegistrationStatus, StationState, Token, TokenStatus } from "../station/model.ts";

/** What our central system answers, and how long it waits. Read anew at each use, so that a change counts at once. */
export type Policy = {
  boot(identity: string): { status: RegistrationStatus; intervalSeconds: number };
  /** Whether our time is told with its milliseconds: some stations read one form alone. */
  timeMilliseconds(): boolean;
  /** `station`: who asks. */
  decide(token: Token, now: number, station: StationState): TokenDecision;
  answerMs(): number;
  /** Whether this request for a certificate is looked at: one that cannot be read never comes to anything. */
  signs(csr: string): boolean;
};

export type TokenRule = { status: TokenStatus; expiry?: string; group?: string };

export type PolicyOptions = {
  settings: () => {
    bootStatus: RegistrationStatus;
    heartbeatSeconds: number;
    answerSeconds: number;
    timeMilliseconds: boolean;
    signCsr: "auto" | "ask" | "refuse";
  };
  /** A station's own answer, where it has one. */
  bootOf: (identity: string) => { status?: RegistrationStatus; intervalSeconds?: number } | undefined;
  /** The list's word on a token; undefined when it is not listed. */
  find: (value: string) => TokenRule | undefined;
  acceptAll: () => boolean;
  /** Whether a text is a request for a certificate. */
  readsRequest: (csr: string) => boolean;
};

/** Makes the policy from settings and the token list. */
export function createPolicy(options: PolicyOptions): Policy {
  return {
    boot(identity) {
      const { bootStatus, heartbeatSeconds } = options.settings();
      const own = options.bootOf(identity);
      return { status: own?.status ?? bootStatus, intervalSeconds: own?.intervalSeconds ?? heartbeatSeconds };
    },
    timeMilliseconds: () => options.settings().timeMilliseconds,
    decide(token, now, station) {
      const rule = options.find(token.value);
      if (!rule) {
        const welcome = options.acceptAll() || startedByUs(token, now, station);
        return { status: welcome ? "Accepted" : "Invalid" };
      }
      const expired = rule.status === "Accepted" && rule.expiry !== undefined && Date.parse(rule.expiry) <= now;
      const decision: TokenDecision = { status: expired ? "Expired" : rule.status };
      if (rule.expiry) decision.expiry = rule.expiry;
      if (rule.group) decision.group = { value: rule.group };
      return decision;
    },
    signs: (csr) => options.settings().signCsr !== "refuse" && options.readsRequest(csr),
    answerMs: () => options.settings().answerSeconds * 1000,
  };
}

const startWaitMs = 5 * 60 * 1000;

/** True for a token of a start that we commanded a short while ago: the station asks back about it. */
function startedByUs(token: Token, now: number, station: StationState): boolean {
  return station.commands.some(({ name, args, sentAt }) => {
    const asked = args.token as Token | undefined;
    return name === "start" && now - sentAt <= startWaitMs && asked?.value.toLowerCase() === token.value.toLowerCase();
  });
}
