import { useTranslation } from "react-i18next";
import type { ConsoleEntry } from "../../../src/station/serial/console.ts";
import { isFaultSign } from "../../../src/station/serial/signs.ts";
import { tellSign } from "../../../src/station/telling/console-sentences.ts";
import { sayValue } from "../../../src/station/telling/say.ts";
import { useLanguage } from "../../i18n/index.ts";
import { routeHash } from "../../navigation/routes.ts";
import { wayArrow, wayKey } from "../../ui/frames/way.ts";
import { Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import ui from "../../ui/ui.module.css";
import classes from "./console.module.css";

/** Boots, resets, crashes and messages of OCPP that were printed, the newest first. */
export function Recognised({
  entries,
  station,
  isNobodys,
}: {
  entries: readonly ConsoleEntry[];
  station: string | undefined;
  isNobodys: boolean;
}) {
  const { t } = useTranslation();
  const filter = station === undefined ? "on:console station:*" : "on:console";
  return (
    <section className={classes.seen} aria-labelledby="console-seen">
      <h2 id="console-seen">{t("console.seen.title")}</h2>
      {entries.length === 0 && <p className="muted">{t("console.seen.none")}</p>}
      {entries.some(({ kind }) => kind === "frame") && (
        <>
          <a className={ui.link} href={routeHash("messages", { station, filter })}>
            {t("console.seen.inMessages")}
          </a>
          <p className="small muted">{t(isNobodys ? "console.seen.ofNobody" : "console.seen.unanswered")}</p>
        </>
      )}
      <ul className={classes.list}>
        {entries.toReversed().map((entry) => (
          <li key={entry.id}>
            <Time at={entry.at} /> <One entry={entry} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function One({ entry }: { entry: ConsoleEntry }) {
  const { t } = useTranslation();
  const language = useLanguage();
  if (entry.kind === "sign") {
    const { main } = tellSign(entry.sign);
    return (
      <>
        <strong data-tone={isFaultSign(entry.sign) ? "faulted" : undefined}>{sayValue(main, language)}</strong>
        <p className={classes.said}>
          <Told text={entry.sign.said} />
        </p>
      </>
    );
  }
  if (entry.kind !== "frame") return null;
  const { type, action, id, text, direction = "unknown" } = entry.frame;
  const way = { direction, lane: "console" } as const;
  return (
    <details>
      <summary className={ui.summary} title={t(wayKey(way))}>
        <span>
          <span aria-hidden="true">{wayArrow(way)}</span> {t("console.seen.frame", { action: action ?? id ?? "" })} (
          {t(`console.seen.frameOf.${type}`)})
        </span>
      </summary>
      <pre className={ui.code} data-wrap>
        <Told text={text} />
      </pre>
    </details>
  );
}
