import { useTranslation } from "react-i18next";
import type { StationState } from "../../../../src/station/model.ts";
import { useCall } from "../../../core/core.tsx";
import { ConfirmInline } from "../../../ui/ConfirmInline.tsx";
import { Failure } from "../../../ui/parts.tsx";
import classes from "../stations.module.css";

/** Takes the whole station out of service, and puts it back. */
export function StationAvailability({ state }: { state: StationState }) {
  const { t } = useTranslation();
  const command = useCall("stations.command");
  const closed = state.station?.status === "Unavailable";
  return (
    <section className={classes.whole}>
      <div>
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
      </div>
      {command.error && <Failure what={t("stations.outcome.failed")} error={command.error} />}
    </section>
  );
}
