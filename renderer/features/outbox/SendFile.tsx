import { Button, Checkbox, Select } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { KeptFile } from "../../../src/station/model.ts";
import { useCall, useWatch } from "../../core/core.tsx";
import { routeHash } from "../../navigation/routes.ts";
import layout from "../../ui/layout.module.css";
import { Busy, Failure } from "../../ui/parts.tsx";
import ui from "../../ui/ui.module.css";
import { EntryActions, EntryState } from "./EntryState.tsx";
import { Preview } from "./Preview.tsx";

/** Sends a file onward, as it is or without what is not for others, and tells how it stands with it. */
export function SendFile({ file }: { file: KeptFile }) {
  const { t } = useTranslation();
  const destinations = useWatch("outbox.destinations", {});
  const entries = useWatch("outbox.list", {});
  const [chosen, setChosen] = useState<string | null>(null);
  const [redact, setRedact] = useState(false);
  const preview = useCall("outbox.preview");
  const copy = useCall("outbox.redact");
  const add = useCall("outbox.add");
  const names = (destinations.value ?? []).map(({ name }) => name);
  const destination = chosen ?? names[0];
  const own = (entries.value ?? []).filter((entry) => entry.file === file.id);

  async function send(): Promise<void> {
    if (destination === undefined) return;
    const sent = redact ? (await copy.run({ file: file.id }))?.file.id : file.id;
    if (sent !== undefined) await add.run({ file: sent, destination });
  }
  return (
    <section className={layout.section} data-align="start" aria-labelledby="send-file">
      <h3 id="send-file">{t("outbox.send")}</h3>
      {destinations.state === "failed" && <Failure what={t("outbox.destinations.failed")} error={destinations.error} />}
      {destinations.state === "ready" && names.length === 0 && (
        <p>
          {t("outbox.none")}{" "}
          <a className={ui.link} href={routeHash("settings")}>
            {t("outbox.addIn")}
          </a>
        </p>
      )}
      {destination !== undefined && (
        <>
          <Select
            label={t("outbox.to")}
            allowDeselect={false}
            data={names}
            value={destination}
            onChange={(name) => setChosen(name)}
          />
          <Checkbox
            size="md"
            label={t("outbox.redact")}
            description={t("outbox.redactHint")}
            checked={redact}
            onChange={(event) => setRedact(event.currentTarget.checked)}
          />
          <div className={layout.row}>
            <Button disabled={file.state === "coming" || add.busy || copy.busy} onClick={() => void send()}>
              {t("outbox.sendNow")}
            </Button>
            {redact && (
              <Button variant="default" disabled={preview.busy} onClick={() => void preview.run({ file: file.id })}>
                {t("outbox.preview")}
              </Button>
            )}
            <span role="status" className="muted">
              {add.value && t("outbox.added")}
            </span>
          </div>
        </>
      )}
      {(preview.busy || copy.busy) && <Busy what={t("outbox.previewing")} />}
      {redact && preview.value && <Preview of={preview.value} />}
      {preview.error && <Failure what={t("outbox.notPreviewed")} error={preview.error} />}
      {copy.error && <Failure what={t("outbox.notSent")} error={copy.error} />}
      {add.error && <Failure what={t("outbox.notSent")} error={add.error} />}
      {own.map((entry) => (
        <div key={entry.id} className={layout.stack}>
          <div>
            <strong>{entry.destination}</strong>
            <EntryState entry={entry} bytes={file.bytes} />
          </div>
          <EntryActions entry={entry} />
        </div>
      ))}
    </section>
  );
}
