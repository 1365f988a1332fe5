import { Button, Switch, TagsInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { CertificatesOverview } from "../../../src/services/certificates/contract.ts";
import { useCall, useWatch } from "../../core/core.tsx";
import layout from "../../ui/layout.module.css";
import { Facts, Failure, Time } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import classes from "./certificates.module.css";

/** The certificates that stations see, and what TLS takes. */
export function Server({ overview }: { overview: CertificatesOverview }) {
  const { t } = useTranslation();
  const renew = useCall("certificates.renewServer");
  return (
    <section className={layout.section} aria-labelledby="certificates-server">
      <h2 id="certificates-server">{t("certificates.server.title")}</h2>
      <p className="muted">{t("certificates.server.what")}</p>
      {overview.servers.map((server) => (
        <Facts
          key={server.fingerprint}
          of={[
            [t("certificates.fields.names"), server.names.join(", ")],
            [t("certificates.fields.key"), server.key],
            [t("certificates.fields.until"), <Time key="t" at={Date.parse(server.notAfter)} />],
          ]}
        />
      ))}
      <div className={layout.row} data-align="start">
        <Button variant="default" disabled={renew.busy} onClick={() => void renew.run({})}>
          {t("certificates.server.renew")}
        </Button>
      </div>
      {renew.error && <Failure what={t("certificates.server.renewFailed")} error={renew.error} />}
      <Choices overview={overview} />
    </section>
  );
}

/** Names added by hand, an RSA certificate, old TLS: each saved at once. */
function Choices({ overview }: { overview: CertificatesOverview }) {
  const { t } = useTranslation();
  const settings = useWatch("settings.values", {});
  const change = useCall("settings.change");
  if (!settings.value) return null;
  const { rsaCertificate, oldTls, serverNames } = settings.value;
  const { missing } = overview.oldTls;
  return (
    <div className={classes.choices}>
      <TagsInput
        label={t("certificates.server.names")}
        description={t("certificates.server.namesHint")}
        value={serverNames}
        onChange={(names) => void change.run({ serverNames: names })}
        maxTags={20}
        className={classes.field}
      />
      <Switch
        label={t("certificates.server.rsa")}
        description={t(overview.rsaMissing ? "certificates.server.rsaMissing" : "certificates.server.rsaHint")}
        checked={rsaCertificate}
        onChange={(event) => void change.run({ rsaCertificate: event.currentTarget.checked })}
        withThumbIndicator={false}
      />
      <Switch
        label={t("certificates.server.oldTls")}
        description={t("certificates.server.oldTlsHint")}
        checked={oldTls}
        onChange={(event) => void change.run({ oldTls: event.currentTarget.checked })}
        withThumbIndicator={false}
      />
      {oldTls && <p className={ui.notice}>{t("certificates.server.oldTlsOn")}</p>}
      {oldTls && missing.length > 0 && (
        <p className={ui.notice}>{t("certificates.server.oldTlsMissing", { versions: missing.join(", ") })}</p>
      )}
      {change.error && <Failure what={t("certificates.changeFailed")} error={change.error} />}
    </div>
  );
}
