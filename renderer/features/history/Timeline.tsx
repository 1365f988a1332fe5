import { Button } from "@mantine/core";
import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { dateText, timeText } from "../../../src/words/format.ts";
import { useDrawer } from "../../navigation/drawer.tsx";
import { FrameView } from "../../ui/frames/FrameView.tsx";
import layout from "../../ui/layout.module.css";
import longList from "../../ui/lists/long-list.module.css";
import { MomentForm } from "../../ui/MomentForm.tsx";
import { HistoryEntryLine } from "./HistoryEntryLine.tsx";
import classes from "./history.module.css";
import type { TimelineRow } from "./time-line.ts";
import type { History } from "./use-history.ts";
import { useTimeline } from "./use-timeline.ts";
import { edgeHeight } from "./walk.ts";

/** `tools`: what else can be done with the list. */
type Props = { history: History; rows: readonly TimelineRow[]; tools: ReactNode };

/** The entries, only those in view drawn. It stays at the end until one scrolls up, and stays in place while entries come on either
 * side; what lies further off is read when one comes there. */
export function Timeline({ history, rows, tools }: Props) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const box = useRef<HTMLElement>(null);
  const { virtual, standing, stand, press, toEnd, toMoment } = useTimeline(history, rows, box);
  const items = virtual.getVirtualItems();
  const top = virtual.scrollOffset ?? 0;
  const above = top < edgeHeight ? undefined : rows[items.find(({ end }) => end > top)?.index ?? -1];

  function scrolled() {
    const { current } = box;
    if (!current || !history.attached) return;
    history.follow(current.scrollHeight - current.scrollTop - current.clientHeight < 16);
  }

  return (
    <>
      <div className={layout.row} data-gap="12">
        <MomentForm onGo={toMoment} />
        {tools}
      </div>
      <div className={longList.frame}>
        <section className={longList.box} ref={box} onScroll={scrolled} aria-label={t("history.timeline")}>
          {above && (
            <div className={classes.above}>
              <div className={classes.day}>{dateText(above.entry.at)}</div>
            </div>
          )}
          <div className={longList.rows} style={{ height: virtual.getTotalSize() }}>
            <div className={longList.edge} style={{ height: edgeHeight }}>
              {history.busy === "older" || history.busy === "first" || history.busy === "from" ? (
                <span role="status">{t("history.loadingEarlier")}</span>
              ) : history.more ? (
                <Button variant="default" onClick={() => toEnd("first")}>
                  {t("history.toFirst")}
                </Button>
              ) : (
                t("history.beginning")
              )}
            </div>
            <ol className={layout.list}>
              {items.map(({ index, key, start }) => {
                const row = rows[index];
                if (!row) return null;
                return (
                  <li
                    key={key}
                    ref={virtual.measureElement}
                    data-index={index}
                    className={classes.row}
                    style={{ transform: `translateY(${start}px)` }}
                    aria-posinset={index + 1}
                    aria-setsize={history.more || !history.attached ? -1 : rows.length}
                  >
                    {row.day !== undefined && <h2 className={classes.day}>{dateText(row.day)}</h2>}
                    <div className={classes.minute}>
                      {row.minute === undefined ? <span /> : <h3>{timeText(row.minute).slice(0, 5)}</h3>}
                      <div className={classes.thread}>
                        <HistoryEntryLine
                          entry={row.entry}
                          first={index === standing}
                          onOpen={(frame) =>
                            drawer.open(<FrameView seq={frame} />, t("common.frame.title", { seq: String(frame) }))
                          }
                          onFocus={() => stand(row.entry)}
                          onKey={(event) => press(event, row.entry)}
                        />
                      </div>
                    </div>
                  </li>
                );
              })}
            </ol>
          </div>
        </section>
        {!(history.following && history.attached) && (
          <Button className={longList.tail} onClick={() => toEnd("last")}>
            {history.unseen > 0 ? t("history.unseen", { count: history.unseen }) : t("history.toNewest")}
          </Button>
        )}
      </div>
    </>
  );
}
