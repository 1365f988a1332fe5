import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Place, RuleGroup } from "../../../src/services/findings/filter.ts";
import { rules } from "../../../src/words/en/findings.ts";
import { placeText, ruleText } from "../../../src/words/spoken.ts";
import { useLanguage, useSpoken } from "../../i18n/index.ts";
import { useDrawer } from "../../navigation/drawer.tsx";
import layout from "../../ui/layout.module.css";
import { Time } from "../../ui/parts.tsx";
import { Said } from "../../ui/Said.tsx";
import { Shape } from "../../ui/StateWord.tsx";
import { severityTones } from "../../ui/status.ts";
import { Told } from "../../ui/Told.tsx";
import { FrameList } from "./FrameList.tsx";
import classes from "./findings.module.css";

/** A rule in words with its clause and cure, and every place that breaks it with the way to its frames. */
export function RuleSection({ group, withStation }: { group: RuleGroup; withStation: boolean }) {
  const { t } = useTranslation();
  const { rule, severity, count, places } = group;
  const { title, cure } = ruleText(rule, useLanguage());
  const id = `rule-${rule}`;
  return (
    <section className={classes.rule} aria-labelledby={id}>
      <h2 id={id} className={classes.ruleTitle} data-tone={severityTones[severity]}>
        <Shape tone={severityTones[severity]} />
        <span>
          <span className={classes.severity}>{t(`common.severity.${severity}`)}</span> {title}
          <span className={classes.count}> {t("common.finding.times", { count })}</span>
        </span>
      </h2>
      <p>{cure}</p>
      <p className="small muted">
        {t("findings.clause")} {rules[rule].clause} · <code>{rule}</code>
      </p>
      <ul className={layout.list}>
        {places.map((place) => (
          <PlaceLine key={`${place.station} ${place.where}`} place={place} withStation={withStation} title={title} />
        ))}
      </ul>
    </section>
  );
}

function PlaceLine({ place, withStation, title }: { place: Place; withStation: boolean; title: string }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const drawer = useDrawer();
  const { station, rule, where, said, expected, count, lastAt, lastFrame } = place;
  const shown = placeText(where, useLanguage());
  return (
    <li className={classes.place}>
      <div className={classes.placeWords}>
        <p>
          {withStation && (
            <strong>
              <Told text={station} />{" "}
            </strong>
          )}
          <code>
            <Told text={shown} />
          </code>
        </p>
        <p className="small">
          {said !== "" && (
            <>
              {t("common.finding.said")} <Said of={said} className={classes.said} />
            </>
          )}
          {expected !== undefined && (
            <>
              {said !== "" && ", "}
              {t("common.finding.expected")} <span className={classes.said}>{say(expected)}</span>
            </>
          )}
        </p>
        <p className="small muted">
          {t("common.finding.times", { count })}, {t("common.finding.last")} <Time at={lastAt} />
        </p>
      </div>
      {lastFrame !== undefined && (
        <Button
          variant="default"
          aria-label={t("findings.framesOf", { where: shown })}
          onClick={() =>
            drawer.open(
              <FrameList key={`${station} ${rule} ${where}`} station={station} rule={rule} where={where} />,
              title,
            )
          }
        >
          {t("findings.frames")}
        </Button>
      )}
    </li>
  );
}
