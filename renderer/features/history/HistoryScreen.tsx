import { Button } from "@mantine/core";
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { HistoryGroup } from "../../../src/services/history/contract.ts";
import { useDrawer } from "../../app/drawer.tsx";
import { useFocus } from "../../app/focus.ts";
import { FrameView } from "../../ui/FrameView.tsx";
import { dateText, timeText } from "../../ui/format.ts";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import { HistoryEntryLine } from "./HistoryEntryLine.tsx";
import classes from "./history.module.css";
import { buildTimeline, groupNames, nestTimeline, type TimelineDay } from "./timeline.ts";
import { type History, useHistory } from "./use-history.ts";

/** What happened, in one line of time: live at its end, older towards its beginning. */
export function HistoryScreen() {
  const { t } = useTranslation();
  const { station, stations } = useFocus();
  return (
    <div className={classes.screen}>
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
  const days = useMemo(() => nestTimeline(buildTimeline(history.entries)), [history.entries]);
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
      {history.entries.length > 0 && <Timeline key={groups.join(" ")} history={history} days={days} />}
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
    <fieldset className={classes.chips}>
      <legend className="visually-hidden">{t("history.filters")}</legend>
      <button type="button" aria-pressed={chosen.length === 0} onClick={() => onChoose([])}>
        {t("history.all")}
      </button>
      {groupNames.map((name) => (
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

function Timeline({ history, days }: { history: History; days: readonly TimelineDay[] }) {
  const { t } = useTranslation();
  const { open } = useDrawer();
  const box = useRef<HTMLElement>(null);
  const show = useCallback(
    (frame: number) => open(<FrameView seq={frame} />, t("common.frame.title", { seq: String(frame) })),
    [open, t],
  );
  const newest = useMemo(() => lastWithFrame(days), [days]);
  useKeepPlace(box, history, days);

  function scrolled() {
    const { current } = box;
    if (!current) return;
    history.follow(current.scrollHeight - current.scrollTop - current.clientHeight < 16);
    if (current.scrollTop < 300) history.older();
  }

  return (
    <div className={classes.frameOfList}>
      <section className={classes.box} ref={box} onScroll={scrolled} aria-label={t("history.timeline")} data-timeline>
        <div className={classes.edge}>
          {history.busy ? (
            <span role="status">{t("history.loadingEarlier")}</span>
          ) : history.more ? (
            <Button variant="default" onClick={history.older}>
              {t("history.loadEarlier")}
            </Button>
          ) : (
            t("history.beginning")
          )}
        </div>
        {days.map((day) => (
          <section key={day.id}>
            <h2 className={classes.day}>{dateText(day.at)}</h2>
            {day.minutes.map((minute) => (
              <section key={minute.id} className={classes.minute}>
                <h3>{timeText(minute.at).slice(0, 5)}</h3>
                <ol>
                  {minute.entries.map((entry) => (
                    <HistoryEntryLine key={entry.id} entry={entry} first={entry.id === newest} onOpen={show} />
                  ))}
                </ol>
              </section>
            ))}
          </section>
        ))}
      </section>
      {!history.following && (
        <Button className={classes.tail} onClick={() => history.follow(true)}>
          {history.unseen > 0 ? t("history.unseen", { count: history.unseen }) : t("history.toNewest")}
        </Button>
      )}
    </div>
  );
}

function lastWithFrame(days: readonly TimelineDay[]): string | null {
  const entries = days.flatMap((day) => day.minutes.flatMap((minute) => minute.entries));
  return entries.findLast((entry) => entry.frame !== undefined)?.id ?? null;
}

/** Stays at the end while it follows; what one reads stays in place when older entries come before it. */
function useKeepPlace(box: React.RefObject<HTMLElement | null>, history: History, days: readonly TimelineDay[]) {
  const before = useRef({ height: 0, first: -1 });
  const first = history.entries[0]?.event.seq ?? -1;
  useLayoutEffect(() => {
    const { current } = box;
    if (!current || days.length === 0) return;
    const known = before.current;
    if (history.following) current.scrollTop = current.scrollHeight;
    else if (first < known.first) current.scrollTop += current.scrollHeight - known.height;
    before.current = { height: current.scrollHeight, first };
  }, [box, history.following, first, days]);
}
