import { useState } from "react";
import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import type { MessageRow } from "../../../src/services/messages/contract.ts";
import { latencyText, timeText } from "../../../src/words/format.ts";
import { useWatch } from "../../core/core.tsx";
import { routeHash } from "../../navigation/routes.ts";
import { Told } from "../../ui/Told.tsx";
import classes from "./wire.module.css";

/** The newest rows between station and laptop, newest last; a row that came again with its answer stands once. */
export function lastRows(rows: readonly MessageRow[], count: number): MessageRow[] {
  const found = new Map<number, MessageRow>();
  for (let at = rows.length - 1; at >= 0 && found.size < count; at--) {
    const row = rows[at];
    if (row && !row.lane && !found.has(row.seq)) found.set(row.seq, row);
  }
  return [...found.values()].sort((a, b) => a.seq - b.seq);
}

/** The last frames of the station in focus as they pass; a click opens Messages at that place. */
export function Wire({ station }: { station: string }) {
  const { t } = useTranslation();
  const live = useWatch("messages.live", { filter: { station } });
  const [pinned, setPinned] = useState(false);
  const rows = lastRows(live.value ?? [], 6);
  return (
    <section className={classes.wire} data-pinned={pinned} aria-label={t("common.shell.wire")}>
      <ol>
        {rows.length === 0 && <li className={classes.frame}>{t("common.shell.wireEmpty")}</li>}
        {rows.toReversed().map((row) => (
          <li key={row.seq}>
            <a className={classes.frame} href={routeHash("messages", { station, seq: row.seq })}>
              <time>{timeText(row.at)}</time>
              <span title={t(`common.direction.${row.direction}`)}>
                <span aria-hidden="true">{row.direction === "in" ? "→" : "←"}</span>
                <span className="visually-hidden">{t(`common.direction.${row.direction}`)}</span>
              </span>
              <span>
                <Told text={row.action ?? t(`messages.kinds.${row.kind}`)} />
              </span>
              {pinned && (
                <span className={classes.summary}>{shownText(row.summary.map((field) => field.value).join(", "))}</span>
              )}
              <span className={classes.latency}>
                {row.answer
                  ? latencyText(row.answer.latencyMs)
                  : row.kind === "call" && t("common.shell.waitingAnswer")}
              </span>
            </a>
          </li>
        ))}
      </ol>
      <button type="button" className={classes.pin} aria-pressed={pinned} onClick={() => setPinned(!pinned)}>
        {t(pinned ? "common.shell.unpin" : "common.shell.pin")}
      </button>
    </section>
  );
}
