import { useTranslation } from "react-i18next";
import { ageOf } from "../../../src/station/age.ts";
import type { EvseState, StationState } from "../../../src/station/model.ts";
import { livePower, newestLive } from "../../../src/station/views.ts";
import { useFormat, useNow } from "../../ui/format/use-format.ts";
import { Sparkline } from "../../ui/Sparkline.tsx";
import { Aged } from "./Aged.tsx";
import { gapOf } from "./power.ts";
import classes from "./stations.module.css";
import { span, usePower } from "./use-power.ts";

/** The power now, in the one large number of the screen, and its last ten minutes. */
export function PowerReading({ state, evse }: { state: StationState; evse: EvseState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const points = usePower(state.identity, evse.evse);
  const power = livePower(evse);
  const running = evse.transaction?.state === "running";

  /** The largest value, and the least where power flows back; empty while none is at hand. */
  function rangeOf(values: readonly number[]): string {
    if (values.length === 0) return "";
    const top = format.quantity(Math.max(...values), "W");
    const least = Math.min(...values);
    return least < 0
      ? t("stations.power.range", { least: format.quantity(least, "W"), top })
      : t("stations.power.top", { top });
  }
  if (power === undefined && !running) return null;
  if (power === undefined) return <p className="muted">{t("stations.power.none")}</p>;
  const { number, unit } = format.parts(power, "W");
  const newest = newestLive(evse);
  const age = newest && ageOf(state, newest.frame);
  if (newest && age && !running) return null;
  if (newest && age)
    return (
      <p className="muted">
        <span className={classes.powerOld}>
          {number} {unit}
        </span>{" "}
        <Aged at={newest.measuredAt} age={age} />
      </p>
    );
  const recent = points.filter(([at]) => at >= now - span);
  const range = rangeOf(recent.map(([, value]) => value));
  return (
    <div>
      <p className={classes.power}>
        <span className={classes.powerNumber}>{number}</span> <span>{unit}</span>
      </p>
      <Sparkline
        points={recent}
        from={now - span}
        to={now}
        gapMs={gapOf(recent)}
        label={range ? t("stations.power.spark", { range }) : t("stations.power.sparkEmpty")}
      />
      <p className={classes.sparkAxis} aria-hidden="true">
        <span>−{t("stations.power.from")}</span>
        <span>{range}</span>
        <span>{t("stations.power.now")}</span>
      </p>
    </div>
  );
}
