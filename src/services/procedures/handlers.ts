import type { Clock } from "../../lib/clock.ts";
import type { Handlers } from "../../lib/contract.ts";
import type { Registry } from "../../session/registry.ts";
import type { StationEntry } from "../../session/station-entry.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import { type AccessBook, isHex, makePassword } from "../access/logic.ts";
import type { Passwords } from "../access/passwords.ts";
import type { Procedure, ProcedureStep, proceduresContract, StepName } from "./contract.ts";
import type { CheckResult, Procedures } from "./guarded-change.ts";

/** What the procedures ask of the rest of the core. */
export type WayIn = {
  /** Whether stations can connect at all, and over TLS. */
  open(): boolean;
  secure(): boolean;
  /** Where a station reaches us, without its identity. */
  url(remoteAddress: string, secure: boolean): string;
};

/** What is known of certificates; null where it is not. */
export type KnownCertificates = {
  /** Whether our root is installed in the station. */
  hasRoot(entry: StationEntry): Promise<boolean | null>;
  /** Whether the station has a certificate of its own that we would let in. */
  hasOwn(entry: StationEntry): Promise<boolean | null>;
};

export type ProcedureParts = {
  registry: Registry;
  clock: Clock;
  access: AccessBook;
  passwords: Passwords;
  procedures: Procedures;
  wayIn: WayIn;
};

/** Handlers of the guarded procedures. */
export function proceduresHandlers(parts: ProcedureParts): Handlers<typeof proceduresContract> {
  const { registry, clock, access, passwords, procedures, wayIn } = parts;

  return {
    "procedures.state": ({ identity }, push) => {
      const listening = procedures.changed.on((view) => {
        if (view.identity === identity) push(view);
      });
      return { snapshot: procedures.latest(identity), close: () => void listening.dispose() };
    },
    "procedures.start": async (input) => {
      const entry = registry.require(input.identity);
      const row = access.find(input.identity);
      if (row?.nextPassword && !row.unshown && !procedures.underWay(input.identity)) {
        throw failure("conflict", words("two-passwords", { identity: input.identity }));
      }
      const procedure = fresh(entry, input, row?.password !== undefined, clock.now());
      if (input.kind === "profile") {
        const secure = input.profile >= 2;
        const url = input.url ?? wayIn.url(entry.state.link.remoteAddress ?? "", secure);
        if (url.startsWith("wss:") !== secure) {
          throw failure(
            "invalid-input",
            words("profile-needs", { profile: input.profile, scheme: secure ? "wss://" : "ws://" }),
          );
        }
        const held = { anyway: input.anyway ?? false };
        return { procedure: procedures.start(entry, { ...procedure, url, slot: input.slot }, held) };
      }
      const { form } = input;
      const password = input.password ?? makePassword(form);
      refuseUnfit(entry, password, form);
      const hash = await passwords.hash(password, form, clock.now());
      const view = procedures.start(entry, procedure, { password, hash, anyway: false });
      return input.password === undefined ? { procedure: view, password } : { procedure: view };
    },
    "procedures.cancel": ({ identity, keep }) => {
      const stopped = procedures.cancel(identity);
      if (!keep || stopped.kind !== "password" || stopped.valid !== "both") return stopped;
      access.change(identity, { nextPassword: undefined });
      procedures.chosen(identity, keep);
      return procedures.latest(identity) ?? stopped;
    },
  };
}

/** @throws FailureError invalid-input for a password that the station's version cannot take */
function refuseUnfit({ session, state }: StationEntry, password: string, form: "text" | "hex"): void {
  if (form === "hex" && !isHex(password)) {
    throw failure("invalid-input", words("odd-hex-password"));
  }
  const plan = session?.dialect.plan({ name: "set-password", password, form }, state);
  if (plan && "unsupported" in plan) throw failure("invalid-input", plan.unsupported);
}

type Wanted = { kind: "password"; form: "text" | "hex" } | { kind: "profile"; profile: number };

