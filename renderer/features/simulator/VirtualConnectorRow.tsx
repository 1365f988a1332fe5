import { Autocomplete, Button, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SimulatorAction } from "../../../src/services/simulator/contract.ts";
import type { OcppVersion } from "../../../src/station/model.ts";
import { useWatch } from "../../core/core.tsx";
import layout from "../../ui/layout.module.css";
import { Quantity } from "../../ui/parts.tsx";
import { Shape } from "../../ui/StateWord.tsx";
import type { Tone } from "../../ui/status.ts";
import { HandOutcome } from "./HandOutcome.tsx";
import classes from "./simulator.module.css";
import { useHand } from "./use-hand.ts";
import { type FaultCode, faultCodes, stateOf, type VirtualConnector, type VirtualState } from "./virtual.ts";

const tones: Record<VirtualState, Tone> = {
  free: "available",
  plugged: "waiting",
  charging: "charging",
  faulted: "faulted",
};

type Props = { identity: string; ocpp: OcppVersion; connector: VirtualConnector };

/** One connector of a virtual station: its state in words, and what a hand can do to it. */
export function VirtualConnectorRow({ identity, ocpp, connector }: Props) {
  const { t } = useTranslation();
  const hand = useHand(identity, connector.evse);
  const tokens = useWatch("tokens.list", {});
  const [card, setCard] = useState("04A1B2C3D4E5F6");
  const [code, setCode] = useState<FaultCode>("GroundFailure");
  const state = stateOf(connector);
  const name = (action: SimulatorAction) =>
    t("simulator.namedConnector", {
      action: t(`simulator.actions.${action}`),
      station: identity,
      connector: connector.evse,
    });
  const button = (action: SimulatorAction, value?: string) => (
    <Button
      variant="default"
      disabled={value === ""}
      aria-label={name(action)}
      onClick={() => void hand.run(action, value)}
    >
      {t(`simulator.actions.${action}`)}
    </Button>
  );
  return (
    <div className={classes.connector}>
      <div className={classes.doing}>
        <h3>{t(ocpp === "1.6" ? "simulator.connector" : "simulator.evse", { connector: connector.evse })}</h3>
        <p className={classes.state} data-tone={tones[state]}>
          <Shape tone={tones[state]} />
          {t(`simulator.states.${state}`, { code: connector.fault ?? "" })}
        </p>
        <p className={classes.numbers}>
          <Quantity value={connector.power} unit="W" />
          <Quantity value={connector.energy} unit="Wh" />
          {connector.card && <span>{t("simulator.cardInUse", { card: connector.card })}</span>}
        </p>
      </div>
      <div className={layout.row} data-gap="16">
        <div className={classes.cable}>{button(connector.plugged ? "unplug" : "plug")}</div>
        <div className={classes.pair}>
          <Autocomplete
            aria-label={t("simulator.card")}
            value={card}
            data={tokens.value?.tokens.map((token) => token.value) ?? []}
            onChange={setCard}
            maxLength={ocpp === "1.6" ? 20 : 36}
            size="md"
            classNames={{ input: "mono", option: "mono" }}
            spellCheck={false}
          />
          {button("tap", card.trim())}
        </div>
        <div className={classes.pair}>
          {connector.fault === undefined && (
            <Select
              aria-label={t("simulator.fault")}
              className={classes.fault}
              value={code}
              data={faultCodes.map((value) => ({ value, label: `${value}: ${t(`simulator.faults.${value}`)}` }))}
              onChange={(value) => setCode(faultCodes.find((entry) => entry === value) ?? code)}
              comboboxProps={{ width: "max-content" }}
            />
          )}
          {connector.fault === undefined ? button("fault", code) : button("clear-fault")}
        </div>
      </div>
      <HandOutcome hand={hand} />
    </div>
  );
}
