import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HistoryEntry } from "../../../../src/services/history/contract.ts";
import type { StationCommand } from "../../../../src/station/commands.ts";
import type { StationState } from "../../../../src/station/model.ts";
import { useCall } from "../../../core/core.tsx";
import { useDrawer } from "../../../navigation/drawer.tsx";
import { ConfirmInline } from "../../../ui/ConfirmInline.tsx";
import layout from "../../../ui/layout.module.css";
import { Failure } from "../../../ui/parts.tsx";
import classes from "../stations.module.css";
import { CommandNote } from "./CommandNote.tsx";
import { LazyRawCall } from "./LazyRawCall.tsx";
import { lastStationCommand } from "./outcome.ts";
import { TriggerSelect } from "./TriggerSelect.tsx";

// Not in the first load of the window: what stands behind a list to choose from is as large as the rest of this screen.
/** Commands that concern the station as a whole: reset, trigger, raw call. They stand at the top, always at the same place. */
export function StationCommands({ state, events }: { state: StationState; events: readonly HistoryEntry[] }) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const command = useCall("stations.command");
  const [trigger, setTrigger] = useState("StatusNotification");
  const offline = state.link.state !== "online";
  const why = t("stations.actions.offline");
  const last = lastStationCommand(state.commands);
  const send = (what: StationCommand) => void command.run({ identity: state.identity, command: what });
  return (
    <section className={classes.whole}>
      <h2 className="visually-hidden">{t("stations.commands.title")}</h2>
      <div className={layout.row}>
        <ConfirmInline
          command="reset"
          verb={t("stations.commands.resetSoft")}
          disabled={offline}
          why={why}
          onConfirm={() => send({ name: "reset", kind: "soft" })}
        >
          {t("stations.commands.resetSoftSentence")}
        </ConfirmInline>
        <ConfirmInline
          command="reset"
          verb={t("stations.commands.resetHard")}
          disabled={offline}
          why={why}
          onConfirm={() => send({ name: "reset", kind: "hard" })}
        >
          {t("stations.commands.resetHardSentence")}
        </ConfirmInline>
        <div className={layout.row}>
          <div className={classes.trigger}>
            <TriggerSelect value={trigger} onChange={setTrigger} />
          </div>
          <Button
            data-command="trigger"
            variant="default"
            disabled={offline}
            onClick={() => send({ name: "trigger", message: trigger })}
          >
            {t("stations.commands.triggerSend")}
          </Button>
        </div>
        <Button
          data-command="raw"
          variant="default"
          onClick={() => drawer.open(<LazyRawCall identity={state.identity} />, t("stations.raw.title"))}
        >
          {t("stations.commands.raw")}
        </Button>
      </div>
      {command.error && <Failure what={t("stations.outcome.failed")} error={command.error} />}
      {last && <CommandNote record={last} commands={state.commands} events={events} />}
    </section>
  );
}
