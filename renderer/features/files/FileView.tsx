import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { longestFileName } from "../../../src/station/bounds.ts";
import type { KeptFile } from "../../../src/station/model.ts";
import { bytesText } from "../../../src/words/format.ts";
import { useCall, useWatch } from "../../core/core.tsx";
import { useLanguage } from "../../i18n/index.ts";
import { useDrawer } from "../../navigation/drawer.tsx";
import { routeHash } from "../../navigation/routes.ts";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import { download } from "../../ui/download.ts";
import layout from "../../ui/layout.module.css";
import { Facts, Failure, Time } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { SendFile } from "../outbox/SendFile.tsx";

/** A file in the drawer: what is known of it, its name and note, and what can be done with it. */
export function FileView({ id }: { id: number }) {
  const files = useWatch("files.list", {});
  const file = files.value?.find((one) => one.id === id);
  return file ? <Known key={`${id} ${file.state}`} file={file} /> : null;
}

function Known({ file }: { file: KeptFile }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const drawer = useDrawer();
  const fetching = useCall("files.download");
  const remove = useCall("files.remove");
  const { id, bytes, at, state, sha256, station } = file;

  async function save(): Promise<void> {
    const place = await fetching.run({ id });
    if (place) download(place.path);
  }
  async function takeAway(): Promise<void> {
    if ((await remove.run({ id })) === null) drawer.close();
  }
  return (
    <div className={layout.stack}>
      <Facts
        of={[
          [t("files.size"), bytesText(language, bytes)],
          [t("files.at"), <Time key="at" at={at} />],
          [t("files.state"), t(`files.states.${state}`)],
          [t("files.station"), station],
          ["SHA-256", sha256 && <code key="sha">{sha256}</code>],
        ]}
      />
      <Change file={file} />
      <div className={layout.row}>
        {state !== "coming" && (
          <a className={ui.link} href={routeHash("reader", { file: id, station })}>
            {t("files.read")}
          </a>
        )}
        <Button onClick={() => void save()} disabled={state === "coming"}>
          {t("files.save")}
        </Button>
        <ConfirmInline verb={t("common.remove")} onConfirm={() => void takeAway()} disabled={state === "coming"}>
          {t("files.removeSentence")}
        </ConfirmInline>
      </div>
      {state !== "coming" && <SendFile file={file} />}
      {fetching.error && <Failure what={t("files.notSaved")} error={fetching.error} />}
      {remove.error && <Failure what={t("files.notRemoved")} error={remove.error} />}
    </div>
  );
}

function Change({ file }: { file: KeptFile }) {
  const { t } = useTranslation();
  const change = useCall("files.change");
  const [name, setName] = useState(file.name);
  const [note, setNote] = useState(file.note ?? "");
  const same = name.trim() === file.name && note.trim() === (file.note ?? "");

  function submit(event: FormEvent): void {
    event.preventDefault();
    void change.run({ id: file.id, name, note });
  }
  return (
    <form className={layout.stack} onSubmit={submit}>
      <TextInput
        label={t("files.name")}
        value={name}
        maxLength={longestFileName}
        onChange={(event) => setName(event.currentTarget.value)}
        spellCheck={false}
        autoComplete="off"
      />
      <TextInput
        label={t("files.note")}
        value={note}
        maxLength={500}
        onChange={(event) => setNote(event.currentTarget.value)}
        autoComplete="off"
      />
      {change.error && <Failure what={t("files.notChanged")} error={change.error} />}
      <div>
        <Button type="submit" variant="default" disabled={same || name.trim() === ""}>
          {t("common.save")}
        </Button>
      </div>
    </form>
  );
}
