import { useTranslation } from "react-i18next";
import { timeText } from "../../../src/words/format.ts";
import { useSpoken } from "../../i18n/index.ts";
import { Outcome } from "../../ui/Outcome.tsx";
import type { Hand } from "./use-hand.ts";

/** What became of the last thing done by hand: done, or why not. */
export function HandOutcome({ hand }: { hand: Hand }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const { error } = hand;
  return (
    <Outcome failed={error && `${t("simulator.notDone")} ${say(error.words ?? error.message)}`}>
      {hand.busy
        ? t("simulator.busy")
        : hand.done && `${t(`simulator.done.${hand.done.action}`)} ${timeText(hand.done.at)}`}
    </Outcome>
  );
}
