import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import type { StationSummary } from "../../../src/services/stations/contract.ts";
import { causeText } from "../../../src/words/spoken.ts";
import { useWatch } from "../../core/core.tsx";
import { useLanguage } from "../../i18n/index.ts";
import { useFocus } from "../../navigation/focus.ts";
import { routeHash } from "../../navigation/routes.ts";
import { stationWord } from "../../ui/status.ts";
import { useRefused } from "../use-refused.ts";
import { notify } from "./notify.ts";

/** What befell a station that somebody wants to hear of while looking elsewhere. */
export type StationNews = { identity: string; what: "faulted" | "offline" | "back"; error?: string };

/** What befell stations between two looks; at the first look nothing did.
 * @param before the word of each station, by identity; null at first */
export function newsOf(before: ReadonlyMap<string, string> | null, stations: readonly StationSummary[]): StationNews[] {
  if (before === null) return [];
  return stations.flatMap((station): StationNews[] => {
    const { identity, errorCode } = station;
    const was = before.get(identity);
    const is = stationWord(station);
    if (is === was) return [];
    if (is === "Faulted") return [{ identity, what: "faulted", ...(errorCode !== undefined && { error: errorCode }) }];
    if (is === "Offline") return was === undefined ? [] : [{ identity, what: "offline" }];
    return was === undefined || was === "Offline" || was === "Never" ? [{ identity, what: "back" }] : [];
  });
}

/** Tells by the system's notices what befalls stations while the window is not looked at, where that is allowed. */
export function useNotices(): void {
  const { t } = useTranslation();
  const language = useLanguage();
  const { stations } = useFocus();
  const settings = useWatch("settings.values", {});
  const wanted = settings.value?.notices ?? "off";
  const refused = useRefused()[0];
  const words = useRef<ReadonlyMap<string, string> | null>(null);
  const told = useRef<number | null>(null);

  useEffect(() => {
    if (!stations.value) return;
    const news = newsOf(words.current, stations.value);
    words.current = new Map(stations.value.map((station) => [station.identity, stationWord(station)]));
    for (const { identity, what, error = "" } of news) {
      const body = t(`common.notice.${what}`, { error: shownText(error) }).trim();
      notify(wanted, { identity, body, place: routeHash("overview", { station: identity }) });
    }
  }, [stations.value, wanted, t]);

  useEffect(() => {
    // The number grows with each: those of before the window opened are no news.
    if (!refused || (told.current !== null && refused.id <= told.current)) return;
    const isFirst = told.current === null && Date.now() - refused.lastAt > 5000;
    told.current = refused.id;
    const [cause] = refused.causes;
    const why = cause ? causeText(cause.code, language).title : "";
    const body = t("common.notice.refused", { why });
    const identity = refused.identity ?? refused.remoteAddress;
    if (!isFirst) notify(wanted, { identity, body, place: routeHash("connection") });
  }, [refused, wanted, t, language]);
}
