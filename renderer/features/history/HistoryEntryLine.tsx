import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { capital } from "../../../src/station/telling/say.ts";
import { momentText, timeText } from "../../../src/words/format.ts";
import { Shape } from "../../ui/StateWord.tsx";
import classes from "./history.module.css";
import type { TimelineEntry } from "./time-line.ts";
import { useSay } from "./use-say.ts";
import { entryId } from "./use-timeline.ts";

type Props = {
  entry: TimelineEntry;
  /** The one entry that Tab comes to. */
  first: boolean;
  onOpen: (frame: number) => void;
  onFocus: () => void;
  onKey: (event: KeyboardEvent) => void;
};

/** One event in a sentence, its details beside it; it opens the frame that it rests on. */
export function HistoryEntryLine({ entry, first, onOpen, onFocus, onKey }: Props) {
  const { t } = useTranslation();
  const say = useSay();
  const { told, tone, count, frame, toldAt } = entry;
  const late = toldAt === undefined ? [] : [t("history.toldLate", { time: momentText(toldAt, Date.now()) })];
  const more = [...late, ...told.more.map(say)];
  const content = (
    <>
      <time className={classes.time} dateTime={new Date(entry.at).toISOString()}>
        {timeText(entry.at)}
      </time>
      <span className={classes.shape}>
        {tone === "plain" ? <span className={classes.dot} /> : <Shape tone={tone} />}
      </span>
      <span className={classes.sentence}>
        <span data-tone={tone === "faulted" ? tone : undefined}>{capital(say(told.main))}</span>
        {more.length > 0 && <span className={classes.more}>{more.join(" · ")}</span>}
      </span>
      <span className={classes.count}>{count > 1 && t("history.times", { count })}</span>
      <span className={classes.frame}>{frame !== undefined && t("history.openFrame", { frame: String(frame) })}</span>
    </>
  );
  if (frame === undefined) return <div className={classes.entry}>{content}</div>;
  return (
    <button
      type="button"
      id={entryId(entry)}
      className={classes.entry}
      tabIndex={first ? 0 : -1}
      onClick={() => onOpen(frame)}
      onFocus={onFocus}
      onKeyDown={onKey}
    >
      {content}
    </button>
  );
}
