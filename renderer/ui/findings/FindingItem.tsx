import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { Finding } from "../../../src/station/findings.ts";
import type { FindingGroup } from "../../../src/station/model.ts";
import { rules } from "../../../src/words/en/findings.ts";
import { ruleText } from "../../../src/words/spoken.ts";
import { useLanguage } from "../../i18n/index.ts";
import { useDrawer } from "../../navigation/drawer.tsx";
import { FindingText } from "../FindingText.tsx";
import { FrameView } from "../frames/FrameView.tsx";
import { Shape } from "../StateWord.tsx";
import { severityTones } from "../status.ts";
import classes from "../ui.module.css";

/** A finding with a way to the frame it rests on. */
export function FindingItem({ finding, frame }: { finding: Finding | FindingGroup; frame?: number }) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const seq = frame ?? ("count" in finding ? finding.lastFrame : undefined);
  return (
    <FindingText finding={finding}>
      {seq !== undefined && (
        <Button
          variant="default"
          onClick={() => drawer.open(<FrameView seq={seq} />, t("common.frame.title", { seq: String(seq) }))}
        >
          {t("common.frame.show")}
        </Button>
      )}
    </FindingText>
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
