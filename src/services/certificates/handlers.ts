import { X509Certificate } from "node:crypto";
import type { Handlers } from "../../lib/contract.ts";
import { hashOfRoot } from "../../ocpp/certificate-hash.ts";
import { carryOut } from "../../session/commands.ts";
import { failure } from "../../station/failure.ts";
import { words } from "../../station/phrases.ts";
import type { CertificateKind, CertificatesRepository } from "../../store/certificates.ts";
import type { ServiceContext } from "../context.ts";
import type { Authority } from "./authority.ts";
import type { CertificatesOverview, certificatesContract, RootView } from "./contract.ts";
import { readCertificates } from "./pem.ts";
import type { Signing } from "./signing.ts";
import { fileOf, pemOf, viewCertificate, viewIssued, viewTrusted } from "./views.ts";

export type CertificateParts = { authority: Authority; signing: Signing; repository: CertificatesRepository };

const mostShown = 100;
const mostTrusted = 100;

/** Handlers of the certificates: our roots and server certificates, whom we trust, what we signed, what is on a station. */
export function certificatesHandlers(
  { clock, registry, journal }: ServiceContext,
  { authority, signing, repository }: CertificateParts,
): Handlers<typeof certificatesContract> {
  let standing: Awaited<ReturnType<Authority["standing"]>> = {
    wss: { state: "making" },
    keyStore: "file",
    oldTls: { wanted: false, missing: [] },
    rsaMissing: false,
  };
  const look = async () => {
    standing = await authority.standing();
  };
  authority.changed.on(() => void look());
  void look();

  function list(kind: CertificateKind) {
    return repository.all(kind).map((row) => ({ row, certificate: new X509Certificate(row.pem) }));
  }

  function overview(): CertificatesOverview {
    return {
      ...standing,
      roots: authority.roots().map(viewRoot),
      servers: authority.servers().map(viewCertificate),
      trusted: list("trusted").map(({ row, certificate }) => viewTrusted(certificate, row)),
      issued: list("station")
        .slice(0, mostShown)
        .map(({ row, certificate }) => viewIssued(certificate, row)),
      requests: signing.requests().slice(0, mostShown),
    };
  }

  function find(fingerprint: string): { certificate: X509Certificate; name: string } {
    for (const kind of ["root", "trusted", "station", "server"] as const) {
      const found = list(kind).find(({ row }) => row.fingerprint === fingerprint);
      if (found) return { certificate: found.certificate, name: kind === "root" ? "plugside-root" : fileName(found) };
    }
    throw failure("not-found", words("no-certificate"));
  }

  return {
    "certificates.overview": (_input, push) => {
      const tell = () => void look().then(() => push(overview));
      const listening = authority.changed.on(tell);
      tell();
      return { snapshot: overview(), close: () => void listening.dispose() };
    },
    "certificates.root": async ({ kind, format }) => fileOf(await authority.root(kind), rootName(kind), format),
    "certificates.file": ({ fingerprint, format }) => {
      const { certificate, name } = find(fingerprint);
      return fileOf(certificate, name, format);
    },
    "certificates.newRoot": async ({ kind }) =>
      viewRoot({ certificate: await authority.newRoot(kind), kind, current: true }),
    "certificates.renewServer": async () => (await authority.renew()).map(viewCertificate),
    "certificates.trust": ({ pem, note }) => {
      const found = readCertificates(pem);
      const other = found.find((certificate) => !certificate.ca);
      if (other) {
        throw failure("invalid-input", words("no-root", { subject: other.subject.replaceAll("\n", ", ") }));
      }
      if (repository.all("trusted").length + found.length > mostTrusted) {
        throw failure("conflict", words("too-many-roots", { most: mostTrusted }));
      }
      for (const certificate of found) {
        const row = { fingerprint: certificate.fingerprint256, pem: pemOf(certificate), at: clock.now() };
        repository.add({ kind: "trusted", ...row, note: note?.trim() || undefined });
      }
      authority.refresh();
      return found.map(viewCertificate);
    },
    "certificates.distrust": ({ fingerprint }) => {
      const root = authority.roots().find(({ certificate }) => certificate.fingerprint256 === fingerprint);
      if (root?.current) throw failure("conflict", words("root-in-use"));
      const kind = root ? "root" : "trusted";
      if (!repository.all(kind).some((row) => row.fingerprint === fingerprint)) {
        throw failure("not-found", words("no-trusted-root"));
      }
      repository.remove(kind, fingerprint);
      authority.refresh();
      return null;
    },
    "certificates.sign": async ({ csr, station, force }) => {
      const certificate = new X509Certificate(await signing.sign(csr, station, force));
      const view = viewCertificate(certificate);
      return { ...fileOf(certificate, safeName(view.commonName), "pem"), certificate: view };
    },
    "certificates.decide": ({ id, sign, force }) => signing.decide(id, sign, force),
    "certificates.install": async ({ identity, use, kind, pem }) => {
      const entry = registry.require(identity);
      const certificates = pem === undefined ? [await authority.root(kind)] : readCertificates(pem);
      const certificate = certificates.map(pemOf).join("").trim();
      return carryOut(journal, entry, { name: "certificate-install", use, certificate });
    },
  };
}

function viewRoot({ certificate, kind, current }: ReturnType<Authority["roots"]>[number]): RootView {
  const hash = hashOfRoot(certificate);
  return { ...viewCertificate(certificate), kind, current, pem: pemOf(certificate), hash };
}

function rootName(kind: "ec" | "rsa"): string {
  return kind === "ec" ? "plugside-root" : "plugside-root-rsa";
}

function fileName({ certificate }: { certificate: X509Certificate }): string {
  return safeName(viewCertificate(certificate).commonName);
}

/** A name that any file system takes. */
function safeName(text: string): string {
  return (
    text
      .replace(/[^A-Za-z0-9._-]+/g, "-")
      .replace(/^[-.]+|[-.]+$/g, "")
      .slice(0, 60) || "certificate"
  );
}
