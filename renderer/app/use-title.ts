import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { shownText } from "../../src/lib/shown-text.ts";
import { useFocus } from "../navigation/focus.ts";
import { isStateName, stationWord } from "../ui/status.ts";

/** The title of the window says the state, so that it is seen from another window: "Faulted, CP-7 - Plugside". */
export function useTitle(): void {
  const { t } = useTranslation();
  const { station, idle } = useFocus();
  const word = station && stationWord(station);
  const state = word && (isStateName(word) ? t(`common.status.${word}`) : word);
  const said = idle || !station ? t("common.shell.waiting") : `${state}, ${station.identity}`;
  useEffect(() => {
    document.title = `${shownText(said)} - Plugside`;
  }, [said]);
}
