import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import { type Level, levels, type SameLines, type When } from "../../../src/logs/model.ts";
import { measuredText } from "../../../src/words/format.ts";
import { logWords } from "../../../src/words/spoken.ts";
import { useLoad } from "../../core/core.tsx";
import { useLanguage } from "../../i18n/index.ts";
import { useFormat } from "../../ui/format/use-format.ts";
import { Busy, Facts, Failure, Time } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import classes from "./reader.module.css";

type Props = { log: number; onLine: (line: number) => void };

/** What a log tells at a glance: its period, how grave it is, restarts, jumps of its clock, and what it says most. */
export function SummaryView({ log, onLine }: Props) {
  const { t } = useTranslation();
  const language = useLanguage();
  const format = useFormat();
  const summary = useLoad("reader.summary", { log });
  if (summary.state === "loading") return <Busy what={t("reader.summing")} />;
  if (summary.state === "failed")
    return <Failure what={t("reader.failed")} error={summary.error} onRetry={summary.reload} />;
  const { first, last, levels: counts, restarts, jumps, jumpCount, errors, repeated, isRough } = summary.value;
  const signs = logWords(language).signs;
  const count = (level: Level) => `${t(`reader.levels.${level}`)}: ${format.number(counts[level])}`;
  return (
    <div className={classes.glance}>
      <Facts
        of={[
          [
            t("reader.period"),
            first && last && (
              <span key="period">
                <Moment of={first} /> – <Moment of={last} />
              </span>
            ),
          ],
          [t("reader.level"), levels.map(count).join(", ")],
          [t("reader.jumps"), jumpCount > 0 && format.number(jumpCount)],
        ]}
      />
      <Lines title={t("reader.restarts")} onLine={onLine}>
        {restarts.map(({ line, signs: seen, ...when }) => ({
          line,
          words: (
            <>
              <Moment of={{ line, ...when }} /> {seen.map((sign) => signs[sign]).join(", ")}
            </>
          ),
        }))}
      </Lines>
      <Lines title={t("reader.jumps")} onLine={onLine}>
        {jumps.map(({ from, to, ms }) => ({
          line: to.line,
          words: (
            <>
              <Moment of={from} /> → <Moment of={to} /> ({ms < 0 ? "−" : "+"}
              {measuredText(Math.abs(ms))})
            </>
          ),
        }))}
      </Lines>
      <Lines title={t("reader.errors")} onLine={onLine}>
        {errors.map((group) => same(group))}
      </Lines>
      <Lines title={t("reader.repeated")} onLine={onLine}>
        {repeated.map((group) => same(group))}
      </Lines>
      {isRough && <p className="muted">{t("reader.rough")}</p>}
    </div>
  );

  function same({ count: times, first: line, text }: SameLines) {
    return { line, words: `${format.number(times)} × ${shownText(text.trim())}` };
  }
}

type Entry = { line: number; words: React.ReactNode };

function Lines({ title, onLine, children }: { title: string; onLine: (line: number) => void; children: Entry[] }) {
  if (children.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ul className={classes.summary}>
        {children.map(({ line, words }) => (
          <li key={line}>
            <button type="button" className={ui.link} onClick={() => onLine(line)}>
              <span>{words}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Moment({ of: { at, since } }: { of: When }) {
  if (at !== undefined) return <Time at={at} />;
  return since === undefined ? null : measuredText(since);
}
