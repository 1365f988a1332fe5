import { Autocomplete, Button, Select, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { faultKinds } from "../../../src/station/faults.ts";
import { useCall } from "../../core/core.tsx";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import {
  emptyFault,
  errorCodes,
  type FaultDraft,
  type FaultField,
  faultKind,
  faultRanges,
  readFault,
} from "./draft.ts";
import classes from "./faults.module.css";

/** Puts a fault in: its kind, what goes with it, and how long it lasts. */
export function FaultForm({ identity }: { identity: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const set = useCall("faults.set");
  const [draft, setDraft] = useState<FaultDraft>(emptyFault);
  const [problems, setProblems] = useState<Partial<Record<FaultField, true>>>({});
  const [refused, setRefused] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const { kind } = draft;
  const once = kind === "drop" && draft.every.trim() === "";

  useEffect(() => {
    if (refused > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [refused]);

  function change(part: Partial<FaultDraft>): void {
    setDraft({ ...draft, ...part });
    setProblems({});
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (set.busy) return;
    const read = readFault(draft);
    setProblems("problems" in read ? read.problems : {});
    if ("problems" in read) return setRefused(refused + 1);
    await set.run({ identity, ...read });
  }

  function number(field: keyof typeof faultRanges, label: string, hint?: string) {
    const { min, max } = faultRanges[field];
    const bounds = { min: format.number(min, decimalsOf(min)), max: format.number(max) };
    return (
      <TextInput
        className={classes.narrow}
        label={label}
        description={hint}
        inputWrapperOrder={["label", "input", "description", "error"]}
        inputMode="decimal"
        autoComplete="off"
        value={draft[field]}
        error={problems[field] && t("faults.outOfRange", bounds)}
        onChange={(event) => change({ [field]: event.currentTarget.value })}
      />
    );
  }

  const narrowed = kind === "delay" || kind === "silence" || kind === "error";
  return (
    <form ref={form} className={layout.stack} data-align="start" noValidate onSubmit={(event) => void submit(event)}>
      <Select
        className={classes.wide}
        label={t("faults.kind")}
        data={faultKinds.map((name) => ({ value: name, label: t(`faults.kinds.${name}`) }))}
        value={kind}
        onChange={(name) => change({ kind: faultKind(name) })}
      />
      <p className="muted">{t(`faults.hints.${kind}`)}</p>
      <div className={layout.fields}>
        {kind === "delay" && number("seconds", t("faults.seconds"))}
        {kind === "error" && (
          <>
            <Autocomplete
              className={classes.wide}
              label={t("faults.code")}
              data={errorCodes}
              value={draft.code}
              error={problems.code}
              onChange={(code) => change({ code })}
            />
            <TextInput
              className={classes.wide}
              label={t("faults.description")}
              autoComplete="off"
              value={draft.description}
              onChange={(event) => change({ description: event.currentTarget.value })}
            />
          </>
        )}
        {kind === "drop" && number("every", t("faults.every"), t("faults.everyHint"))}
        {kind === "time" && number("offset", t("faults.offset"), t("faults.offsetHint"))}
        {narrowed && (
          <TextInput
            className={classes.wide}
            label={t("faults.actions")}
            description={t("faults.actionsHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            autoComplete="off"
            spellCheck={false}
            value={draft.actions}
            onChange={(event) => change({ actions: event.currentTarget.value })}
          />
        )}
        {!once && number("minutes", t("faults.lasts"))}
      </div>
      <Button type="submit" disabled={set.busy}>
        {t(once ? "faults.cutNow" : "faults.turnOn")}
      </Button>
      {set.error && <Failure what={t("faults.notDone")} error={set.error} />}
    </form>
  );
}

/** How many decimals a bound has: 0.001 has three. */
function decimalsOf(bound: number): number {
  return String(bound).split(".")[1]?.length ?? 0;
}
