import { useTranslation } from "react-i18next";
import type { HistoryEntry } from "../../../../src/services/history/contract.ts";
import type { StationState } from "../../../../src/station/model.ts";
import { closeCodeOf, closingOf } from "../../../../src/station/phrases.ts";
import { durationText } from "../../../../src/words/format.ts";
import { useWatch } from "../../../core/core.tsx";
import { useSpoken } from "../../../i18n/index.ts";
import { useDrawer } from "../../../navigation/drawer.tsx";
import { routeHash } from "../../../navigation/routes.ts";
import layout from "../../../ui/layout.module.css";
import { CopyButton, Duration, Time } from "../../../ui/parts.tsx";
import { Shape } from "../../../ui/StateWord.tsx";
import ui from "../../../ui/ui.module.css";
import { AttemptRow } from "../../connection/AttemptRow.tsx";
import { AttemptView } from "../../connection/AttemptView.tsx";
import { sortAddresses } from "../../connection/address-list.ts";
import { foldAttempts } from "../../connection/attempt-list.ts";
import classes from "../stations.module.css";
import { lastAway, triedSince } from "./offline.ts";

/** Where it stands whether the port of a carrier is there, and looked for. */
const screenOf = { serial: "serial", console: "serial", modbus: "modbus" } as const;

/** Why a station is away, as far as it is known: since when, how its link ended, how long it was away the last time, who tried since,
 * and what to type into it. */
export function OfflineBox({ state, events }: { state: StationState; events: readonly HistoryEntry[] }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const drawer = useDrawer();
  const attempts = useWatch("connection.attempts", {});
  const status = useWatch("connection.status", {});
  const { identity, link } = state;
  if (link.since === undefined) return null;
  const away = lastAway(events);
  const address = link.remoteAddress;
  const tried = triedSince(foldAttempts(attempts.value ?? []), { identity, address, since: link.since });
  const reason = say(closingOf(link.closed?.reason ?? ""));
  const how = [link.closed && closeCodeOf(link.closed), reason].filter(Boolean).join(" ");
  const url = link.carrier ? undefined : urlFor();
  return (
    <section className={ui.attention} aria-label={t("stations.offline.title")}>
      <p className={classes.faultTitle}>
        <Shape tone="quiet" offline /> {t("stations.offline.since")} <Time at={link.since} /> (
        <Duration since={link.since} />)
      </p>
      {link.closed && (
        <p>
          {t(`stations.offline.closed.${link.closed.cause}`)}
          {how && ` (${how})`}
        </p>
      )}
      {away !== undefined && <p>{t("stations.offline.cameBack", { away: durationText(away) })}</p>}
      {tried ? (
        <ul className={layout.list}>
          <AttemptRow attempt={tried} onOpen={() => drawer.open(<AttemptView id={tried.id} />, t("attempts.title"))} />
        </ul>
      ) : (
        <p>
          {link.carrier
            ? t("stations.offline.wire", { port: link.port ?? identity })
            : t("stations.offline.nobody", { address: address ?? identity })}
        </p>
      )}
      <div className={layout.row} data-gap="16">
        {url && (
          <>
            <code className={classes.url}>{url}</code>
            <CopyButton text={url} />
          </>
        )}
        {link.carrier ? (
          <a className={ui.link} href={routeHash(screenOf[link.carrier])}>
            {t("stations.offline.wireGuide")}
          </a>
        ) : (
          <a className={ui.link} href={routeHash("connection")}>
            {t("stations.offline.guide")}
          </a>
        )}
      </div>
    </section>
  );

  /** What it is to connect to, by the way that it came. */
  function urlFor(): string | undefined {
    const { usable, rest } = sortAddresses(status.value?.addresses ?? []);
    const own = [...usable, ...rest].find(({ urls }) => (link.secure ? urls.wss : urls.ws));
    const base = link.secure ? own?.urls.wss : own?.urls.ws;
    return base && base + encodeURIComponent(identity);
  }
}
