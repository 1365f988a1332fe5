import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useConnection, useWatch } from "../core/core.tsx";
import { timeText } from "../ui/format.ts";
import classes from "./shell.module.css";

/** What is wrong with Plugside itself, in words over everything: no connection to the core, or a record that cannot be written. */
export function Banners() {
  const { t } = useTranslation();
  const connection = useConnection();
  const status = useWatch("connection.status", {});
  const [lostAt, setLostAt] = useState<number | null>(null);
  useEffect(() => {
    if (connection === "open") setLostAt(null);
    else if (connection === "closed") setLostAt((before) => before ?? Date.now());
  }, [connection]);
  const problem = status.value?.storeProblem;
  return (
    <>
      {lostAt !== null && (
        <p className={classes.banner} role="alert">
          {t("common.shell.lost", { time: timeText(lostAt) })}
        </p>
      )}
      {problem && (
        <p className={classes.banner} role="alert">
          {t("common.shell.storeProblem", { why: problem })}
        </p>
      )}
    </>
  );
}
