import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import type { RedactionPreview } from "../../../src/station/onward/outbox.ts";
import { type Column, DataTable } from "../../ui/lists/DataTable.tsx";

type Sample = RedactionPreview["samples"][number];

/** What is replaced in a file before others see it: how much of each kind, and each value at its first place. */
export function Preview({ of: { counts, samples, leftOut } }: { of: RedactionPreview }) {
  const { t } = useTranslation();
  const columns: Column<Sample>[] = [
    {
      id: "before",
      head: t("outbox.before"),
      cell: ({ before, length }) => before ?? t("outbox.secretOf", { length }),
    },
    { id: "after", head: t("outbox.after"), cell: ({ after }) => after },
    { id: "at", head: t("outbox.at"), cell: ({ part, line }) => t("outbox.line", { part: shownText(part), line }) },
  ];
  return (
    <>
      <p role="status">{samples.length === 0 ? t("outbox.nothingReplaced") : t("outbox.counts", counts)}</p>
      {leftOut.length > 0 && <p>{t("outbox.leftOut", { names: leftOut.slice(0, 20).map(shownText).join(", ") })}</p>}
      {samples.length > 0 && (
        <DataTable rows={samples} columns={columns} rowKey={({ after }) => after} label={t("outbox.preview")} />
      )}
    </>
  );
}
