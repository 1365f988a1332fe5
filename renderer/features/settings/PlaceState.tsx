import { useTranslation } from "react-i18next";
import type { CoreStatus, ListeningPlace } from "../../../src/services/connection/contract.ts";
import { Shape } from "../../ui/StateWord.tsx";
import { placeText, problemText } from "../connection/addresses.ts";
import type { Place } from "./places.ts";
import classes from "./settings.module.css";

type Props = { place: Place; outcome: ListeningPlace | undefined; status: CoreStatus | undefined };

/** Whether a place is open, and why not. */
export function PlaceState({ place, outcome, status }: Props) {
  const { t } = useTranslation();
  if (!status) return null;
  if (!outcome) {
    const instead = status.listening.map(placeText).join(", ");
    return (
      <p className={classes.warning} data-tone="waiting">
        <Shape tone="waiting" />
        <span>{t("settings.places.notUsed", { instead })}</span>
      </p>
    );
  }
  if (outcome.problem !== undefined)
    return (
      <p className={classes.warning} data-tone="faulted">
        <Shape tone="faulted" />
        <span>{t("settings.places.shut", { why: problemText(t, outcome.problem) })}</span>
      </p>
    );
  const moved = outcome.port !== place.port;
  return (
    <p className={classes.warning} data-tone={moved ? "waiting" : "charging"}>
      <Shape tone={moved ? "waiting" : "charging"} />
      <span>
        {moved ? t("settings.places.moved", { port: String(outcome.port) }) : t("settings.places.open")}
        {place.mode !== "ws" && !status.secure && ` ${t("settings.places.noTls")}`}
      </span>
    </p>
  );
}
