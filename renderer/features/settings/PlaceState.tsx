import { useTranslation } from "react-i18next";
import type { CoreStatus, ListeningPlace } from "../../../src/services/connection/contract.ts";
import { Remark } from "../../ui/Remark.tsx";
import { placeText, problemText } from "../connection/address-list.ts";
import type { Place } from "./places.ts";

type Props = { place: Place; outcome: ListeningPlace | undefined; status: CoreStatus | undefined };

/** Whether a place is open, and why not. */
export function PlaceState({ place, outcome, status }: Props) {
  const { t } = useTranslation();
  if (!status) return null;
  if (!outcome) {
    const instead = status.listening.map(placeText).join(", ");
    return <Remark>{t("settings.places.notUsed", { instead })}</Remark>;
  }
  if (outcome.problem !== undefined)
    return <Remark tone="faulted">{t("settings.places.shut", { why: problemText(t, outcome.problem) })}</Remark>;
  const moved = outcome.port !== place.port;
  return (
    <Remark tone={moved ? "waiting" : "charging"}>
      {moved ? t("settings.places.moved", { port: String(outcome.port) }) : t("settings.places.open")}
      {place.mode !== "ws" && !status.secure && ` ${t("settings.places.noTls")}`}
    </Remark>
  );
}
