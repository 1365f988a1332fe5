import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format/use-format.ts";
import { Told } from "../../ui/Told.tsx";
import { phaseColour } from "./chart/lines.ts";
import type { LiveRow } from "./live.ts";
import classes from "./metering.module.css";
import { type PhaseLine, phaseColumns } from "./phase-table.ts";

type Props = {
  label: string;
  phases: readonly PhaseLine[];
  /** A value that is older than it should be. */
  isOld: (row: LiveRow) => boolean;
  onOpen: (row: LiveRow) => void;
};

/** The phases as lines: volts, amperes, kilowatts; each number leads to the frame that told it. */
export function PhaseTable({ label, phases, isOld, onOpen }: Props) {
  const { t } = useTranslation();
  const format = useFormat();
  const told = phaseColumns.filter((column) => phases.some(({ cells }) => cells[column]));
  return (
    <table className={classes.phases} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{t("stations.phases.phase")}</th>
          {told.map((column) => (
            <th key={column} scope="col">
              {t(`metering.phaseColumns.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {phases.map(({ phase, cells }) => (
          <tr key={phase}>
            <th scope="row">
              <span className={classes.phase}>
                <span className={classes.dot} data-phase={phaseColour(phase)} aria-hidden="true" />
                <Told text={phase} />
              </span>
            </th>
            {told.map((column) => {
              const row = cells[column];
              return (
                <td key={column}>
                  {row ? (
                    <button type="button" data-old={isOld(row) || undefined} onClick={() => onOpen(row)}>
                      {format.quantity(row.value, row.unit)}
                    </button>
                  ) : (
                    "–"
                  )}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
