import { useTranslation } from "react-i18next";
import type { Cause } from "../../../src/station/attempts.ts";
import { causeText } from "../../../src/words/spoken.ts";
import { useLanguage } from "../../i18n/index.ts";
import { Said } from "../../ui/Said.tsx";
import classes from "./attempts.module.css";

/** Why an attempt stopped, or what is odd about it, and what to do. */
export function CauseText({ cause }: { cause: Cause }) {
  const { t } = useTranslation();
  const { title, cure } = causeText(cause.code, useLanguage());
  return (
    <span className={classes.cause}>
      <span className={classes.causeTitle}>{title}</span>
      {(cause.said || cause.expected) && (
        <span className="small muted">
          {cause.said && (
            <>
              {t("attempts.said")} <Said of={cause.said} />
            </>
          )}
          {cause.said && cause.expected && ", "}
          {cause.expected && (
            <>
              {t("attempts.expected")} <Said of={cause.expected} />
            </>
          )}
        </span>
      )}
      <span>{cure}</span>
    </span>
  );
}
