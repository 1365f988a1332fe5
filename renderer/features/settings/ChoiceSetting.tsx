import { SegmentedControl } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { type Settings, settingsShape } from "../../../src/services/settings/contract.ts";
import { Setting } from "./Setting.tsx";
import classes from "./settings.module.css";
import { useSaving } from "./use-saving.ts";

/** The language of the screens: applied as soon as it is saved. */
export function LanguageSetting({ values }: { values: Settings }) {
  const { t } = useTranslation();
  const id = useId();
  const saving = useSaving();
  return (
    <Setting
      nameId={`${id}-name`}
      name={t("settings.language.label")}
      help={t("settings.language.help")}
      helpId={`${id}-help`}
      saving={saving}
    >
      <SegmentedControl
        size="md"
        aria-labelledby={`${id}-name`}
        value={values.language}
        data={settingsShape.shape.language.options.map((value) => ({ value, label: t(`settings.language.${value}`) }))}
        onChange={(value) => void saving.save({ language: settingsShape.shape.language.parse(value) })}
        classNames={{ label: classes.segment }}
        transitionDuration={0}
      />
    </Setting>
  );
}

/** The theme: applied as soon as it is saved. */
export function ThemeSetting({ values }: { values: Settings }) {
  const { t } = useTranslation();
  const id = useId();
  const saving = useSaving();
  return (
    <Setting
      nameId={`${id}-name`}
      name={t("settings.theme.label")}
      help={t("settings.theme.help")}
      helpId={`${id}-help`}
      saving={saving}
    >
      <SegmentedControl
        size="md"
        aria-labelledby={`${id}-name`}
        value={values.theme}
        data={settingsShape.shape.theme.options.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
        onChange={(value) => void saving.save({ theme: settingsShape.shape.theme.parse(value) })}
        classNames={{ label: classes.segment }}
        transitionDuration={0}
      />
    </Setting>
  );
}

/** What becomes of a station that was never let in. */
export function UnknownStationsSetting({ values }: { values: Settings }) {
  const { t } = useTranslation();
  const id = useId();
  const saving = useSaving();
  return (
    <Setting
      nameId={`${id}-name`}
      name={t("settings.unknownStations.label")}
      help={t(`settings.unknownStations.help.${values.unknownStations}`)}
      helpId={`${id}-help`}
      saving={saving}
    >
      <SegmentedControl
        size="md"
        aria-labelledby={`${id}-name`}
        value={values.unknownStations}
        data={settingsShape.shape.unknownStations.options.map((value) => ({
          value,
          label: t(`settings.unknownStations.${value}`),
        }))}
        onChange={(value) => void saving.save({ unknownStations: settingsShape.shape.unknownStations.parse(value) })}
        classNames={{ label: classes.segment }}
        transitionDuration={0}
      />
    </Setting>
  );
}
