import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { keep, kept } from "../core/kept.ts";
import { useFocus } from "../navigation/focus.ts";
import { routeHash } from "../navigation/routes.ts";
import { ScreenIcon } from "./icons.tsx";
import { RailCount } from "./RailCount.tsx";
import classes from "./rail.module.css";
import { StationSwitch } from "./StationSwitch.tsx";
import { type Screen, type ScreenGroup, screenGroups, screens } from "./screens.ts";
import { useRefused } from "./use-refused.ts";

/** The station in focus and the screens, in three groups that fold: this station, what is done on purpose, this laptop. */
export function Rail({ current }: { current: string }) {
  const { t } = useTranslation();
  const { station, waiting } = useFocus();
  const refused = useRefused();
  const entry = (screen: Screen) => (
    <li key={screen.id}>
      <a
        className={classes.entry}
        href={routeHash(screen.id, { station: waiting ? undefined : station?.identity })}
        aria-current={screen.id === current ? "page" : undefined}
        title={t(`common.screens.${screen.id}`)}
      >
        <ScreenIcon id={screen.id} />
        <span className={classes.word}>{t(`common.screens.${screen.id}`)}</span>
        {screen.id === "findings" && station && (
          <RailCount count={station.findings} words={t("common.findings", { count: station.findings })} />
        )}
        {screen.id === "connection" && (
          <RailCount count={refused.length} words={t("common.shell.refusedCount", { count: refused.length })} />
        )}
        {screen.digit !== "" && <kbd className={classes.digit}>{screen.digit}</kbd>}
      </a>
    </li>
  );
  return (
    <section className={classes.rail} aria-label={t("common.shell.rail")}>
      <StationSwitch />
      {screenGroups.map((group) => {
        const own = screens.filter((screen) => screen.group === group);
        const here = own.some((screen) => screen.id === current);
        return (
          <Group key={group} group={group} here={here}>
            {own.map(entry)}
          </Group>
        );
      })}
    </section>
  );
}

/** Pixels that all entries take. Where the window is lower, what is seldom needed begins folded, so that the rest needs no scroll bar. */
const roomForAll = 840;

function unasked(group: ScreenGroup): "folded" | "open" {
  return group === "purpose" && window.innerHeight < roomForAll ? "folded" : "open";
}

/** A group of screens. The one in view is never folded away. The station's own head is the station above it. */
function Group({ group, here, children }: { group: ScreenGroup; here: boolean; children: ReactNode }) {
  const { t } = useTranslation();
  const [folded, setFolded] = useState(() => (kept(foldKey(group)) ?? unasked(group)) === "folded");
  const name = t(`common.shell.group.${group}`);
  if (group === "station")
    return (
      <nav aria-label={name}>
        <ul>{children}</ul>
      </nav>
    );
  const shown = here || !folded;
  function turn() {
    keep(foldKey(group), folded ? "open" : "folded");
    setFolded(!folded);
  }
  return (
    <nav aria-label={name}>
      <button type="button" className={classes.group} aria-expanded={shown} disabled={here} onClick={turn}>
        <span>{name}</span>
        <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
          <path d={shown ? "M3 6l5 5 5-5" : "M6 3l5 5-5 5"} fill="none" stroke="currentColor" strokeWidth="2" />
        </svg>
      </button>
      <ul hidden={!shown}>{children}</ul>
    </nav>
  );
}

function foldKey(group: ScreenGroup): string {
  return `rail.${group}`;
}
