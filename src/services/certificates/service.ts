import { X509Certificate } from "node:crypto";
import { hostname } from "node:os";
import { join } from "node:path";
import type { Disposable } from "../../lib/disposable.ts";
import type { Emitter } from "../../lib/emitter.ts";
import type { Words } from "../../lib/words.ts";
import { hashOfRoot, sameHash } from "../../ocpp/certificate-hash.ts";
import { carryOut } from "../../session/commands.ts";
import type { StationEntry } from "../../session/station-entry.ts";
import type { CertificatesRepository } from "../../store/certificates.ts";
import { localAddresses } from "../../transports/addresses.ts";
import type { ServiceContext } from "../context.ts";
import { Authority } from "./authority.ts";
import type { CertificateParts } from "./handlers.ts";
import { hostKeys } from "./host-keys.ts";
import { type KeyVault, openKeyFiles } from "./keys.ts";
import { serverNames } from "./names.ts";
import { createSigning } from "./signing.ts";

export type CertificatesOptions = Pick<
  ServiceContext,
  "clock" | "log" | "registry" | "journal" | "recorder" | "settings"
> & {
  repository: CertificatesRepository;
  dataFolder: string;
  vault: KeyVault | null;
  /** Whether others on this computer may read the data folder, and that it turns out that they may. */
  folder: { othersMayRead(): boolean; changed: Pick<Emitter<void>, "on"> };
  /** What a person must know of. */
  tell: (what: Words) => void;
};

export type Certificates = CertificateParts &
  Disposable & {
    /** Whether our root is installed in a station, as it says when asked; null where it does not say. */
    hasRoot(entry: StationEntry): Promise<boolean | null>;
    /** Whether a station took a certificate of ours that is valid now; null where we do not know. */
    hasOwn(entry: StationEntry): Promise<boolean | null>;
    /** Our private keys for SSH. */
    hostKeys(): Promise<string[]>;
  };

/** Puts the certificates' parts together. */
export function createCertificates(options: CertificatesOptions): Certificates {
  const { repository, clock, log, registry, journal, recorder, settings } = options;
  const keys = openKeyFiles(join(options.dataFolder, "keys"), options.vault);
  const authority = new Authority({
    repository,
    keys,
    clock,
    log,
    settings: () => settings.values,
    tell: options.tell,
    othersMayRead: options.folder.othersMayRead,
    names: () => serverNames(hostname(), localAddresses(), settings.values.serverNames),
  });
  options.folder.changed.on(() => authority.changed.emit());
  const signing = createSigning({
    authority,
    repository,
    registry,
    journal,
    recorder,
    clock,
    log,
    settings: () => settings.values,
    changed: () => authority.changed.emit(),
  });

  return {
    authority,
    signing,
    repository,
    hostKeys: () => hostKeys(keys),
    async hasRoot(entry) {
      const outcome = await carryOut(journal, entry, { name: "certificates-list" }, "guarded-change");
      if (outcome.result !== "accepted") return null;
      const ours = authority.roots().filter(({ current }) => current);
      const installed = entry.state.certificates?.installed ?? [];
      return installed.some(({ hash }) =>
        ours.some(({ certificate }) => sameHash(hashOfRoot(certificate, hash.hashAlgorithm), hash)),
      );
    },
    async hasOwn(entry) {
      const taken = new Set(
        signing
          .requests()
          .filter(({ station, outcome }) => station === entry.identity && outcome?.result === "accepted")
          .map(({ fingerprint }) => fingerprint),
      );
      const now = clock.now();
      const valid = repository
        .all("station")
        .some(({ fingerprint, pem }) => taken.has(fingerprint) && now < new X509Certificate(pem).validToDate.getTime());
      return valid ? true : null;
    },
    async dispose() {
      await signing.dispose();
      await authority.dispose();
    },
  };
}
