import { type KeyboardEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StationSummary } from "../../../src/services/stations/contract.ts";
import { durationText } from "../../../src/words/format.ts";
import { useFocus } from "../../navigation/focus.ts";
import { focusStation, routeHash } from "../../navigation/routes.ts";
import { useNow } from "../../ui/format/use-format.ts";
import { StateWord } from "../../ui/StateWord.tsx";
import { stationWord } from "../../ui/status.ts";
import { Told } from "../../ui/Told.tsx";
import classes from "./rail.module.css";

/** Of more than these one finds the others by typing. */
const mostShown = 50;

/** The station in focus with its state and signal of life; a click lists the others. */
export function StationSwitch() {
  const { t } = useTranslation();
  const { station, stations, idle } = useFocus();
  const [open, setOpen] = useState(false);
  const [query, setQuery] = useState("");
  const wanted = query.trim().toLowerCase();
  const box = useRef<HTMLDivElement>(null);
  if (!station)
    return (
      <div className={classes.noFocus} data-head>
        {t("common.shell.notConnected")}
      </div>
    );
  const all = stations.value ?? [];
  const found = wanted === "" ? all : all.filter(({ identity }) => identity.toLowerCase().includes(wanted));
  const shown = found.slice(0, mostShown);

  function press(event: KeyboardEvent) {
    const buttons = [...(box.current?.querySelectorAll<HTMLElement>("button, input, a") ?? [])];
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const next = buttons[buttons.findIndex((one) => one.matches(":focus")) + step];
    if (!open || (step === 0 && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    if (step !== 0) return next?.focus();
    setOpen(false);
    buttons[0]?.focus();
  }
  return (
    <div className={classes.switch} ref={box}>
      <button
        type="button"
        className={classes.focus}
        data-head
        aria-expanded={open}
        title={t("common.shell.switch")}
        onClick={() => setOpen(!open)}
        onKeyDown={press}
      >
        {idle ? (
          <span className={classes.identity}>{t("common.shell.nobodyOnline")}</span>
        ) : (
          <>
            <span className={classes.identity}>
              <Told text={station.identity} />
            </span>
            <StateWord state={stationWord(station)} />
          </>
        )}
        <span className={classes.heard}>
          {idle ? t("common.shell.onRecord", { count: all.length }) : <Heard station={station} />}
        </span>
      </button>
      {open && all.length > mostShown && (
        <input
          type="search"
          className={classes.search}
          aria-label={t("common.shell.find")}
          placeholder={t("common.shell.find")}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={press}
        />
      )}
      {open && (
        <ul className={classes.others} aria-label={t("common.shell.others")}>
          {shown.map((entry) => (
            <li key={entry.identity}>
              <button
                type="button"
                className={classes.other}
                aria-current={!idle && entry.identity === station.identity}
                onKeyDown={press}
                onClick={() => {
                  focusStation(entry.identity);
                  setOpen(false);
                }}
              >
                <span className={classes.identity}>
                  <Told text={entry.identity} />
                </span>
                <StateWord state={stationWord(entry)} />
                {entry.onPurpose.length > 0 && (
                  <span className={classes.heard}>
                    {entry.onPurpose.map((what) => t(`common.screens.${what}`)).join(", ")}
                  </span>
                )}
              </button>
            </li>
          ))}
          {found.length > shown.length && (
            <li className={classes.more}>{t("common.shell.more", { count: found.length - shown.length })}</li>
          )}
          <li>
            <a className={classes.other} href={routeHash("stations")} onKeyDown={press} onClick={() => setOpen(false)}>
              {t("common.shell.glance")}
            </a>
          </li>
        </ul>
      )}
    </div>
  );
}

function Heard({ station }: { station: StationSummary }) {
  const { t } = useTranslation();
  const ago = Math.max(0, Math.floor((useNow() - station.lastSeenAt) / 1000) * 1000);
  return t("common.shell.heard", { ago: durationText(ago) });
}
