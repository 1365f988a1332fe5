import { useTranslation } from "react-i18next";
import { useWatch } from "../../core/core.tsx";
import layout from "../../ui/layout.module.css";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import { StartForm } from "./StartForm.tsx";
import { VirtualStationPanel } from "./VirtualStationPanel.tsx";

/** The virtual stations that run in this core, what hands can do to them, and a form that starts another. */
export function SimulatorScreen() {
  const { t } = useTranslation();
  const list = useWatch("simulator.list", {});
  return (
    <div className={layout.screen}>
      <header className={layout.head}>
        <h1>{t("common.screens.simulator")}</h1>
        <p className="muted">{t("simulator.intro")}</p>
      </header>
      {list.state === "loading" && <Busy what={t("simulator.loading")} />}
      {list.state === "failed" && <Failure what={t("simulator.failed")} error={list.error} />}
      {list.state === "ready" && (
        <>
          {list.value.length === 0 && <EmptyState title={t("simulator.none")}>{t("simulator.noneHint")}</EmptyState>}
          {list.value.map((station) => (
            <VirtualStationPanel key={station.identity} station={station} />
          ))}
          <StartForm running={list.value.map((station) => station.identity)} />
        </>
      )}
    </div>
  );
}
