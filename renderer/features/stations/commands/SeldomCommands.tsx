import { useTranslation } from "react-i18next";
import type { StationState } from "../../../../src/station/model.ts";
import { useCall } from "../../../core/core.tsx";
import { ConfirmInline } from "../../../ui/ConfirmInline.tsx";
import layout from "../../../ui/layout.module.css";
import { Failure } from "../../../ui/parts.tsx";
import classes from "../stations.module.css";

/** What is seldom asked of the whole station: to be out of service or back in it, to forget the cards that it remembers. */
export function SeldomCommands({ state }: { state: StationState }) {
  const { t } = useTranslation();
  const command = useCall("stations.command");
  const closed = state.station?.status === "Unavailable";
  return (
    <section className={classes.whole}>
      <div className={layout.row}>
        <ConfirmInline
          verb={t(closed ? "stations.actions.openUpStation" : "stations.actions.closeStation")}
          disabled={state.link.state !== "online"}
          why={t("stations.actions.offline")}
          immediate={closed}
          onConfirm={() =>
            void command.run({
              identity: state.identity,
              command: { name: "availability", evse: 0, operative: closed },
            })
          }
        >
          {t("stations.actions.closeStationSentence")}
        </ConfirmInline>
        <ConfirmInline
          verb={t("stations.commands.clearCache")}
          disabled={state.link.state !== "online"}
          why={t("stations.actions.offline")}
          onConfirm={() => void command.run({ identity: state.identity, command: { name: "clear-cache" } })}
        >
          {t("stations.commands.clearCacheSentence")}
        </ConfirmInline>
      </div>
      {command.error && <Failure what={t("stations.outcome.failed")} error={command.error} />}
    </section>
  );
}
