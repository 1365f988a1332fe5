import { NativeSelect } from "@mantine/core";
import { useTranslation } from "react-i18next";

/** Messages that a station of any version can be asked for. */
const triggers = [
  "BootNotification",
  "StatusNotification",
  "MeterValues",
  "Heartbeat",
  "FirmwareStatusNotification",
  "LogStatusNotification",
];

/** Which message the station is asked for. The system's own list: it comes with the window, and is there while the core is away. */
export function TriggerSelect({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  return (
    <NativeSelect
      aria-label={t("stations.commands.trigger")}
      data={triggers}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
