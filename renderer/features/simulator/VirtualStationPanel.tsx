import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { VirtualStation } from "../../../src/services/simulator/contract.ts";
import { useCall } from "../../core/core.tsx";
import { go } from "../../navigation/routes.ts";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import { StateWord } from "../../ui/StateWord.tsx";
import { Told } from "../../ui/Told.tsx";
import { HandOutcome } from "./HandOutcome.tsx";
import { QuirksChoice } from "./QuirksChoice.tsx";
import classes from "./simulator.module.css";
import { useHand } from "./use-hand.ts";
import { VirtualConnectorRow } from "./VirtualConnectorRow.tsx";

/** One virtual station: what it is doing, its link, and a row per connector. */
export function VirtualStationPanel({ station }: { station: VirtualStation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { identity } = station;
  const hand = useHand(identity);
  const stop = useCall("simulator.stop");
  const misbehave = useCall("simulator.misbehave");
  const link = station.dropped ? "restore-link" : "drop-link";
  const charging = station.connectors.some((connector) => connector.charging);
  const speed = format.number(station.speed, Number.isInteger(station.speed) ? 0 : 1);
  return (
    <section className={classes.station} aria-label={identity}>
      <div className={classes.bar}>
        <div>
          <h2 className="mono">
            <Told text={identity} />
          </h2>
          <p className="muted">
            OCPP {station.ocpp}, {t(`simulator.scenarios.${station.scenario}`)}
            {station.speed !== 1 && `, ${t("simulator.speedTimes", { speed })}`}
          </p>
          <p className={layout.row} data-gap="12">
            <StateWord state={station.linked ? "Online" : "Offline"} />
            {!station.linked && station.dropped && <span className="muted">{t("simulator.link.dropped")}</span>}
            {station.queued > 0 && <span>{t("simulator.link.queued", { count: station.queued })}</span>}
          </p>
        </div>
        <div className={layout.row} data-gap="12">
          <HandOutcome hand={hand} />
          <Button
            variant="default"
            aria-label={t("simulator.named", { action: t(`simulator.actions.${link}`), station: identity })}
            onClick={() => void hand.run(link)}
          >
            {t(`simulator.actions.${link}`)}
          </Button>
          <Button variant="default" onClick={() => go("overview", { station: identity })}>
            {t("simulator.actions.open")}
          </Button>
          <ConfirmInline
            verb={t("simulator.actions.stop")}
            onConfirm={() => void stop.run({ identity })}
            immediate={!charging}
          >
            {t("simulator.stopQuestion", { station: identity })}
          </ConfirmInline>
        </div>
      </div>
      <QuirksChoice
        name={t("simulator.quirks.named", { station: identity })}
        value={station.quirks}
        onChange={(quirks) => void misbehave.run({ identity, quirks })}
      />
      {misbehave.error && <Failure what={t("simulator.quirks.failed")} error={misbehave.error} />}
      {stop.error && <Failure what={t("simulator.stopFailed")} error={stop.error} />}
      {station.connectors.map((connector) => (
        <VirtualConnectorRow
          key={`${connector.evse} ${connector.connector}`}
          identity={identity}
          ocpp={station.ocpp}
          connector={connector}
        />
      ))}
    </section>
  );
}
