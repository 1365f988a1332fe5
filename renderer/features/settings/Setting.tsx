import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSpoken } from "../../i18n/index.ts";
import { timeText } from "../../ui/format.ts";
import layout from "../../ui/layout.module.css";
import { Shape } from "../../ui/StateWord.tsx";
import classes from "./settings.module.css";
import type { Saving } from "./use-saving.ts";

type Props = {
  /** The id of the control that the name belongs to; a group of controls names itself by `nameId`. */
  control?: string;
  nameId?: string;
  name: string;
  help: string;
  helpId: string;
  /** What the value as it stands does that one may not expect. */
  warning?: string;
  saving: Saving;
  children: ReactNode;
};

/** One setting: its name and help, its control, the outcome of the last change beside it, and a warning under it. */
export function Setting({ control, nameId, name, help, helpId, warning, saving, children }: Props) {
  return (
    <div className={classes.setting}>
      <div className={classes.words}>
        {control ? (
          <label className={classes.name} htmlFor={control}>
            {name}
          </label>
        ) : (
          <span className={classes.name} id={nameId}>
            {name}
          </span>
        )}
        <p className="muted small" id={helpId}>
          {help}
        </p>
      </div>
      <div className={classes.control}>
        <div className={layout.row} data-gap="12">
          {children}
          <Outcome saving={saving} />
        </div>
        {warning && (
          <p className={classes.warning} data-tone="waiting">
            <Shape tone="waiting" />
            <span>{warning}</span>
          </p>
        )}
      </div>
    </div>
  );
}

/** What became of the last change. */
function Outcome({ saving }: { saving: Saving }) {
  const { t } = useTranslation();
  const say = useSpoken();
  if (saving.error)
    return (
      <p className={classes.outcome} data-tone="faulted" role="alert">
        {t("settings.notSaved")} {say(saving.error.words ?? saving.error.message)} {t("settings.asBefore")}
      </p>
    );
  return (
    <p className={classes.outcome} role="status">
      {saving.busy
        ? t("settings.saving")
        : saving.savedAt !== null && t("settings.savedAt", { time: timeText(saving.savedAt) })}
    </p>
  );
}
