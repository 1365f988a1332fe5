import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import type { PageLine } from "../../../src/logs/model.ts";
import { measuredText } from "../../../src/words/format.ts";
import { useLoad } from "../../core/core.tsx";
import { routeHash } from "../../navigation/routes.ts";
import { layOutJson, longestText, shownLines } from "../../ui/frames/json-text.ts";
import layout from "../../ui/layout.module.css";
import { Busy, CopyButton, Facts, Failure, Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import ui from "../../ui/ui.module.css";
import classes from "./reader.module.css";

/** Half of the stretch about a line whose messages are told beside it. */
const aboutMs = 30_000;
const mostRows = 40;

/** One line of a log: its text, the messages of OCPP in it, and what passed on the wire in the same minute. */
export function LineView({ line, station }: { line: PageLine; station: string | null }) {
  const { t } = useTranslation();
  const { level, at, since, text, frames = [] } = line;
  return (
    <div className={layout.stack}>
      <Facts
        of={[
          [t("reader.level"), level && t(`reader.levels.${level}`)],
          [t("reader.time"), at !== undefined && <Time key="at" at={at} ms />],
          [t("reader.sinceStart"), since !== undefined && measuredText(since)],
        ]}
      />
      <pre className={ui.code} data-wrap>
        {shownLines(shownText(text), longestText)}
      </pre>
      <div className={layout.row}>
        <CopyButton text={text} />
      </div>
      {frames.map((frame) => (
        <section key={frame.begin} className={layout.stack}>
          <h3>{t("reader.frame", { what: shownText(frame.action ?? frame.id ?? frame.type) })}</h3>
          <pre className={ui.code}>{shownLines(layOutJson(frame.text), longestText)}</pre>
        </section>
      ))}
      {at !== undefined && station !== null && <Meanwhile at={at} station={station} />}
    </div>
  );
}

/** What passed between the station and this laptop about a moment. */
function Meanwhile({ at, station }: { at: number; station: string }) {
  const { t } = useTranslation();
  const filter = { station, from: at - aboutMs, to: at + aboutMs };
  const page = useLoad("messages.page", { filter, limit: mostRows });
  return (
    <section className={layout.stack}>
      <h3>{t("reader.meanwhile")}</h3>
      {page.state === "loading" && <Busy what={t("reader.opening")} />}
      {page.state === "failed" && <Failure what={t("reader.failed")} error={page.error} onRetry={page.reload} />}
      {page.state === "ready" && page.value.rows.length === 0 && <p className="muted">{t("reader.silence")}</p>}
      {page.state === "ready" && page.value.rows.length > 0 && (
        <ul className={classes.meanwhile}>
          {page.value.rows.map(({ seq, at: passed, direction, action, kind }) => (
            <li key={seq}>
              <a href={routeHash("messages", { station, seq })}>
                <Time at={passed} ms /> {direction === "in" ? "→" : "←"} <Told text={action ?? kind} />
              </a>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
