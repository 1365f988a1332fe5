import { useTranslation } from "react-i18next";
import type { FrameDetail } from "../../../src/services/messages/contract.ts";
import type { SummaryLabel } from "../../../src/station/model.ts";
import { routeHash } from "../../navigation/routes.ts";
import layout from "../layout.module.css";
import classes from "../ui.module.css";

const followed = ["transaction", "token", "evse", "connector"] as const satisfies readonly SummaryLabel[];

/** The ways from a frame to its conversation: all that belongs to the same transaction, card or connector, or is of the same kind. Each
 * sets the filter of Messages, where it stands and can be cleared. */
export function Related({ frame }: { frame: FrameDetail }) {
  const { t } = useTranslation();
  const { seq, station, action, summary, partner } = frame;
  const fields = followed.flatMap((label) => {
    const value = summary.find((field) => field.label === label)?.value;
    return value === undefined || value.includes('"') ? [] : [{ label, value }];
  });
  const link = (filter: string) =>
    routeHash("messages", {
      station: station || undefined,
      filter: `${station ? "" : "station:* "}${filter} #${Math.min(seq, partner?.seq ?? seq)}`,
    });
  return (
    <nav aria-label={t("common.related.title")}>
      <p className="small muted">{t("common.related.title")}</p>
      <div className={layout.row} data-gap="16">
        {fields.map(({ label, value }) => (
          <a key={label} className={classes.link} href={link(`${label}:"${value}"`)}>
            {t(`common.related.${label}`, { value })}
          </a>
        ))}
        {action !== null && !action.includes('"') && (
          <a className={classes.link} href={link(`action:"${action}"`)}>
            {t("common.related.action", { value: action })}
          </a>
        )}
      </div>
    </nav>
  );
}
