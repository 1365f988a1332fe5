import { Button, FileButton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { shownText } from "../../../src/lib/shown-text.ts";
import type { KeptFile } from "../../../src/station/model.ts";
import { bytesText } from "../../../src/words/format.ts";
import { useWatch } from "../../core/core.tsx";
import { useLanguage } from "../../i18n/index.ts";
import { useDrawer } from "../../navigation/drawer.tsx";
import { FocusedStation } from "../../ui/FocusedStation.tsx";
import layout from "../../ui/layout.module.css";
import { type Column, DataTable } from "../../ui/lists/DataTable.tsx";
import { Outcome } from "../../ui/Outcome.tsx";
import { Busy, EmptyState, Failure, Time } from "../../ui/parts.tsx";
import { OutboxList } from "../outbox/OutboxList.tsx";
import { FileView } from "./FileView.tsx";
import { useUpload } from "./use-upload.ts";

/** The files that are kept with the station in focus. */
export function FilesScreen() {
  const { t } = useTranslation();
  return (
    <div className={layout.screen} data-width="wide">
      <header className={layout.head}>
        <h1>{t("common.screens.files")}</h1>
        <p className="muted">{t("files.intro")}</p>
      </header>
      <FocusedStation failed={t("files.failed")}>
        {(identity) => <OfStation key={identity} identity={identity} />}
      </FocusedStation>
    </div>
  );
}

function OfStation({ identity }: { identity: string }) {
  const { t } = useTranslation();
  const files = useWatch("files.list", { station: identity });
  const upload = useUpload(identity);
  return (
    <>
      <div className={layout.row} data-gap="16">
        <FileButton multiple onChange={(chosen) => void upload.send(chosen)}>
          {(props) => (
            <Button {...props} disabled={upload.busy}>
              {t("files.add")}
            </Button>
          )}
        </FileButton>
        {upload.busy && (
          <Button variant="default" onClick={upload.cancel}>
            {t("common.cancel")}
          </Button>
        )}
        {upload.failed !== null && <Outcome failed={upload.failed}>{null}</Outcome>}
      </div>
      {files.state === "loading" && <Busy what={t("files.loading")} />}
      {files.state === "failed" && <Failure what={t("files.failed")} error={files.error} />}
      {files.state === "ready" && <FileList files={files.value} />}
      {files.state === "ready" && <OutboxList files={files.value} />}
    </>
  );
}

/** Files, each with what can be done with it in the drawer. */
export function FileList({ files }: { files: readonly KeptFile[] }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const drawer = useDrawer();
  if (files.length === 0) return <EmptyState title={t("files.none")}>{t("files.noneHint")}</EmptyState>;
  const columns: Column<KeptFile>[] = [
    { id: "name", head: t("files.name"), cell: ({ name }) => name },
    { id: "bytes", head: t("files.size"), number: true, cell: ({ bytes }) => bytesText(language, bytes) },
    { id: "at", head: t("files.at"), cell: ({ at }) => <Time at={at} /> },
    { id: "state", head: t("files.state"), cell: ({ state }) => t(`files.states.${state}`) },
    { id: "note", head: t("files.note"), cell: ({ note }) => note ?? "" },
  ];
  return (
    <DataTable
      rows={files.toSorted((a, b) => b.id - a.id)}
      columns={columns}
      rowKey={({ id }) => id}
      label={t("common.screens.files")}
      onOpen={({ id, name }) => drawer.open(<FileView id={id} />, shownText(name))}
    />
  );
}
