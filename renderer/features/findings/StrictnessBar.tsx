import { SegmentedControl, Switch } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useCall, useWatch } from "../../core/core.tsx";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import classes from "./findings.module.css";

/** How strictly this station is taken, in a plain sentence, and whether it is spared errors. */
export function StrictnessBar({ station }: { station: string }) {
  const { t } = useTranslation();
  const id = useId();
  const strictness = useWatch("findings.strictness", { station });
  const behave = useCall("findings.behave");
  if (strictness.state !== "ready") return null;
  const { strict, strictByDefault, emptyAnswers } = strictness.value;
  const effective = strict ?? strictByDefault;
  return (
    <section className={classes.strictness} aria-label={t("findings.strictness.title", { station })}>
      <div className={layout.row} data-gap="16">
        <span id={`${id}-strict`}>{t("findings.strictness.title", { station })}</span>
        <SegmentedControl
          size="md"
          aria-labelledby={`${id}-strict`}
          value={strict === null ? "settings" : strict ? "strict" : "tolerant"}
          data={[
            {
              value: "settings",
              label: t(strictByDefault ? "findings.strictness.settingsStrict" : "findings.strictness.settingsTolerant"),
            },
            { value: "tolerant", label: t("findings.strictness.tolerant") },
            { value: "strict", label: t("findings.strictness.strict") },
          ]}
          onChange={(value) => void behave.run({ station, strict: value === "settings" ? null : value === "strict" })}
          transitionDuration={0}
        />
      </div>
      <p className="small muted">{t(effective ? "findings.strictness.isStrict" : "findings.strictness.isTolerant")}</p>
      <Switch
        size="md"
        label={t("findings.strictness.empty")}
        description={t(emptyAnswers ? "findings.strictness.emptyOn" : "findings.strictness.emptyOff")}
        checked={emptyAnswers}
        onChange={(event) => void behave.run({ station, emptyAnswers: event.currentTarget.checked })}
        withThumbIndicator={false}
      />
      {behave.error && <Failure what={t("findings.strictness.failed")} error={behave.error} />}
    </section>
  );
}
