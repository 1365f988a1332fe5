import { SegmentedControl, Switch } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useCall, useWatch } from "../../core/core.tsx";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import classes from "./findings.module.css";

/** How strictly this station is taken, in a plain sentence, and whether it is spared errors. */
export function MannersBar({ station }: { station: string }) {
  const { t } = useTranslation();
  const id = useId();
  const manners = useWatch("findings.manners", { station });
  const behave = useCall("findings.behave");
  if (manners.state !== "ready") return null;
  const { strict, strictByDefault, emptyAnswers } = manners.value;
  const effective = strict ?? strictByDefault;
  return (
    <section className={classes.manners} aria-label={t("findings.manners.title", { station })}>
      <div className={layout.row} data-gap="16">
        <span id={`${id}-strict`}>{t("findings.manners.title", { station })}</span>
        <SegmentedControl
          size="md"
          aria-labelledby={`${id}-strict`}
          value={strict === null ? "settings" : strict ? "strict" : "tolerant"}
          data={[
            {
              value: "settings",
              label: t(strictByDefault ? "findings.manners.settingsStrict" : "findings.manners.settingsTolerant"),
            },
            { value: "tolerant", label: t("findings.manners.tolerant") },
            { value: "strict", label: t("findings.manners.strict") },
          ]}
          onChange={(value) => void behave.run({ station, strict: value === "settings" ? null : value === "strict" })}
          transitionDuration={0}
        />
      </div>
      <p className="small muted">{t(effective ? "findings.manners.isStrict" : "findings.manners.isTolerant")}</p>
      <Switch
        size="md"
        label={t("findings.manners.empty")}
        description={t(emptyAnswers ? "findings.manners.emptyOn" : "findings.manners.emptyOff")}
        checked={emptyAnswers}
        onChange={(event) => void behave.run({ station, emptyAnswers: event.currentTarget.checked })}
        withThumbIndicator={false}
      />
      {behave.error && <Failure what={t("findings.manners.failed")} error={behave.error} />}
    </section>
  );
}
