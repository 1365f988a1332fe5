import { useTranslation } from "react-i18next";
import type { EvseState } from "../../../src/station/model.ts";
import { livePower } from "../../../src/station/views.ts";
import { Sparkline } from "../../ui/Sparkline.tsx";
import { useFormat, useNow } from "../../ui/use-format.ts";
import { gapOf } from "./power.ts";
import classes from "./stations.module.css";
import { span, usePower } from "./use-power.ts";

/** The power now, in the one large number of the screen, and its last ten minutes. */
export function PowerReading({ identity, evse }: { identity: string; evse: EvseState }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const points = usePower(identity, evse.evse);
  const power = livePower(evse);
  const running = evse.transaction !== undefined && evse.transaction.endedAt === undefined;
  if (power === undefined && !running) return null;
  if (power === undefined) return <p className="muted">{t("stations.power.none")}</p>;
  const { number, unit } = format.parts(power, "W");
  const recent = points.filter(([at]) => at >= now - span);
  const top = format.quantity(Math.max(0, ...recent.map(([, value]) => value)), "W");
  return (
    <div>
      <p className={classes.power}>
        <span className={classes.powerNumber}>{number}</span> <span>{unit}</span>
      </p>
      {recent.length > 1 && (
        <>
          <Sparkline
            points={recent}
            from={now - span}
            to={now}
            gapMs={gapOf(recent)}
            label={t("stations.power.spark", { top })}
          />
          <p className={classes.sparkAxis} aria-hidden="true">
            <span>−{t("stations.power.from")}</span>
            <span>{t("stations.power.top", { top })}</span>
            <span>{t("stations.power.now")}</span>
          </p>
        </>
      )}
    </div>
  );
}
