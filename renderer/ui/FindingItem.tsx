import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { type Finding, rules } from "../../src/station/findings.ts";
import type { FindingGroup } from "../../src/station/model.ts";
import { useDrawer } from "../app/drawer.tsx";
import { ruleText, useLanguage } from "../i18n/index.ts";
import { FrameView } from "./FrameView.tsx";
import { Time } from "./parts.tsx";
import { Shape } from "./StateWord.tsx";
import { severityTones } from "./status.ts";
import classes from "./ui.module.css";

/** A finding: what is wrong, where, what was said and wanted, the cure, and the frame it rests on. */
export function FindingItem({ finding, frame }: { finding: Finding | FindingGroup; frame?: number }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const drawer = useDrawer();
  const { severity, clause } = rules[finding.rule];
  const { title, cure } = ruleText(finding.rule, language);
  const group = "count" in finding ? finding : null;
  const seq = frame ?? group?.lastFrame;
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
        <code>{finding.where}</code>
        {finding.said && (
          <>
            {" "}
            {t("common.finding.said")} <code>{finding.said}</code>
          </>
        )}
        {finding.expected && (
          <>
            , {t("common.finding.expected")} {finding.expected}
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
      {seq !== undefined && (
        <Button
          variant="default"
          onClick={() => drawer.open(<FrameView seq={seq} />, t("common.frame.title", { seq: String(seq) }))}
        >
          {t("common.frame.show")}
        </Button>
      )}
    </div>
  );
}

/** The short form: severity and title, one line, that opens the whole in the drawer. */
export function FindingLine({ finding, onOpen }: { finding: FindingGroup; onOpen: () => void }) {
  const { t } = useTranslation();
  const { severity } = rules[finding.rule];
  const { title } = ruleText(finding.rule, useLanguage());
  return (
    <button type="button" className={classes.line} onClick={onOpen}>
      <span className={classes.findingTitle} data-tone={severityTones[severity]}>
        <Shape tone={severityTones[severity]} />
        <span>
          <span className={classes.severity}>{t(`common.severity.${severity}`)}</span> {title}
          {finding.count > 1 && <span className="muted"> × {finding.count}</span>}
        </span>
      </span>
    </button>
  );
}
