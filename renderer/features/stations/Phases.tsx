import { useTranslation } from "react-i18next";
import { ageOf } from "../../../src/station/age.ts";
import type { EvseState, StationState } from "../../../src/station/model.ts";
import type { PhaseRow } from "../../../src/station/power.ts";
import { livePhases, newestLive } from "../../../src/station/views.ts";
import { useFormat } from "../../ui/format/use-format.ts";
import classes from "./stations.module.css";

/** V, A and kW by phase. */
export function Phases({ state, evse }: { state: StationState; evse: EvseState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = livePhases(evse);
  if (rows.length === 0) return null;
  const old = ageOf(state, newestLive(evse)?.frame) !== undefined;
  const powerTold = rows.some((row) => row.power !== undefined);
  const cell = (value: number | undefined, digits: number) =>
    value === undefined ? "–" : format.number(value, digits);
  return (
    <table className={classes.phases} data-old={old || undefined} aria-label={t("stations.phases.label")}>
      <thead>
        <tr>
          <th scope="col">{t("stations.phases.phase")}</th>
          <th scope="col">{t("stations.phases.volts")}</th>
          <th scope="col">{t("stations.phases.amperes")}</th>
          {powerTold && <th scope="col">{t("stations.phases.watts")}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.phase ?? ""}>
            <th scope="row">
              <PhaseName phase={row.phase} />
            </th>
            <td>{cell(row.voltage, 1)}</td>
            <td>{cell(row.current, 1)}</td>
            {powerTold && <td>{cell(row.power === undefined ? undefined : row.power / 1000, 2)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function PhaseName({ phase }: { phase: PhaseRow["phase"] }) {
  const { t } = useTranslation();
  if (phase === undefined) return t("stations.phases.unnamed");
  return (
    <>
      <span className={classes.swatch} style={{ background: `var(--phase-${phase.toLowerCase()})` }} />
      {phase}
    </>
  );
}
