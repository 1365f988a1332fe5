import { Button, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CertificatesOverview } from "../../../src/services/certificates/contract.ts";
import { type CertificateUse, certificateUses, rootUses } from "../../../src/station/certificates.ts";
import type { StationCommand } from "../../../src/station/commands.ts";
import { commandText } from "../../../src/words/spoken.ts";
import { useCall, useWatch } from "../../core/core.tsx";
import { useLanguage, useSpoken } from "../../i18n/index.ts";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import layout from "../../ui/layout.module.css";
import { Failure, Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import classes from "./certificates.module.css";
import { hashName } from "./hash-name.ts";
import { PemInput } from "./PemInput.tsx";

const names = ["certificates-list", "certificate-install", "certificate-delete", "certificate-signed"];
const askForRequest = { name: "trigger", message: "SignChargePointCertificate" } as const;

/** The certificates on the station in focus: list, install, delete, and ask it for a signing request. */
export function OnStation({ identity, overview }: { identity: string; overview: CertificatesOverview }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const language = useLanguage();
  const state = useWatch("stations.state", { identity });
  const command = useCall("stations.command");
  const install = useCall("certificates.install");
  const [use, setUse] = useState<CertificateUse>("CSMSRootCertificate");
  const [pem, setPem] = useState("");
  const station = state.value;
  const offline = station?.link.state !== "online";
  const why = t("stations.actions.offline");
  const last = station?.commands.findLast(
    ({ name, args }) => names.includes(name) || (name === askForRequest.name && args.message === askForRequest.message),
  );
  const rootUse = rootUses.find((one) => one === use);
  const error = command.error ?? install.error;
  const send = (what: StationCommand) => command.run({ identity, command: what });
  const list = () => send({ name: "certificates-list", use });

  /** What was changed is read again at once: the list must not lie. */
  async function change(done: Promise<{ result: string } | undefined>) {
    if ((await done)?.result === "accepted") await list();
  }

  return (
    <section className={layout.section} aria-labelledby="certificates-station">
      <h2 id="certificates-station">{t("certificates.station.title", { station: identity })}</h2>
      <div className={layout.row} data-align="start">
        <Select
          aria-label={t("certificates.station.use")}
          data={certificateUses.map((value) => ({ value, label: t(`certificates.uses.${value}`) }))}
          value={use}
          onChange={(value) => setUse(certificateUses.find((one) => one === value) ?? "CSMSRootCertificate")}
          allowDeselect={false}
          className={classes.use}
        />
        <Button variant="default" disabled={offline} title={offline ? why : undefined} onClick={() => void list()}>
          {t("certificates.station.list")}
        </Button>
        <ConfirmInline
          verb={t("certificates.station.installOurs")}
          disabled={offline || !rootUse}
          why={offline ? why : t("certificates.station.noRoot")}
          onConfirm={() => rootUse && void change(install.run({ identity, use: rootUse }))}
        >
          {t("certificates.station.installOursSentence")}
        </ConfirmInline>
        <ConfirmInline
          verb={t("certificates.station.install")}
          disabled={offline || !rootUse}
          why={offline ? why : t("certificates.station.noRoot")}
          incomplete={pem.trim() === ""}
          onConfirm={() => rootUse && void change(install.run({ identity, use: rootUse, pem }))}
        >
          <p>{t("certificates.station.installSentence")}</p>
          <PemInput value={pem} onChange={setPem} label={t("certificates.station.pem")} />
        </ConfirmInline>
        <ConfirmInline
          verb={t("certificates.station.ask")}
          disabled={offline}
          why={why}
          onConfirm={() => void send(askForRequest)}
        >
          {t("certificates.station.askSentence")}
        </ConfirmInline>
      </div>
      {last && (
        <output>
          {commandText(last.name, language)}:{" "}
          {last.outcome ? t(`stations.result.${last.outcome.result}`) : t("stations.outcome.pending")}
          {last.outcome?.why && ` (${say(last.outcome.why)})`}
        </output>
      )}
      {error && <Failure what={t("certificates.station.failed")} error={error} />}
      {station?.certificates ? (
        <>
          <p className="muted">
            {t("certificates.station.told", { count: station.certificates.installed.length })}{" "}
            <Time at={station.certificates.at} />
          </p>
          <ul className={layout.list}>
            {station.certificates.installed.map((one) => (
              <li className={layout.item} key={`${one.use} ${one.hash.issuerNameHash} ${one.hash.serialNumber}`}>
                <div className={classes.words}>
                  <strong>{hashName(one.hash, overview) ?? t("certificates.station.unknown")}</strong>
                  <div>{isUse(one.use) ? t(`certificates.uses.${one.use}`) : one.use}</div>
                  <div className="muted small">
                    {t("certificates.station.serial")}{" "}
                    <code>
                      <Told text={one.hash.serialNumber} />
                    </code>
                  </div>
                </div>
                <ConfirmInline
                  verb={t("certificates.station.delete")}
                  disabled={offline}
                  why={why}
                  onConfirm={() => void change(send({ name: "certificate-delete", hash: one.hash }))}
                >
                  {t("certificates.station.deleteSentence")}
                </ConfirmInline>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <p>{t("certificates.station.notAsked")}</p>
      )}
    </section>
  );
}

function isUse(use: string): use is CertificateUse {
  return (certificateUses as readonly string[]).includes(use);
}
