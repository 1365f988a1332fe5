import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CertificatesOverview, RootView } from "../../../src/services/certificates/contract.ts";
import { useCall } from "../../core/core.tsx";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import layout from "../../ui/layout.module.css";
import { Busy, CopyButton, Facts, Failure, Time } from "../../ui/parts.tsx";
import { QrCode } from "../../ui/QrCode.tsx";
import ui from "../../ui/ui.module.css";
import classes from "./certificates.module.css";
import { saveFile } from "./save-file.ts";

/** Our root: what a station must have before it trusts wss. */
export function Root({ overview }: { overview: CertificatesOverview }) {
  const { t } = useTranslation();
  const roots = overview.roots.filter(({ current }) => current);
  return (
    <section className={layout.section} aria-labelledby="certificates-root">
      <h2 id="certificates-root">{t("certificates.root.title")}</h2>
      <p>{t("certificates.root.what")}</p>
      {roots.length === 0 && overview.wss.state === "making" && <Busy what={t("certificates.root.making")} />}
      {roots.map((root) => (
        <OneRoot key={root.fingerprint} root={root} keyStore={overview.keyStore} />
      ))}
      <details>
        <summary className={ui.more}>{t("certificates.root.where")}</summary>
        <ol className={layout.steps}>
          <li>{t("certificates.root.step1")}</li>
          <li>{t("certificates.root.step2")}</li>
          <li>{t("certificates.root.step3")}</li>
        </ol>
      </details>
    </section>
  );
}

function OneRoot({ root, keyStore }: { root: RootView; keyStore: CertificatesOverview["keyStore"] }) {
  const { t } = useTranslation();
  const file = useCall("certificates.root");
  const anew = useCall("certificates.newRoot");
  const { kind } = root;
  async function save(format: "pem" | "der") {
    const saved = await file.run({ kind, format });
    if (saved) saveFile(saved);
  }
  return (
    <div className={classes.root}>
      <div className={classes.rootText}>
        <Facts
          of={[
            [t("certificates.fields.name"), root.commonName],
            [
              t("certificates.fields.fingerprint"),
              <code key="f" className={classes.fingerprint}>
                {root.fingerprint}
              </code>,
            ],
            [t("certificates.fields.key"), `${root.key}, ${t(`certificates.root.keyStore.${keyStore}`)}`],
            [t("certificates.fields.until"), <Time key="t" at={Date.parse(root.notAfter)} />],
          ]}
        />
        <div className={layout.row} data-align="start">
          <Button onClick={() => void save("pem")}>{t("certificates.root.pem")}</Button>
          <Button variant="default" onClick={() => void save("der")}>
            {t("certificates.root.der")}
          </Button>
          <CopyButton text={root.pem} label={t("certificates.root.copy")} />
          <ConfirmInline verb={t("certificates.root.anew")} onConfirm={() => void anew.run({ kind })}>
            {t("certificates.root.anewSentence")}
          </ConfirmInline>
        </div>
        {file.error && <Failure what={t("certificates.saveFailed")} error={file.error} />}
        {anew.error && <Failure what={t("certificates.root.anewFailed")} error={anew.error} />}
      </div>
      <figure className={classes.qr}>
        <QrCode text={root.pem} label={t("certificates.root.qr")} />
        <figcaption className="muted small">{t("certificates.root.qr")}</figcaption>
      </figure>
    </div>
  );
}
