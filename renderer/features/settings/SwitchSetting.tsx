import { Switch } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { Settings } from "../../../src/services/settings/contract.ts";
import { Setting } from "./Setting.tsx";
import { useSaving } from "./use-saving.ts";

type Name = "triggerAfterConnect" | "timeMilliseconds" | "strict" | "announce" | "compression";

/** A setting that is on or off: applied as soon as it is saved. */
export function SwitchSetting({ setting, values }: { setting: Name; values: Settings }) {
  const { t } = useTranslation();
  const id = useId();
  const saving = useSaving();
  return (
    <Setting
      control={id}
      name={t(`settings.${setting}.label`)}
      help={t(`settings.${setting}.help`)}
      helpId={`${id}-help`}
      saving={saving}
    >
      <Switch
        id={id}
        size="md"
        checked={values[setting]}
        aria-describedby={`${id}-help`}
        label={t(values[setting] ? "settings.on" : "settings.off")}
        withThumbIndicator={false}
        onChange={(event) => void saving.save({ [setting]: event.currentTarget.checked })}
      />
    </Setting>
  );
}
