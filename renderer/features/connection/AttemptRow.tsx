import { useTranslation } from "react-i18next";
import type { Attempt } from "../../../src/station/attempts.ts";
import { durationText } from "../../../src/words/format.ts";
import { useNow } from "../../ui/format/use-format.ts";
import { Time } from "../../ui/parts.tsx";
import { Shape } from "../../ui/StateWord.tsx";
import { Told } from "../../ui/Told.tsx";
import { toneOf, untilNext } from "./attempt-list.ts";
import classes from "./attempts.module.css";
import { CauseText } from "./CauseText.tsx";
import { StageBar } from "./StageBar.tsx";

/** One attempt, or many of a kind: when, who, how far, why it stopped and what to do. A click opens all that is known. */
export function AttemptRow({ attempt, onOpen }: { attempt: Attempt; onOpen: () => void }) {
  const { t } = useTranslation();
  const { identity, remoteAddress, state, causes, lastAt, repeats } = attempt;
  const tone = toneOf(attempt);
  return (
    <li>
      <button type="button" className={classes.row} onClick={onOpen} data-attempt={attempt.id}>
        <span className={classes.top}>
          <Time at={lastAt} />
          <span className={classes.who}>
            {identity && (
              <strong>
                <Told text={identity} />
              </strong>
            )}{" "}
            {t("attempts.from", { address: remoteAddress })}
          </span>
          <span className={classes.state} data-tone={tone}>
            <Shape tone={tone} />
            <span>{t(`attempts.state.${state}`)}</span>
          </span>
          <StageBar attempt={attempt} />
        </span>
        {causes.map((cause) => (
          <CauseText key={JSON.stringify(cause)} cause={cause} />
        ))}
        {repeats > 1 && <Repeats attempt={attempt} />}
      </button>
    </li>
  );
}

/** "× 37, every 12 s, next in about 8 s". */
function Repeats({ attempt }: { attempt: Attempt }) {
  const { t } = useTranslation();
  const left = untilNext(attempt, useNow());
  const { repeats, gapMs } = attempt;
  const words = [t("attempts.times", { count: repeats })];
  if (gapMs) words.push(t("attempts.every", { gap: durationText(gapMs) }));
  if (left !== null) {
    const seconds = Math.ceil(left / 1000) * 1000;
    words.push(seconds > 0 ? t("attempts.next", { time: durationText(seconds) }) : t("attempts.due"));
  }
  return <span className={classes.repeats}>{words.join(", ")}</span>;
}
