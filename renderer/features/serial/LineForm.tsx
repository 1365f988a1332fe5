import { Button, Select, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCall } from "../../core/core.tsx";
import { ChoiceField } from "../../ui/fields/ChoiceField.tsx";
import fields from "../../ui/fields/fields.module.css";
import { PortField } from "../../ui/fields/PortField.tsx";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import { bauds, emptyLine, framings, type LineDraft, readLineDraft, versions } from "./line-draft.ts";

/** Sets up a line that OCPP is spoken over. What is left to itself is told by the station, or by its first message. */
export function LineForm({ ports, taken }: { ports: readonly string[]; taken: readonly string[] }) {
  const { t } = useTranslation();
  const open = useCall("serial.openLine");
  const [draft, setDraft] = useState<LineDraft>(emptyLine);
  const [wrong, setWrong] = useState<"port" | "identity" | null>(null);
  const free = ports.filter((path) => !taken.includes(path));
  const auto = { value: "auto", label: t("serial.form.auto") };

  function change(part: Partial<LineDraft>): void {
    setDraft({ ...draft, ...part });
    setWrong(null);
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (open.busy) return;
    const read = readLineDraft(draft);
    if ("wrong" in read) return setWrong(read.wrong);
    if (await open.run(read.input)) setDraft(emptyLine);
  }
  return (
    <form onSubmit={(event) => void submit(event)} noValidate aria-labelledby="serial-form" className={layout.section}>
      <h3 id="serial-form">{t("serial.form.title")}</h3>
      <div className={layout.fields}>
        <PortField
          label={t("serial.form.port")}
          description={t("serial.form.portHint")}
          value={draft.port}
          error={wrong === "port" && t("serial.form.portBad")}
          onChange={(port) => change({ port })}
          list="serial-free-ports"
          offered={free}
        />
        <ChoiceField
          label={t("serial.form.baud")}
          value={draft.baud}
          choices={bauds}
          onChange={(baud) => change({ baud })}
        />
        <Select
          className={fields.wide}
          label={t("serial.form.framing")}
          value={draft.framing}
          data={[auto, ...framings.map((value) => ({ value, label: t(`serial.framings.${value}`) }))]}
          allowDeselect={false}
          onChange={(framing) => framing && change({ framing })}
        />
        <ChoiceField
          label={t("serial.form.ocpp")}
          value={draft.ocpp}
          choices={[auto, ...versions]}
          onChange={(ocpp) => change({ ocpp })}
        />
        <TextInput
          className={fields.wide}
          label={t("serial.form.identity")}
          description={t("serial.form.identityHint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={draft.identity}
          error={wrong === "identity" && t("serial.form.identityBad")}
          onChange={(event) => change({ identity: event.currentTarget.value })}
          classNames={{ input: "mono" }}
          spellCheck={false}
          autoComplete="off"
        />
        <Button type="submit" className={fields.submit}>
          {t("serial.form.action")}
        </Button>
      </div>
      {open.error && <Failure what={t("serial.form.failed")} error={open.error} />}
    </form>
  );
}
