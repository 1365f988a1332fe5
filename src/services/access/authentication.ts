import { isUtf8 } from "node:buffer";
import type { Clock } from "../../lib/clock.ts";
import { createEmitter, type Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Words } from "../../lib/words.ts";
import type { Cause } from "../../station/attempts.ts";
import { words } from "../../station/phrases.ts";
import type { AccessRow } from "../../store/access.ts";
import type { AccessControl, AccessRequest, Admission, RefusalStatus } from "../../transports/admission.ts";
import { shownUser } from "../../transports/http/basic-credentials.ts";
import type { CauseCode } from "../../words/en/causes.ts";
import type { Newcomers } from "./admission/newcomers.ts";
import type { Passwords, PasswordVerdict } from "./passwords.ts";
import type { WaitingStations } from "./waiting-stations.ts";

export type UnknownPolicy = "accept" | "ask" | "refuse";

/** What is known of who asks for access: its access, and whether it was ever let in. */
export type Standing = {
  row: AccessRow | undefined;
  known: boolean;
  policy: UnknownPolicy;
  /** For those who have no choice of their own; by default they are taken leniently. */
  strict?: boolean;
};

/** Which password was presented; null where none was asked for or none came. */
export type Checked = { verdict: PasswordVerdict; which: "current" | "next" } | null;

/** One that was let in, with what it proved itself by. */
export type Admitted = { identity: string; which: "current" | "next" | null; securityProfile: number };

/** The access control with what the core asks of it besides. */
export type StationAuthentication = AccessControl & {
  readonly admitted: Emitter<Admitted>;
};

export type AuthenticationOptions = {
  find: (identity: string) => AccessRow | undefined;
  known: (identity: string) => boolean;
  policy: () => UnknownPolicy;
  /** Whether those who have no choice of their own are taken strictly. */
  strict?: () => boolean;
  /** True while a station is refused on purpose, whoever it is. */
  refuses?: (identity: string) => boolean;
  passwords: Passwords;
  waitingStations: WaitingStations;
  newcomers: Newcomers;
  clock: Clock;
  log: Logger;
};

/** Makes the access control: it looks the station up, checks its password, and decides by `judge`. */
export function createAuthentication(options: AuthenticationOptions): StationAuthentication {
  const { passwords, waitingStations, newcomers, clock } = options;
  const admitted = createEmitter<Admitted>(options.log);

  async function check(row: AccessRow | undefined, { credentials }: AccessRequest): Promise<Checked> {
    if (!row || !credentials || credentials.password.length === 0) return null;
    const { password, nextPassword } = row;
    const next = nextPassword ? await passwords.check(nextPassword, credentials.password) : "wrong";
    if (next === "right" || next === "other-form") return { verdict: next, which: "next" };
    // Before it had a password any was good, and so it stays until it has come back with the new one, or one is required.
    if (!password)
      return next === "wrong" && nextPassword && asksPassword(row) ? { verdict: next, which: "next" } : null;
    return { verdict: await passwords.check(password, credentials.password), which: "current" };
  }

  return {
    admitted,
    async admit(accessRequest) {
      const { identity } = accessRequest;
      if (options.refuses?.(identity)) return { allow: false, status: 503, causes: [{ code: "refused" }] };
      const row = options.find(identity);
      const standing: Standing = {
        row,
        known: options.known(identity),
        policy: options.policy(),
        strict: options.strict?.(),
      };
      const stranger = refusal(standing);
      // Nothing is computed for those who are turned away anyhow.
      const checked = stranger ? null : await check(row, accessRequest);
      const admission = judge(accessRequest, standing, checked, clock.now());
      if (admission.allow) {
        const held = standing.known || row ? null : newcomers.held(accessRequest.remoteAddress);
        if (held) return refuse(503, held);
        const { securityProfile } = admission;
        const which = checked?.which ?? null;
        waitingStations.forget(identity);
        admitted.emit({ identity, which, securityProfile });
        return which ? { ...admission, password: which } : admission;
      }
      if (stranger === "asked-first") waitingStations.note(accessRequest, "asked", clock.now());
      else if (stranger === "unknown-station") waitingStations.note(accessRequest, "refused", clock.now());
      return admission;
    },
  };
}

/** Decides on a request for access. Pure.
 * @param checked what became of the password, where one was asked for and came
 * @param now our clock, milliseconds since 1970 UTC */
export function judge(accessRequest: AccessRequest, standing: Standing, checked: Checked, now: number): Admission {
  const { row } = standing;
  const stranger = refusal(standing);
  if (stranger) return refuse(strangerStatus[stranger], { code: stranger, said: accessRequest.identity });
  const strict = row?.strict ?? standing.strict === true;
  const wanted = row?.profile ?? 0;
  const oddities: Cause[] = [];

  const shown = judgeCertificate(accessRequest, row, now);
  if (shown === "good") return allowFrom(3, wanted, oddities);
  if (shown) {
    if (wanted >= 3 || strict) return refuse(403, shown);
    oddities.push(shown);
  }
  if (wanted >= 3 && accessRequest.secure)
    return refuse(403, { code: "client-certificate-missing", expected: profileWord(3) });
  // A password is not even looked at on a line that it may not cross in the clear.
  if (wanted >= 2 && !accessRequest.secure) return allowFrom(accessRequest.credentials ? 1 : 0, wanted, oddities);

  const causes = judgeCredentials(accessRequest, row, checked);
  const asked = asksPassword(row);
  const fatal = causes.filter(({ code }) => isFatal(code, strict) || (asked && code === "credentials-unreadable"));
  if (fatal.some(({ code }) => code === "busy")) return refuse(503, ...fatal);
  if (fatal.length > 0) return refuse(401, ...fatal, ...causes.filter((cause) => !fatal.includes(cause)));
  oddities.push(...causes);
  const proven = !accessRequest.credentials || accessRequest.credentials.unreadable ? 0 : accessRequest.secure ? 2 : 1;
  return allowFrom(proven, wanted, oddities);
}

