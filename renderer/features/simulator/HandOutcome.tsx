import { useTranslation } from "react-i18next";
import { useSpoken } from "../../i18n/index.ts";
import { timeText } from "../../ui/format.ts";
import classes from "./simulator.module.css";
import type { Hand } from "./use-hand.ts";

/** What became of the last thing done by hand: done, or why not. */
export function HandOutcome({ hand }: { hand: Hand }) {
  const { t } = useTranslation();
  const say = useSpoken();
  if (hand.error)
    return (
      <p className={classes.outcome} data-tone="faulted" role="alert">
        {t("simulator.notDone")} {say(hand.error.words ?? hand.error.message)}
      </p>
    );
  return (
    <p className={classes.outcome} role="status">
      {hand.busy
        ? t("simulator.busy")
        : hand.done && `${t(`simulator.done.${hand.done.action}`)} ${timeText(hand.done.at)}`}
    </p>
  );
}
