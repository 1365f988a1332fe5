import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import { useLoad, useWatch } from "../../core/core.tsx";
import { useRoute } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import longList from "../../ui/lists/long-list.module.css";
import { Busy, EmptyState, Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { OpenPart } from "./OpenPart.tsx";
import { PartList } from "./PartList.tsx";

/** A file that is kept, read where it is: its parts, its text, its bytes. */
export function ReaderScreen() {
  const { t } = useTranslation();
  const { params } = useRoute();
  const file = Number(params.get("file") ?? Number.NaN);
  if (!Number.isSafeInteger(file) || file < 1) {
    return (
      <div className={layout.screen}>
        <h1>{t("common.screens.reader")}</h1>
        <EmptyState title={t("reader.none")}>
          <a className={ui.link} href="#/files">
            {t("reader.toFiles")}
          </a>
        </EmptyState>
      </div>
    );
  }
  return <OfFile key={file} file={file} part={params.get("part")} />;
}

function OfFile({ file, part }: { file: number; part: string | null }) {
  const { t } = useTranslation();
  const files = useWatch("files.list", {});
  const kept = files.value?.find(({ id }) => id === file);
  const parts = useLoad("reader.parts", { file });
  const all = parts.value?.parts ?? [];
  const readable = all.filter(({ kind }) => kind !== "archive");
  const [only] = all.length === 1 ? readable : [];
  const open = all.find(({ id }) => id === part) ?? only;
  return (
    <div className={longList.screen}>
      <div className={layout.row} data-gap="12">
        <h1>{kept ? shownText(kept.name) : t("common.screens.reader")}</h1>
        {open && !only && (
          <a className={ui.link} href={`#/reader?file=${file}`}>
            {t("reader.allParts")}
          </a>
        )}
      </div>
      {parts.state === "loading" && <Busy what={t("reader.looking")} />}
      {parts.state === "failed" && <Failure what={t("reader.failed")} error={parts.error} onRetry={parts.reload} />}
      {parts.state === "ready" && !open && <PartList file={file} parts={parts.value.parts} isAll={parts.value.isAll} />}
      {open && <OpenPart key={open.id} file={file} part={open} station={kept?.station ?? null} />}
    </div>
  );
}
