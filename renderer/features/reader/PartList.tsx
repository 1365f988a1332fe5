import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import type { Part } from "../../../src/logs/model.ts";
import { bytesText } from "../../../src/words/format.ts";
import { useLanguage, useSpoken } from "../../i18n/index.ts";
import { go } from "../../navigation/routes.ts";
import { type Column, DataTable } from "../../ui/lists/DataTable.tsx";
import { EmptyState, Time } from "../../ui/parts.tsx";

/** What is in an archive, archives within it included; each leads to its text or bytes, but for an archive, whose parts follow it. */
export function PartList({ file, parts, isAll }: { file: number; parts: readonly Part[]; isAll: boolean }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const say = useSpoken();
  if (parts.length === 0) return <EmptyState title={t("reader.nothingIn")} />;
  const columns: Column<Part>[] = [
    { id: "name", head: t("files.name"), cell: ({ name }) => shownText(name) },
    { id: "kind", head: t("reader.kind"), cell: ({ kind }) => t(`reader.kinds.${kind}`) },
    {
      id: "size",
      head: t("files.size"),
      number: true,
      cell: ({ size }) => (size === undefined ? "" : bytesText(language, size)),
    },
    {
      id: "changed",
      head: t("reader.changed"),
      cell: ({ changedAt }) => changedAt !== undefined && <Time at={changedAt} />,
    },
    { id: "problem", head: t("reader.problem"), cell: ({ problem }) => (problem ? say(problem) : "") },
  ];
  return (
    <>
      {!isAll && <p className="muted">{t("reader.notAll", { count: parts.length })}</p>}
      <DataTable
        rows={parts}
        columns={columns}
        rowKey={({ id }) => id}
        label={t("reader.parts")}
        onOpen={({ id }) => go("reader", { file, part: id })}
        opens={({ kind }) => kind !== "archive"}
      />
    </>
  );
}
