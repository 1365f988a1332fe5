import { Fragment, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import { ageOf } from "../../../src/station/age.ts";
import type { StationState } from "../../../src/station/model.ts";
import { useWatch } from "../../core/core.tsx";
import { useDrawer } from "../../navigation/drawer.tsx";
import { useNow } from "../../ui/format/use-format.ts";
import { FrameView } from "../../ui/frames/FrameView.tsx";
import { type Column, DataTable } from "../../ui/lists/DataTable.tsx";
import { Busy, Duration, EmptyState, Failure, Quantity } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import { phaseColour } from "./chart/lines.ts";
import { type LiveRow, liveRows, placesOf } from "./live.ts";
import classes from "./metering.module.css";
import { PhaseTable } from "./PhaseTable.tsx";
import { byPhase, isOverdue, noteValue, type Rhythm } from "./phase-table.ts";
import { useMeterWords } from "./use-words.ts";

/** The latest value of everything that is measured, with its age and the frame it came in. */
export function MeterTable({ station }: { station: string }) {
  const { t } = useTranslation();
  const state = useSettled(useWatch("stations.state", { identity: station }), 250);
  if (state.state === "loading") return <Busy what={t("metering.loadingLive")} />;
  if (state.state === "failed") return <Failure what={t("metering.liveFailed")} error={state.error} />;
  return <LiveTable state={state.value} />;
}

function LiveTable({ state }: { state: StationState | null }) {
  const { t } = useTranslation();
  const words = useMeterWords();
  const drawer = useDrawer();
  const now = useNow();
  const rhythm = useRef<Rhythm>(new Map());
  const rows = state ? liveRows(state) : [];
  if (rows.length === 0) return <EmptyState title={t("metering.noLive")}>{t("metering.noLiveWhy")}</EmptyState>;
  const places = placesOf(rows);
  for (const { key, measuredAt } of rows) noteValue(rhythm.current, key, measuredAt);
  const isOld = (row: LiveRow) =>
    (state !== null && ageOf(state, row.frame) !== undefined) || isOverdue(rhythm.current, row.key, now);
  const open = (row: LiveRow) =>
    drawer.open(<FrameView seq={row.frame} />, t("common.frame.title", { seq: String(row.frame) }));
  const columns: Column<LiveRow>[] = [
    {
      id: "measurand",
      head: t("metering.columns.measurand"),
      cell: (row) =>
        row.again ? (
          <span className="visually-hidden">{words.measurand(row.measurand)}</span>
        ) : (
          <span className={classes.measurand}>
            {words.measurand(row.measurand)}
            {row.location !== undefined && `, ${shownText(row.location)}`}
            <span className="small muted">{breakable(row.measurand)}</span>
          </span>
        ),
    },
    {
      id: "phase",
      head: t("metering.columns.phase"),
      cell: (row) =>
        row.phase && (
          <span className={classes.phase}>
            <span className={classes.dot} data-phase={phaseColour(row.phase)} aria-hidden="true" />
            <Told text={row.phase} />
          </span>
        ),
    },
    {
      id: "value",
      head: t("metering.columns.value"),
      number: true,
      cell: (row) => (
        <span className={isOld(row) ? "muted" : undefined}>
          {row.signed ? t("metering.signed") : <Quantity value={row.value} unit={row.unit} />}
        </span>
      ),
    },
    { id: "age", head: t("metering.columns.age"), number: true, cell: (row) => <Duration since={row.measuredAt} /> },
    { id: "frame", head: t("metering.columns.frame"), number: true, cell: (row) => <u>{row.frame}</u> },
  ];
  return places.map(({ key, evse, connector, rows: mine }) => {
    const { phases, rest } = byPhase(mine);
    const where = places.length > 1 ? `, ${words.outlet(evse, connector)}` : "";
    return (
      <section key={key} className={classes.place}>
        {places.length > 1 && <h2>{capital(words.outlet(evse, connector))}</h2>}
        {phases.length > 0 && (
          <PhaseTable label={t("metering.phases") + where} phases={phases} isOld={isOld} onOpen={open} />
        )}
        {rest.length > 0 && (
          <DataTable
            label={t("metering.table") + where}
            rows={rest}
            columns={columns}
            rowKey={(row) => row.key}
            onOpen={open}
          />
        )}
      </section>
    );
  });
}

function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}

/** OCPP's names are long words: they may break after a dot. */
function breakable(name: string) {
  return shownText(name)
    .split(".")
    .map((part, index, all) => (
      <Fragment key={part}>
        {part}
        {index < all.length - 1 && "."}
        <wbr />
      </Fragment>
    ));
}

/** A value that changes at most once in `ms`, so that numbers can be read; the last one always comes. */
function useSettled<T>(value: T, ms: number): T {
  const [settled, setSettled] = useState(value);
  const [due, setDue] = useState(0);
  useEffect(() => {
    const wait = Math.max(0, due - Date.now());
    const timer = setTimeout(() => {
      setSettled(value);
      setDue(Date.now() + ms);
    }, wait);
    return () => clearTimeout(timer);
  }, [value, ms, due]);
  return settled;
}
