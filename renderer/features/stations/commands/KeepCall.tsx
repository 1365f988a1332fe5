import { Button, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCall } from "../../../core/core.tsx";
import layout from "../../../ui/layout.module.css";
import { Failure } from "../../../ui/parts.tsx";
import ui from "../../../ui/ui.module.css";

/** Keeps what stands in the form under a name. */
export function KeepCall({ action, payload }: { action: string; payload: string }) {
  const { t } = useTranslation();
  const save = useCall("calls.save");
  const [name, setName] = useState("");
  function submit(event: FormEvent): void {
    event.preventDefault();
    void save.run({ name: name.trim(), action, payload }).then((done) => done && setName(""));
  }
  return (
    <details>
      <summary className={ui.more}>{t("stations.raw.keep")}</summary>
      <form className={layout.row} data-align="end" onSubmit={submit}>
        <TextInput
          label={t("stations.raw.name")}
          description={t("stations.raw.nameHint")}
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={name.trim() === ""} loading={save.busy}>
          {t("common.save")}
        </Button>
      </form>
      {save.error && <Failure what={t("stations.raw.notKept")} error={save.error} />}
    </details>
  );
}
