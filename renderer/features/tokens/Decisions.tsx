import { Button, SegmentedControl } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import type { TokenDecisionEntry, TokenList } from "../../../src/services/tokens/contract.ts";
import { shownToken } from "../../../src/station/views.ts";
import { useWatch } from "../../core/core.tsx";
import { useDrawer } from "../../navigation/drawer.tsx";
import { useFocus } from "../../navigation/focus.ts";
import { FrameView } from "../../ui/frames/FrameView.tsx";
import { type Column, DataTable } from "../../ui/lists/DataTable.tsx";
import { useStill } from "../../ui/lists/use-still.ts";
import { Busy, EmptyState, Failure, Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import ui from "../../ui/ui.module.css";
import { Answer } from "./Answer.tsx";
import { Standing } from "./Standing.tsx";
import classes from "./tokens.module.css";

/** Few at first: the list stands below them. */
const first = 8;
const page = 50;

/** Each decision on record, newest first: a row opens its frame; a stranger can be taken into the list. */
export function Decisions({ list }: { list: TokenList | null }) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const decisions = useWatch("tokens.decisions", {});
  const { station } = useFocus();
  const [all, setAll] = useState(false);
  const [shown, setShown] = useState(first);
  const of = station && !all ? station.identity : null;
  const wanted = (decisions.value ?? []).filter((entry) => of === null || entry.station === of).reverse();
  const still = useStill(wanted, of);
  const newest = still.shown.slice(0, shown);
  const rest = still.shown.length - newest.length;
  const showFrame = (entry: TokenDecisionEntry) =>
    drawer.open(<FrameView seq={entry.seq} />, t("common.frame.title", { seq: String(entry.seq) }));
  const columns: Column<TokenDecisionEntry>[] = [
    { id: "time", head: t("tokens.decisions.time"), cell: (entry) => <Time at={entry.at} /> },
    {
      id: "station",
      head: t("tokens.decisions.station"),
      cell: (entry) => entry.station,
    },
    { id: "token", head: t("tokens.decisions.token"), cell: (entry) => <Presented entry={entry} /> },
    { id: "answer", head: t("tokens.decisions.answer"), cell: (entry) => <Answer status={entry.presented.decision} /> },
    { id: "source", head: t("tokens.decisions.source"), cell: (entry) => entry.presented.source },
    {
      id: "list",
      head: t("tokens.list.title"),
      cell: (entry) => list && <Standing token={entry.presented.token} list={list} />,
    },
    {
      id: "frame",
      head: t("tokens.decisions.frame"),
      cell: (entry) => <span className={classes.opens}>{entry.seq}</span>,
    },
  ];
  return (
    <section className={classes.section} aria-labelledby="token-decisions">
      <div>
        <h2 id="token-decisions">{t("tokens.decisions.title")}</h2>
        <p className="muted">{t("tokens.decisions.intro")}</p>
      </div>
      <div className={classes.section} {...still.hold}>
        <div className={classes.bar}>
          {station && (
            <SegmentedControl
              size="md"
              aria-label={t("tokens.decisions.of")}
              value={all ? "all" : "this"}
              data={[
                { value: "this", label: shownText(station.identity) },
                { value: "all", label: t("tokens.decisions.ofAll") },
              ]}
              onChange={(value) => setAll(value === "all")}
              transitionDuration={0}
            />
          )}
          <p role="status">
            {still.fresh > 0 && (
              <button type="button" className={ui.link} onClick={still.letGo}>
                {t("tokens.decisions.fresh", { count: still.fresh })}
              </button>
            )}
          </p>
        </div>
        {decisions.state === "loading" && <Busy what={t("tokens.decisions.loading")} />}
        {decisions.state === "failed" && <Failure what={t("tokens.decisions.failed")} error={decisions.error} />}
        {decisions.state === "ready" && newest.length === 0 && (
          <EmptyState title={t("tokens.decisions.none")}>{t("tokens.decisions.noneHint")}</EmptyState>
        )}
        {newest.length > 0 && (
          <div className={classes.scroll}>
            <DataTable
              rows={newest}
              columns={columns}
              rowKey={(entry) => entry.seq}
              label={t("tokens.decisions.title")}
              onOpen={showFrame}
            />
          </div>
        )}
      </div>
      {rest > 0 && (
        <div>
          <Button variant="default" onClick={() => setShown(shown + page)}>
            {t("tokens.decisions.more", { count: Math.min(rest, page) })}
          </Button>
        </div>
      )}
    </section>
  );
}

function Presented({ entry }: { entry: TokenDecisionEntry }) {
  const { token } = entry.presented;
  return (
    <>
      <code className={classes.presented}>
        <Told text={shownToken(token)} />
      </code>
      {token.type && (
        <span className="muted small">
          {" "}
          <Told text={token.type} />
        </span>
      )}
    </>
  );
}
