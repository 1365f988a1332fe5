import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RootView, TrustedView } from "../../../src/services/certificates/contract.ts";
import { useCall } from "../../core/core.tsx";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import layout from "../../ui/layout.module.css";
import { Failure, Time } from "../../ui/parts.tsx";
import classes from "./certificates.module.css";
import { PemInput } from "./PemInput.tsx";

/** Roots of others, and earlier ones of ours: certificates that they signed are taken from stations. */
export function Trusted({ trusted, roots }: { trusted: readonly TrustedView[]; roots: readonly RootView[] }) {
  const { t } = useTranslation();
  const trust = useCall("certificates.trust");
  const distrust = useCall("certificates.distrust");
  const [pem, setPem] = useState("");
  const earlier = roots.filter(({ current }) => !current);
  async function add() {
    if (await trust.run({ pem })) setPem("");
  }
  return (
    <section className={layout.section} aria-labelledby="certificates-trusted">
      <h2 id="certificates-trusted">{t("certificates.trusted.title")}</h2>
      <p className="muted">{t("certificates.trusted.what")}</p>
      <ul className={layout.list}>
        {[...trusted, ...earlier].map((root) => (
          <li className={layout.item} key={root.fingerprint}>
            <div className={classes.words}>
              <strong>{root.commonName || root.subject}</strong>
              <div className="muted small">
                {root.key}, {t("certificates.until")} <Time at={Date.parse(root.notAfter)} />
              </div>
              <code className={classes.fingerprint}>{root.fingerprint}</code>
            </div>
            <ConfirmInline
              verb={t("common.remove")}
              onConfirm={() => void distrust.run({ fingerprint: root.fingerprint })}
            >
              {t("certificates.trusted.removeSentence", { name: root.commonName || root.subject })}
            </ConfirmInline>
          </li>
        ))}
      </ul>
      {trusted.length + earlier.length === 0 && <p>{t("certificates.trusted.none")}</p>}
      <div>
        <ConfirmInline verb={t("certificates.trusted.add")} onConfirm={() => void add()} incomplete={pem.trim() === ""}>
          <p>{t("certificates.trusted.addSentence")}</p>
          <PemInput value={pem} onChange={setPem} label={t("certificates.trusted.pem")} />
        </ConfirmInline>
      </div>
      {trust.error && <Failure what={t("certificates.trusted.failed")} error={trust.error} />}
      {distrust.error && <Failure what={t("certificates.trusted.removeFailed")} error={distrust.error} />}
    </section>
  );
}
