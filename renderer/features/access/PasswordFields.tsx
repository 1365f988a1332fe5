import { SegmentedControl, TextInput } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import layout from "../../ui/layout.module.css";
import classes from "./access.module.css";

export type PasswordDraft = { password: string; form: "text" | "hex" };
export const emptyPassword: PasswordDraft = { password: "", form: "text" };

/** A password and how it is written. */
export function PasswordFields({
  draft,
  onChange,
}: {
  draft: PasswordDraft;
  onChange: (draft: PasswordDraft) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={layout.fields} data-apart>
      <TextInput
        className={classes.field}
        label={t("access.password.typed")}
        description={t("access.password.typedHint")}
        inputWrapperOrder={["label", "input", "description"]}
        value={draft.password}
        onChange={(event) => onChange({ ...draft, password: event.currentTarget.value })}
        classNames={{ input: "mono" }}
        maxLength={64}
        spellCheck={false}
        autoComplete="off"
      />
      <div>
        <span id={id}>{t("access.password.form")}</span>
        <SegmentedControl
          size="md"
          aria-labelledby={id}
          value={draft.form}
          data={(["text", "hex"] as const).map((value) => ({ value, label: t(`access.password.forms.${value}`) }))}
          onChange={(value) => onChange({ ...draft, form: value === "hex" ? "hex" : "text" })}
          transitionDuration={0}
        />
      </div>
    </div>
  );
}
