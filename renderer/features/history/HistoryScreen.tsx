import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type HistoryGroup, historyGroups } from "../../../src/services/history/contract.ts";
import { useFocus } from "../../navigation/focus.ts";
import { ExportMenu } from "../../ui/lists/ExportMenu.tsx";
import longList from "../../ui/lists/long-list.module.css";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { Timeline } from "./Timeline.tsx";
import { buildTimeline, rowsOf } from "./time-line.ts";
import { useHistory } from "./use-history.ts";

/** What happened, in one line of time: live at its end, older towards its beginning. */
export function HistoryScreen() {
  const { t } = useTranslation();
  const { station, stations } = useFocus();
  return (
    <div className={longList.screen}>
      <h1>{t("common.screens.history")}</h1>
      {stations.state === "loading" && <Busy what={t("history.loading")} />}
      {stations.state === "failed" && <Failure what={t("history.failed")} error={stations.error} />}
      {stations.state === "ready" && !station && (
        <EmptyState title={t("history.noStation")}>{t("history.noStationWhy")}</EmptyState>
      )}
      {station && <StationHistory key={station.identity} station={station.identity} />}
    </div>
  );
}

function StationHistory({ station }: { station: string }) {
  const { t } = useTranslation();
  const [groups, setGroups] = useState<readonly HistoryGroup[]>([]);
  const history = useHistory(station, groups);
  const rows = useMemo(() => rowsOf(buildTimeline(history.entries)), [history.entries]);
  const nothing = history.state === "ready" && history.entries.length === 0;
  return (
    <>
      <Chips chosen={groups} onChoose={setGroups} />
      {history.state === "loading" && <Busy what={t("history.loading")} />}
      {history.error && <Failure what={t("history.failed")} error={history.error} onRetry={history.retry} />}
      {nothing && groups.length === 0 && <EmptyState title={t("history.empty")}>{t("history.emptyWhy")}</EmptyState>}
      {nothing && groups.length > 0 && (
        <EmptyState title={t("history.emptyFiltered")}>{t("history.emptyFilteredWhy")}</EmptyState>
      )}
      {history.entries.length > 0 && (
        <Timeline
          key={groups.join(" ")}
          history={history}
          rows={rows}
          tools={
            <ExportMenu
              wish={() => ({ list: "history", station, groups: groups.length > 0 ? [...groups] : undefined })}
            />
          }
        />
      )}
    </>
  );
}

function Chips({
  chosen,
  onChoose,
}: {
  chosen: readonly HistoryGroup[];
  onChoose: (groups: readonly HistoryGroup[]) => void;
}) {
  const { t } = useTranslation();
  return (
    <fieldset className={ui.chips}>
      <legend className="visually-hidden">{t("history.filters")}</legend>
      <button type="button" aria-pressed={chosen.length === 0} onClick={() => onChoose([])}>
        {t("history.all")}
      </button>
      {historyGroups.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={chosen.includes(name)}
          onClick={() => onChoose(chosen.includes(name) ? chosen.filter((other) => other !== name) : [...chosen, name])}
        >
          {t(`history.groups.${name}`)}
        </button>
      ))}
    </fieldset>
  );
}
