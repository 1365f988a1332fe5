import { TextInput } from "@mantine/core";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";
import { isBeforeBoot, transactionFrame } from "../../../../src/station/age.ts";
import type { StationCommand } from "../../../../src/station/commands.ts";
import type { EvseState, StationState } from "../../../../src/station/model.ts";
import { shownToken } from "../../../../src/station/views.ts";
import { useCall } from "../../../core/core.tsx";
import { ConfirmInline } from "../../../ui/ConfirmInline.tsx";
import layout from "../../../ui/layout.module.css";
import { Failure } from "../../../ui/parts.tsx";

/** Start, stop, unlock and availability of one EVSE. */
export function ConnectorCommands({ state, evse }: { state: StationState; evse: EvseState }) {
  const { t } = useTranslation();
  const command = useCall("stations.command");
  const last = evse.transaction?.token;
  // A pin is not offered again: it would stand there to be read.
  const [card, setCard] = useState(last && shownToken(last) === last.value ? last.value : "");
  const running = evse.transaction?.state === "running" ? evse.transaction : null;
  const offline = state.link.state !== "online";
  const several = evse.connectors.length > 1;
  const why = offline ? t("stations.actions.offline") : undefined;
  const number = evse.evse;
  const send = (what: StationCommand) => void command.run({ identity: state.identity, command: what });

  return (
    <div className={layout.row} data-evse={number}>
      <ConfirmInline
        command="start"
        verb={t("stations.actions.start")}
        disabled={offline || (running !== null && !isBeforeBoot(state, transactionFrame(running)))}
        why={why ?? t("stations.actions.running")}
        incomplete={card.trim() === ""}
        onConfirm={() => {
          const connector = several ? undefined : evse.connectors[0]?.connector;
          send({ name: "start", evse: evse.evse, connector, token: { value: card.trim() } });
        }}
      >
        <p>{t("stations.actions.startSentence", { number })}</p>
        <TextInput
          label={t("stations.actions.card")}
          value={card}
          onChange={(event) => setCard(event.currentTarget.value)}
          maxLength={255}
          spellCheck={false}
          autoComplete="off"
        />
      </ConfirmInline>
      <ConfirmInline
        command="stop"
        verb={t("stations.actions.stop")}
        disabled={offline || running === null}
        why={why ?? t("stations.actions.noSession")}
        onConfirm={() => running && send({ name: "stop", transaction: running.id })}
      >
        {t("stations.actions.stopSentence", { number })}
      </ConfirmInline>
      {evse.connectors.map(({ connector, status }) => {
        const suffix = several ? ` ${connector}` : "";
        const place = { number: several ? connector : number };
        const closed = status === "Unavailable";
        const availability = {
          name: "availability",
          evse: evse.evse,
          connector: several ? connector : undefined,
        } as const;
        return (
          <Fragment key={connector}>
            <ConfirmInline
              command="unlock"
              verb={t("stations.actions.unlock") + suffix}
              disabled={offline}
              why={why}
              onConfirm={() => send({ name: "unlock", evse: evse.evse, connector })}
            >
              {t("stations.actions.unlockSentence", place)}
            </ConfirmInline>
            <ConfirmInline
              command="availability"
              verb={t(closed ? "stations.actions.openUp" : "stations.actions.close") + suffix}
              disabled={offline}
              why={why}
              immediate={closed}
              onConfirm={() => send({ ...availability, operative: closed })}
            >
              {t("stations.actions.closeSentence", place)}
            </ConfirmInline>
          </Fragment>
        );
      })}
      {command.error && <Failure what={t("stations.outcome.failed")} error={command.error} />}
    </div>
  );
}
