import { PasswordInput, SegmentedControl, Select, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";
import layout from "../../ui/layout.module.css";
import { Remark } from "../../ui/Remark.tsx";
import { type DestinationDraft, destinationKinds, oddHeader } from "./draft.ts";

type Props = { draft: DestinationDraft; change: (part: Partial<DestinationDraft>) => void };
type TextField = Exclude<keyof DestinationDraft, "kind" | "method">;

/** What a destination of each kind needs to be known of it. */
export function DestinationForm({ draft, change }: Props) {
  const { t } = useTranslation();
  const { kind } = draft;
  const odd = oddHeader(draft.headers);
  const text = (field: TextField, label: string, description?: string) => (
    <TextInput
      key={field}
      label={label}
      description={description}
      inputWrapperOrder={["label", "input", "description", "error"]}
      value={draft[field]}
      onChange={(event) => change({ [field]: event.currentTarget.value })}
      spellCheck={false}
      autoComplete="off"
    />
  );
  const password = (label: string) => (
    <PasswordInput
      visibilityToggleButtonProps={{ tabIndex: 0, "aria-label": t("common.showTyped") }}
      label={label}
      value={draft.password}
      onChange={(event) => change({ password: event.currentTarget.value })}
      autoComplete="new-password"
    />
  );
  return (
    <div className={layout.stack}>
      <div className={layout.fields}>
        {text("name", t("outbox.destinations.name"))}
        <Select
          label={t("outbox.destinations.kind")}
          allowDeselect={false}
          value={kind}
          data={destinationKinds.map((value) => ({ value, label: t(`outbox.destinations.kinds.${value}`) }))}
          onChange={(value) => change({ kind: destinationKinds.find((one) => one === value) ?? kind })}
        />
      </div>
      {kind === "folder" && text("path", t("outbox.destinations.path"), t("outbox.destinations.pathHint"))}
      {(kind === "http" || kind === "webdav") && (
        <>
          {text("url", t("outbox.destinations.url"), "https://…")}
          {/^http:/i.test(draft.url.trim()) && <Remark>{t("outbox.destinations.open")}</Remark>}
          {kind === "http" && (
            <SegmentedControl
              size="md"
              aria-label={t("outbox.destinations.method")}
              value={draft.method}
              data={["PUT", "POST"]}
              onChange={(value) => change({ method: value === "POST" ? "POST" : "PUT" })}
            />
          )}
          <div className={layout.fields}>
            {text("user", t("outbox.destinations.user"))}
            {password(t("outbox.destinations.password"))}
          </div>
          <Textarea
            label={t("outbox.destinations.headers")}
            description={t("outbox.destinations.headersHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            error={odd !== null && t("outbox.destinations.headerUnread", { line: odd })}
            autosize
            maxRows={6}
            value={draft.headers}
            onChange={(event) => change({ headers: event.currentTarget.value })}
            spellCheck={false}
          />
        </>
      )}
      {kind === "s3" && (
        <>
          <div className={layout.fields}>
            {text("endpoint", t("outbox.destinations.endpoint"), "https://s3.eu-north-1.amazonaws.com")}
            {text("region", t("outbox.destinations.region"))}
            {text("bucket", t("outbox.destinations.bucket"))}
          </div>
          <div className={layout.fields}>
            {text("prefix", t("outbox.destinations.prefix"))}
            {text("site", t("outbox.destinations.site"), t("outbox.destinations.siteHint"))}
          </div>
          <div className={layout.fields}>
            {text("user", t("outbox.destinations.keyId"))}
            {password(t("outbox.destinations.secretKey"))}
          </div>
        </>
      )}
      {kind === "sftp" && (
        <>
          <div className={layout.fields}>
            {text("host", t("outbox.destinations.host"))}
            {text("port", t("outbox.destinations.port"))}
            {text("path", t("outbox.destinations.remotePath"))}
          </div>
          <div className={layout.fields}>
            {text("user", t("outbox.destinations.user"))}
            {password(t("outbox.destinations.password"))}
          </div>
          <Textarea
            label={t("outbox.destinations.privateKey")}
            autosize
            maxRows={4}
            value={draft.privateKey}
            onChange={(event) => change({ privateKey: event.currentTarget.value })}
            spellCheck={false}
          />
        </>
      )}
    </div>
  );
}
