import type { X509Certificate } from "node:crypto";
import type { Clock } from "../../lib/clock.ts";
import type { FailureError } from "../../lib/contract.ts";
import type { Disposable } from "../../lib/disposable.ts";
import type { Logger } from "../../lib/logger.ts";
import { loadX509 } from "../../lib/x509.ts";
import { carryOut } from "../../session/commands.ts";
import type { Journal } from "../../session/journal.ts";
import type { Registry } from "../../session/registry.ts";
import type { StationEntry } from "../../session/station-entry.ts";
import type { SigningRequested } from "../../station/events.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { CertificatesRepository, RequestRow } from "../../store/certificates.ts";
import type { Recorder } from "../../store/recorder.ts";
import type { Authority } from "./authority.ts";
import { type RequestProblem, requestProblems, type SigningRequestView } from "./contract.ts";
import { type CheckedRequest, checkRequest, type Expected, longestRequest, looksLikeRequest } from "./csr.ts";
import { pemOf } from "./views.ts";

export type SigningOptions = {
  authority: Authority;
  repository: CertificatesRepository;
  registry: Registry;
  journal: Journal;
  recorder: Recorder;
  clock: Clock;
  log: Logger;
  settings: () => { signCsr: "auto" | "ask" | "refuse"; csrOrganisation: string };
  changed: () => void;
};

export type Signing = Disposable & {
  /** Newest first. */
  requests(): SigningRequestView[];
  /** Decides on one that waits. */
  decide(id: number, sign: boolean, force: boolean): Promise<SigningRequestView>;
  /** Checks a request that came as a file, and signs it.
   * @throws FailureError `invalid-input` with the problem */
  sign(csr: string, station: string | undefined, force: boolean): Promise<string>;
};

/** Signs what stations ask for (security whitepaper, A02; 2.0.1 A02, A03). Hears of a request once it is on record and answered;
 * what follows is a command as any other. */
