import { useTranslation } from "react-i18next";
import type { StationState, Transaction } from "../../../src/station/model.ts";
import { connectorLabel, shownToken } from "../../../src/station/views.ts";
import type { Column } from "../../ui/lists/DataTable.tsx";
import { Quantity, Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import { Lasted } from "../stations/Session.tsx";
import { Ending } from "./Ending.tsx";

/** The columns of the table of transactions. */
export function useColumns(state: StationState | null): Column<Transaction>[] {
  const { t } = useTranslation();
  function place({ evse, connector }: Transaction): string {
    const label = state && connectorLabel(state, evse, connector);
    const number = label?.kind === "connector" ? label.connector : evse;
    return t(label?.kind === "connector" ? "stations.connector" : "stations.evse", { number });
  }
  return [
    {
      id: "start",
      head: t("transactions.start"),
      cell: (row) => (
        <>
          <Time at={row.startedAt} />
          {(row.offline || row.historic) && <div className="small muted">{t("transactions.late")}</div>}
        </>
      ),
    },
    { id: "place", head: t("transactions.place"), cell: place },
    {
      id: "card",
      head: t("stations.session.card"),
      cell: ({ token }) => (token ? <Told text={shownToken(token)} /> : t("stations.session.noCard")),
    },
    {
      id: "duration",
      head: t("stations.session.duration"),
      number: true,
      cell: (row) => state && <Lasted state={state} transaction={row} />,
    },
    {
      id: "energy",
      head: t("stations.session.energy"),
      number: true,
      cell: ({ energyWh }) =>
        energyWh === null ? t("stations.session.unknown") : <Quantity value={energyWh} unit="Wh" />,
    },
    { id: "end", head: t("transactions.end"), cell: (row) => <Ending of={row} /> },
    { id: "id", head: t("stations.session.id"), cell: (row) => row.id },
  ];
}
