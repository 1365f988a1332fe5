import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import { referenceLocation } from "../../../src/services/metering/contract.ts";
import { place } from "../../../src/station/telling/sentence.ts";
import { english } from "../../i18n/catalogue.ts";
import { useSay } from "../history/use-say.ts";
import type { ChartName, LineName } from "./chart/lines.ts";
import { distinguishing, measurandKey } from "./words.ts";

/** Names of what is measured, in the language on screen. */
export function useMeterWords() {
  const { t } = useTranslation();
  const say = useSay();
  return useMemo(() => {
    const measurand = (name: string) => {
      const key = measurandKey(name, english.metering.measurands);
      return key ? t(`metering.measurands.${key}`) : shownText(name);
    };
    const outlet = (evse: number, connector?: number) => say(place(evse, connector));
    const location = (said: string) => (said === referenceLocation ? t("metering.reference") : shownText(said));
    const line = (name: LineName, chart: ChartName) => {
      const needs = distinguishing(chart);
      const parts = [];
      if (needs.outlet) parts.push(outlet(name.evse, name.connector));
      if (needs.measurand) parts.push(measurand(name.measurand));
      if (needs.location && name.location !== undefined) parts.push(location(name.location));
      if (name.phase !== undefined || parts.length === 0 || !needs.measurand)
        parts.push(name.phase === undefined ? t("metering.total") : shownText(name.phase));
      return parts.join(", ");
    };
    /** `several`: there is more than one outlet, so that a chart of one of them says which. */
    const title = (chart: ChartName, several: boolean) => {
      const [first] = chart.lines;
      if (chart.quantity === "energy" && several && first) {
        return `${t("metering.quantities.energy")}, ${outlet(first.evse, first.connector)}`;
      }
      if (chart.quantity !== "other") return t(`metering.quantities.${chart.quantity}`);
      const names = [...new Set(chart.lines.map((name) => measurand(name.measurand)))];
      return names.length > 2 ? t("metering.quantities.other") : names.join(", ");
    };
    return { measurand, outlet, line, title };
  }, [t, say]);
}
