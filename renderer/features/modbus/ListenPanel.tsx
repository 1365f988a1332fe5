import { Button, Select } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ProfileView } from "../../../src/services/modbus/contract.ts";
import { timeText } from "../../../src/words/format.ts";
import { useWatch } from "../../core/core.tsx";
import { useSpoken } from "../../i18n/index.ts";
import fields from "../../ui/fields/fields.module.css";
import { useFormat } from "../../ui/format/use-format.ts";
import layout from "../../ui/layout.module.css";
import { Failure } from "../../ui/parts.tsx";
import classes from "./modbus.module.css";
import { emptyListening, type ListenDraft, type ListenInput, readListening, type Wrong } from "./modbus-draft.ts";
import { PlaceFields } from "./PlaceFields.tsx";
import { PollTable } from "./PollTable.tsx";
import { profileChoices } from "./profile-choices.ts";

/** Overhears another master on a line: who is asked for what, how often, and what is answered. Says nothing itself; gone from the
 * screen, it ends. */
export function ListenPanel({ profiles, list }: { profiles: readonly ProfileView[]; list: string }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<ListenDraft>(emptyListening);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const [asked, setAsked] = useState<{ input: ListenInput; round: number } | null>(null);

  function change(part: Partial<ListenDraft>): void {
    setDraft({ ...draft, ...part });
    setWrong(null);
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    const read = readListening(draft);
    if ("wrong" in read) return setWrong(read.wrong);
    setAsked({ input: read.input, round: (asked?.round ?? 0) + 1 });
  }
  return (
    <>
      <form onSubmit={submit} noValidate aria-label={t("modbus.listen.title")}>
        <div className={layout.fields}>
          <PlaceFields draft={draft} wrong={wrong} list={list} onChange={change} line />
          <Select
            className={fields.wide}
            label={t("modbus.listen.profile")}
            description={t("modbus.listen.profileHint")}
            inputWrapperOrder={["label", "input", "description", "error"]}
            searchable
            value={draft.profile}
            data={[{ value: "", label: t("modbus.listen.noProfile") }, ...profileChoices(t, profiles)]}
            allowDeselect={false}
            onChange={(profile) => change({ profile: profile ?? "" })}
          />
          <Button type="submit" className={fields.submit} variant="default">
            {t("modbus.listen.action")}
          </Button>
        </div>
      </form>
      {asked && <Listening key={asked.round} input={asked.input} onStop={() => setAsked(null)} />}
    </>
  );
}

function Listening({ input, onStop }: { input: ListenInput; onStop: () => void }) {
  const { t } = useTranslation();
  const say = useSpoken();
  const { bytes: bytesText } = useFormat();
  const listening = useWatch("modbus.listen", input);
  if (listening.state === "failed") return <Failure what={t("modbus.listen.failed")} error={listening.error} />;
  const view = listening.value;
  if (!view) return null;
  const { since, bytes, damaged, strange, polls, more, trouble } = view;
  return (
    <div className={classes.scan}>
      <div className={layout.row}>
        <span>
          {t(trouble ? "modbus.listen.over" : "modbus.listen.since", { time: timeText(since) })}{" "}
          {t("modbus.listen.bytes", { bytes: bytesText(bytes) })}
        </span>
        <Button variant="default" onClick={onStop}>
          {t("modbus.listen.stop")}
        </Button>
      </div>
      <div aria-live="polite">
        {trouble && <p className={layout.trouble}>{say(trouble)}</p>}
        {!trouble && bytes === 0 && <p className={layout.trouble}>{t("modbus.listen.nothing")}</p>}
        {!trouble && bytes > 0 && polls.length === 0 && <p className={layout.trouble}>{t("modbus.listen.noFrames")}</p>}
      </div>
      {damaged > 0 && <p className="muted">{t("modbus.listen.damaged", { count: damaged, damaged })}</p>}
      {strange > 0 && <p className="muted">{t("modbus.listen.strange", { count: strange, strange })}</p>}
      {polls.length > 0 && <PollTable polls={polls} />}
      {more > 0 && <p className="muted">{t("modbus.listen.more", { more })}</p>}
    </div>
  );
}
