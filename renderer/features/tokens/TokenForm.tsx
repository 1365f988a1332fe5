import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { tokenStatuses } from "../../../src/services/tokens/contract.ts";
import { useCall, useWatch } from "../../core/core.tsx";
import { useDrawer } from "../../navigation/drawer.tsx";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import { type DraftProblems, longestIdTag, readDraft, type TokenDraft } from "./draft.ts";
import { RemoveToken } from "./RemoveToken.tsx";

/** Adds a token or edits one, in the drawer. `fixed`: the value is that of an entry and cannot be changed. */
export function TokenForm({ start, fixed }: { start: TokenDraft; fixed: boolean }) {
  const { t } = useTranslation();
  const drawer = useDrawer();
  const list = useWatch("tokens.list", {});
  const save = useCall("tokens.save");
  const form = useRef<HTMLFormElement>(null);
  const first = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(start);
  const [problems, setProblems] = useState<DraftProblems>({});
  const [refused, setRefused] = useState(0);

  useEffect(() => {
    if (!fixed) first.current?.focus();
  }, [fixed]);
  useEffect(() => {
    if (refused > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [refused]);

  function change(part: Partial<TokenDraft>): void {
    setDraft({ ...draft, ...part });
    for (const name of Object.keys(part)) setProblems((before) => ({ ...before, [name]: undefined }));
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (save.busy) return;
    const listed = fixed ? [] : (list.value?.tokens.map((token) => token.value) ?? []);
    const read = readDraft(draft, listed);
    setProblems("problems" in read ? read.problems : {});
    if ("problems" in read) return setRefused(refused + 1);
    const saved = await save.run(read.token);
    if (saved) drawer.close();
  }

  const problem = (name: keyof TokenDraft) => {
    const key = problems[name];
    return key && t(`tokens.problems.${key}`);
  };
  const long = draft.value.trim().length > longestIdTag;
  return (
    <div className={layout.stack}>
      <form ref={form} className={layout.stack} onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          label={t("tokens.form.value")}
          description={t(fixed ? "tokens.form.valueFixed" : long ? "tokens.form.valueLong" : "tokens.form.valueHint")}
          value={draft.value}
          readOnly={fixed}
          error={problem("value")}
          onChange={(event) => change({ value: event.currentTarget.value })}
          classNames={{ input: "mono" }}
          spellCheck={false}
          autoComplete="off"
          ref={first}
        />
        <Select
          label={t("tokens.form.status")}
          value={draft.status}
          data={tokenStatuses.map((status) => ({
            value: status,
            label: `${status}: ${t(`tokens.statuses.${status}`)}`,
          }))}
          onChange={(value) => {
            const status = tokenStatuses.find((name) => name === value);
            if (status) change({ status });
          }}
        />
        <TextInput
          label={t("tokens.form.expiry")}
          description={t("tokens.form.expiryHint")}
          value={draft.expiry}
          error={problem("expiry")}
          onChange={(event) => change({ expiry: event.currentTarget.value })}
          autoComplete="off"
        />
        <TextInput
          label={t("tokens.form.group")}
          description={t("tokens.form.groupHint")}
          value={draft.group}
          error={problem("group")}
          onChange={(event) => change({ group: event.currentTarget.value })}
          classNames={{ input: "mono" }}
          spellCheck={false}
          autoComplete="off"
        />
        <Textarea
          label={t("tokens.form.note")}
          description={t("tokens.form.noteHint")}
          value={draft.note}
          error={problem("note")}
          onChange={(event) => change({ note: event.currentTarget.value })}
          rows={2}
          resize="vertical"
        />
        {save.error && <Failure what={t("tokens.form.failed")} error={save.error} />}
        <div className={layout.row}>
          <Button type="submit">{save.busy ? t("tokens.form.saving") : t("common.save")}</Button>
          <Button variant="default" onClick={drawer.close}>
            {t("common.cancel")}
          </Button>
        </div>
      </form>
      {fixed && list.value && <RemoveToken value={start.value} acceptAll={list.value.acceptAll} />}
    </div>
  );
}
