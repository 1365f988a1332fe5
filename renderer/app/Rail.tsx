import { useTranslation } from "react-i18next";
import { useFocus } from "../navigation/focus.ts";
import { routeHash } from "../navigation/routes.ts";
import { FindingCount } from "./FindingCount.tsx";
import { ScreenIcon } from "./icons.tsx";
import classes from "./rail.module.css";
import { StationSwitch } from "./StationSwitch.tsx";
import { type Screen, screens } from "./screens.ts";

/** The station in focus and the screens: first what belongs to it, then what belongs to the laptop. */
export function Rail({ current }: { current: string }) {
  const { t } = useTranslation();
  const { station } = useFocus();
  const entry = (screen: Screen) => (
    <li key={screen.id}>
      <a
        className={classes.entry}
        href={routeHash(screen.id, { station: station?.identity })}
        aria-current={screen.id === current ? "page" : undefined}
        title={t(`common.screens.${screen.id}`)}
      >
        <ScreenIcon id={screen.id} />
        <span className={classes.word}>{t(`common.screens.${screen.id}`)}</span>
        {screen.id === "findings" && station && <FindingCount count={station.findings} />}
        {screen.digit !== "" && <kbd className={classes.digit}>{screen.digit}</kbd>}
      </a>
    </li>
  );
  return (
    <section className={classes.rail} aria-label={t("common.shell.rail")}>
      <StationSwitch />
      <nav aria-label={t("common.shell.stationNav")}>
        <ul>{screens.filter((screen) => screen.group === "station").map(entry)}</ul>
      </nav>
      <hr />
      <nav aria-label={t("common.shell.laptopNav")}>
        <ul>{screens.filter((screen) => screen.group === "laptop").map(entry)}</ul>
      </nav>
    </section>
  );
}
