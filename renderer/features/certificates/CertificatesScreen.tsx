import { useTranslation } from "react-i18next";
import { useWatch } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";
import { useFocus } from "../../navigation/focus.ts";
import layout from "../../ui/layout.module.css";
import { Busy, Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { Issued } from "./Issued.tsx";
import { OnStation } from "./OnStation.tsx";
import { Requests } from "./Requests.tsx";
import { Root } from "./Root.tsx";
import { Server } from "./Server.tsx";
import { Trusted } from "./Trusted.tsx";

/** Whom stations must trust, whom we trust, what we signed, and what is on the station in focus. */
export function CertificatesScreen() {
  const { t } = useTranslation();
  const { station } = useFocus();
  const say = useSpoken();
  const overview = useWatch("certificates.overview", {});
  return (
    <div className={layout.screen} data-width="middle">
      <header>
        <h1>{t("common.screens.certificates")}</h1>
        <p className="muted">{t("certificates.intro")}</p>
      </header>
      {overview.state === "loading" && <Busy what={t("certificates.loading")} />}
      {overview.state === "failed" && <Failure what={t("certificates.failed")} error={overview.error} />}
      {overview.state === "ready" && (
        <>
          {overview.value.wss.problem && <p className={ui.notice}>{say(overview.value.wss.problem)}</p>}
          <Root overview={overview.value} />
          {station && <OnStation identity={station.identity} key={station.identity} overview={overview.value} />}
          <Requests overview={overview.value} />
          <Issued issued={overview.value.issued} />
          <Server overview={overview.value} />
          <Trusted trusted={overview.value.trusted} roots={overview.value.roots} />
        </>
      )}
    </div>
  );
}
