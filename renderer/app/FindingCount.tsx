import { useTranslation } from "react-i18next";
import classes from "./rail.module.css";

/** How many findings an entry of the rail has to tell of; nothing when none. */
export function FindingCount({ count }: { count: number }) {
  const { t } = useTranslation();
  if (count === 0) return null;
  return (
    <span className={classes.count} title={t("common.findings", { count })}>
      <span aria-hidden="true">{count}</span>
      <span className="visually-hidden">{t("common.findings", { count })}</span>
    </span>
  );
}
