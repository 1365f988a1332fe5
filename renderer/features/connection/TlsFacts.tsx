import { useTranslation } from "react-i18next";
import type { Attempt, PeerCertificate } from "../../../src/station/attempts.ts";
import { Facts } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";

/** What was offered and agreed on in TLS, and the certificate that the station showed. */
export function TlsFacts({ attempt: { hello, tls, passed } }: { attempt: Attempt }) {
  const { t } = useTranslation();
  return (
    <>
      {hello && (
        <section>
          <h3>{t("attempts.hello")}</h3>
          <Facts
            of={[
              [t("attempts.helloFact.versions"), hello.versions.join(", ")],
              [t("attempts.helloFact.sni"), hello.sni],
              [t("attempts.helloFact.alpn"), hello.alpn.join(", ")],
              [t("attempts.helloFact.clock"), hello.clock],
            ]}
            stacked
          />
          <details>
            <summary className={ui.summary}>
              {t("attempts.helloFact.ciphers")} ({hello.ciphers.length})
            </summary>
            <pre className={ui.code} data-apart>
              {hello.ciphers.join("\n")}
            </pre>
          </details>
        </section>
      )}
      {tls && (
        <section>
          <h3>{t("attempts.tls")}</h3>
          <Facts
            of={[
              [t("attempts.tlsFact.version"), tls.version],
              [t("attempts.tlsFact.cipher"), tls.cipher],
              [t("attempts.tlsFact.error"), tls.error],
            ]}
            stacked
          />
        </section>
      )}
      {tls && passed !== "tcp" && (
        <section>
          <h3>{t("attempts.certificate")}</h3>
          {tls.clientCertificate ? (
            <Certificate of={tls.clientCertificate} chain={tls.clientChain ?? []} />
          ) : (
            <p className="muted">{t("attempts.noCertificate")}</p>
          )}
        </section>
      )}
    </>
  );
}

function Certificate({ of, chain }: { of: PeerCertificate; chain: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <Facts
      of={[
        [t("attempts.certificateFact.commonName"), of.commonName],
        [t("attempts.certificateFact.subject"), of.subject],
        [t("attempts.certificateFact.issuer"), of.issuer],
        [t("attempts.certificateFact.serialNumber"), of.serialNumber],
        [t("attempts.certificateFact.valid"), `${of.notBefore} – ${of.notAfter}`],
        [t("attempts.certificateFact.fingerprint"), of.fingerprint],
        [t("attempts.certificateFact.chain"), chain.join(" ← ")],
      ]}
      stacked
    />
  );
}
