import { Button, SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CertificatesOverview, SigningRequestView } from "../../../src/services/certificates/contract.ts";
import { settingsShape } from "../../../src/services/settings/contract.ts";
import { words } from "../../../src/station/phrases.ts";
import { useCall, useWatch } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import layout from "../../ui/layout.module.css";
import { Failure, Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import classes from "./certificates.module.css";

const mostShown = 10;

/** What stations asked us to sign, and what is done with it. */
export function Requests({ overview }: { overview: CertificatesOverview }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const shown = all ? overview.requests : overview.requests.slice(0, mostShown);
  return (
    <section className={layout.section} aria-labelledby="certificates-requests">
      <h2 id="certificates-requests">{t("certificates.requests.title")}</h2>
      <Policy />
      {shown.length === 0 && <p>{t("certificates.requests.none")}</p>}
      <ul className={layout.list}>
        {shown.map((request) => (
          <OneRequest key={request.id} request={request} />
        ))}
      </ul>
      {!all && overview.requests.length > mostShown && (
        <div>
          <Button variant="default" onClick={() => setAll(true)}>
            {t("common.showAll", { count: overview.requests.length })}
          </Button>
        </div>
      )}
    </section>
  );
}

function Policy() {
  const { t } = useTranslation();
  const settings = useWatch("settings.values", {});
  const change = useCall("settings.change");
  if (!settings.value) return null;
  const { signCsr, csrOrganisation } = settings.value;
  return (
    <div className={classes.choices}>
      <SegmentedControl
        size="md"
        aria-label={t("certificates.requests.policy")}
        value={signCsr}
        data={settingsShape.shape.signCsr.options.map((value) => ({
          value,
          label: t(`certificates.requests.policies.${value}`),
        }))}
        onChange={(value) => void change.run({ signCsr: settingsShape.shape.signCsr.parse(value) })}
        transitionDuration={0}
        className={classes.fit}
      />
      <p className="muted">{t(`certificates.requests.policyHints.${signCsr}`)}</p>
      <TextInput
        key={csrOrganisation}
        label={t("certificates.requests.organisation")}
        description={t("certificates.requests.organisationHint")}
        defaultValue={csrOrganisation}
        maxLength={64}
        onBlur={(event) => {
          const typed = event.currentTarget.value.trim();
          if (typed !== csrOrganisation) void change.run({ csrOrganisation: typed });
        }}
        className={classes.field}
      />
      {change.error && <Failure what={t("certificates.changeFailed")} error={change.error} />}
    </div>
  );
}

function OneRequest({ request }: { request: SigningRequestView }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const decide = useCall("certificates.decide");
  const { id, station, at, certificateType, state, problem, said, outcome } = request;
  // A person may know better than the names; not better than a signature.
  const namesDiffer = ["other-common-name", "other-organisation"].includes(problemOf(decide.error?.details));
  return (
    <li className={layout.item}>
      <div className={classes.words}>
        <strong>
          <Told text={station} />
        </strong>{" "}
        <Time at={at} />{" "}
        {certificateType && (
          <code>
            <Told text={certificateType} />
          </code>
        )}
        <div>
          {state === "sent" && outcome
            ? t("certificates.requests.sent", {
                result: t(`stations.result.${outcome.result}`),
                why: outcome.why === undefined ? "" : say(outcome.why),
              })
            : t(`certificates.requests.states.${state}`)}
        </div>
        {problem && <div className="muted">{say(words(`request-${problem}`))}</div>}
        {said && <div className="muted">{t("certificates.requests.said", { said })}</div>}
      </div>
      {state === "waiting" && (
        <div className={layout.row} data-align="start">
          <Button disabled={decide.busy} onClick={() => void decide.run({ id, sign: true })}>
            {t("certificates.requests.sign")}
          </Button>
          <Button variant="default" disabled={decide.busy} onClick={() => void decide.run({ id, sign: false })}>
            {t("certificates.requests.refuse")}
          </Button>
          {namesDiffer && (
            <ConfirmInline
              verb={t("certificates.requests.force")}
              onConfirm={() => void decide.run({ id, sign: true, force: true })}
            >
              {t("certificates.requests.forceSentence", { station })}
            </ConfirmInline>
          )}
        </div>
      )}
      {decide.error && <Failure what={t("certificates.requests.failed")} error={decide.error} />}
    </li>
  );
}

function problemOf(details: unknown): string {
  return typeof details === "object" && details !== null && "problem" in details ? String(details.problem) : "";
}
