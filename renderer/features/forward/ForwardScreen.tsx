import { useTranslation } from "react-i18next";
import type { StationSummary } from "../../../src/services/stations/contract.ts";
import { useWatch } from "../../core/core.tsx";
import { useFocus } from "../../navigation/focus.ts";
import layout from "../../ui/layout.module.css";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import { Holding } from "./Holding.tsx";
import { Inject } from "./Inject.tsx";
import { Legs } from "./Legs.tsx";
import { SetUp } from "./SetUp.tsx";

/** Forward mode for the station in focus: both legs, where to, what is held, and what is put in by hand. */
export function ForwardScreen() {
  const { t } = useTranslation();
  const { station } = useFocus();
  return (
    <div className={layout.screen} data-width="narrow">
      <header>
        <h1>{t("common.screens.forward")}</h1>
        {station && <p className="muted">{t("forward.intro", { station: station.identity })}</p>}
      </header>
      {station ? (
        <StationForward station={station} key={station.identity} />
      ) : (
        <EmptyState title={t("forward.noStation")}>{t("forward.noStationHint")}</EmptyState>
      )}
    </div>
  );
}

function StationForward({ station: { identity, link } }: { station: StationSummary }) {
  const { t } = useTranslation();
  const state = useWatch("forward.state", { identity });
  if (state.state === "failed") return <Failure what={t("forward.failed")} error={state.error} />;
  if (state.state === "loading") return <Busy what={t("forward.loading")} />;
  const { value } = state;
  const on = value.setup?.on === true && link.state === "online";
  return (
    <>
      <Legs identity={identity} link={link} state={value} />
      {on && <Holding identity={identity} state={value} />}
      <SetUp identity={identity} setup={value.setup} />
      {on && <Inject identity={identity} />}
    </>
  );
}
