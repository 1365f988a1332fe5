import { X509Certificate } from "node:crypto";
import type { TlsOptions } from "node:tls";
import type { Clock } from "../../lib/clock.ts";
import { FailureError } from "../../lib/contract.ts";
import type { Disposable } from "../../lib/disposable.ts";
import { createEmitter, type Emitter } from "../../lib/emitter.ts";
import type { Logger } from "../../lib/logger.ts";
import type { Words } from "../../lib/words.ts";
import { loadX509 } from "../../lib/x509.ts";
import { failure, whyOf } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { CertificatesRepository } from "../../store/certificates.ts";
import type { TlsProvider } from "../../transports/tls/server.ts";
import type { CertificatesOverview, KeyKind } from "./contract.ts";
import type { CheckedRequest } from "./csr.ts";
import { type Issuer, issueRoot, issueServer, issueStation, type Keyed } from "./issue.ts";
import { isKeyOf, type KeyFiles } from "./keys.ts";
import { type ServerNames, whyRenew } from "./names.ts";
import { isOffered, missingVersions, type ServerIdentity, tlsOptions } from "./tls.ts";
import { pemOf } from "./views.ts";

export type AuthorityOptions = {
  repository: CertificatesRepository;
  keys: KeyFiles;
  clock: Clock;
  log: Logger;
  settings: () => { rsaCertificate: boolean; oldTls: boolean };
  /** What the server certificate must name now. */
  names: () => ServerNames;
  /** What a person must know of. */
  tell: (what: Words) => void;
  /** Whether others on this computer may read our files. */
  othersMayRead: () => boolean;
};

/** How often the names and the clock are looked at. */
const lookMs = 2000;
/** The listeners and the screens come first at a start. */
const makeAfterMs = 50;

/** Our certificate authority: roots of our own, server certificates that are renewed by themselves, and what TLS needs of both.
 * Work is done one piece after the other. */
export class Authority implements TlsProvider, Disposable {
  readonly #options: AuthorityOptions;
  readonly #servers = new Map<KeyKind, ServerIdentity>();
  readonly #timers: { stop(): void }[] = [];
  #work: Promise<unknown> = Promise.resolve();
  #busy = false;
  #tls: { generation: number; options: TlsOptions } | null = null;
  #generation = 0;
  #problem: Words | null = null;
  #missing: string[] = [];
  #rsaMissing = false;
  #lookedAt = "";
  #closed = false;

  /** Certificates, or what can be offered, changed. */
  readonly changed: Emitter<void>;

  constructor(options: AuthorityOptions) {
    this.#options = options;
    this.changed = createEmitter(options.log);
  }

  /** TLS as it can be offered now; null until the first certificate is there. */
  current(): { generation: number; options: TlsOptions } | null {
    return this.#tls;
  }

