import { useEffect, useMemo, useState } from "react";
import { useCore, useLoad } from "../../core/core.tsx";
import { type PowerPoint, powerFromPoints, powerFromSeries } from "./power.ts";

/** Ten minutes: what the line beside the power shows. */
export const span = 600_000;

/** The power of one EVSE in the last ten minutes: what is on record, then what comes, anew at most four times a second. */
export function usePower(station: string, evse: number): PowerPoint[] {
  const core = useCore();
  const [opened] = useState(() => Date.now());
  const past = useLoad("metering.range", { station, from: opened - span, to: opened, maxPoints: 600 });
  const [live, setLive] = useState<PowerPoint[]>([]);
  useEffect(() => {
    let points: PowerPoint[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    const watch = core.watch("metering.live", { station }, (_all, added) => {
      if (!added) return;
      points.push(...powerFromPoints(added, evse));
      timer ??= setTimeout(() => {
        timer = null;
        const oldest = Date.now() - span;
        points = points.filter(([at]) => at >= oldest);
        setLive(points);
      }, 250);
    });
    return () => {
      watch.stop();
      if (timer) clearTimeout(timer);
      setLive([]);
    };
  }, [core, station, evse]);
  return useMemo(() => {
    const before = past.value ? powerFromSeries(past.value, evse) : [];
    const last = before.at(-1)?.[0] ?? 0;
    return [...before, ...live.filter(([at]) => at > last)];
  }, [past.value, live, evse]);
}
