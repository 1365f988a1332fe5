import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import type { KeptFile } from "../../../src/station/model.ts";
import type { OutboxEntry } from "../../../src/station/onward/outbox.ts";
import { useCall, useWatch } from "../../core/core.tsx";
import layout from "../../ui/layout.module.css";
import { type Column, DataTable } from "../../ui/lists/DataTable.tsx";
import { Failure } from "../../ui/parts.tsx";
import { EntryActions, EntryState } from "./EntryState.tsx";

/** What waits to be sent onward of some files, and what went: nothing where nothing does. */
export function OutboxList({ files }: { files: readonly KeptFile[] }) {
  const { t } = useTranslation();
  const entries = useWatch("outbox.list", {});
  const run = useCall("outbox.run");
  const bytes = new Map(files.map((file) => [file.id, file.bytes]));
  const shown = (entries.value ?? []).filter((entry) => bytes.has(entry.file)).toSorted((a, b) => b.id - a.id);
  if (entries.state === "failed") return <Failure what={t("outbox.failed")} error={entries.error} />;
  if (shown.length === 0) return null;
  const columns: Column<OutboxEntry>[] = [
    { id: "name", head: t("outbox.file"), cell: ({ name }) => name },
    { id: "to", head: t("outbox.to"), cell: ({ destination }) => destination },
    {
      id: "state",
      head: t("outbox.state"),
      cell: (entry) => <EntryState entry={entry} bytes={bytes.get(entry.file)} />,
    },
    { id: "do", head: t("outbox.actions"), cell: (entry) => <EntryActions entry={entry} /> },
  ];
  return (
    <section className={layout.section} aria-labelledby="outbox">
      <h2 id="outbox">{t("outbox.title")}</h2>
      <p className="muted">{t("outbox.intro")}</p>
      <DataTable rows={shown} columns={columns} rowKey={({ id }) => id} label={t("outbox.title")} />
      {shown.some(({ state }) => state === "waiting") && (
        <div>
          <Button variant="default" disabled={run.busy} onClick={() => void run.run({})}>
            {t("outbox.tryAll")}
          </Button>
        </div>
      )}
    </section>
  );
}
