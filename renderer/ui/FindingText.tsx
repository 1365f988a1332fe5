import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Finding } from "../../src/station/findings.ts";
import type { FindingGroup } from "../../src/station/model.ts";
import { rules } from "../../src/words/en/findings.ts";
import { placeText, ruleText } from "../../src/words/spoken.ts";
import { useLanguage, useSpoken } from "../i18n/index.ts";
import { Time } from "./parts.tsx";
import { Said } from "./Said.tsx";
import { Shape } from "./StateWord.tsx";
import { severityTones } from "./status.ts";
import { Told } from "./Told.tsx";
import classes from "./ui.module.css";

/** A finding in words: what is wrong, where, what was said and wanted, and the cure. `children`: what can be done about it. */
export function FindingText({ finding, children }: { finding: Finding | FindingGroup; children?: ReactNode }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSpoken();
  const { severity, clause } = rules[finding.rule];
  const { title, cure } = ruleText(finding.rule, language);
  const group = "count" in finding ? finding : null;
  return (
    <div className={classes.finding}>
      <p className={classes.findingTitle} data-tone={severityTones[severity]}>
        <Shape tone={severityTones[severity]} />
        <span>
          <span className={classes.severity}>{t(`common.severity.${severity}`)}</span> {title}
        </span>
      </p>
      <p>{cure}</p>
      <p className="small muted">
        <code>
          <Told text={placeText(finding.where, language)} />
        </code>
        {finding.said && (
          <>
            {" "}
            {t("common.finding.said")} <Said of={finding.said} />
          </>
        )}
        {finding.expected && (
          <>
            , {t("common.finding.expected")} {say(finding.expected)}
          </>
        )}
      </p>
      <p className="small muted">
        {clause}
        {group && group.count > 1 && (
          <>
            {" · "}
            {t("common.finding.times", { count: group.count })}, {t("common.finding.last")} <Time at={group.lastAt} />
          </>
        )}
      </p>
      {children}
    </div>
  );
}
