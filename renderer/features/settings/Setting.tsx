import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { timeText } from "../../../src/words/format.ts";
import { useSpoken } from "../../i18n/index.ts";
import layout from "../../ui/layout.module.css";
import { Outcome } from "../../ui/Outcome.tsx";
import { Remark } from "../../ui/Remark.tsx";
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
          <Saved saving={saving} />
        </div>
        {warning && <Remark>{warning}</Remark>}
      </div>
    </div>
  );
}

/** What became of the last change. */
function Saved({ saving }: { saving: Saving }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const { error } = saving;
  return (
    <Outcome
      failed={error && `${t("settings.notSaved")} ${say(error.words ?? error.message)} ${t("settings.asBefore")}`}
    >
      {saving.busy
        ? t("settings.saving")
        : saving.savedAt !== null && t("settings.savedAt", { time: timeText(saving.savedAt) })}
    </Outcome>
  );
}
