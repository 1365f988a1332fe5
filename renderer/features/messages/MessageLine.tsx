import type { CSSProperties, KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import type { MessageRow } from "../../../src/services/messages/contract.ts";
import type { FrameMark } from "../../../src/station/marks.ts";
import { latencyText, timeText } from "../../../src/words/format.ts";
import { wayArrow, wayKey } from "../../ui/frames/way.ts";
import { Shape } from "../../ui/StateWord.tsx";
import { Told } from "../../ui/Told.tsx";
import classes from "./messages.module.css";
import { useRowWords } from "./use-row-words.ts";
import { findingCount, rowTone } from "./words.ts";

type Props = {
  row: MessageRow;
  index: number;
  /** How many rows there are; -1 while older ones may be on record. */
  of: number;
  selected: boolean;
  /** The one row that Tab comes to. */
  entry: boolean;
  unfolded: boolean;
  station: boolean;
  /** What stands in place of the clock; null: the clock. */
  time: string | null;
  /** Times are told from here. */
  reference: boolean;
  bookmarked: boolean;
  style: CSSProperties;
  onOpen: (seq: number) => void;
  onFold: () => void;
  onFocus: () => void;
  onKey: (event: KeyboardEvent) => void;
};

/** One line of the list: a question and what came of it; unfolded, its answer has a line of its own. */
export function MessageLine(props: Props) {
  const {
    row,
    index,
    of,
    selected,
    entry,
    unfolded,
    station,
    time,
    reference,
    bookmarked,
    style,
    onOpen,
    onFold,
    onFocus,
    onKey,
  } = props;
  const { t } = useTranslation();
  const words = useRowWords();
  const tone = rowTone(row);
  const { answer } = row;
  const findings = findingCount(row);
  const name = row.action ?? t(`messages.kinds.${row.kind}`);
  return (
    <li
      className={classes.line}
      data-selected={selected}
      style={style}
      aria-posinset={index + 1}
      aria-setsize={of}
      aria-current={selected ? true : undefined}
      onFocus={onFocus}
    >
      <div className={classes.pair}>
        <button
          type="button"
          id={`message-${row.seq}`}
          className={classes.row}
          data-station={station}
          tabIndex={entry ? 0 : -1}
          onClick={() => onOpen(row.seq)}
          onKeyDown={onKey}
        >
          <span className={classes.time} data-reference={reference || undefined}>
            {time ?? timeText(row.at, true)}
            {bookmarked && <BookmarkSign />}
          </span>
          <Direction of={row} />
          {station && (
            <span className={classes.cut}>
              <Told text={row.station} />
            </span>
          )}
          <span className={classes.action}>
            <Told text={name} />
          </span>
          <span className={classes.said}>
            <Marks marks={row.marks} />
            {row.lane === "console" && <span className={classes.marks}>{t("common.heard.mark")}</span>}
            <span className={classes.cut}>
              {row.kind === "unreadable" && row.action !== null && `${t("messages.kinds.unreadable")} `}
              {row.question !== undefined && `${t("messages.answer")} `}
              {words.summary(row.summary)}
            </span>
            {answer && <Marks marks={answer.marks} />}
            {answer?.kind === "error" && (
              <strong className={classes.error}>{t("messages.errorAnswer", { code: answer.errorCode ?? "" })}</strong>
            )}
          </span>
          <span className={classes.latency}>
            {answer ? latencyText(answer.latencyMs) : row.kind === "call" && !row.lane && t("messages.noAnswer")}
          </span>
          <span className={classes.findings}>
            {tone && <Shape tone={tone} />}
            <FindingWords count={findings} />
          </span>
        </button>
        {answer && (
          <button
            type="button"
            className={classes.fold}
            tabIndex={-1}
            aria-expanded={unfolded}
            aria-label={t(unfolded ? "messages.fold" : "messages.unfold")}
            onClick={onFold}
          >
            <span aria-hidden="true">›</span>
          </button>
        )}
      </div>
      {answer && unfolded && (
        <button
          type="button"
          className={classes.row}
          data-station={station}
          data-answer
          tabIndex={-1}
          onClick={() => onOpen(answer.seq)}
          onKeyDown={onKey}
        >
          <span className={classes.time}>{timeText(answer.at, true)}</span>
          <Direction of={{ direction: row.direction === "in" ? "out" : "in" }} />
          {station && <span />}
          <span className={classes.action}>
            {answer.kind === "error"
              ? t("messages.errorAnswer", { code: answer.errorCode ?? "" })
              : t("messages.answer")}
          </span>
          <span className={classes.said}>
            <Marks marks={answer.marks} />
            <span className={classes.cut}>{words.summary(answer.summary)}</span>
          </span>
          <span />
          <span className={classes.findings}>
            <FindingWords count={answer.findings.length} />
          </span>
        </button>
      )}
    </li>
  );
}

/** What was done to a frame on its way. */
function Marks({ marks = [] }: { marks?: readonly FrameMark[] }) {
  const { t } = useTranslation();
  if (marks.length === 0) return null;
  return <span className={classes.marks}>{marks.map((mark) => t(`common.marks.${mark}`)).join(", ")}</span>;
}

/** A number and a word; where there is no room the word is for the ear alone. */
function FindingWords({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <>
      <span className={classes.inWords}>{t("messages.findings", { count })}</span>
      <span className={classes.inDigits} aria-hidden="true">
        {count}
      </span>
    </>
  );
}

function Direction({ of }: { of: Pick<MessageRow, "direction" | "lane"> }) {
  const { t } = useTranslation();
  const words = t(wayKey(of));
  const { direction, lane } = of;
  return (
    <span className={classes.arrow} title={words}>
      <span aria-hidden="true">{wayArrow(of)}</span>
      <span className="visually-hidden">{lane || direction === "unknown" ? words : t(`messages.${direction}`)}</span>
    </span>
  );
}

function BookmarkSign() {
  const { t } = useTranslation();
  return (
    <svg
      className={classes.bookmark}
      viewBox="0 0 10 14"
      width="10"
      height="14"
      role="img"
      aria-label={t("messages.bookmarked")}
    >
      <path d="M1 1h8v12L5 9.5 1 13z" fill="currentColor" />
    </svg>
  );
}
