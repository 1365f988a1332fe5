import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { compileFilter } from "../../../src/services/messages/filter.ts";
import { useLoad, useWatch } from "../../core/core.tsx";
import { useDrawer } from "../../navigation/drawer.tsx";
import { useFocus } from "../../navigation/focus.ts";
import { go, useRoute } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import { ExportMenu } from "../../ui/lists/ExportMenu.tsx";
import longList from "../../ui/lists/long-list.module.css";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import { BookmarkList } from "./BookmarkList.tsx";
import { FilterLine } from "./FilterLine.tsx";
import { MessageList } from "./MessageList.tsx";
import classes from "./messages.module.css";
import { TimesBar } from "./TimesBar.tsx";
import type { Times } from "./times.ts";
import { useMessages } from "./use-messages.ts";

/** Every frame on record: question and answer as one row, newest last, live at the tail. */
export function MessagesScreen() {
  const { t } = useTranslation();
  const { station, stations } = useFocus();
  const known = stations.state === "ready";
  return (
    <div className={longList.screen}>
      {!(known && station) && <h1>{t("common.screens.messages")}</h1>}
      {stations.state === "loading" && <Busy what={t("messages.loading")} />}
      {stations.state === "failed" && <Failure what={t("messages.failed")} error={stations.error} />}
      {known && !station && <MessagesOfNobody />}
      {known && station && <StationMessages key={station.identity} station={station.identity} />}
    </div>
  );
}

/** Without a station there may be messages all the same: of a console for which none is named. */
function MessagesOfNobody() {
  const { t } = useTranslation();
  const live = useWatch("messages.live", { filter: {} });
  if (live.value?.length) return <StationMessages />;
  return <EmptyState title={t("messages.empty")}>{t("messages.emptyWhy")}</EmptyState>;
}

/** How long a filter rests before it is asked for: fields are found by the record's index, a text is looked for in every frame. */
const fieldsRestMs = 60;
const textRestMs = 200;

function StationMessages({ station }: { station?: string }) {
  const { t } = useTranslation();
  const route = useRoute();
  const drawer = useDrawer();
  const [line, setLine] = useState(route.params.get("filter") ?? "");
  const [problems, setProblems] = useState(false);
  const [times, setTimes] = useState<Times>({ mode: "clock", reference: null });
  const wished = route.params.get("filter");
  // A link from elsewhere, the drawer beside the list among them, sets the line.
  useEffect(() => {
    if (wished !== null) setLine(wished);
  }, [wished]);
  const [settled] = useDebouncedValue(line, compileFilter(line).select.text === undefined ? fieldsRestMs : textRestMs);
  const filter = useMemo(() => compileFilter(settled, station, problems), [settled, station, problems]);
  const asked = Number(route.params.get("seq") ?? Number.NaN);
  const { at } = filter;
  const moment = useLoad("messages.at", at === undefined ? null : { station: filter.select.station, at });
  const found = moment.state === "ready" ? moment.value.seq : null;
  const seq = filter.seq ?? (at !== undefined ? found : Number.isSafeInteger(asked) && asked > 0 ? asked : null);
  const messages = useMessages(filter, seq);
  const { list, shown, state, error, retry, follow } = messages;
  function toTail() {
    if (at !== undefined || filter.seq !== undefined) return setLine(line.replace(/(^|\s)(at:\S+|#\d+)/gi, "").trim());
    if (list.attached) return follow(true);
    if (seq === null) return retry();
    go("messages");
  }
  const filtered = settled.trim() !== "" || problems;
  const nothing = state === "ready" && shown.length === 0 && (!list.more || messages.searched);
  return (
    <>
      <div className={layout.row} data-gap="12">
        <h1 className={classes.title}>{t("common.screens.messages")}</h1>
        <TimesBar times={times} onTimes={setTimes} />
        <Button variant="default" onClick={() => drawer.open(<BookmarkList />, t("messages.bookmarks"))}>
          {t("messages.bookmarks")}
        </Button>
        <ExportMenu wish={() => ({ list: "frames", station, line, problems })} />
      </div>
      <FilterLine line={line} problems={problems} hints={filter.hints} onLine={setLine} onProblems={setProblems} />
      {state === "loading" && <Busy what={t("messages.loading")} />}
      {state === "failed" && error && <Failure what={t("messages.failed")} error={error} onRetry={retry} />}
      {nothing && (
        <EmptyState title={t(filtered ? "messages.emptyFiltered" : "messages.empty")}>
          <p>{t(filtered ? "messages.emptyFilteredWhy" : "messages.emptyWhy")}</p>
          {filtered && (
            <Button
              variant="default"
              mt={12}
              onClick={() => {
                setLine("");
                setProblems(false);
              }}
            >
              {t("messages.clear")}
            </Button>
          )}
        </EmptyState>
      )}
      {state !== "failed" && !(nothing && !list.more) && (
        <MessageList
          key={JSON.stringify([filter.select, at, filter.seq])}
          messages={messages}
          seq={seq}
          station={filter.select.station === undefined}
          times={times}
          onTimes={setTimes}
          onTail={toTail}
        />
      )}
    </>
  );
}
