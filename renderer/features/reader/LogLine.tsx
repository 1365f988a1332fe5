import { type CSSProperties, memo } from "react";
import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import type { PageLine } from "../../../src/logs/model.ts";
import classes from "./reader.module.css";

type Props = {
  number: number;
  /** Absent while it is fetched. */
  line: PageLine | undefined;
  marked: boolean;
  style: CSSProperties;
  onOpen: (line: PageLine) => void;
};

/** A line with its number and its level in a word; a click tells more. */
export const LogLine = memo(function LogLine({ number, line, marked, style, onOpen }: Props) {
  const { t } = useTranslation();
  return (
    <li className={classes.line} style={style} value={number}>
      <button
        type="button"
        className={classes.row}
        data-level={line?.level}
        aria-current={marked || undefined}
        disabled={!line}
        onClick={() => line && onOpen(line)}
      >
        <span className={classes.number}>{number}</span>
        <span className={classes.level}>{line?.level && t(`reader.levels.${line.level}`)}</span>
        <span className={classes.text}>{line ? shownText(line.text) : "…"}</span>
        {line?.frames && <span className={classes.frames}>OCPP</span>}
      </button>
    </li>
  );
}, isSame);

function isSame(before: Props, after: Props): boolean {
  return (
    before.line === after.line && before.marked === after.marked && before.style.transform === after.style.transform
  );
}
