import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { ForwardState } from "../../../src/services/forward/contract.ts";
import type { LinkState } from "../../../src/station/model.ts";
import { durationText, timeText } from "../../../src/words/format.ts";
import { useCall } from "../../core/core.tsx";
import { useNow } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { Facts, Failure } from "../../ui/parts.tsx";
import { Shape } from "../../ui/StateWord.tsx";
import { legTone } from "./draft.ts";
import classes from "./forward.module.css";
import { legWords } from "./words.ts";

/** Both legs as they are now, and the switch. */
export function Legs({ identity, link, state }: { identity: string; link: LinkState; state: ForwardState }) {
  const { t } = useTranslation();
  const turn = useCall("forward.turn");
  const dial = useCall("forward.dial");
  const now = useNow();
  const { setup, leg } = state;
  if (!setup) return null;
  const { on } = setup;
  const error = turn.error ?? dial.error;
  const online = link.state === "online";
  const left = leg.state === "away" ? Math.max(0, Math.ceil((leg.nextTryAt - now) / 1000) * 1000) : 0;
  return (
    <section className={layout.section} data-align="start" aria-labelledby="forward-legs">
      <h2 id="forward-legs">{t("forward.legs")}</h2>
      {!on && <p>{t("forward.off")}</p>}
      {on && (
        <Facts
          of={[
            [
              t("forward.stationLeg"),
              <Leg
                key="station"
                tone={online ? "available" : "quiet"}
                words={t(online ? "forward.up" : "forward.down")}
                since={online ? link.since : undefined}
              />,
            ],
            [
              t("forward.upstreamLeg"),
              <Leg
                key="upstream"
                tone={legTone(leg)}
                words={legWords(t, leg)}
                since={leg.state === "open" ? leg.since : undefined}
              />,
            ],
          ]}
        />
      )}
      {on && leg.state === "away" && (
        <div className={layout.row} data-gap="16">
          <span>
            {leg.detail !== "" && <code>{leg.detail}</code>} {t("forward.nextTry", { time: durationText(left) })}
          </span>
          <Button variant="default" onClick={() => void dial.run({ identity })}>
            {t("forward.dial")}
          </Button>
        </div>
      )}
      {on && leg.state === "open" && (
        <p className="muted">
          {t("forward.bootHint")} {t("forward.versionHint")}
        </p>
      )}
      <Button
        variant={on ? "default" : "filled"}
        disabled={turn.busy}
        onClick={() => void turn.run({ identity, on: !on })}
      >
        {t(on ? "forward.turnOff" : "forward.turnOn")}
      </Button>
      {error && <Failure what={t("forward.hold.failed")} error={error} />}
    </section>
  );
}

function Leg({ tone, words, since }: { tone: "available" | "waiting" | "quiet"; words: string; since?: number }) {
  const { t } = useTranslation();
  return (
    <span className={classes.leg} data-tone={tone}>
      <Shape tone={tone} />
      <span>{since === undefined ? words : t("forward.since", { what: words, time: timeText(since) })}</span>
    </span>
  );
}
