import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFocus } from "../navigation/focus.ts";
import { Busy, EmptyState, Failure } from "./parts.tsx";

/** What a screen shows of the station in focus; until there is one, why not.
 * @param failed says that it cannot be shown */
export function FocusedStation({ failed, children }: { failed: string; children: (identity: string) => ReactNode }) {
  const { t } = useTranslation();
  const { station, stations } = useFocus();
  if (station) return children(station.identity);
  if (stations.state === "loading") return <Busy what={t("common.loading")} />;
  if (stations.state === "failed") return <Failure what={failed} error={stations.error} />;
  return <EmptyState title={t("common.noStation")}>{t("common.noStationHint")}</EmptyState>;
}
