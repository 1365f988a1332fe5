import { Button, Select, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { scenarios } from "../../../src/services/simulator/contract.ts";
import { useCall } from "../../core/core.tsx";
import fields from "../../ui/fields/fields.module.css";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import { QuirksChoice } from "./QuirksChoice.tsx";
import classes from "./simulator.module.css";
import { emptyStart, freeIdentity, readStart, type StartDraft, type StartProblems, versions } from "./virtual.ts";

/** Starts a virtual station. The name suggested is one that is free. */
export function StartForm({ running }: { running: readonly string[] }) {
  const { t } = useTranslation();
  const start = useCall("simulator.start");
  const [draft, setDraft] = useState<StartDraft>(emptyStart);
  const [problems, setProblems] = useState<StartProblems>({});
  const [refused, setRefused] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const identity = draft.identity ?? freeIdentity(running);

  useEffect(() => {
    if (refused > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [refused]);

  function change(part: Partial<StartDraft>): void {
    setDraft({ ...draft, ...part });
    setProblems({});
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (start.busy) return;
    const read = readStart({ ...draft, identity }, running);
    setProblems("problems" in read ? read.problems : {});
    if ("problems" in read) return setRefused(refused + 1);
    if (await start.run(read.input)) setDraft({ ...draft, identity: null });
  }

  const problem = (name: keyof StartDraft) => {
    const key = problems[name];
    return key && t(`simulator.start.${key}`);
  };
  return (
    <form
      ref={form}
      className={classes.start}
      onSubmit={(event) => void submit(event)}
      noValidate
      aria-labelledby="simulator-start"
    >
      <h2 id="simulator-start">{t("simulator.start.title")}</h2>
      <div className={layout.fields}>
        <TextInput
          className={classes.wide}
          label={t("simulator.start.identity")}
          description={t("simulator.start.identityHint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={identity}
          error={problem("identity")}
          onChange={(event) => change({ identity: event.currentTarget.value })}
          classNames={{ input: "mono" }}
          spellCheck={false}
          autoComplete="off"
        />
        <Select
          className={classes.narrow}
          label={t("simulator.start.ocpp")}
          value={draft.ocpp}
          data={[...versions]}
          onChange={(value) => {
            const ocpp = versions.find((version) => version === value);
            if (ocpp) change({ ocpp });
          }}
        />
        <Select
          className={classes.wide}
          label={t("simulator.start.scenario")}
          description={t(`simulator.scenarioHints.${draft.scenario}`)}
          inputWrapperOrder={["label", "input", "description", "error"]}
          value={draft.scenario}
          data={scenarios.map((name) => ({ value: name, label: t(`simulator.scenarios.${name}`) }))}
          onChange={(value) => {
            const scenario = scenarios.find((name) => name === value);
            if (scenario) change({ scenario });
          }}
        />
        <TextInput
          className={classes.narrow}
          label={t("simulator.start.speed")}
          description={t("simulator.start.speedHint")}
          inputWrapperOrder={["label", "input", "description", "error"]}
          inputMode="decimal"
          value={draft.speed}
          error={problem("speed")}
          onChange={(event) => change({ speed: event.currentTarget.value })}
          autoComplete="off"
        />
        <TextInput
          className={classes.narrow}
          label={t("simulator.start.connectors")}
          inputMode="numeric"
          value={draft.connectors}
          error={problem("connectors")}
          onChange={(event) => change({ connectors: event.currentTarget.value })}
          autoComplete="off"
        />
        <Button type="submit" className={fields.submit}>
          {t(start.busy ? "simulator.start.starting" : "simulator.start.action")}
        </Button>
      </div>
      <QuirksChoice name={t("simulator.quirks.label")} value={draft.quirks} onChange={(quirks) => change({ quirks })} />
      {start.error && <Failure what={t("simulator.start.failed")} error={start.error} />}
    </form>
  );
}
