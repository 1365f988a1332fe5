import { useTranslation } from "react-i18next";
import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import type { StationEvent } from "../../../src/station/events.ts";
import { capital } from "../../../src/station/telling/say.ts";
import { tell } from "../../../src/station/telling/sentences.ts";
import { routeHash } from "../../navigation/routes.ts";
import { Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import ui from "../../ui/ui.module.css";
import { useSay } from "../history/use-say.ts";
import { withFaults } from "../history/with-faults.ts";
import classes from "./stations.module.css";

/** Told elsewhere on the screen, or again by what follows. */
const told: readonly StationEvent["kind"][] = ["found", "command-sent", "transaction-updated"];

/** The last eight events, newest first; the History screen holds all. */
export function LastEvents({ identity, events }: { identity: string; events: readonly HistoryEntry[] }) {
  const { t } = useTranslation();
  const say = useSay();
  const last = withFaults(events).filter(({ event }) => !told.includes(event.kind));
  return (
    <section>
      <h2>{t("stations.events.title")}</h2>
      {last.length === 0 && <p className="muted">{t("stations.events.none")}</p>}
      <ol className={classes.events}>
        {last
          .slice(-8)
          .reverse()
          .map(({ event, lastedMs }) => (
            <li key={`${event.seq} ${event.kind}`}>
              <Time at={event.ownAt ?? event.at} />
              <span>
                <Told text={capital(say(tell(event, lastedMs).main))} />
                {event.ownAt !== undefined && (
                  <span className="muted">
                    {" "}
                    ({t("stations.events.late")} <Time at={event.at} />)
                  </span>
                )}
              </span>
            </li>
          ))}
      </ol>
      <a className={ui.link} href={routeHash("history", { station: identity })}>
        {t("stations.events.all")}
      </a>
    </section>
  );
}
