import { useTranslation } from "react-i18next";
import type { LiveSample } from "../../../src/station/model.ts";
import { useFormat } from "../../ui/use-format.ts";
import { type PhaseRow, phaseRows } from "./phases.ts";
import classes from "./stations.module.css";

/** V, A and kW by phase. */
export function Phases({ live }: { live: readonly LiveSample[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = phaseRows(live);
  if (rows.length === 0) return null;
  const cell = (value: number | undefined, digits: number) =>
    value === undefined ? "–" : format.number(value, digits);
  return (
    <table className={classes.phases} aria-label={t("stations.phases.label")}>
      <thead>
        <tr>
          <th scope="col">{t("stations.phases.phase")}</th>
          <th scope="col">{t("stations.phases.volts")}</th>
          <th scope="col">{t("stations.phases.amperes")}</th>
          <th scope="col">{t("stations.phases.watts")}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.phase ?? ""}>
            <th scope="row">
              <PhaseName phase={row.phase} />
            </th>
            <td>{cell(row.volts, 1)}</td>
            <td>{cell(row.amperes, 1)}</td>
            <td>{cell(row.watts === undefined ? undefined : row.watts / 1000, 2)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function PhaseName({ phase }: { phase: PhaseRow["phase"] }) {
  const { t } = useTranslation();
  if (phase === null) return t("stations.phases.unnamed");
  return (
    <>
      <span className={classes.swatch} style={{ background: `var(--phase-${phase.toLowerCase()})` }} />
      {phase}
    </>
  );
}
