import { useTranslation } from "react-i18next";
import type { StationState } from "../../../src/station/model.ts";
import { useCall, useLoad } from "../../core/core.tsx";
import { routeHash } from "../../navigation/routes.ts";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import { useFormat } from "../../ui/format/use-format.ts";
import { Busy, Failure } from "../../ui/parts.tsx";

/** Takes the station out of the record, after saying what goes and what stays. */
export function Forget({ state }: { state: StationState }) {
  const { t } = useTranslation();
  const { identity } = state;
  const forget = useCall("stations.forget");
  async function run() {
    // Another one comes into focus, or the wait for one.
    if (await forget.run({ identity })) window.location.hash = routeHash("overview");
  }
  return (
    <section>
      <ConfirmInline
        verb={t("stations.forget.verb")}
        disabled={state.link.state === "online" || forget.busy}
        why={t("stations.forget.connected")}
        onConfirm={run}
      >
        <WhatGoes identity={identity} />
      </ConfirmInline>
      {forget.busy && <Busy what={t("stations.forget.busy", { identity })} />}
      {forget.error && <Failure what={t("stations.forget.failed")} error={forget.error} />}
    </section>
  );
}

function WhatGoes({ identity }: { identity: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const report = useLoad("stations.forgetPreview", { identity });
  if (report.state === "failed") return <Failure what={t("stations.forget.failed")} error={report.error} />;
  if (report.state === "loading") return <Busy what={t("stations.loading")} />;
  const { frames, findings, access, forward, files } = report.value;
  const goes = [
    t("stations.forget.frames", { count: frames, shown: format.number(frames) }),
    findings > 0 && t("stations.forget.findings", { count: findings, shown: format.number(findings) }),
    files > 0 && t("stations.forget.files", { count: files }),
    access && t("stations.forget.access"),
    forward && t("stations.forget.forward"),
  ];
  return (
    <>
      <p>{t("stations.forget.sentence", { identity })}</p>
      <ul>
        {goes.filter(Boolean).map((one) => (
          <li key={String(one)}>{one}</li>
        ))}
      </ul>
      <p>{t("stations.forget.stays")}</p>
    </>
  );
}
