import { useTranslation } from "react-i18next";
import type { StationSummary } from "../../../src/services/stations/contract.ts";
import { go } from "../../navigation/routes.ts";
import { type Column, DataTable } from "../../ui/lists/DataTable.tsx";
import { Quantity, Time } from "../../ui/parts.tsx";
import { StateWord } from "../../ui/StateWord.tsx";
import { stationWord } from "../../ui/status.ts";
import { useThrottled } from "../../ui/use-throttled.ts";
import { worstStationsFirst } from "./worst-stations.ts";

/** Stations, one line each, the worst first. A click brings one into focus. */
export function StationTable({ stations }: { stations: readonly StationSummary[] }) {
  const { t } = useTranslation();
  const shown = useThrottled(stations);
  const columns: Column<StationSummary>[] = [
    { id: "station", head: t("stations.glance.station"), cell: ({ identity }) => identity },
    { id: "state", head: t("stations.glance.state"), cell: (one) => <StateWord state={stationWord(one)} /> },
    { id: "error", head: t("stations.glance.error"), cell: ({ errorCode }) => errorCode ?? "" },
    {
      id: "power",
      head: t("stations.glance.power"),
      number: true,
      cell: ({ powerW }) => (powerW === null ? "" : <Quantity value={powerW} unit="W" />),
    },
    { id: "heard", head: t("stations.glance.heard"), cell: ({ lastSeenAt }) => <Time at={lastSeenAt} /> },
    {
      id: "purpose",
      head: t("stations.glance.purpose"),
      cell: ({ onPurpose }) => onPurpose.map((what) => t(`common.screens.${what}`)).join(", "),
    },
  ];
  return (
    <DataTable
      rows={worstStationsFirst(shown)}
      columns={columns}
      rowKey={({ identity }) => identity}
      label={t("common.screens.stations")}
      onOpen={({ identity }) => go("overview", { station: identity })}
    />
  );
}
