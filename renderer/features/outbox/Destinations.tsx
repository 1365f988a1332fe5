import { Button } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Destination } from "../../../src/station/onward/outbox.ts";
import { useCall, useWatch } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";
import { ConfirmInline } from "../../ui/ConfirmInline.tsx";
import layout from "../../ui/layout.module.css";
import { Busy, Failure } from "../../ui/parts.tsx";
import { Remark } from "../../ui/Remark.tsx";
import { Told } from "../../ui/Told.tsx";
import { DestinationForm } from "./DestinationForm.tsx";
import { emptyDraft, toInput } from "./draft.ts";

/** The destinations: each tried and removed, and new ones added. */
export function Destinations() {
  const { t } = useTranslation();
  const destinations = useWatch("outbox.destinations", {});
  const save = useCall("outbox.save");
  const [draft, setDraft] = useState(emptyDraft);
  const input = toInput(draft);

  async function add(): Promise<void> {
    if (input && (await save.run(input))) setDraft(emptyDraft);
  }
  return (
    <div className={layout.stack}>
      <p className="muted small">{t("outbox.destinations.help")}</p>
      {destinations.state === "failed" && <Failure what={t("outbox.destinations.failed")} error={destinations.error} />}
      {destinations.value?.length === 0 && <p>{t("outbox.destinations.empty")}</p>}
      <ul className={layout.list} aria-label={t("outbox.destinations.label")}>
        {destinations.value?.map((one) => (
          <Row key={one.name} destination={one} />
        ))}
      </ul>
      <div>
        <ConfirmInline verb={t("outbox.destinations.add")} incomplete={input === null} onConfirm={() => void add()}>
          <p>{t("outbox.destinations.addSentence")}</p>
          <DestinationForm draft={draft} change={(part) => setDraft((before) => ({ ...before, ...part }))} />
        </ConfirmInline>
      </div>
      {save.error && <Failure what={t("outbox.destinations.notSaved")} error={save.error} />}
    </div>
  );
}

function Row({ destination }: { destination: Destination }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const test = useCall("outbox.test");
  const forget = useCall("outbox.forget");
  const { name, kind, kept } = destination;
  const problem = test.value?.problem;
  return (
    <li className={layout.item}>
      <div>
        <p>
          <strong>
            <Told text={name} />
          </strong>{" "}
          {t(`outbox.destinations.kinds.${kind}`)}
        </p>
        <p className="muted small">
          <Told text={placeOf(destination)} /> {kept && t("outbox.destinations.kept")}
        </p>
        {destination.kind === "sftp" && destination.hostKey && (
          <p className="muted small">{t("outbox.destinations.hostKey", { key: destination.hostKey })}</p>
        )}
        {test.busy && <Busy what={t("outbox.destinations.testing")} />}
        {test.value && (
          <div role="status">
            <Remark tone={problem ? "faulted" : "available"}>
              {problem ? say(problem) : t("outbox.destinations.good")}
            </Remark>
          </div>
        )}
        {test.error && <Failure what={t("outbox.destinations.notTested")} error={test.error} />}
        {forget.error && <Failure what={t("outbox.destinations.notRemoved")} error={forget.error} />}
      </div>
      <div className={layout.row}>
        <Button variant="default" disabled={test.busy} onClick={() => void test.run({ name })}>
          {t("outbox.destinations.test")}
        </Button>
        <ConfirmInline verb={t("common.remove")} onConfirm={() => void forget.run({ name })}>
          {t("outbox.destinations.removeSentence", { name })}
        </ConfirmInline>
      </div>
    </li>
  );
}

function placeOf(destination: Destination): string {
  switch (destination.kind) {
    case "folder":
      return destination.path;
    case "http":
    case "webdav":
      return destination.url;
    case "s3":
      return `${destination.endpoint} s3://${destination.bucket}/${destination.prefix}`;
    case "sftp":
      return `${destination.user}@${destination.host}:${destination.port} ${destination.path}`;
  }
}