  /** Takes what was kept, so that TLS is there at once after a restart. */
  open(): Promise<void> {
    return this.#run(async () => {
      for (const kind of this.#kinds()) {
        await this.#take(kind);
        await this.#lookAtRoot(kind);
      }
      this.#offer();
    });
  }

  /** Makes what is missing, and keeps it up from now on: names, ends, clock, settings. */
  start(): void {
    const { clock } = this.#options;
    this.#timers.push(
      clock.after(makeAfterMs, () => void this.keep()),
      clock.every(lookMs, () => {
        if (!this.#busy && this.#isDue()) void this.keep();
      }),
    );
  }

  /** Resolves when the server certificates are as they must be, or it is known why they cannot be. */
  keep(): Promise<void> {
    return this.#run(() => this.#keep(false));
  }

  /** Makes the server certificates anew, whatever they are. */
  renew(): Promise<X509Certificate[]> {
    return this.#run(async () => {
      await this.#keep(true);
      if (this.#problem) throw failure("unavailable", this.#problem);
      return this.servers();
    });
  }

  /** The root that signs, made when there is none. The key to it is not needed.
   * @throws FailureError `unavailable` when it cannot be made */
  async root(kind: KeyKind): Promise<X509Certificate> {
    return this.#run(async () => (await this.#rootOf(kind)).certificate);
  }

  /** Makes another root, and server certificates under it. */
  newRoot(kind: KeyKind): Promise<X509Certificate> {
    return this.#run(async () => {
      const { certificate } = await this.#makeRoot(kind);
      this.#servers.delete(kind);
      await this.#keep(false);
      return certificate;
    });
  }

  /** Signs a station's key.
   * @throws FailureError `unavailable` when the root's key cannot be had */
  signStation(request: Extract<CheckedRequest, { ok: true }>["request"], toCars: boolean): Promise<X509Certificate> {
    return this.#run(async () => {
      const issuer = await this.#issuer("ec");
      return issueStation(await loadX509(), issuer, request, toCars, this.#options.clock.now());
    });
  }

  /** Roots of ours, newest first; of each kind the first signs. */
  roots(): { certificate: X509Certificate; kind: KeyKind; current: boolean }[] {
    const seen = new Set<KeyKind>();
    return this.#options.repository.all("root").map(({ pem }) => {
      const certificate = new X509Certificate(pem);
      const kind: KeyKind = certificate.publicKey.asymmetricKeyType === "rsa" ? "rsa" : "ec";
      const current = !seen.has(kind);
      seen.add(kind);
      return { certificate, kind, current };
    });
  }

  servers(): X509Certificate[] {
    return [...this.#servers.values()].map(({ certificate }) => certificate);
  }

  /** The folder of the keys was made anew: the keys that are at hand are written again. A root's is not, and is missed at once. */
  keysLost(): Promise<void> {
    return this.#run(async () => {
      for (const [kind, { certificate, key }] of this.#servers) {
        await this.#options.keys.write(keyName("server", certificate), key, false);
        await this.#lookAtRoot(kind);
      }
    });
  }

  /** The trusted roots changed: they are part of what TLS is offered with. */
  refresh(): void {
    this.#offer();
    this.changed.emit();
  }

  /** How it stands, for the screens. */
  async standing(): Promise<Pick<CertificatesOverview, "wss" | "keyStore" | "oldTls" | "rsaMissing">> {
    const state = this.#tls ? "ready" : this.#problem ? "blocked" : "making";
    return {
      wss: this.#problem ? { state, problem: this.#problem } : { state },
      keyStore: (await this.#options.keys.sealing()) ? "system" : this.#options.othersMayRead() ? "open-file" : "file",
      oldTls: { wanted: this.#options.settings().oldTls, missing: this.#missing },
      rsaMissing: this.#rsaMissing,
    };
  }

  /** Waits for the work under way. */
  async dispose(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) timer.stop();
    await this.#work;
  }

  #kinds(): KeyKind[] {
    return this.#options.settings().rsaCertificate ? ["ec", "rsa"] : ["ec"];
  }

  /** One after the other; a failure is the asker's. */
  #run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#work.then(() => {
      if (this.#closed) throw failure("unavailable", words("core-closing"));
      this.#busy = true;
      return task();
    });
    const over = () => {
      this.#busy = false;
    };
    this.#work = result.then(over, over);
    return result;
  }

  #isDue(): boolean {
    const { names, clock, settings } = this.#options;
    const seen = JSON.stringify([names(), settings().rsaCertificate, settings().oldTls]);
    if (seen !== this.#lookedAt) return true;
    const now = clock.now();
    const roots = new Map(this.roots().map((root) => [root.certificate.fingerprint256, root]));
    return [...this.#servers.values()].some(
      ({ certificate, root }) =>
        !roots.get(root.fingerprint256)?.current || whyRenew(certificate, root, names(), now) !== null,
    );
  }

  async #keep(anew: boolean): Promise<void> {
    const { names, clock, settings, log } = this.#options;
    const wanted = names();
    this.#lookedAt = JSON.stringify([wanted, settings().rsaCertificate, settings().oldTls]);
    try {
      this.#problem = null;
      for (const kind of this.#kinds()) {
        const have = this.#servers.get(kind);
        const why = have ? whyRenew(have.certificate, have.root, wanted, clock.now()) : "there is none";
        if (!anew && why === null) continue;
        await this.#makeServer(kind, wanted);
        log.info("a server certificate was made", { kind, why: anew ? "asked" : why });
      }
    } catch (error) {
      // Goes on with what there is, and says so.
      const own = error instanceof FailureError ? error.words : undefined;
      this.#problem = own ?? words("server-certificate-failed", { problem: whyOf(error) });
      log.error("the server certificate cannot be made", { error });
    }
    this.#offer();
    this.#missing = this.#tls && settings().oldTls ? await missingVersions(this.#tls.options) : [];
    this.changed.emit();
  }

  async #makeServer(kind: KeyKind, names: ServerNames): Promise<void> {
    const { repository, keys, clock } = this.#options;
    const issuer = await this.#issuer(kind);
    const made = await issueServer(await loadX509(), issuer, names.common, names, clock.now());
    const before = this.#servers.get(kind);
    // Not sealed: wss must be there whatever host the core has, and this key proves no more than the port it is used on.
    await keys.write(keyName("server", made.certificate), made.key, false);
    repository.add(rowOf("server", made, clock.now()));
    if (before) {
      repository.remove("server", before.certificate.fingerprint256);
      keys.remove(keyName("server", before.certificate));
    }
    this.#servers.set(kind, { ...made, root: issuer.certificate });
  }

  async #rootOf(kind: KeyKind): Promise<{ certificate: X509Certificate }> {
    const known = this.roots().find((root) => root.kind === kind);
    return known ?? this.#firstRoot(kind);
  }

  /** There is none: as it is at the very first start, or because it could not be read. */
  #firstRoot(kind: KeyKind): Promise<Issuer> {
    const { repository, tell } = this.#options;
    if (repository.damaged) tell(words("root-made-anew"));
    return this.#makeRoot(kind);
  }

  async #makeRoot(kind: KeyKind): Promise<Issuer> {
    const { repository, keys, clock, log } = this.#options;
    const made = await issueRoot(await loadX509(), kind, clock.now());
    await keys.write(keyName("root", made.certificate), made.key, true);
    repository.add(rowOf("root", made, clock.now()));
    log.info("a root certificate was made", { kind, fingerprint: made.certificate.fingerprint256 });
    this.changed.emit();
    return { kind, ...made };
  }

  async #issuer(kind: KeyKind): Promise<Issuer> {
    const known = this.roots().find((root) => root.kind === kind);
    if (!known) return this.#firstRoot(kind);
    const { certificate } = known;
    const { keys, tell } = this.#options;
    const key = await keys.read(keyName("root", certificate)).catch((error: unknown) => {
      throw failure("unavailable", words("root-key-unreadable", { problem: whyOf(error) }));
    });
    if (!isKeyOf(certificate, key)) {
      tell(words("root-made-anew"));
      return this.#makeRoot(kind);
    }
    return { kind, certificate, key };
  }

  /** The newest server certificate of a kind whose key and root are there. Where there are some, and none is whole, one is made anew:
   * plain ws must not wait for that, nor end of it. */
  async #take(kind: KeyKind): Promise<void> {
    const { repository, keys, log, tell } = this.#options;
    const root = this.roots().find((known) => known.kind === kind && known.current)?.certificate;
    if (!root) return;
    let without = 0;
    for (const { pem } of repository.all("server")) {
      const certificate = new X509Certificate(pem);
      if (!certificate.checkIssued(root)) continue;
      const key = await keys.read(keyName("server", certificate)).catch((error: unknown) => {
        log.warn("a server key could not be read", { error });
        return null;
      });
      const identity = { certificate, key: key ?? "", root };
      if (isKeyOf(certificate, key) && isOffered(tlsOptions([identity], [], false))) {
        this.#servers.set(kind, identity);
        return;
      }
      without += 1;
    }
    if (without > 0) tell(words("server-key-lost"));
  }

  /** Says early that a root cannot sign any more: what it signed stays good until the next certificate is due. */
  async #lookAtRoot(kind: KeyKind): Promise<void> {
    const { keys, tell } = this.#options;
    const root = this.roots().find((known) => known.kind === kind && known.current)?.certificate;
    if (!root || keys.isSealed(keyName("root", root))) return;
    const key = await keys.read(keyName("root", root)).catch(() => null);
    if (!isKeyOf(root, key)) tell(words("root-key-lost"));
  }

  #offer(): void {
    const { repository, settings } = this.#options;
    const identities = this.#kinds().flatMap((kind) => this.#servers.get(kind) ?? []);
    const [first] = identities;
    if (!first) {
      this.#tls = null;
      return;
    }
    const trusted = [...repository.all("root"), ...repository.all("trusted")].map(
      ({ pem }) => new X509Certificate(pem),
    );
    const all = tlsOptions(identities, trusted, settings().oldTls);
    // Some runtimes take one certificate alone.
    this.#rsaMissing = identities.length > 1 && !isOffered(all);
    const options = this.#rsaMissing ? tlsOptions([first], trusted, settings().oldTls) : all;
    if (this.#tls && JSON.stringify(this.#tls.options) === JSON.stringify(options)) return;
    this.#tls = { generation: ++this.#generation, options };
  }
}

/** Each certificate's key has a file of its own, so that a killed process leaves no mismatch. */
function keyName(kind: "root" | "server", certificate: X509Certificate): string {
  return `${kind}-${certificate.serialNumber.toLowerCase()}`;
}

function rowOf(kind: "root" | "server", { certificate }: Keyed, at: number) {
  return { kind, fingerprint: certificate.fingerprint256, pem: pemOf(certificate), at };
}
