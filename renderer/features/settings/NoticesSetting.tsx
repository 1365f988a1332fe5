import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Settings, settingsShape } from "../../../src/services/settings/contract.ts";
import { ChoiceSetting } from "./ChoiceSetting.tsx";
import classes from "./settings.module.css";

/** Whether the system tells of stations while one looks elsewhere, and the leave that a browser wants for it. */
export function NoticesSetting({ values }: { values: Settings }) {
  const { t } = useTranslation();
  const [leave, setLeave] = useState(() => ("Notification" in window ? Notification.permission : "denied"));
  return (
    <>
      <ChoiceSetting
        setting="notices"
        value={values.notices}
        help={t("settings.notices.help")}
        data={settingsShape.shape.notices.options.map((value) => ({ value, label: t(`settings.notices.${value}`) }))}
      />
      {values.notices !== "off" && leave !== "granted" && (
        <p className={classes.elsewhere}>
          {t(leave === "denied" ? "settings.notices.denied" : "settings.notices.ask")}{" "}
          {leave === "default" && (
            <Button variant="default" onClick={() => void Notification.requestPermission().then(setLeave)}>
              {t("settings.notices.allow")}
            </Button>
          )}
        </p>
      )}
    </>
  );
}
