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
  return (
    <ChoiceSetting
      setting="language"
      value={values.language}
      help={t("settings.language.help")}
      data={settingsShape.shape.language.options.map((value) => ({ value, label: t(`settings.language.${value}`) }))}
    />
  );
}

/** The theme: applied as soon as it is saved. */
export function ThemeSetting({ values }: { values: Settings }) {
  const { t } = useTranslation();
  return (
    <ChoiceSetting
      setting="theme"
      value={values.theme}
      help={t("settings.theme.help")}
      data={settingsShape.shape.theme.options.map((value) => ({ value, label: t(`settings.theme.${value}`) }))}
    />
  );
}

/** What becomes of a station that was never let in. */
export function UnknownStationsSetting({ values }: { values: Settings }) {
  const { t } = useTranslation();
  return (
    <ChoiceSetting
      setting="unknownStations"
      value={values.unknownStations}
      help={t(`settings.unknownStations.help.${values.unknownStations}`)}
      data={settingsShape.shape.unknownStations.options.map((value) => ({
        value,
        label: t(`settings.unknownStations.${value}`),
      }))}
    />
  );
}

type Choice = {
  setting: "language" | "theme" | "notices" | "unknownStations";
  value: string;
  help: string;
  data: { value: string; label: string }[];
};

/** One of a few words, saved as soon as it is chosen. */
export function ChoiceSetting({ setting, value, help, data }: Choice) {
  const { t } = useTranslation();
  const id = useId();
  const saving = useSaving();
  return (
    <Setting
      nameId={`${id}-name`}
      name={t(`settings.${setting}.label`)}
      help={help}
      helpId={`${id}-help`}
      saving={saving}
    >
      <SegmentedControl
        size="md"
        aria-labelledby={`${id}-name`}
        value={value}
        data={data}
        onChange={(chosen) => void saving.save(settingsShape.partial().parse({ [setting]: chosen }))}
        classNames={{ label: classes.segment }}
        transitionDuration={0}
      />
    </Setting>
  );
}
