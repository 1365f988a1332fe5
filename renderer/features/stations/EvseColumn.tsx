import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { HistoryEntry } from "../../../src/services/history/contract.ts";
import { ageOf } from "../../../src/station/age.ts";
import type { ConnectorState, EvseState, StationState } from "../../../src/station/model.ts";
import { connectorError, connectorLabel, connectorWord, takesOcpp } from "../../../src/station/views.ts";
import { durationText } from "../../../src/words/format.ts";
import { useNow } from "../../ui/format/use-format.ts";
import { Time } from "../../ui/parts.tsx";
import { StateWord } from "../../ui/StateWord.tsx";
import { Told } from "../../ui/Told.tsx";
import { Aged } from "./Aged.tsx";
import { CommandNote } from "./commands/CommandNote.tsx";
import { ConnectorCommands } from "./commands/ConnectorCommands.tsx";
import { lastCommandAt } from "./commands/outcome.ts";
import { Phases } from "./Phases.tsx";
import { PowerReading } from "./PowerReading.tsx";
import { Session } from "./Session.tsx";
import classes from "./stations.module.css";
import { FaultBox } from "./trouble/FaultBox.tsx";

type Props = { state: StationState; evse: EvseState; events: readonly HistoryEntry[] };

/** One EVSE as a column: status, commands directly under it, so that they stay where they are, fault, power, session, phases. */
export function EvseColumn({ state, evse, events }: Props) {
  const { t } = useTranslation();
  const id = useId();
  const several = evse.connectors.length > 1;
  const label = connectorLabel(state, evse.evse);
  const last = lastCommandAt(state.commands, evse.evse, evse.transaction?.id);
  return (
    <section className={classes.column} aria-labelledby={id}>
      <h2 className={classes.columnTitle} id={id}>
        {t(label.kind === "connector" ? "stations.connector" : "stations.evse", { number: evse.evse })}
      </h2>
      {evse.connectors.map((connector) => (
        <div key={connector.connector} className={classes.connector}>
          {several && <h3>{t("stations.connector", { number: connector.connector })}</h3>}
          <ConnectorStatusWord state={state} evse={evse} connector={connector} />
        </div>
      ))}
      {takesOcpp(state.link) && <ConnectorCommands state={state} evse={evse} />}
      {last && <CommandNote record={last} commands={state.commands} events={events} />}
      {evse.connectors.map((connector) => {
        const error = connectorError(state, connector);
        return error && <FaultBox key={connector.connector} error={error} />;
      })}
      <PowerReading state={state} evse={evse} />
      <Session state={state} evse={evse} />
      <Phases state={state} evse={evse} />
    </section>
  );
}

function ConnectorStatusWord({
  state,
  evse,
  connector,
}: {
  state: StationState;
  evse: EvseState;
  connector: ConnectorState;
}) {
  const { t } = useTranslation();
  const now = useNow();
  const { status, statusAt, at } = connector;
  if (!status)
    return (
      <div>
        <p>{t("stations.neverStatus")}</p>
        <p className="muted small">{t("stations.neverStatusHint")}</p>
      </div>
    );
  const age = ageOf(state, connector.frame);
  const word = connectorWord(state, evse, connector);
  const said = t(`common.status.${status}`);
  if (age === "before-boot")
    return (
      <div>
        <StateWord state={word} size="huge" old />
        <p className="muted">
          {t("stations.age.statusBefore", { status: said })} {at !== undefined && <Aged at={at} age={age} />}
        </p>
      </div>
    );
  const ownWord = t(`common.status.${word}`) !== status;
  // What nobody has said since is not known to go on: the clock stands where it was last known to run.
  const until = age === "offline" ? (state.link.since ?? now) : age ? (at ?? now) : now;
  return (
    <div>
      <StateWord state={word} size="huge" old={age !== undefined} />
      <p className="muted">
        {ownWord && (
          <>
            <Told text={status} />{" "}
          </>
        )}
        {statusAt !== undefined && (
          <>
            {t("stations.since")} <Time at={statusAt} /> (
            {durationText(Math.max(0, Math.floor((until - statusAt) / 1000) * 1000))})
          </>
        )}
        {age && at !== undefined && (
          <>
            , <Aged at={at} age={age} />
          </>
        )}
      </p>
    </div>
  );
}
