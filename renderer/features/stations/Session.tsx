import { useTranslation } from "react-i18next";
import type { EvseState } from "../../../src/station/model.ts";
import { shownToken } from "../../../src/station/views.ts";
import { Duration, Facts, Quantity, Time } from "../../ui/parts.tsx";

/** The session that runs, or the last one that ended: energy, duration, card. */
export function Session({ evse }: { evse: EvseState }) {
  const { t } = useTranslation();
  const { transaction } = evse;
  if (!transaction) return <p className="muted">{t("stations.session.idle")}</p>;
  const { startedAt, endedAt } = transaction;
  const energy = transaction.energyWh;
  const battery = endedAt === undefined ? evse.live.find((sample) => sample.measurand === "SoC") : undefined;
  const notes = [
    transaction.offline && t("stations.session.offline"),
    transaction.foreign && t("stations.session.foreign"),
  ].filter((note) => note);
  return (
    <div>
      {endedAt !== undefined && (
        <p className="muted">
          {t("stations.session.last")}, {t("stations.session.ended", { why: transaction.endReason ?? "" }).trim()}{" "}
          <Time at={endedAt} />
        </p>
      )}
      <Facts
        of={[
          [t("stations.session.energy"), energy === null ? null : <Quantity key="energy" value={energy} unit="Wh" />],
          [
            t("stations.session.duration"),
            endedAt === undefined ? (
              <Duration key="runs" since={startedAt} />
            ) : (
              <Duration key="ran" ms={endedAt - startedAt} />
            ),
          ],
          [
            t("stations.session.card"),
            transaction.token ? shownToken(transaction.token) : t("stations.session.noCard"),
          ],
          [t("stations.session.soc"), battery && <Quantity key="soc" value={battery.value} unit={battery.unit} />],
          [t("stations.session.id"), transaction.id],
        ]}
      />
      {notes.length > 0 && <p className="muted small">{notes.join(", ")}</p>}
    </div>
  );
}
