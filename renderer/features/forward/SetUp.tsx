import { Button, Checkbox, PasswordInput, Select, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ForwardSetup, ForwardTest } from "../../../src/services/forward/contract.ts";
import { credentialChoices, whenAways } from "../../../src/station/forward.ts";
import { timeText } from "../../../src/words/format.ts";
import { useCall } from "../../core/core.tsx";
import layout from "../../ui/layout.module.css";
import { Busy, Failure } from "../../ui/parts.tsx";
import { Remark } from "../../ui/Remark.tsx";
import { Shape } from "../../ui/StateWord.tsx";
import { credentialChoice, draftOf, type ForwardDraft, isSecure, toInput, whenAwayOf } from "./draft.ts";
import classes from "./forward.module.css";

/** Where a station is forwarded to, tried and saved. */
export function SetUp({ identity, setup }: { identity: string; setup: ForwardSetup | null }) {
  const { t } = useTranslation();
  const save = useCall("forward.set");
  const test = useCall("forward.test");
  const [draft, setDraft] = useState(() => draftOf(setup));
  const [savedAt, setSavedAt] = useState<number | null>(null);
  const secure = isSecure(draft);

  function change(part: Partial<ForwardDraft>): void {
    setDraft({ ...draft, ...part });
    setSavedAt(null);
    test.reset();
    save.reset();
  }

  async function submit(on: boolean): Promise<void> {
    const { whenAway } = draft;
    const saved = await save.run({ identity, on, whenAway, ...toInput(draft) });
    if (!saved) return;
    setDraft(draftOf(saved));
    setSavedAt(Date.now());
  }

  return (
    <section className={layout.section} data-align="start" aria-labelledby="forward-setup">
      <h2 id="forward-setup">{t("forward.setup.title")}</h2>
      <form
        className={layout.stack}
        noValidate
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          void submit(setup?.on ?? false);
        }}
      >
        <TextInput
          classNames={{ input: "mono" }}
          label={t("forward.setup.url")}
          description={t("forward.setup.urlHint")}
          autoComplete="off"
          spellCheck={false}
          value={draft.url}
          onChange={(event) => change({ url: event.currentTarget.value })}
        />
        {!secure && draft.url.trim().toLowerCase().startsWith("ws:") && (
          <Remark>{t("forward.setup.openWarning")}</Remark>
        )}
        <Credentials draft={draft} kept={setup?.hasPassword ?? false} change={change} />
        {secure && (
          <>
            <Textarea
              classNames={{ input: "mono" }}
              label={t("forward.setup.ca")}
              description={t("forward.setup.caHint")}
              autosize
              minRows={2}
              maxRows={8}
              spellCheck={false}
              value={draft.ca}
              onChange={(event) => change({ ca: event.currentTarget.value })}
            />
            <Checkbox
              size="md"
              label={t("forward.setup.insecure")}
              checked={draft.insecure}
              onChange={(event) => change({ insecure: event.currentTarget.checked })}
            />
            {draft.insecure && <Remark>{t("forward.setup.insecureWarning")}</Remark>}
          </>
        )}
        <Select
          className={classes.wide}
          label={t("forward.setup.whenAway")}
          data={whenAways.map((value) => ({ value, label: t(`forward.setup.whenAways.${value}`) }))}
          value={draft.whenAway}
          onChange={(name) => change({ whenAway: whenAwayOf(name) })}
        />
        <div className={layout.row} data-gap="16">
          <Button type="submit" variant={setup?.on ? "filled" : "default"} disabled={save.busy}>
            {t("forward.setup.save")}
          </Button>
          {!setup?.on && (
            <Button disabled={save.busy} onClick={() => void submit(true)}>
              {t("forward.setup.saveAndTurnOn")}
            </Button>
          )}
          <Button variant="default" disabled={test.busy} onClick={() => void test.run({ identity, ...toInput(draft) })}>
            {t("forward.setup.test")}
          </Button>
          <span role="status" className="muted">
            {savedAt !== null && t("forward.setup.saved", { time: timeText(savedAt) })}
          </span>
        </div>
        <p className="muted small">
          {t("forward.setup.testHint")} {draft.credentials === "station" && t("forward.setup.stationCredentials")}
        </p>
        {test.busy && <Busy what={t("forward.setup.testing")} />}
        {test.value && <TestOutcome test={test.value} />}
        {test.error && <Failure what={t("forward.setup.testNotRun")} error={test.error} />}
        {save.error && <Failure what={t("forward.setup.notSaved")} error={save.error} />}
      </form>
    </section>
  );
}

type FieldsProps = { draft: ForwardDraft; kept: boolean; change: (part: Partial<ForwardDraft>) => void };

function Credentials({ draft, kept, change }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <div className={layout.fields}>
      <Select
        className={classes.wide}
        label={t("forward.setup.credentials")}
        data={credentialChoices.map((value) => ({ value, label: t(`forward.setup.choices.${value}`) }))}
        value={draft.credentials}
        onChange={(name) => change({ credentials: credentialChoice(name) })}
      />
      {draft.credentials === "own" && (
        <>
          <TextInput
            className={classes.wide}
            label={t("forward.setup.user")}
            description={t("forward.setup.userHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            autoComplete="off"
            spellCheck={false}
            value={draft.user}
            onChange={(event) => change({ user: event.currentTarget.value })}
          />
          <PasswordInput
            visibilityToggleButtonProps={{ tabIndex: 0, "aria-label": t("common.showTyped") }}
            className={classes.wide}
            label={t("forward.setup.password")}
            description={kept && t("forward.setup.passwordKept")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            autoComplete="new-password"
            value={draft.password}
            onChange={(event) => change({ password: event.currentTarget.value })}
          />
        </>
      )}
    </div>
  );
}

function TestOutcome({ test }: { test: ForwardTest }) {
  const { t } = useTranslation();
  const { address, ms } = test;
  const open = test.result === "open";
  const tone = open ? "available" : "faulted";
  const words = open
    ? test.subprotocol === undefined
      ? t("forward.setup.testOpen", { address, ms })
      : t("forward.setup.testOpenWith", { address, ms, subprotocol: test.subprotocol })
    : t("forward.setup.testFailed", { address, why: t(`forward.problems.${test.problem}`) });
  return (
    <div role="status">
      <p className={classes.leg} data-tone={tone}>
        <Shape tone={tone} />
        <span>{words}</span>
      </p>
      {!open && test.detail !== "" && <code>{test.detail}</code>}
    </div>
  );
}
