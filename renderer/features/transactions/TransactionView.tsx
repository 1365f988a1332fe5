import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Transaction } from "../../../src/station/model.ts";
import { capital } from "../../../src/station/telling/say.ts";
import { tell } from "../../../src/station/telling/sentences.ts";
import { useLoad, useWatch } from "../../core/core.tsx";
import { useDrawer } from "../../navigation/drawer.tsx";
import { routeHash } from "../../navigation/routes.ts";
import { FrameView } from "../../ui/frames/FrameView.tsx";
import layout from "../../ui/layout.module.css";
import { Busy, Facts, Failure, Quantity, Time } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { useSay } from "../history/use-say.ts";
import { TransactionFacts } from "../stations/Session.tsx";
import { Ending } from "./Ending.tsx";
import { keyOf } from "./merge.ts";
import classes from "./transactions.module.css";

/** One transaction: how it stands, what was told of it with the frames, and the ways to its messages and its meters. */
export function TransactionView({ identity, row }: { identity: string; row: Transaction }) {
  const { t } = useTranslation();
  const state = useWatch("stations.state", { identity });
  const one = state.value?.transactions.find((item) => keyOf(item) === keyOf(row)) ?? row;
  const evse = state.value?.evses.find((item) => item.transaction && keyOf(item.transaction) === keyOf(one));
  const until = one.endedAt ?? one.notEnded?.at;
  return (
    <div className={layout.stack}>
      {state.value && <TransactionFacts state={state.value} transaction={one} evse={evse} />}
      <Facts
        of={[
          [t("transactions.start"), <Time key="start" at={one.startedAt} />],
          [t("transactions.stationSaid"), one.stationStart],
          [t("transactions.end"), <Ending key="end" of={one} />],
          [t("transactions.stationSaidEnd"), one.stationEnd],
          [
            t("transactions.meterStart"),
            one.meterStart !== undefined && <Quantity key="from" value={one.meterStart} unit="Wh" />,
          ],
          [
            t("transactions.meterStop"),
            one.meterStop !== undefined && <Quantity key="to" value={one.meterStop} unit="Wh" />,
          ],
          [t("transactions.remoteStartId"), one.remoteStartId === undefined ? undefined : String(one.remoteStartId)],
        ]}
      />
      <div className={layout.row} data-gap="16">
        <a className={ui.link} href={routeHash("messages", { station: identity, filter: `transaction:"${one.id}"` })}>
          {t("transactions.messages")}
        </a>
        <a
          className={ui.link}
          href={routeHash("meters", {
            station: identity,
            from: Math.floor(one.startedAt),
            to: until && Math.ceil(until),
          })}
        >
          {t("transactions.meters")}
        </a>
      </div>
      <Told identity={identity} one={one} />
    </div>
  );
}

/** What was told of it, each leading to its frame. */
function Told({ identity, one }: { identity: string; one: Transaction }) {
  const { t } = useTranslation();
  const say = useSay();
  const drawer = useDrawer();
  const told = useLoad("transactions.events", { station: identity, id: one.id, from: one.startFrame });
  const { reload } = told;
  const { frame } = one.word;
  const read = useRef(frame);
  useEffect(() => {
    if (read.current === frame) return;
    read.current = frame;
    reload();
  }, [frame, reload]);
  if (told.state === "loading") return <Busy what={t("transactions.loading")} />;
  if (told.state === "failed") return <Failure what={t("transactions.failed")} error={told.error} />;
  return (
    <section>
      <h3>{t("transactions.told")}</h3>
      <ul className={classes.told}>
        {told.value.map(({ event }) => {
          const { main, more } = tell(event);
          return (
            <li key={event.seq}>
              <button
                type="button"
                className={classes.event}
                onClick={() =>
                  drawer.open(<FrameView seq={event.seq} />, t("common.frame.title", { seq: String(event.seq) }))
                }
              >
                <Time at={event.at} />
                <span>
                  {capital(say(main))}
                  {more.length > 0 && <span className="small muted"> {more.map(say).filter(Boolean).join(" · ")}</span>}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
