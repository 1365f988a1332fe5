import { useTranslation } from "react-i18next";
import { logWay, takesLogRequests } from "../../../src/station/serial/log-way.ts";
import { useWatch } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";
import { useFocus } from "../../navigation/focus.ts";
import { routeHash } from "../../navigation/routes.ts";
import { FocusedStation } from "../../ui/FocusedStation.tsx";
import layout from "../../ui/layout.module.css";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { FileList } from "../files/FilesScreen.tsx";
import { AskForLog } from "./AskForLog.tsx";
import classes from "./diagnostics.module.css";
import { RequestView } from "./RequestView.tsx";

/** Fetches the log of the station in focus: the laptop is the server that it uploads to. */
export function DiagnosticsScreen() {
  const { t } = useTranslation();
  const { station } = useFocus();
  return (
    <div className={layout.screen} data-width="wide">
      <header className={layout.head}>
        <h1>{t("common.screens.diagnostics")}</h1>
        {takesLogRequests(station?.link.carrier) && <p className="muted">{t("diagnostics.intro")}</p>}
      </header>
      <FocusedStation failed={t("diagnostics.failed")}>
        {(identity) => <OfStation key={identity} identity={identity} />}
      </FocusedStation>
    </div>
  );
}

function OfStation({ identity }: { identity: string }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const carrier = useWatch("stations.state", { identity }).value?.link.carrier;
  const way = logWay(carrier);
  const asks = takesLogRequests(carrier);
  const requests = useWatch("diagnostics.list", { station: identity });
  const files = useWatch("files.list", { station: identity });
  const [last, ...earlier] = (requests.value ?? []).toSorted((a, b) => b.id - a.id);
  return (
    <>
      {way && <p className={classes.way}>{say(way)}</p>}
      {asks && <AskForLog identity={identity} open={last !== undefined && last.verdict === undefined} />}
      {requests.state === "loading" && <Busy what={t("diagnostics.loading")} />}
      {requests.state === "failed" && <Failure what={t("diagnostics.failed")} error={requests.error} />}
      {requests.state === "ready" && last === undefined && asks && (
        <EmptyState title={t("diagnostics.none")}>{t("diagnostics.noneHint")}</EmptyState>
      )}
      {last && <RequestView key={last.id} request={last} />}
      {earlier.length > 0 && (
        <details>
          <summary className={ui.more}>{t("diagnostics.earlier", { count: earlier.length })}</summary>
          <div className={layout.stack}>
            {earlier.map((request) => (
              <RequestView key={request.id} request={request} />
            ))}
          </div>
        </details>
      )}
      {files.state === "failed" && <Failure what={t("files.failed")} error={files.error} />}
      <section className={layout.section} aria-labelledby="diagnostics-files">
        <h2 id="diagnostics-files">{t("diagnostics.files")}</h2>
        {files.value && files.value.length > 0 && <FileList files={files.value} />}
        <a className={ui.link} href={routeHash("files", { station: identity })}>
          {t("diagnostics.addFiles")}
        </a>
      </section>
    </>
  );
}
