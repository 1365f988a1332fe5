import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useConnection, useWatch } from "../core/core.tsx";
import { timeText } from "../ui/format.ts";
import { routeHash } from "./routes.ts";
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
  const waiting = useWatch("access.waiting", {});
  const asking = (waiting.value ?? []).filter(({ state }) => state === "asked").map(({ identity }) => identity);
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
      {asking.length > 0 && (
        <p className={classes.banner} role="status">
          {t("access.waiting.banner", { count: asking.length, stations: asking.slice(0, 3).join(", ") })}{" "}
          <a href={routeHash("access")}>{t("access.waiting.decide")}</a>
        </p>
      )}
    </>
  );
}
