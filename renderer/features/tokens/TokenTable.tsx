import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { TokenEntry, TokenList } from "../../../src/services/tokens/contract.ts";
import { momentText } from "../../../src/words/format.ts";
import { useDrawer } from "../../navigation/drawer.tsx";
import { useNow } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { type Column, DataTable } from "../../ui/lists/DataTable.tsx";
import { EmptyState, Time } from "../../ui/parts.tsx";
import { Told } from "../../ui/Told.tsx";
import { Answer } from "./Answer.tsx";
import { answerOf, draftOf, emptyDraft, filterTokens } from "./draft.ts";
import { TokenForm } from "./TokenForm.tsx";
import classes from "./tokens.module.css";

/** The list of tokens: a row opens its form in the drawer. */
export function TokenTable({ list }: { list: TokenList }) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const [query, setQuery] = useState("");
  const rows = filterTokens(list.tokens, query);
  const edit = (token: TokenEntry) =>
    drawer.open(<TokenForm key={token.value} start={draftOf(token)} fixed />, t("tokens.form.editTitle"));
  const add = () => drawer.open(<TokenForm key="new" start={emptyDraft} fixed={false} />, t("tokens.form.addTitle"));
  const columns: Column<TokenEntry>[] = [
    {
      id: "value",
      head: t("tokens.columns.value"),
      cell: (token) => (
        <code>
          <Told text={token.value} />
        </code>
      ),
    },
    { id: "status", head: t("tokens.columns.status"), cell: (token) => <StatusNow token={token} /> },
    {
      id: "expiry",
      head: t("tokens.columns.expiry"),
      cell: (token) =>
        token.expiry ? <Time at={Date.parse(token.expiry)} /> : <span className="muted">{t("tokens.noExpiry")}</span>,
    },
    { id: "group", head: t("tokens.columns.group"), cell: (token) => token.group && <code>{token.group}</code> },
    { id: "note", head: t("tokens.columns.note"), cell: (token) => <span className={classes.note}>{token.note}</span> },
    {
      id: "lastSeen",
      head: t("tokens.columns.lastSeen"),
      cell: (token) =>
        token.lastSeenAt ? <Time at={token.lastSeenAt} /> : <span className="muted">{t("tokens.never")}</span>,
    },
    {
      id: "edit",
      head: t("tokens.list.actions"),
      cell: () => <span className={classes.opens}>{t("tokens.edit")}</span>,
    },
  ];
  return (
    <section className={classes.section} aria-labelledby="token-list">
      <div className={classes.bar}>
        <h2 id="token-list">
          {t("tokens.list.title")}
          <span className={classes.count}>{t("tokens.list.count", { count: list.tokens.length })}</span>
        </h2>
        <div className={layout.row}>
          {list.tokens.length > 0 && (
            <TextInput
              aria-label={t("tokens.list.filter")}
              placeholder={t("tokens.list.filter")}
              value={query}
              onChange={(event) => setQuery(event.currentTarget.value)}
              type="search"
              data-filter
            />
          )}
          <Button onClick={add}>{t("tokens.list.add")}</Button>
        </div>
      </div>
      {list.tokens.length === 0 ? (
        <EmptyState title={t("tokens.list.none")}>{t("tokens.list.noneHint")}</EmptyState>
      ) : rows.length === 0 ? (
        <EmptyState title={t("tokens.list.noMatch", { query })}>
          <Button variant="default" onClick={() => setQuery("")}>
            {t("tokens.list.clear")}
          </Button>
        </EmptyState>
      ) : (
        <div className={classes.scroll}>
          <DataTable
            rows={rows}
            columns={columns}
            rowKey={(token) => token.value}
            label={t("tokens.list.title")}
            onOpen={edit}
          />
        </div>
      )}
    </section>
  );
}

/** The answer that the token gets now; when its time is up, that, with what it was set to. */
function StatusNow({ token }: { token: TokenEntry }) {
  const { t } = useTranslation();
  const now = useNow();
  const answer = answerOf(token, now);
  return (
    <>
      <Answer status={answer} />
      {answer !== token.status && token.expiry && (
        <div className="small muted">{t("tokens.nowExpired", { time: momentText(Date.parse(token.expiry), now) })}</div>
      )}
    </>
  );
}
