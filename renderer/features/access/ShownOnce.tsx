import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import layout from "../../ui/layout.module.css";
import { CopyButton } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import classes from "./access.module.css";

/** A password that was made: it is on screen until one says that it is noted, and nowhere else. */
export function ShownOnce({ password, onNoted }: { password: string; onNoted: () => void }) {
  const { t } = useTranslation();
  return (
    <div className={ui.attention} role="status">
      <p>{t("access.password.shown")}</p>
      <code className={classes.secret}>{password}</code>
      <div className={layout.row}>
        <CopyButton text={password} label={t("access.password.copy")} />
        <Button variant="default" onClick={onNoted}>
          {t("access.password.noted")}
        </Button>
      </div>
    </div>
  );
}
