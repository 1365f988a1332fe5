import { useTranslation } from "react-i18next";
import { useWatch } from "../../core/core.tsx";
import { useFocus } from "../../navigation/focus.ts";
import { useRoute } from "../../navigation/routes.ts";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import { Waiting } from "../connection/Waiting.tsx";
import { Station } from "./Station.tsx";

/** The station in focus, or the wait for one. */
export function OverviewScreen() {
  const { t } = useTranslation();
  const { station, stations } = useFocus();
  const route = useRoute();
  const state = useWatch("stations.state", station ? { identity: station.identity } : null);
  if (stations.state === "failed") return <Failure what={t("stations.failed")} error={stations.error} />;
  if (stations.state === "loading") return <Busy what={t("stations.loading")} />;
  if (!station) return <Waiting />;
  if (route.station !== null && route.station !== station.identity && !stations.value.some(named(route.station)))
    return (
      <EmptyState title={t("stations.unknown", { identity: route.station })}>{t("stations.unknownHint")}</EmptyState>
    );
  if (state.state === "failed") return <Failure what={t("stations.failed")} error={state.error} />;
  if (!state.value) return <Busy what={t("stations.loading")} />;
  return <Station state={state.value} key={station.identity} />;
}

function named(identity: string): (station: { identity: string }) => boolean {
  return (station) => station.identity === identity;
}
