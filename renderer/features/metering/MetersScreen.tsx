import "uplot/dist/uPlot.min.css";
import { Button, SegmentedControl } from "@mantine/core";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { timeText } from "../../../src/words/format.ts";
import { useWatch } from "../../core/core.tsx";
import { useFocus } from "../../navigation/focus.ts";
import { useRoute } from "../../navigation/routes.ts";
import { ExportMenu } from "../../ui/lists/ExportMenu.tsx";
import { MomentForm } from "../../ui/MomentForm.tsx";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import { stretchOf, type View, type WindowName, windowNames, windows } from "./chart/axes.ts";
import { MeterCharts } from "./MeterCharts.tsx";
import { MeterTable } from "./MeterTable.tsx";
import classes from "./metering.module.css";
import { useMeterSource } from "./use-meters.ts";

/** Everything that is measured: charts with one cursor, and the latest values beside them. */
export function MetersScreen() {
  const { t } = useTranslation();
  const { station, stations } = useFocus();
  return (
    <div className={classes.screen}>
      {station ? (
        <Meters station={station.identity} key={station.identity} />
      ) : (
        <>
          <h1>{t("common.screens.meters")}</h1>
          {stations.state === "loading" && <Busy what={t("common.loading")} />}
          {stations.state === "failed" && <Failure what={t("metering.failed")} error={stations.error} />}
          {stations.state === "ready" && (
            <EmptyState title={t("common.noStation")}>{t("common.noStationHint")}</EmptyState>
          )}
        </>
      )}
    </div>
  );
}

function Meters({ station }: { station: string }) {
  const { t } = useTranslation();
  const source = useMeterSource(station);
  const known = useWatch("stations.state", { identity: station });
  const { params } = useRoute();
  const [view, setView] = useState<View>({ mode: "live", window: "m10" });
  const first = known.value?.firstSeenAt ?? null;
  const { window: chosen } = view;
  useEffect(() => {
    const asked = viewOf(params);
    if (asked) setView(asked);
  }, [params]);
  useEffect(() => {
    if (view.mode === "still") source?.reach(view.from);
  }, [source, view]);
  useEffect(() => {
    // An hour at least: the windows one looks at first are then there at once.
    const length = windows[chosen] ?? (first === null ? null : Date.now() - first);
    if (length !== null) source?.reach(Date.now() - Math.max(length, windows.h1));
  }, [source, chosen, first]);
  const state = source?.state;
  function goTo(at: number) {
    const half = (windows[chosen] ?? windows.h1) / 2;
    setView({ mode: "still", window: chosen, from: at - half, to: at + half });
  }
  function toggle() {
    if (view.mode === "still") return setView({ mode: "live", window: view.window });
    setView({ mode: "still", window: view.window, ...stretchOf(view, Date.now(), first ?? Date.now()) });
  }
  return (
    <>
      <header className={classes.head}>
        <h1>{t("common.screens.meters")}</h1>
        <SegmentedControl
          aria-label={t("metering.window")}
          size="md"
          value={chosen}
          onChange={(name) => setView({ mode: "live", window: name as WindowName })}
          data={windowNames.map((value) => ({ value, label: t(`metering.windows.${value}`) }))}
        />
        <Button variant="default" onClick={toggle} aria-pressed={view.mode === "still"}>
          {t(view.mode === "still" ? "metering.resume" : "metering.pause")}
        </Button>
        <MomentForm onGo={goTo} />
        <ExportMenu wish={() => ({ list: "samples", station, ...stretchOf(view, Date.now(), first ?? 0) })} />
        <span className="muted" role="status">
          {view.mode === "still" && t("metering.paused", { from: timeText(view.from), to: timeText(view.to) })}
          {state?.state === "ready" && state.busy && ` ${t("metering.loadingOlder")}`}
        </span>
      </header>
      {state?.state === "failed" && (
        <Failure what={t("metering.failed")} error={state.error} onRetry={() => source?.retry()} />
      )}
      <div className={classes.columns}>
        <div className={classes.charts}>
          {(!state || state.state === "loading") && <Busy what={t("metering.loading")} />}
          {source && (state?.state === "ready" || source.lines.shape > 0) && (
            <MeterCharts source={source} station={station} view={view} first={first} onView={setView} />
          )}
        </div>
        {source && source.lines.shape > 0 && (
          <section className={classes.table} aria-label={t("metering.table")}>
            <MeterTable station={station} />
          </section>
        )}
      </div>
    </>
  );
}

/** The stretch that a link asks for (`from`, `to`: our clock; without `to` until now), with a little room on both sides. */
function viewOf(params: URLSearchParams): View | null {
  const from = Number(params.get("from") ?? Number.NaN);
  const to = Number(params.get("to") ?? Date.now());
  if (!Number.isFinite(from) || !Number.isFinite(to) || from >= to) return null;
  const room = Math.max(5_000, (to - from) * 0.03);
  return { mode: "still", window: "m10", from: from - room, to: to + room };
}
