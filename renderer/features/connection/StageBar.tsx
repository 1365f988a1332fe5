import { useTranslation } from "react-i18next";
import type { Attempt } from "../../../src/station/attempts.ts";
import { stagesOf, toneOf } from "./attempt-list.ts";
import classes from "./attempts.module.css";

/** How far an attempt came: a bar, and its words. */
export function StageBar({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const stages = stagesOf(attempt);
  const passed = stages.indexOf(attempt.passed) + 1;
  return (
    <span className={classes.came} data-tone={toneOf(attempt)}>
      <span className={classes.bar} aria-hidden="true">
        {stages.map((stage, index) => (
          <span key={stage} data-passed={index < passed} />
        ))}
      </span>
      <span className={classes.words}>
        {t("attempts.came", {
          stage: t(`attempts.stage.${attempt.passed}`),
          passed: String(passed),
          all: String(stages.length),
        })}
      </span>
    </span>
  );
}
