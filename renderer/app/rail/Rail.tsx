import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { keep, kept } from "../../core/kept.ts";
import { useFocus } from "../../navigation/focus.ts";
import { routeHash } from "../../navigation/routes.ts";
import { type Screen, type ScreenGroup, screenGroups, screens } from "../screens.ts";
import { useRefused } from "../use-refused.ts";
import { useTight } from "../use-tight.ts";
import { RailCount } from "./RailCount.tsx";
import classes from "./rail.module.css";
import { ScreenIcon } from "./ScreenIcon.tsx";
import { StationSwitch } from "./StationSwitch.tsx";

/** The station in focus and the screens, in three groups that fold: this station, what is done on purpose, this laptop. Where all do
 * not fit, one of the two latter is open: that of the screen in view, else this laptop. */
export function Rail({ current }: { current: string }) {
  const { t } = useTranslation();
  const { station, waiting } = useFocus();
  const refused = useRefused();
  const rail = useRef<HTMLElement>(null);
  const tight = useTight(rail, station !== null);
  const here = screens.find((screen) => screen.id === current)?.place?.group;
  const turnedAway = (
    <RailCount count={refused.length} words={t("common.shell.refusedCount", { count: refused.length })} />
  );
  const entry = (screen: Screen) => (
    <li key={screen.id}>
      <a
        className={classes.entry}
        href={routeHash(screen.id, { station: waiting ? undefined : station?.identity })}
        aria-current={screen.id === current ? "page" : undefined}
        title={t(`common.screens.${screen.id}`)}
      >
        {screen.place && <ScreenIcon drawing={screen.place.drawing} />}
        <span className={classes.word}>{t(`common.screens.${screen.id}`)}</span>
        {screen.id === "findings" && station && (
          <RailCount count={station.findings} words={t("common.findings", { count: station.findings })} />
        )}
        {screen.id === "connection" && turnedAway}
        {screen.digit !== "" && <kbd className={classes.digit}>{screen.digit}</kbd>}
      </a>
    </li>
  );
  return (
    <section className={classes.rail} ref={rail} aria-label={t("common.shell.rail")}>
      <StationSwitch />
      {screenGroups.map((group) => (
        <Group
          key={group}
          group={group}
          here={group === here}
          usual={!tight || (group === "laptop" && here !== "purpose")}
          news={group === "laptop" && turnedAway}
        >
          {screens.filter((screen) => screen.place?.group === group).map(entry)}
        </Group>
      ))}
    </section>
  );
}

type GroupProps = { group: ScreenGroup; here: boolean; usual: boolean; news: ReactNode; children: ReactNode };

/** A group of screens. The one in view is never folded away. The station's own head is the station above it.
 * @param usual whether it is open until somebody folds or unfolds it
 * @param news what its head tells while it is folded */
function Group({ group, here, usual, news, children }: GroupProps) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState(() => kept(foldKey(group)));
  const name = t(`common.shell.group.${group}`);
  if (group === "station")
    return (
      <nav aria-label={name}>
        <ul>{children}</ul>
      </nav>
    );
  const shown = here || (chosen === null ? usual : chosen === "open");
  function turn() {
    const wish = shown ? "folded" : "open";
    keep(foldKey(group), wish);
    setChosen(wish);
  }
  return (
    <nav aria-label={name}>
      <button type="button" className={classes.group} aria-expanded={shown} disabled={here} onClick={turn}>
        <span className={classes.word}>{name}</span>
        {!shown && news}
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
