import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useCall, useWatch } from "../../core/core.tsx";
import { useFocus } from "../../navigation/focus.ts";
import layout from "../../ui/layout.module.css";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import { FaultForm } from "./FaultForm.tsx";

/** Faults on purpose for the station in focus: what is on, and what can be put in. */
export function FaultsScreen() {
  const { t } = useTranslation();
  const { station } = useFocus();
  return (
    <div className={layout.screen} data-width="narrow">
      <header>
        <h1>{t("common.screens.faults")}</h1>
        {station && <p className="muted">{t("faults.intro", { station: station.identity })}</p>}
      </header>
      {station ? (
        <>
          <ActiveFaults identity={station.identity} key={station.identity} />
          <section className={layout.section} data-align="start" aria-labelledby="faults-put">
            <h2 id="faults-put">{t("faults.put")}</h2>
            <FaultForm identity={station.identity} key={station.identity} />
          </section>
        </>
      ) : (
        <EmptyState title={t("faults.noStation")}>{t("faults.noStationHint")}</EmptyState>
      )}
    </div>
  );
}

function ActiveFaults({ identity }: { identity: string }) {
  const { t } = useTranslation();
  const state = useWatch("faults.state", { identity });
  const clear = useCall("faults.clear");
  if (state.state === "failed") return <Failure what={t("faults.failed")} error={state.error} />;
  if (state.state === "loading") return <Busy what={t("faults.loading")} />;
  const { active } = state.value;
  return (
    <section className={layout.section} data-align="start" aria-labelledby="faults-active">
      <h2 id="faults-active">{t("faults.active")}</h2>
      <p>{active.length === 0 ? t("faults.none") : t("faults.some", { count: active.length })}</p>
      {active.length > 1 && (
        <Button variant="default" onClick={() => void clear.run({ identity })}>
          {t("faults.turnOffAll")}
        </Button>
      )}
      {clear.error && <Failure what={t("faults.notDone")} error={clear.error} />}
    </section>
  );
}
