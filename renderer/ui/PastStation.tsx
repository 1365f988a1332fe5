import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EvseState, LinkState, StationState, Transaction } from "../../src/station/model.ts";
import { connectorLabel, connectorWord } from "../../src/station/views.ts";
import { durationText } from "../../src/words/format.ts";
import { useLoad } from "../core/core.tsx";
import { useFormat } from "./format/use-format.ts";
import { Busy, Facts, Failure, Time } from "./parts.tsx";
import { StateWord } from "./StateWord.tsx";
import { Told } from "./Told.tsx";
import classes from "./ui.module.css";

/** The station as it was once a frame was read, for the drawer; fetched when it is opened.
 * @param at our clock, when the frame passed */
export function PastStation(props: { identity: string; frame: number; at: number }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className={classes.summary}>{t("common.past.title")}</summary>
      {open && <PastFacts {...props} />}
    </details>
  );
}

function PastFacts({ identity, frame, at }: { identity: string; frame: number; at: number }) {
  const { t } = useTranslation();
  const past = useLoad("stations.stateAt", { identity, frame });
  if (past.state === "failed")
    return <Failure what={t("common.past.failed")} error={past.error} onRetry={past.reload} />;
  if (past.state === "loading") return <Busy what={t("common.past.loading")} />;
  const { state } = past.value;
  if (!state) return <p className="muted">{t("common.past.none")}</p>;
  const { link } = state;
  return (
    <Facts
      of={[
        [t("common.past.link"), <LinkWord key="link" link={link} />],
        ...state.evses.flatMap((evse) => [...connectorFacts(state, evse), ...sessionFacts(evse.transaction)]),
      ]}
    />
  );

  function connectorFacts(known: StationState, evse: EvseState) {
    return evse.connectors.map((connector) => {
      const label = connectorLabel(known, evse.evse, connector.connector);
      return [
        label.kind === "connector"
          ? t("stations.connector", { number: label.connector })
          : `${t("stations.evse", { number: evse.evse })} · ${t("stations.connector", { number: connector.connector })}`,
        <PastWord key="word" word={connectorWord(known, evse, connector)} since={connector.at} at={at} />,
      ] as const;
    });
  }

  function sessionFacts(transaction: Transaction | undefined) {
    if (!transaction) return [];
    return [
      [
        t("common.past.transaction", { id: transaction.id }),
        <PastSession key="session" transaction={transaction} at={at} />,
      ] as const,
    ];
  }
}

function LinkWord({ link: { state, since } }: { link: LinkState }) {
  const { t } = useTranslation();
  return (
    <>
      <StateWord state={state === "online" ? "Online" : "Offline"} />{" "}
      {since !== undefined && (
        <span className="muted small">
          {t("common.past.since")} <Time at={since} />
        </span>
      )}
    </>
  );
}

function PastWord({ word, since, at }: { word: string; since: number | undefined; at: number }) {
  return (
    <>
      <StateWord state={word} /> <Age since={since} at={at} />
    </>
  );
}

/** How long before the moment a thing had been said. */
function Age({ since, at }: { since: number | undefined; at: number }) {
  const { t } = useTranslation();
  if (since === undefined) return null;
  const before = at - since;
  return (
    <span className="muted small">
      {before < 1000 ? t("common.past.now") : t("common.past.before", { time: durationText(before) })}
    </span>
  );
}

function PastSession({ transaction, at }: { transaction: Transaction; at: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, energyWh, powerW, powerAt, word } = transaction;
  const running = state === "running";
  const parts = [
    t(`common.past.${state}`),
    energyWh !== null && format.quantity(energyWh, "Wh"),
    running && powerW !== null && format.quantity(powerW, "W"),
  ].filter((part) => part !== false);
  return (
    <>
      <Told text={parts.join(", ")} /> <Age since={running && powerW !== null ? powerAt : word.at} at={at} />
    </>
  );
}