/** An identity that is not recognised is answered 404 (OCPP-J 1.6, 3.2; 2.0.1 part 4, 3.2). */
const strangerStatus = { "station-refused": 403, "asked-first": 503, "unknown-station": 404 } as const;

/** Why a station is not even asked who it is. */
function refusal({ row, known, policy }: Standing): keyof typeof strangerStatus | null {
  if (row?.decision === "refused") return "station-refused";
  if (known || row || policy === "accept") return null;
  return policy === "ask" ? "asked-first" : "unknown-station";
}

function allowFrom(proven: number, wanted: number, causes: Cause[]): Admission {
  if (proven >= wanted) return { allow: true, securityProfile: proven, causes };
  return refuse(403, { code: "profile-too-low", said: profileWord(proven), expected: profileWord(wanted) }, ...causes);
}

function refuse(status: RefusalStatus, ...causes: Cause[]): Admission {
  return { allow: false, status, causes };
}

function profileWord(profile: number): Words {
  return words("security-profile", { profile });
}

/** Security profile 3: signed by us and naming the station, or the very certificate that was allowed (whitepaper, A00.FR.4xx). */
function judgeCertificate(
  { clientCertificate, identity }: AccessRequest,
  row: AccessRow | undefined,
  now: number,
): Cause | "good" | null {
  if (!clientCertificate) return null;
  const { commonName, issuer, notBefore, notAfter, fingerprint, trusted, problem } = clientCertificate;
  const outside = now < Date.parse(notBefore) || now > Date.parse(notAfter);
  if (outside || /expired|not[ _]yet/i.test(problem ?? "")) {
    return { code: "client-certificate-expired", said: `${notBefore} – ${notAfter}` };
  }
  if (row?.certificate) {
    if (bareFingerprint(row.certificate) === bareFingerprint(fingerprint)) return "good";
    return { code: "client-certificate-unknown", said: fingerprint, expected: row.certificate };
  }
  if (!trusted) return { code: "client-certificate-unknown", said: issuer };
  if (commonName !== identity) return { code: "client-certificate-identity", said: commonName, expected: identity };
  return "good";
}

function bareFingerprint(text: string): string {
  return text.replace(/[^0-9a-f]/gi, "").toLowerCase();
}

function judgeCredentials(
  { credentials, identity }: AccessRequest,
  row: AccessRow | undefined,
  checked: Checked,
): Cause[] {
  const asked = asksPassword(row);
  if (credentials?.unreadable)
    return [{ code: "credentials-unreadable", expected: unreadableWords[credentials.unreadable] }];
  if (!credentials) return asked ? [{ code: "credentials-missing" }] : [];
  if (credentials.password.length === 0) return asked ? [{ code: "credentials-empty" }] : [];
  const causes: Cause[] = [];
  const compared = checked?.which === "next" ? row?.nextPassword : row?.password;
  if (checked?.verdict === "busy") return [{ code: "busy" }];
  if (checked?.verdict === "wrong") causes.push({ code: "credentials-wrong", said: formOf(credentials.password) });
  if (checked?.verdict === "other-form") {
    causes.push({
      code: "credentials-hex",
      said: formOf(credentials.password),
      expected: compared && words(compared.form === "hex" ? "form-bytes" : "form-text"),
    });
  }
  const binaryExpected = compared?.form === "hex" && checked?.verdict === "right";
  if (!isUtf8(credentials.password) && !binaryExpected) causes.push({ code: "credentials-not-utf8" });
  if (credentials.user !== identity) {
    causes.push({ code: "user-name", said: shownUser(credentials, identity), expected: identity });
  }
  return causes;
}

function asksPassword(row: AccessRow | undefined): boolean {
  return row?.password !== undefined || (row?.profile ?? 0) > 0;
}

/** What should stand in the header. */
const unreadableWords = {
  scheme: "Authorization: Basic",
  base64: "base64(identity:password)",
  colon: "identity:password",
};

/** The form of a password, never the password. */
function formOf(password: Uint8Array): Words {
  const { length: count } = password;
  if (!isUtf8(password)) return words("password-no-text", { count });
  const digits = /^[0-9a-f]+$/i.test(Buffer.from(password).toString("latin1"));
  return words(digits ? "password-digits" : "password-text", { count });
}

const alwaysFatal = new Set<CauseCode>(["credentials-missing", "credentials-empty", "credentials-wrong", "busy"]);

function isFatal(code: CauseCode, strict: boolean): boolean {
  return strict || alwaysFatal.has(code);
}
