import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCall, useWatch } from "../../core/core.tsx";
import layout from "../layout.module.css";
import { Failure } from "../parts.tsx";

/** Keeps a frame as a bookmark, with a note, or lets it go. */
export function Bookmark({ seq }: { seq: number }) {
  const { t } = useTranslation();
  const all = useWatch("bookmarks.list", {});
  const set = useCall("bookmarks.set");
  const remove = useCall("bookmarks.remove");
  const kept = all.value?.find((one) => one.seq === seq);
  const [typed, setTyped] = useState<string | null>(null);
  const note = typed ?? kept?.note ?? "";
  function submit(event: FormEvent): void {
    event.preventDefault();
    void set.run({ seq, note }).then((done) => done && setTyped(null));
  }
  const failed = set.error ?? remove.error;
  return (
    <form className={layout.stack} onSubmit={submit}>
      <div className={layout.row}>
        {kept && (
          <TextInput
            aria-label={t("common.bookmark.note")}
            placeholder={t("common.bookmark.note")}
            maxLength={500}
            value={note}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        {(!kept || note !== (kept.note ?? "")) && (
          <Button type="submit" variant="default" loading={set.busy}>
            {t(kept ? "common.save" : "common.bookmark.set")}
          </Button>
        )}
        {kept && (
          <Button variant="default" loading={remove.busy} onClick={() => void remove.run({ seq })}>
            {t("common.bookmark.remove")}
          </Button>
        )}
      </div>
      {failed && <Failure what={t("common.bookmark.failed")} error={failed} />}
    </form>
  );
}
