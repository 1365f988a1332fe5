import { Button } from "@mantine/core";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { type Settings, settingsShape } from "../../../src/services/settings/contract.ts";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import { warningsOf } from "./fields.ts";
import { Setting } from "./Setting.tsx";
import { useSaving } from "./use-saving.ts";

/** The answer to BootNotification. What keeps stations from working is asked about first. */
export function BootSetting({ values }: { values: Settings }) {
  const { t } = useTranslation();
  const id = useId();
  const saving = useSaving();
  const warning = warningsOf(values).bootStatus;
  const others = settingsShape.shape.bootStatus.options.filter((status) => status !== values.bootStatus);
  return (
    <Setting
      nameId={`${id}-name`}
      name={t("settings.bootStatus.label")}
      help={t("settings.bootStatus.help")}
      helpId={`${id}-help`}
      warning={warning && t(`settings.warnings.${warning}`)}
      saving={saving}
    >
      <strong>{t("settings.bootStatus.now", { status: values.bootStatus })}</strong>
      {others.map((status) => {
        const risk = warningsOf({ ...values, bootStatus: status }).bootStatus;
        const verb = t("settings.bootStatus.apply", { status });
        const save = () => void saving.save({ bootStatus: status });
        if (!risk)
          return (
            <Button key={status} onClick={save}>
              {verb}
            </Button>
          );
        return (
          <ConfirmInline key={status} verb={verb} onConfirm={save}>
            {t(`settings.warnings.${risk}`)}
          </ConfirmInline>
        );
      })}
    </Setting>
  );
}
