import { useTranslation } from "react-i18next";
import type { Transaction } from "../../../src/station/model.ts";
import { Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";

/** How a transaction stands: that it runs, or when and why it ended, or how it is known that it did. */
export function Ending({ of: one }: { of: Transaction }) {
  const { t } = useTranslation();
  const { state, endedAt, endReason, ownStop, notEnded, chargingState } = one;
  if (state === "running") {
    return (
      <>
        <strong>{t("transactions.runs")}</strong>
        {chargingState && (
          <div className="small muted">
            <Told text={chargingState} />
          </div>
        )}
      </>
    );
  }
  if (notEnded) {
    return (
      <>
        {t(`stations.session.notEnded.${notEnded.because}`)} <Time at={notEnded.at} />
      </>
    );
  }
  if (endedAt === undefined) return <>{t("stations.session.displaced")}</>;
  return (
    <>
      <Time at={endedAt} />
      {ownStop && <div className="small muted">{t("stations.session.ownStop")}</div>}
      {!ownStop && endReason && (
        <div className="small muted">
          <Told text={endReason} />
        </div>
      )}
    </>
  );
}
