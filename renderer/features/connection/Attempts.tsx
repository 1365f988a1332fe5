import { Checkbox } from "@mantine/core";
import { type ComponentType, lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import type { ListeningPlace } from "../../../src/services/connection/contract.ts";
import type { ExportWish } from "../../../src/services/export/contract.ts";
import { useWatch } from "../../core/core.tsx";
import { useDrawer } from "../../navigation/drawer.tsx";
import { useFocus } from "../../navigation/focus.ts";
import layout from "../../ui/layout.module.css";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { AttemptRow } from "./AttemptRow.tsx";
import { AttemptView } from "./AttemptView.tsx";
import { foldAttempts, isFromOutside } from "./attempt-list.ts";
import classes from "./attempts.module.css";

// Not needed for the first look, which is at this list while nobody is online.
// Where it cannot be fetched the attempts are there without it.
const ExportMenu = lazy<ComponentType<{ wish: () => ExportWish }>>(() =>
  import("../../ui/lists/ExportMenu.tsx").then(
    (found) => ({ default: found.ExportMenu }),
    () => ({ default: () => null }),
  ),
);

/** Who tries to connect, live; the latest first.
 * @param few how many are shown at first */
export function Attempts({ few }: { few: number }) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const [whole, setWhole] = useState(false);
  const [stopped, setStopped] = useState(false);
  const [own, setOwn] = useState(false);
  const { station, waiting } = useFocus();
  const status = useWatch("connection.status", {});
  const log = useWatch("connection.attempts", {});
  if (log.state === "failed") return <Failure what={t("attempts.failed")} error={log.error} />;
  if (log.state === "loading") return <Busy what={t("attempts.loading")} />;
  const all = foldAttempts(log.value);
  const one = station && !waiting ? station.identity : undefined;
  const of = own ? one : undefined;
  const rows = all.filter(
    ({ state, identity }) => (!stopped || state === "stopped") && (of === undefined || identity === of),
  );
  return (
    <section aria-label={t("attempts.title")}>
      <h2>{t("attempts.title")}</h2>
      {all.length > 0 && (
        <div className={`${layout.row} ${classes.head}`} data-gap="12">
          <Only label={t("attempts.stoppedOnly")} on={stopped} onChange={setStopped} />
          {one !== undefined && (
            <Only label={t("attempts.stationOnly", { station: shownText(one) })} on={own} onChange={setOwn} />
          )}
          <Suspense>
            <ExportMenu wish={() => ({ list: "attempts", stopped, station: of })} />
          </Suspense>
        </div>
      )}
      {all.length > 0 && rows.length === 0 && <p className="muted">{t("attempts.nonePass")}</p>}
      {all.length === 0 && <Nobody listening={status.value?.listening ?? []} />}
      <ul className={classes.list}>
        {(whole ? rows : rows.slice(0, few)).map((attempt) => (
          <AttemptRow
            key={attempt.id}
            attempt={attempt}
            onOpen={() => drawer.open(<AttemptView id={attempt.id} />, t("attempts.title"))}
          />
        ))}
      </ul>
      {rows.length > few && (
        <button type="button" className={ui.link} onClick={() => setWhole(!whole)}>
          {whole ? t("attempts.fewer") : t("attempts.all", { count: rows.length })}
        </button>
      )}
      {all.length > 0 && status.value && !all.some((row) => isFromOutside(row, status.value.addresses)) && (
        <p className="muted">
          {t("attempts.noneOutside")} {t("attempts.noneCheck")}
        </p>
      )}
    </section>
  );
}

function Only({ label, on, onChange }: { label: string; on: boolean; onChange: (on: boolean) => void }) {
  return (
    <Checkbox
      size="md"
      className={classes.only}
      label={label}
      checked={on}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}

/** What can be seen of the way in while nothing comes. */
function Nobody({ listening }: { listening: readonly ListeningPlace[] }) {
  const { t } = useTranslation();
  const places = listening.filter(({ problem }) => problem === undefined).map(({ host, port }) => `${host}:${port}`);
  return (
    <EmptyState title={t("attempts.none")}>
      {places.length > 0 && <p>{t("attempts.noneOpen", { places: places.join(", ") })}</p>}
      <p>{t("attempts.noneCheck")}</p>
    </EmptyState>
  );
}