function fresh(entry: StationEntry, wanted: Wanted, hadPassword: boolean, now: number): Procedure {
  const { link } = entry.state;
  const before: Procedure["before"] = { hadPassword };
  if (link.securityProfile !== undefined) before.profile = link.securityProfile;
  if (link.secure !== undefined) before.secure = link.secure;
  if (link.path !== undefined) before.path = link.path;
  before.shown = link.securityProfile === 1 || link.securityProfile === 2;
  const goal = wanted.kind === "password" ? { form: wanted.form } : { profile: wanted.profile };
  const steps = stepsOf(entry, wanted);
  return { kind: wanted.kind, ...goal, state: "under-way", valid: "old", steps, before, startedAt: now };
}

const bySend: Readonly<Record<string, StepName>> = {
  "set-security-profile": "send",
  "prefer-network-profile": "activate",
  reset: "restart",
};

/** The steps that this station's version and this goal need. */
function stepsOf({ session }: StationEntry, wanted: Wanted): ProcedureStep[] {
  const waiting = (name: StepName): ProcedureStep => ({ name, state: "waiting" });
  const unneeded: ProcedureStep = { name: "restart", state: "skipped", why: "not-needed" };
  if (wanted.kind === "password") {
    return [waiting("way-in"), waiting("snapshot"), waiting("send"), unneeded, waiting("return"), waiting("settle")];
  }
  const { profile } = wanted;
  const checks: StepName[] = ["way-in"];
  if (profile >= 2) checks.push("tls", "root");
  checks.push(profile === 3 ? "client-certificate" : "password");
  const sends = (session?.dialect.profileChange ?? []).flatMap((name) => bySend[name] ?? []).map(waiting);
  const restart = sends.some(({ name }) => name === "restart") ? [] : [unneeded];
  return [...checks.map(waiting), waiting("snapshot"), ...sends, ...restart, waiting("return"), waiting("settle")];
}

/** One that it does not show yet counts: from profile 1 on it does. */
function hasPassword(access: AccessBook, { identity }: StationEntry): boolean {
  const { password, nextPassword } = access.find(identity) ?? {};
  return (password ?? nextPassword) !== undefined;
}

/** Makes the checks that come before anything is sent. */
export function createChecks(parts: { access: AccessBook; wayIn: WayIn; certificates: KnownCertificates }) {
  const { access, wayIn, certificates } = parts;
  const judged = (there: boolean | null, missing: CheckResult["why"], unknown: CheckResult["why"], anyway: boolean) => {
    if (there) return { result: "ok" } as const;
    if (there === false) return { result: "failed", why: missing } as const;
    return { result: anyway ? "skipped" : "failed", why: unknown } as const;
  };

  return async function check(
    step: StepName,
    entry: StationEntry,
    { profile = 0 }: Procedure,
    anyway: boolean,
  ): Promise<CheckResult> {
    switch (step) {
      case "way-in": {
        const required = access.find(entry.identity)?.profile ?? 0;
        if (!wayIn.open()) return { result: "failed", why: "not-listening" };
        if (profile > 0 && required > profile)
          return { result: "failed", why: "required-higher", said: String(required) };
        return { result: "ok" };
      }
      case "tls":
        return wayIn.secure() ? { result: "ok" } : { result: "failed", why: "no-tls" };
      case "root":
        // It has come over our TLS: it trusts it.
        if (entry.state.link.secure) return { result: "ok" };
        return judged(await certificates.hasRoot(entry), "root-missing", "root-unknown", anyway);
      case "client-certificate":
        if (entry.state.link.securityProfile === 3) return { result: "ok" };
        return judged(await certificates.hasOwn(entry), "certificate-missing", "certificate-unknown", anyway);
      case "password":
        return hasPassword(access, entry) ? { result: "ok" } : { result: "failed", why: "no-password" };
      default:
        return { result: "ok" };
    }
  };
}
