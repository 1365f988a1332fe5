import { useTranslation } from "react-i18next";
import { useFocus } from "../../navigation/focus.ts";
import layout from "../../ui/layout.module.css";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import { StationTable } from "./StationTable.tsx";

/** All stations at a glance, for a bench with ten of them or a site with four. */
export function StationsScreen() {
  const { t } = useTranslation();
  const { stations } = useFocus();
  if (stations.state === "failed") return <Failure what={t("stations.failed")} error={stations.error} />;
  if (stations.state === "loading") return <Busy what={t("stations.loading")} />;
  return (
    <div className={layout.screen}>
      <h1>{t("common.screens.stations")}</h1>
      {stations.value.length === 0 ? (
        <EmptyState title={t("common.noStation")}>{t("common.noStationHint")}</EmptyState>
      ) : (
        <StationTable stations={stations.value} />
      )}
    </div>
  );
}
