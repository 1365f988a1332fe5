import { useTranslation } from "react-i18next";
import type { CoreStatus } from "../../../src/services/connection/contract.ts";
import { useWatch } from "../../core/core.tsx";
import { Busy, CopyButton, Facts, Failure, Time } from "../../ui/parts.tsx";
import { placeText, problemText } from "../connection/address-list.ts";
import classes from "./settings.module.css";

/** The core itself: its version, where it listens, where it writes. */
export function About() {
  const { t } = useTranslation();
  const status = useWatch("connection.status", {});
  if (status.state === "loading") return <Busy what={t("settings.about.loading")} />;
  if (status.state === "failed") return <Failure what={t("settings.about.failed")} error={status.error} />;
  const { version, listening, dataFolder, logFile, startedAt } = status.value;
  return (
    <div className={classes.about}>
      <Facts
        of={[
          [
            t("settings.about.version"),
            <div key="version" className={classes.folder}>
              {version}
              <p className="muted small">{t("settings.about.updates")}</p>
            </div>,
          ],
          [t("settings.about.listening"), <Listening key="places" listening={listening} />],
          [t("settings.about.started"), <Time key="at" at={startedAt} />],
          [t("settings.about.dataFolder"), <Path key="folder" path={dataFolder} of="data" />],
          [t("settings.about.log"), logFile && <Path key="log" path={logFile} of="log" />],
        ]}
      />
    </div>
  );
}

function Path({ path, of }: { path: string; of: "data" | "log" }) {
  const { t } = useTranslation();
  return (
    <div className={classes.folder}>
      <code>{path}</code>
      <p className="muted small">{t(`settings.about.${of}Help`)}</p>
      <CopyButton text={path} label={t(`settings.about.${of}Copy`)} />
    </div>
  );
}

function Listening({ listening }: { listening: CoreStatus["listening"] }) {
  const { t } = useTranslation();
  if (listening.length === 0) return <span data-tone="faulted">{t("settings.about.notListening")}</span>;
  return (
    <>
      {listening.map(({ host, port, wanted, problem }) => (
        <div key={`${host}:${port}`}>
          <code>{placeText({ host, port })}</code>
          {problem !== undefined && <span data-tone="faulted"> {problemText(t, problem)}</span>}
          {wanted !== port && (
            <span className="muted"> {t("settings.about.listeningTaken", { wanted: String(wanted) })}</span>
          )}
        </div>
      ))}
    </>
  );
}
