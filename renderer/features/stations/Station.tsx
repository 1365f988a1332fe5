import { useTranslation } from "react-i18next";
import type { StationState } from "../../../src/station/model.ts";
import { connectorError, takesOcpp } from "../../../src/station/views.ts";
import { useWatch } from "../../core/core.tsx";
import { routeHash } from "../../navigation/routes.ts";
import { EmptyState } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import ui from "../../ui/ui.module.css";
import { useThrottled } from "../../ui/use-throttled.ts";
import { Counts } from "./Counts.tsx";
import { SeldomCommands } from "./commands/SeldomCommands.tsx";
import { StationCommands } from "./commands/StationCommands.tsx";
import { EvseColumn } from "./EvseColumn.tsx";
import { Findings } from "./Findings.tsx";
import { Forget } from "./Forget.tsx";
import { Identity } from "./Identity.tsx";
import { LastEvents } from "./LastEvents.tsx";
import classes from "./stations.module.css";
import { FaultBox } from "./trouble/FaultBox.tsx";
import { OfflineBox } from "./trouble/OfflineBox.tsx";

/** One station: why it is away, what can be asked of it, its connectors, who it is, what is wrong, and what happened last. */
export function Station({ state: fresh }: { state: StationState }) {
  const { t } = useTranslation();
  const state = useThrottled(fresh);
  const history = useWatch("history.live", { station: state.identity });
  const events = history.value ?? [];
  const { carrier } = state.link;
  const error = state.station && connectorError(state, state.station);
  return (
    <div className={classes.overview}>
      <div className={classes.main}>
        <h1 className="visually-hidden">
          <Told text={state.identity} />
        </h1>
        {state.link.state === "offline" && <OfflineBox state={state} events={events} />}
        {takesOcpp(state.link) ? (
          <StationCommands state={state} events={events} />
        ) : (
          <p>
            <a className={ui.link} href={routeHash(carrier === "console" ? "console" : "modbus")}>
              {t(carrier === "console" ? "stations.overConsole" : "stations.overModbus")}
            </a>
          </p>
        )}
        {error && (
          <section>
            <h2>{t("stations.whole")}</h2>
            <FaultBox error={error} />
          </section>
        )}
        <Counts state={state} />
        {state.evses.length === 0 ? (
          <EmptyState title={t("stations.noConnectors", { identity: state.identity })}>
            {t("stations.noConnectorsHint")}
          </EmptyState>
        ) : (
          <div className={classes.columns}>
            {state.evses.map((evse) => (
              <EvseColumn key={evse.evse} state={state} evse={evse} events={events} />
            ))}
          </div>
        )}
        {takesOcpp(state.link) && <SeldomCommands state={state} />}
      </div>
      <aside className={classes.side} aria-label={t("stations.identity.title")}>
        <Identity state={state} />
        <Findings state={state} />
        <LastEvents identity={state.identity} events={events} />
        <Forget state={state} />
      </aside>
    </div>
  );
}
