import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useWatch } from "../../core/core.tsx";
import { useDrawer } from "../../navigation/drawer.tsx";
import { FocusedStation } from "../../ui/FocusedStation.tsx";
import layout from "../../ui/layout.module.css";
import { DataTable } from "../../ui/lists/DataTable.tsx";
import { ExportMenu } from "../../ui/lists/ExportMenu.tsx";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import { useThrottled } from "../../ui/use-throttled.ts";
import { keyOf } from "./merge.ts";
import { TransactionView } from "./TransactionView.tsx";
import { useColumns } from "./use-columns.tsx";
import { useTransactions } from "./use-transactions.ts";

/** The charging sessions of the station in focus, those that run and those on record. */
export function TransactionsScreen() {
  const { t } = useTranslation();
  return (
    <div className={layout.screen}>
      <header className={layout.head}>
        <h1>{t("common.screens.transactions")}</h1>
        <p className="muted">{t("transactions.intro")}</p>
      </header>
      <FocusedStation failed={t("transactions.failed")}>
        {(identity) => <OfStation key={identity} identity={identity} />}
      </FocusedStation>
    </div>
  );
}

function OfStation({ identity }: { identity: string }) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const state = useThrottled(useWatch("stations.state", { identity }).value ?? null);
  const list = useTransactions(identity, state);
  const columns = useColumns(state);
  if (list.state === "loading" || !state) return <Busy what={t("transactions.loading")} />;
  return (
    <>
      {list.error && <Failure what={t("transactions.failed")} error={list.error} onRetry={list.earlier} />}
      {list.state === "ready" && list.rows.length === 0 && (
        <EmptyState title={t("transactions.none")}>{t("transactions.noneWhy")}</EmptyState>
      )}
      {list.rows.length > 0 && (
        <>
          <div className={layout.row} data-gap="12">
            <ExportMenu wish={() => ({ list: "transactions", station: identity })} />
          </div>
          <DataTable
            label={t("transactions.table")}
            rows={list.rows}
            columns={columns}
            rowKey={keyOf}
            onOpen={(row) =>
              drawer.open(
                <TransactionView key={keyOf(row)} identity={identity} row={row} />,
                t("transactions.title", { id: row.id }),
              )
            }
          />
        </>
      )}
      {list.more && (
        <div className={layout.row}>
          <Button variant="default" loading={list.busy} onClick={list.earlier}>
            {t("transactions.earlier")}
          </Button>
        </div>
      )}
    </>
  );
}
