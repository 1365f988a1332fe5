import { useTranslation } from "react-i18next";
import type { StationState } from "../../../src/station/model.ts";
import { connectorCounts } from "../../../src/station/views.ts";
import layout from "../../ui/layout.module.css";
import { StateWord } from "../../ui/StateWord.tsx";

/** How many connectors are in which state, the most telling first; nothing where two columns show it at a glance. */
export function Counts({ state }: { state: StationState }) {
  const { t } = useTranslation();
  const counts = connectorCounts(state);
  if (counts.reduce((sum, [, count]) => sum + count, 0) < 3) return null;
  return (
    <ul className={layout.line} aria-label={t("stations.counts")}>
      {counts.map(([word, count]) => (
        <li key={word}>
          {count} <StateWord state={word} />
        </li>
      ))}
    </ul>
  );
}
