import { useTranslation } from "react-i18next";
import type { StationSummary } from "../../../src/services/stations/contract.ts";
import { useWatch } from "../../core/core.tsx";
import { useFocus } from "../../navigation/focus.ts";
import { useRoute } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import { Waiting } from "../connection/Waiting.tsx";
import { Station } from "./Station.tsx";
import { StationTable } from "./StationTable.tsx";

/** The station in focus, or the wait for one. */
export function OverviewScreen() {
  const { t } = useTranslation();
  const { station, stations, waiting } = useFocus();
  const route = useRoute();
  const state = useWatch("stations.state", station && !waiting ? { identity: station.identity } : null);
  if (stations.state === "failed") return <Failure what={t("stations.failed")} error={stations.error} />;
  if (stations.state === "loading") return <Busy what={t("stations.loading")} />;
  if (!station || waiting) return <Waiting known={<Known stations={stations.value} />} />;
  if (route.station !== null && route.station !== station.identity)
    return (
      <EmptyState title={t("stations.unknown", { identity: route.station })}>{t("stations.unknownHint")}</EmptyState>
    );
  if (state.state === "failed") return <Failure what={t("stations.failed")} error={state.error} />;
  if (!state.value) return <Busy what={t("stations.loading")} />;
  return <Station state={state.value} key={station.identity} />;
}

/** Who was here before, below all that is needed to get somebody here. */
function Known({ stations }: { stations: readonly StationSummary[] }) {
  const { t } = useTranslation();
  if (stations.length === 0) return null;
  return (
    <section className={layout.section}>
      <h2>{t("stations.known")}</h2>
      <StationTable stations={stations} />
    </section>
  );
}
