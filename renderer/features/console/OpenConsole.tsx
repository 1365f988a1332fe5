import { Button, Select, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { useCall, useLoad, useWatch } from "../../core/core.tsx";
import { go } from "../../navigation/routes.ts";
import { ChoiceField } from "../../ui/fields/ChoiceField.tsx";
import fields from "../../ui/fields/fields.module.css";
import { PortField } from "../../ui/fields/PortField.tsx";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import { bauds, type ConsoleDraft, emptyDraft, flows, frames, readDraft } from "./draft.ts";
import { Guess } from "./Guess.tsx";

/** What a console is opened with. */
export function OpenConsole({ port }: { port: string }) {
  const { t } = useTranslation();
  const ports = useWatch("serial.ports", {});
  const profiles = useLoad("console.profiles", {});
  const open = useCall("console.open");
  const [draft, setDraft] = useState<ConsoleDraft>({ ...emptyDraft, port });
  const [wrong, setWrong] = useState(false);
  const paths = (ports.value?.ports ?? []).flatMap(({ path }) => path ?? []);

  function change(part: Partial<ConsoleDraft>): void {
    setDraft({ ...draft, ...part });
    setWrong(false);
  }
  /** A make has its speed. */
  function chooseProfile(profile: string): void {
    const known = profiles.value?.find(({ name }) => name === profile);
    change({ profile, ...(known && { baud: String(known.baud), frame: known.frame }) });
  }
  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const input = readDraft(draft);
    if (!input) return setWrong(true);
    if (!open.busy && (await open.run(input))) go("console", { port: input.port });
  }
  return (
    <form className={layout.section} onSubmit={(event) => void submit(event)} noValidate aria-labelledby="console-form">
      <h2 id="console-form">{t("console.open")}</h2>
      <div className={layout.fields}>
        <PortField
          label={t("console.form.port")}
          description={t("console.form.portHint")}
          value={draft.port}
          error={wrong && t("console.form.portBad")}
          onChange={(port) => change({ port })}
          list="console-ports"
          offered={paths}
        />
        <ChoiceField
          label={t("console.form.baud")}
          value={draft.baud}
          choices={bauds}
          onChange={(baud) => change({ baud })}
        />
        <ChoiceField
          label={t("console.form.frame")}
          value={draft.frame}
          choices={Object.keys(frames)}
          onChange={(frame) => change({ frame })}
        />
        <ChoiceField
          label={t("console.form.flow")}
          value={draft.flow}
          choices={flows.map((value) => ({ value, label: t(`console.form.flows.${value}`) }))}
          onChange={(flow) => change({ flow })}
        />
        <TextInput
          className={fields.wide}
          label={t("console.form.station")}
          description={t("console.form.stationHint")}
          inputWrapperOrder={["label", "input", "description"]}
          value={draft.station}
          onChange={(event) => change({ station: event.currentTarget.value })}
          autoComplete="off"
          spellCheck={false}
        />
        <Select
          className={fields.wide}
          label={t("console.form.profile")}
          description={t("console.form.profileHint")}
          inputWrapperOrder={["label", "input", "description"]}
          value={draft.profile}
          data={[
            { value: "", label: t("console.form.noProfile") },
            ...(profiles.value ?? []).map(({ name }) => ({ value: name, label: name })),
          ]}
          allowDeselect={false}
          onChange={(profile) => profile !== null && chooseProfile(profile)}
        />
        <Button type="submit" className={fields.submit}>
          {t("console.form.action")}
        </Button>
      </div>
      <Guess port={draft.port.trim()} onFound={change} />
      {open.error && <Failure what={t("console.form.failed")} error={open.error} />}
    </form>
  );
}