export function createSigning(options: SigningOptions): Signing {
  const { authority, repository, registry, recorder, clock, log } = options;
  /** Stations in work, each with the newest request that came meanwhile: one that asks in a loop is served as fast as it is. */
  const inWork = new Map<string, SigningRequested | null>();
  /** Requests that are being signed: nobody decides on them once more. */
  const deciding = new Set<number>();

  const listening = recorder.stored.on(({ events }) => {
    for (const { station, event } of events) {
      if (event.kind !== "signing-requested") continue;
      if (event.answered !== "Accepted") {
        if (!looksLikeRequest(event.csr)) refuseUnread(station.identity, event);
        continue;
      }
      if (inWork.has(station.identity)) inWork.set(station.identity, event);
      else void serve(station.identity, event);
    }
  });

  /** One that cannot be read was answered so; it is shown among the others, with why. */
  function refuseUnread(station: string, { csr, certificateType, requestId }: SigningRequested): void {
    const row = { station, at: clock.now(), csr: csr.slice(0, longestRequest + 1), certificateType, requestId };
    const id = repository.addRequest({ ...row, state: "waiting" });
    const problem: RequestProblem = csr.length > longestRequest ? "too-long" : "unreadable";
    repository.settle(id, { state: "refused", why: problem === "too-long" ? `${problem}: ${csr.length}` : problem });
    options.changed();
  }

  async function serve(identity: string, first: SigningRequested): Promise<void> {
    for (let event: SigningRequested | null = first; event; event = inWork.get(identity) ?? null) {
      inWork.set(identity, null);
      try {
        await take(identity, event);
      } catch (error) {
        log.error("a signing request could not be served", { station: identity, error });
      }
      options.changed();
    }
    inWork.delete(identity);
  }

  async function take(station: string, event: SigningRequested): Promise<void> {
    const { csr, certificateType, requestId } = event;
    const { signCsr } = options.settings();
    // One that waits is out of date when the same station asks again.
    for (const old of repository.requests()) {
      if (old.station === station && old.state === "waiting" && old.certificateType === certificateType) {
        repository.settle(old.id, { state: "failed", why: "asked-again" });
      }
    }
    const row = { station, at: clock.now(), csr: csr.slice(0, longestRequest + 1), certificateType, requestId };
    const id = repository.addRequest({ ...row, state: "waiting" });
    if (signCsr === "refuse") repository.settle(id, { state: "refused", why: "policy" });
    if (signCsr !== "auto") return;
    await alone(id, () => issue({ ...row, id, state: "waiting" }, false));
  }

  async function alone(id: number, work: () => Promise<void>): Promise<void> {
    deciding.add(id);
    await work().finally(() => deciding.delete(id));
  }

  /** Checks, signs and sends. */
  async function issue(row: RequestRow, force: boolean): Promise<void> {
    const checked = await check(row.csr, row.station, force);
    if (!checked.ok) {
      repository.settle(row.id, { state: "refused", why: [checked.problem, checked.said].filter(Boolean).join(": ") });
      return;
    }
    let made: X509Certificate;
    try {
      made = await make(checked, row.station, row.certificateType?.startsWith("V2G") ?? false);
    } catch (error) {
      log.error("a certificate could not be signed", { station: row.station, error });
      repository.settle(row.id, { state: "failed", why: "no-authority" });
      return;
    }
    const entry = registry.get(row.station);
    if (!entry) return;
    const { certificateType, requestId } = row;
    const give = (text: string) =>
      carryOut(
        options.journal,
        entry,
        { name: "certificate-signed", chain: text, certificateType, requestId },
        "asked-for",
      );
    const chain = pemOf(made);
    let outcome = await give(chain);
    // Some stations want the chain up to its root, and refuse the leaf alone.
    if (outcome.result === "rejected") {
      const whole = await give(chain + pemOf(await authority.root("ec")));
      if (whole.result !== "unsupported") outcome = whole;
    }
    const { result, why } = outcome;
    repository.settle(row.id, {
      state: "sent",
      fingerprint: made.fingerprint256,
      outcome: why === undefined ? { result } : { result, why },
    });
  }

  async function check(csr: string, station: string | undefined, force: boolean): Promise<CheckedRequest> {
    const commonNames = force || station === undefined ? null : namesOf(station, registry.get(station));
    const organisation = force ? "" : options.settings().csrOrganisation;
    const expected: Expected = { commonNames, organisation };
    return checkRequest(await loadX509(), csr, expected);
  }

  /** The root is not part of the chain: the station has it, or will not trust it. */
  async function make(
    { request }: Extract<CheckedRequest, { ok: true }>,
    station: string | undefined,
    toCars: boolean,
  ): Promise<X509Certificate> {
    const certificate = await authority.signStation(request, toCars);
    const { fingerprint256: fingerprint } = certificate;
    repository.add({ kind: "station", fingerprint, pem: pemOf(certificate), at: clock.now(), station });
    return certificate;
  }

  function find(id: number): RequestRow {
    const row = repository.requests().find((request) => request.id === id);
    if (!row) throw failure("not-found", words("no-request", { id }));
    return row;
  }

  return {
    requests: () => repository.requests().map(viewRequest),
    async decide(id, sign, force) {
      const row = find(id);
      if (row.state !== "waiting" || deciding.has(id)) throw failure("conflict", words("request-decided"));
      if (!sign) repository.settle(id, { state: "refused", why: "by-hand" });
      else {
        await alone(id, async () => {
          const checked = await check(row.csr, row.station, force);
          if (!checked.ok) throw refusal(checked);
          await issue(row, force);
        });
      }
      options.changed();
      return viewRequest(find(id));
    },
    async sign(csr, station, force) {
      const checked = await check(csr, station, force);
      if (!checked.ok) throw refusal(checked);
      const made = await make(checked, station, false);
      options.changed();
      return pemOf(made);
    },
    dispose: () => listening.dispose(),
  };
}

/** What a station may call itself: its identity, or the serial number it booted with (security whitepaper, table 3). */
function namesOf(identity: string, entry: StationEntry | undefined): string[] {
  const { serialNumber, boxSerialNumber } = entry?.state.info ?? {};
  return [identity, serialNumber, boxSerialNumber].flatMap((name) => name || []);
}

function refusal({ problem, said }: Extract<CheckedRequest, { ok: false }>): FailureError {
  const why = words(`request-${problem}`);
  const told = said === undefined ? why : words("request-says", { problem: why, said });
  return failure("invalid-input", told, { problem, said });
}

function viewRequest({ csr: _csr, requestId: _requestId, why, ...row }: RequestRow): SigningRequestView {
  if (why === undefined) return row;
  const at = why.indexOf(": ");
  const problem = at < 0 ? why : why.slice(0, at);
  if (!isProblem(problem)) return { ...row, said: why };
  const view: SigningRequestView = { ...row, problem };
  return at < 0 ? view : { ...view, said: why.slice(at + 2) };
}

function isProblem(word: string): word is RequestProblem {
  return (requestProblems as readonly string[]).includes(word);
}
